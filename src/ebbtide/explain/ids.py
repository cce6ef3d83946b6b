"""What a scenario calls by an id of its own: places, groups and factions, forces, centres, policies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ebbtide.explain import number, place
from ebbtide.explain.entry import Entry, Tell
from ebbtide.scenario import Faults, Policy, Scenario, load_policy
from ebbtide.scenario.content import walk
from ebbtide.scenario.faults import counted, plainly
from ebbtide.scenario.project import policy_folders
from ebbtide.scenario.schema.policy import POLICY_TABLES

MOST = 8  # of its numbers, and of where it is named, that are told
KINDS = {
    "places": "place",
    "groups": "group",
    "forces": "force",
    "centres": "centre",
    "borders": "border",
}


def dated(name: str, scenario: Scenario) -> list[str]:
    """The paths of the events, acts and deployments that are called so."""
    policy = scenario.policy.file
    tables = {"events": scenario.file.events} | {key: getattr(policy, key) for key in POLICY_TABLES}
    return [f"{table}.{name}" for table, entries in tables.items() if name in entries]


def every(scenario: Scenario) -> Iterator[str]:
    """All these ids."""
    for table in ("events", *KINDS):
        yield from getattr(scenario.file, table)
    for key in POLICY_TABLES:
        yield from getattr(scenario.policy.file, key)


def called(name: str, scenario: Scenario) -> Iterator[Entry]:
    """What tells of each table of a scenario that has this id, or is called so in figures; of a policy."""
    for table, kind in KINDS.items():
        for identifier, told in getattr(scenario.file, table).items():
            words = getattr(told, "name", identifier)
            if name == identifier or plainly(name) == plainly(words):
                yield _table(scenario, kind, f"{table}.{identifier}", words)
    for group, told in scenario.file.groups.items():
        for identifier, faction in told.factions.items():
            if name in (identifier, f"{group}.{identifier}", faction.name):
                path = f"groups.{group}.factions.{identifier}"
                yield _table(scenario, "faction", path, faction.name)
    policy = _policy(name, scenario)
    if policy is not None:
        yield _told(policy)


def policies(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each policy in the scenario's folders that fits it, by its name."""
    folders = (folder for file in scenario.files for folder in policy_folders(file))
    names = [file.stem for folder in folders for file in sorted(folder.glob("*.toml"))]
    found = ((name, _policy(name, scenario)) for name in dict.fromkeys(names))
    return {name: partial(_told, policy) for name, policy in found if policy is not None}


def _told(policy: Policy) -> Entry:
    return Entry.of(
        "policy",
        policy.id,
        title=policy.file.title,
        **{key: [f"{key}.{each}" for each in getattr(policy.file, key)] for key in POLICY_TABLES},
        stated_at=place.shown(policy.path.resolve()),
    )


def _policy(name: str, scenario: Scenario) -> Policy | None:
    """The scenario's own policy, or another in its folders."""
    if name == scenario.policy.id:
        return scenario.policy
    try:
        return load_policy(name, scenario) if Path(name).name == name else None
    except Faults:
        return None


def _table(scenario: Scenario, kind: str, path: str, words: str) -> Entry:
    numbers = [each for each in scenario.quantities if each.startswith(f"{path}.")]
    identifier = path.rpartition(".")[2]
    named = list(dict.fromkeys(_named_in(scenario, identifier, kind)))
    return Entry.of(
        kind,
        path,
        called=words if words != identifier else None,
        numbers=[
            f"{each} = {number.value(scenario.quantities[each])}" for each in numbers[:MOST]
        ] + _more(numbers, "number"),
        named_in=named[:MOST] + _more(named, "table"),
        stated_at=number.stated_at(scenario, path),
    )  # fmt: skip


def _more(every: list[str], what: str) -> list[str]:
    return [f"and {counted(len(every) - MOST, f'more {what}')}"] * (len(every) > MOST)


def _named_in(scenario: Scenario, identifier: str, kind: str) -> Iterator[str]:
    """The entries of events, acts and other tables in which an id stands as a value or a key."""
    for file in (scenario.file, scenario.policy.file):
        for keys, value in walk(file):
            if len(keys) < 3 or keys[0] == "borders" or keys[:2] == (f"{kind}s", identifier):
                continue
            said = [*keys[2:], *(value if isinstance(value, tuple) else (value,))]
            if any(isinstance(each, str) and identifier in each.split(".") for each in said):
                yield ".".join(keys[:2])
