"""The scenario that `run` loads, with what the command line sets; faults are told as the option's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
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

    _refuse_study(scenario)
    try:
        return load(scenario, {key: read_value(value) for key, value in overrides.items()})
    except Faults as found:
        faults = [
            replace(fault, file="--set") if fault.file == OVERRIDE else fault
            for fault in found.faults
        ]
        raise Faults(faults, found.lead) from None


def _refuse_study(scenario: str) -> None:
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.document import read_document
    from ebbtide.study.study import is_study

    if Path(scenario).is_file() and is_study(read_document(Path(scenario))):
        raise Faults([Fault(scenario, None, "a study", "a scenario; `ebbtide sweep` runs a study")])


def check_horizon(scenario: Scenario, until: dt.date) -> None:
    """Raise Faults for an --until outside the scenario; note a focus that is founded later."""
    from ebbtide.scenario import Fault, Faults

    start, end = scenario.file.start, scenario.file.end
    if not start < until <= end:
        allowed = f"a date after {start} and not after {end}, the scenario's end"
        raise Faults([Fault("--until", None, until.isoformat(), allowed)])
    for note in unlived(scenario, until, "--until"):
        say(f"note: {note}")


def unlived(scenario: Scenario, until: dt.date, stated: str) -> list[str]:
    """What is told of a focus that is founded after the runs stop, at the day `stated` there."""
    group = scenario.focus
    founded = scenario.there_from(group)
    name = scenario.file.groups[group].name
    return [f"{name} is founded on {founded}, after {stated} {until}"] if founded > until else []
