"""Mechanisms that find nothing to work on in a scenario, and what each works on alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.schema.events import HostilityChange, Pledge
from ebbtide.scenario.schema.file import ScenarioFile

_LACKS = {  # in words, what is not there where a mechanism is idle
    "predation": "no group abducts or loots",
    "alliances": "no group has allies",
    "founding": "no event founds a group",
    "pledges": "no event is a pledge",
    "rivalry": "no group is hostile to another",
    "attacks": "no group of full dynamics mounts attacks",
    "attention": "there is no force",
    "intelligence": "there is no force",
    "targeting": "there is no force",
    "switching": "there is one group alone",
}


def works_on(file: ScenarioFile) -> dict[str, list[str]]:
    """By mechanism, the paths of what it works on; a mechanism that always finds something is left out."""
    groups, events = file.groups, file.events

    def of_groups(*keys: str) -> list[str]:
        return [
            f"groups.{name}.{key}"
            for name, group in groups.items()
            for key in keys
            if getattr(group, key).quantile(1.0) > 0
        ]

    hostile = [
        f"groups.{name}.hostility.{other}"
        for name, group in groups.items()
        for other, share in group.hostility.items()
        if share.quantile(1.0) > 0
    ]
    hostile += [f"events.{n}" for n, event in events.items() if isinstance(event, HostilityChange)]
    full = {f"groups.{name}.attacks" for name, group in groups.items() if group.dynamics == "full"}
    forces = [f"forces.{name}" for name in file.forces]
    return {
        "predation": of_groups("abduction", "loot"),
        "alliances": [f"groups.{name}.allies" for name, group in groups.items() if group.allies],
        "founding": [f"events.{event}" for event in file.foundings.values()],
        "pledges": [f"events.{n}" for n, event in events.items() if isinstance(event, Pledge)],
        "rivalry": hostile,
        "attacks": [path for path in of_groups("attacks") if path in full],
        "attention": forces,
        "intelligence": forces,
        "targeting": forces,
        "switching": [f"groups.{name}" for name in groups] if len(groups) > 1 else [],
    }


def idle_mechanisms(file: ScenarioFile) -> dict[str, str]:
    """The mechanisms that move nothing here, on or off, with what they lack in words."""
    return {name: _LACKS[name] for name, found in works_on(file).items() if not found}


def why_moves_nothing(path: str, file: ScenarioFile) -> str | None:
    """Why a value of `[rules]` moves nothing, if it does not: what it is of is idle, or off."""
    table, _, rest = path.partition(".")
    mechanism, _, key = rest.partition(".")
    if table != "rules":
        return None
    if mechanism in (idle := idle_mechanisms(file)):
        return idle[mechanism]
    rule = file.rules.get(mechanism, {})
    return f"rules.{mechanism} is off" if key != "on" and not rule.get("on", True) else None


def notes_on_rules(stated: Iterable[str], file: ScenarioFile) -> Iterator[CheckNote]:
    """A note on each mechanism of which values are stated at these paths that move nothing."""
    by_mechanism: dict[tuple[str, str], list[str]] = {}
    for path in stated:
        if why := why_moves_nothing(path, file):
            by_mechanism.setdefault((path.split(".")[1], why), []).append(path)
    for (_, why), paths in by_mechanism.items():
        moves = "moves" if len(paths) == 1 else "move"
        yield CheckNote(f"{{}} {moves} nothing: {why}", tuple(paths))
