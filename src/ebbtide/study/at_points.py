"""What shows only at points of a study: values that do not go together, and what moves nothing there.

Every varied value is tried by itself when a study is read. Here some of its points are: those that hold
each value of a list, or the ends of a range, and others evenly spread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ebbtide.scenario import Fault, Faults, Policy, Scenario
from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.faults import counted, listed
from ebbtide.scenario.override_notes import begun_after, notes_on_overrides, unusual
from ebbtide.scenario.policy import OF_POLICY, parted
from ebbtide.scenario.project import label
from ebbtide.study.design import Value
from ebbtide.study.study import Study

DATED = ("start", "stop", "date")  # keys by which what a study varies may begin on other days
MOST_TRIED, MOST_VALUES, MOST_TOLD = 48, 12, 8  # points, values of one path, lines

Point = Mapping[str, Value]


@dataclass(frozen=True)
class Tried:
    """A point under a policy, as a run there has them."""

    point: Point
    scenario: Scenario
    policy: Policy


def check_points(study: Study) -> list[str]:
    """A line for what moves nothing at some points. Raises Faults where no run can be at a point."""
    points = points_tried(study.points)
    tried, faults = [], []
    for point in points:
        for policy in study.policies.values():
            try:
                tried.append(_at(point, study.scenario, policy))
            except Faults as found:
                faults += [_of_point(fault, point, study) for fault in found.faults]
    if faults:
        raise Faults(faults)
    lines = []
    for policy in study.policies.values():
        own = [each for each in tried if each.policy.id == policy.id]
        usual = {*_notes(_at({}, study.scenario, policy), study)}
        at: dict[CheckNote, list[Point]] = {}
        for each in own:
            for note in _notes(each, study):
                at.setdefault(note, []).append(each.point)
        under = f" under {policy.id}" if len(study.policies) > 1 else ""
        lines += [
            f"{_where(those, points)}{under}: {note}"
            for note, those in at.items()
            if (note not in usual or _is_of_varied(note, study)) and not _is_meant(note, those)
        ]
        lines += _after_until(_at({}, study.scenario, policy), study, under)
    more = [f"and {len(lines) - MOST_TOLD} more such lines"] if len(lines) > MOST_TOLD + 1 else []
    return [*lines[:MOST_TOLD], *more] if more else lines


def points_tried(points: Sequence[Point]) -> list[Point]:
    """Some points: those with each value of a path (of many its ends), and others evenly spread."""
    if len(points) <= MOST_TRIED:
        return list(points)
    chosen = [0, len(points) - 1]
    for path in points[0]:
        first: dict[Value, int] = {}
        for number, point in enumerate(points):
            first.setdefault(point[path], number)
        values: list[Any] = list(first)
        if len(values) > MOST_VALUES:
            values = [min(values), max(values)]
        chosen += [first[value] for value in values]
    rest = max(0, MOST_TRIED - len({*chosen}))
    chosen += [round(at * (len(points) - 1) / max(1, rest)) for at in range(rest)]
    return [points[number] for number in sorted({*chosen})]


def _at(point: Point, scenario: Scenario, policy: Policy) -> Tried:
    """What a run at a point has, under a policy. Raises Faults."""
    of_scenario, of_policy = parted(point)
    lived = scenario.with_overrides(of_scenario) if of_scenario else scenario
    led = policy.with_overrides(of_policy) if of_policy else policy
    faults: list[Fault] = []
    led.check(lived.file, lived.names, faults, tried=lived.tried)
    if faults:
        raise Faults(faults)
    return Tried(point, lived, led)


def _of_point(fault: Fault, point: Point, study: Study) -> Fault:
    """A fault as that of the study at a point."""
    return replace(fault, file=label(study.path), key=f"at {_values(point)}: {fault.key}")


def _notes(tried: Tried, study: Study) -> Iterator[CheckNote]:
    """What moves nothing at a point."""
    vary = study.file.vary
    yield from notes_on_overrides(tried.scenario, tried.policy, vary, study.file.until)
    yield from unusual(tried.scenario, vary)


def _after_until(usual: Tried, study: Study, under: str) -> Iterator[str]:
    """A line for each varied value of what begins after the runs end, and one for all else that does."""
    until = study.file.until
    late = begun_after(usual.scenario, usual.policy, until)
    varied = {path: path.removeprefix(OF_POLICY).rpartition(".") for path in study.file.vary}
    of = {
        path: name
        for path, (table, _, _) in varied.items()
        for name in late
        if f"{table}.".startswith(f"{name}.")
    }
    moved = {of[path] for path, (_, _, key) in varied.items() if path in of and key in DATED}
    for path, name in of.items():
        if name not in moved:  # else each of its days is told of its point
            yield (
                f'vary."{path}" is felt in no run{under}: {name} begins on {late[name]}, '
                f"after until {until}"
            )
    if others := [name for name in late if name not in of.values()]:
        yield f"dated after until {until}{under}, and felt in no run: {listed(others, 6)}"


def _is_of_varied(note: CheckNote, study: Study) -> bool:
    """Whether it is of nothing but values that the study varies: in vain, if it holds at every point."""
    varied = {path.removeprefix(OF_POLICY) for path in study.file.vary}
    return bool(note.of) and varied.issuperset(note.of)


def _is_meant(note: CheckNote, points: Sequence[Point]) -> bool:
    """Whether it is of an act whose strength a study varies to nothing."""
    paths = [f"{OF_POLICY}{act}.strength" for act in note.of]
    return bool(paths) and all(point.get(path) == 0 for point in points for path in paths)


def _where(those: Sequence[Point], tried: Sequence[Point]) -> str:
    """The points where something is so: by one value that they have in common, else by an example."""
    if len(those) == len(tried):
        return "at every point" if len(tried) > 1 else "at its point"
    for path, value in those[0].items():
        if [point for point in tried if point[path] == value] == list(those):
            return f"at {_values({path: value})}"
    return f"at {len(those)} of {counted(len(tried), 'point')} tried, such as {_values(those[0])}"


def _values(point: Point) -> str:
    return ", ".join(f"{path} = {_plain(value)}" for path, value in point.items()) or "every value"


def _plain(value: Value) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case dt.date():
            return value.isoformat()
    return str(value)
