"""The scenario that `run` loads, with what the command line sets; faults are told as the option's."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ebbtide.cli.conducting import say

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario
    from ebbtide.study.asked import Asked, Planned


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


def planned_of(asked: Asked) -> Planned:
    """What is asked, loaded; faults of options are said of these. Notes a focus founded later."""
    from dataclasses import replace

    from ebbtide.scenario import Faults
    from ebbtide.scenario.override_notes import notes_on_overrides, unusual
    from ebbtide.scenario.overriding import OVERRIDE
    from ebbtide.scenario.parting import notes_on_the_lost
    from ebbtide.study.asked import REPLICATIONS, UNTIL, Planned

    options = {OVERRIDE: "--set", UNTIL: "--until", REPLICATIONS: "--replications"}
    try:
        planned = Planned.of(asked)
    except Faults as found:
        faults = [replace(each, file=options.get(each.file, each.file)) for each in found.faults]
        raise Faults(faults, found.lead) from None
    if asked.overrides:
        moves = (planned.scenario, planned.policy, asked.overrides, asked.until)
        for note in (*notes_on_overrides(*moves), *unusual(planned.scenario, asked.overrides)):
            say(f"note: {note}")
    for lost in notes_on_the_lost(planned.policy, planned.scenario.policy):
        say(f"note: {lost}")
    _note_founding(planned)
    return planned


def groups_of(scenario: Scenario, named: str | None) -> tuple[str, ...]:
    """The group of an id or a name, whatever its case; for None those of the focus. Raises Faults."""
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.faults import listed, nearest

    if named is None:
        return scenario.focus_groups
    groups = scenario.file.groups
    by_name = {group.name.casefold(): each for each, group in groups.items()}
    by_name |= {each.casefold(): each for each in groups}
    found = by_name.get(named.casefold())
    if found is None:
        known = [*groups, *(group.name for group in groups.values())]
        raise Faults(
            [Fault("--group", None, f'"{named}"', listed(known, 12), nearest(named, known))]
        )
    return (found,)


def _note_founding(planned: Planned) -> None:
    if planned.asked.until is not None:
        for note in unlived(planned.scenario, planned.asked.until, "--until"):
            say(f"note: {note}")


def unlived(scenario: Scenario, until: dt.date, stated: str) -> list[str]:
    """What is told of a focus that is founded after the runs stop, at the day `stated` there."""
    found = ((scenario.there_from(group), group) for group in scenario.focus_groups)
    return [
        f"{scenario.file.groups[group].name} is founded on {founded}, after {stated} {until}"
        for founded, group in found
        if founded > until
    ]
