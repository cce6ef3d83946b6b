"""What a checked file holds, in a few lines."""

from __future__ import annotations

from collections.abc import Sized
from pathlib import Path

from ebbtide.scenario.content import walk
from ebbtide.scenario.document import read_document
from ebbtide.scenario.faults import Fault, Faults
from ebbtide.scenario.policy import Policy
from ebbtide.scenario.project import label
from ebbtide.scenario.scenario import Scenario


def check(path: str | Path, scenario: Scenario | None = None) -> list[str]:
    """Read a scenario or policy file whole and say what it holds, in lines of text.

    Names in a policy are checked against `scenario` where one is given. Raises Faults.
    """
    file = Path(path)
    document = read_document(file)
    if "acts" in document.data or not document.data.keys() & {"places", "groups", "geography"}:
        return _policy_lines(Policy.read(file), scenario)
    return scenario_lines(Scenario.read(document))


def scenario_lines(scenario: Scenario) -> list[str]:
    """What a scenario holds."""
    file = scenario.file
    factions = sum(len(group.factions) for group in file.groups.values())
    on = scenario.rules_on
    off = [name for name, is_on in on.items() if not is_on]
    unsourced = _unsourced(scenario)
    lines = [
        f"{label(scenario.path)}: a sound scenario, {scenario.title}",
        f"  {file.start} to {file.end}, {scenario.weeks} weeks"
        + (f", cut at {file.cut}" if file.cut else ""),
        f"  {_count(file.places, 'place')}, {_count(file.borders, 'border')}",
        f"  {_count(file.groups, 'group')} with {factions} factions, "
        f"{_count(file.centres, 'centre')}, {_count(file.forces, 'force')}, "
        f"{_count(file.events, 'event')}",
        f"  {_count(on, 'rule')}" + (f", off: {', '.join(off)}" if off else ", all on"),
        f"  {len(scenario.quantities)} quantities, {len(scenario.uncertainties)} with a prior"
        + (f", {len(unsourced)} of them without a source" if unsourced else ""),
        f"  policy {scenario.policy.id}: {_count(scenario.policy.file.acts, 'act')}",
    ]
    return lines


def _policy_lines(policy: Policy, scenario: Scenario | None) -> list[str]:
    faults: list[Fault] = []
    if scenario is not None:
        policy.check(scenario.file, scenario.names, faults)
    if faults:
        raise Faults(faults)
    fits = f"fits {scenario.id}" if scenario else "names not checked, as no scenario was given"
    return [
        f"{label(policy.path)}: a sound policy, {policy.title}",
        f"  {_count(policy.file.acts, 'act')}; {fits}",
    ]


def _unsourced(scenario: Scenario) -> list[str]:
    """The priors without a source of their own or of a table they are in."""
    sourced = {keys[:-1] for keys, said in walk(scenario.file) if keys[-1] == "source" and said}
    return [
        path
        for path, quantity in scenario.uncertainties.items()
        if not quantity.stated.source
        and not any(path.startswith(".".join(keys) + ".") for keys in sourced)
    ]


def _count(entries: Sized, noun: str) -> str:
    number = len(entries)
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
