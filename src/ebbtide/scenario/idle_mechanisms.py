"""Mechanisms that find nothing to work on in a scenario, and what each works on alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.schema.events import CentreChange, HostilityChange, Pledge
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.table import Table


@dataclass(frozen=True, slots=True)
class WorksOn:
    """What a mechanism works on: that there is none of it, in words, and the paths of what there is.

    `for_it_alone`: with the mechanism off nothing comes of what is stated at these paths.
    """

    lacking: str
    paths: Callable[[ScenarioFile], list[str]]
    for_it_alone: bool = True
    and_on: Callable[[ScenarioFile], list[str]] = lambda file: []  # what others work on as well


def _of_groups(*keys: str) -> Callable[[ScenarioFile], list[str]]:
    """The paths of keys of groups that may be above zero."""
    return lambda file: [
        f"groups.{name}.{key}"
        for name, group in file.groups.items()
        for key in keys
        if getattr(group, key).quantile(1.0) > 0
    ]


def _attacks(file: ScenarioFile) -> list[str]:
    full = {
        f"groups.{name}.attacks" for name, group in file.groups.items() if group.dynamics == "full"
    }
    return [path for path in _of_groups("attacks")(file) if path in full]


def _allies(file: ScenarioFile) -> list[str]:
    return [f"groups.{name}.allies" for name, group in file.groups.items() if group.allies]


def _centres(file: ScenarioFile) -> list[str]:
    stated = [f"groups.{name}.centre" for name, group in file.groups.items() if group.centre]
    return stated + _events(file, CentreChange)


def _foundings(file: ScenarioFile) -> list[str]:
    return [f"events.{event}" for event in file.foundings.values()]


def _events(file: ScenarioFile, kind: type[Table]) -> list[str]:
    return [f"events.{name}" for name, event in file.events.items() if isinstance(event, kind)]


def _pledges(file: ScenarioFile) -> list[str]:
    return _events(file, Pledge)


def _hostility(file: ScenarioFile) -> list[str]:
    stated = [
        f"groups.{name}.hostility.{other}"
        for name, group in file.groups.items()
        for other, share in group.hostility.items()
        if share.quantile(1.0) > 0
    ]
    return stated + _events(file, HostilityChange)


def _others(file: ScenarioFile) -> list[str]:
    return [f"groups.{name}" for name in file.groups] if len(file.groups) > 1 else []


def _forces(file: ScenarioFile) -> list[str]:
    return [f"forces.{name}" for name in file.forces]


_FORCES = WorksOn("there is no force", _forces, for_it_alone=False)
WORKS_ON = {  # a mechanism that always finds something is left out
    "predation": WorksOn("no group abducts or loots", _of_groups("abduction", "loot")),
    "alliances": WorksOn("no group has allies or a centre", _allies, and_on=_centres),
    "founding": WorksOn("no event founds a group", _foundings),
    "pledges": WorksOn("no event is a pledge", _pledges),
    "rivalry": WorksOn("no group is hostile to another", _hostility, for_it_alone=False),
    "attacks": WorksOn("no group of full dynamics mounts attacks", _attacks),
    "attention": _FORCES,
    "intelligence": _FORCES,
    "targeting": _FORCES,
    "switching": WorksOn("there is one group alone", _others, for_it_alone=False),
}


def idle_mechanisms(file: ScenarioFile) -> dict[str, str]:
    """The mechanisms that move nothing here, on or off, with what they lack in words."""
    return {
        name: each.lacking
        for name, each in WORKS_ON.items()
        if not each.paths(file) + each.and_on(file)
    }


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
