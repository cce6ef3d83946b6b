"""The scenario that `run` loads, with what the command line sets; faults are told as the option's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ebbtide.cli.conducting import say

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario


def overrides_of(written: list[str]) -> dict[str, str]:
    """`KEY=VALUE` options as a table; raises Faults for one without `=` and a key set twice."""
    from ebbtide.scenario import Fault, Faults

    pairs = [(key.strip(), value.strip()) for key, _, value in (w.partition("=") for w in written)]
    keys = [key for key, _ in pairs]
    faults = [
        Fault("--set", None, f'"{entry}"', "KEY=VALUE")
        for entry, key in zip(written, keys, strict=True)
        if not key or "=" not in entry
    ]
    faults += [
        Fault("--set", key, f"{keys.count(key)} values", "one")
        for key in dict.fromkeys(keys)
        if key and keys.count(key) > 1
    ]
    if faults:
        raise Faults(faults)
    return dict(pairs)


def loaded(scenario: str, overrides: Mapping[str, str]) -> Scenario:
    """The scenario with its overrides; faults of those are said of `--set`."""
    from dataclasses import replace

    from ebbtide.scenario import Faults, load
    from ebbtide.scenario.document import read_value
    from ebbtide.scenario.scenario import OVERRIDE

    try:
        return load(scenario, {key: read_value(value) for key, value in overrides.items()})
    except Faults as found:
        faults = [
            replace(fault, file="--set") if fault.file == OVERRIDE else fault
            for fault in found.faults
        ]
        raise Faults(faults, found.lead) from None


def check_horizon(scenario: Scenario, until: dt.date) -> None:
    """Raise Faults for an --until outside the scenario; note a focus that is founded later."""
    from ebbtide.scenario import Fault, Faults

    start, end = scenario.file.start, scenario.file.end
    if not start < until <= end:
        allowed = f"a date after {start} and not after {end}, the scenario's end"
        raise Faults([Fault("--until", None, until.isoformat(), allowed)])
    group = scenario.focus
    founded = scenario.there_from(group)
    if founded > until:
        name = scenario.file.groups[group].name
        say(f"note: {name} is founded on {founded}, after --until {until}")
