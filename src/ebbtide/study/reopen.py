"""From a results folder back to the scenario it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.study.store import Refused, Results

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario


def scenario_of(results: Results, named: str | None = None) -> Scenario:
    """The scenario of a results folder, with its overrides.

    It is looked up as it was named then, or as `named` now. Raises Refused if it is not
    found or has changed since.
    """
    from ebbtide.scenario import Faults, load
    from ebbtide.scenario.document import read_value

    kept = results.manifest
    name = named or kept["scenario"]["named"]
    overrides = {key: read_value(value) for key, value in kept["overrides"].items()}
    try:
        scenario = load(name, overrides)
    except Faults as faults:
        if named is not None:
            raise
        raise Refused(
            f"{results.folder}: its scenario cannot be read; name it with --scenario\n{faults}"
        ) from None
    if scenario.digest != kept["scenario"]["digest"]:
        raise Refused(
            f"{results.folder}: the scenario {name} is not as it was when these runs were made"
        )
    return scenario
