"""The rules' free numbers of one run, as one structure that compiled code reads by name."""

from __future__ import annotations

from collections.abc import Mapping

from ebbtide.rules import MECHANISMS
from ebbtide.world.columns import INTEGER, NUMBER, Columns


class Parameters(Columns):
    """`<mechanism>_<name>` for every declared parameter, `<mechanism>_on` for every switch."""

    fields = {  # noqa: RUF012
        **{f"{mechanism}_on": INTEGER for mechanism in MECHANISMS},
        **{
            f"{mechanism}_{name}": NUMBER
            for mechanism, declared in MECHANISMS.items()
            for name in declared.parameters
        },
    }


def gather(values: Mapping[str, float], rules_on: Mapping[str, bool]) -> Parameters:
    """Parameters from values by dotted path (`rules.switching.highest`) and the rules' switches."""
    columns: dict[str, float | int] = {
        f"{mechanism}_on": int(rules_on[mechanism]) for mechanism in MECHANISMS
    }
    for mechanism, declared in MECHANISMS.items():
        for name in declared.parameters:
            columns[f"{mechanism}_{name}"] = float(values[f"rules.{mechanism}.{name}"])
    return Parameters(**columns)
