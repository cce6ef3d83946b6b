"""The rules' free numbers of one run, as one structure that compiled code reads by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.rules import MECHANISMS
from ebbtide.world.columns import Column, Columns
from ebbtide.world.units import YES_NO


def _columns() -> dict[str, Column]:
    switches = {
        f"{mechanism}_on": Column((), YES_NO, f"whether {mechanism} is on", dtype="int64")
        for mechanism in MECHANISMS
    }
    return switches | {
        f"{mechanism}_{name}": Column((), parameter.unit, parameter.meaning)
        for mechanism, declared in MECHANISMS.items()
        for name, parameter in declared.parameters.items()
    }


class Parameters(Columns, derived=_columns()):
    """`<mechanism>_<name>` for every declared parameter, `<mechanism>_on` for every switch."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


def gather(values: Mapping[str, float], rules_on: Mapping[str, bool]) -> Parameters:
    """Parameters from values by dotted path (`rules.switching.highest`) and the rules' switches."""
    columns: dict[str, float | int] = {
        f"{mechanism}_on": int(rules_on[mechanism]) for mechanism in MECHANISMS
    }
    for mechanism, declared in MECHANISMS.items():
        for name in declared.parameters:
            columns[f"{mechanism}_{name}"] = float(values[f"rules.{mechanism}.{name}"])
    return Parameters(**columns)
