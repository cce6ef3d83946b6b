"""What must hold of events of one week: none says anew what another of them says."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import assert_never

from ebbtide.scenario.deployments import REST
from ebbtide.scenario.document import Keys
from ebbtide.scenario.reporting import Say
from ebbtide.scenario.schema.events import (
    AllianceChange,
    CentreChange,
    Deployment,
    Event,
    Founding,
    HostilityChange,
    LeaderLoss,
    Pledge,
)
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.weeks import week_felt

Moved = tuple[str, ...]  # what an event moves: whose, and what of it


def check_same_week(
    file: ScenarioFile, say_idle: Say, of_policy: Collection[str] | None = None
) -> None:
    """Report what an event says and a later one of its week in the file's order says anew.

    Of one week the last holds, so that the former would move nothing. Where `of_policy` has the ids
    of a policy's deployments, which are among the file's events, of these alone.
    """
    anew: dict[tuple[int, Moved], str] = {}
    for name, event in reversed(file.events.items()):
        week, said = week_felt(file.start, event.date), list(_said(event, file))
        for keys, moved in said:
            by = [anew[week, each] for each in moved if (week, each) in anew]
            if len(by) == len(moved) and (of_policy is None or name in of_policy):
                at: Keys = (_table(name, of_policy), name)
                others = [(_table(each, of_policy), each) for each in by]
                found = f"what {'.'.join(others[0])} says anew in the same week"
                rests_on: list[Keys] = [at, *others, ("start",)]
                say_idle((*at, *keys), found, "a date in another week", rests_on=rests_on)
        anew |= {(week, each): name for _, moved in said for each in moved}


def _table(name: str, of_policy: Collection[str] | None) -> str:
    return "deployments" if of_policy and name in of_policy else "events"


def _said(event: Event, file: ScenarioFile) -> Iterator[tuple[Keys, list[Moved]]]:
    """The keys of an event, each with what it moves."""
    match event:
        case HostilityChange():
            yield ("hostility",), [("hostility", event.group, event.towards)]
        case AllianceChange():
            yield ("holds",), [("holds", event.group, event.ally)]
        case CentreChange():
            yield ("behind",), [("behind", event.group)]
            if event.centre is not None:
                yield ("centre",), [("centre", event.group)]
        case Pledge():
            yield ("share",), [("pledge", faction) for faction in _factions(event.group, file)]
        case Founding():
            for source in event.seed:
                yield ("seed", source), [("seed", faction) for faction in _factions(source, file)]
        case Deployment():
            yield from _deployed(event, file)
        case LeaderLoss():
            pass  # two leaders may be lost in a week
        case _:
            assert_never(event)


def _deployed(event: Deployment, file: ScenarioFile) -> Iterator[tuple[Keys, list[Moved]]]:
    if event.places is not None:
        yield ("places",), [("places", event.force)]
    if event.scale is not None and event.force in file.forces:
        countries = [REST, *file.forces[event.force].contingents]
        yield ("scale",), [("scale", event.force, country) for country in countries]
    for country in event.scale_in:
        yield ("scale_in", country), [("scale", event.force, country)]


def _factions(of: str, file: ScenarioFile) -> list[str]:
    """A faction, or a group's; the group where it has none."""
    group = file.groups.get(of)
    return [of] if group is None else [f"{of}.{each}" for each in group.factions] or [of]
