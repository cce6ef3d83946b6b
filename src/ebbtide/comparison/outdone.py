"""Where what a policy adds adds nothing: acts that it keeps hold the lever as strongly there.

The strongest act of a lever counts. Scaled to a small effort, an act may fall below one that goes on
under the reference in the same places, or that begins there later. Where a strength is drawn that is so in
some draws and not in others: what is stated is what can be, and in how many draws it is, the runs tell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison.priced_acts import PricedAct
from ebbtide.scenario.cells import Cell, cells_of
from ebbtide.scenario.covered_acts import CoveredAct
from ebbtide.scenario.covered_places import parts_of
from ebbtide.scenario.deployments import under
from ebbtide.scenario.policy import OF_POLICY
from ebbtide.scenario.policy_from import added
from ebbtide.scenario.weeks import A_WEEK, in_force

if TYPE_CHECKING:
    from ebbtide.comparison.lived import LivedRuns
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.scenario.schema.file import ScenarioFile
    from ebbtide.scenario.schema.policy import Act


def outdone(policy: Policy, scenario: Scenario) -> list[dict[str, Any]]:
    """The acts that a policy adds and that others, which it keeps, can outdo somewhere, and from when on.

    A row an act and part of it: `act` its name, `strength`, `places` by name (none: the lever is held by
    no place), `of`, the groups or forces of which alone it is so (none: of all), `wholly`, whether it adds
    nothing anywhere, `from`, the day from which on (None: in all its weeks), `by`, the strengths of those
    others, in the middle, by name, and `drawn`, what `share_outdone` asks of the draws.
    """
    file, acts = under(policy.file, scenario.file), policy.file.acts
    own = added(policy, scenario)
    rows = []
    for name in own:
        act = acts[name]
        kept = {
            other: each
            for other, each in acts.items()
            if other not in own and each.kind == act.kind and each.strength.median > 0
        }
        rows += [
            _row(name, acts, start, part, found.wholly, file)
            for start, found in _held_by_others(name, act, kept, file)
            for part in parts_of(found)
        ]
    return rows


def share_outdone(row: Mapping[str, Any], lived: LivedRuns, policy: int) -> float | None:
    """In which share of replications a row of `outdone` is so; None of a folder that does not say it.

    It is where, in each of the weeks, one of the others is as strong as the act or stronger.
    """
    if "drawn" not in row:
        return None
    own = PricedAct(**row["drawn"]["own"])
    others = [PricedAct(**each) for each in row["drawn"]["others"]]
    strength = own.by_replication(lived, policy)
    stronger = [each.by_replication(lived, policy) >= strength for each in others]
    held = np.ones(len(strength), bool)
    for week in range(*own.weeks):
        there = [
            so for each, so in zip(others, stronger, strict=True) if week in range(*each.weeks)
        ]
        held &= np.any(there, axis=0) if there else False
    return float(held.mean())


def _held_by_others(
    name: str, act: Act, kept: Mapping[str, Act], file: ScenarioFile
) -> Iterable[tuple[int, CoveredAct]]:
    """The cells of an act that others can hold in its place, by the week from which on they do."""
    weeks = in_force(act, file)
    cells = tuple(dict.fromkeys(cells_of(act, file)))
    strong = {
        other: each
        for other, each in kept.items()
        if each.strength.quantile(1.0) >= act.strength.quantile(0.0)
    }
    in_weeks = {other: in_force(each, file) for other, each in strong.items()}
    cells_held = {other: {*cells_of(each, file)} for other, each in strong.items()}
    later = {each.start for each in in_weeks.values() if each.start in weeks}
    told: set[Cell] = set()
    for start in sorted({weeks.start} | later) if weeks else ():
        by = {}
        for cell in cells:
            there = [other for other in strong if cell in cells_held[other]]
            there = [other for other in there if {*in_weeks[other]} & {*range(start, weeks.stop)}]
            reached = {week for other in there for week in in_weeks[other]}
            if cell not in told and reached >= {*range(start, weeks.stop)}:
                by[cell] = tuple(there)
        told |= {*by}
        if by:
            yield start, CoveredAct(name, act.kind, cells, by)


def _row(
    name: str, acts: Mapping[str, Act], start: int, part: Any, wholly: bool, file: ScenarioFile
) -> dict[str, Any]:
    weeks = in_force(acts[name], file)
    day: dt.date = file.start + start * A_WEEK
    return {
        "act": name,
        "strength": acts[name].strength.median,
        "places": [file.places[place].name for place in part.places],
        "of": [*part.of],
        "wholly": wholly,
        "from": None if start == weeks.start else day.isoformat(),
        "by": {other: acts[other].strength.median for other in part.by},
        "drawn": {
            "own": _drawn(name, acts[name], range(start, weeks.stop)),
            "others": [
                _drawn(other, acts[other], in_force(acts[other], file)) for other in part.by
            ],
        },
    }


def _drawn(name: str, act: Act, weeks: range) -> dict[str, Any]:
    """An act by its strength, or where that is drawn, and its weeks."""
    path = f"{OF_POLICY}acts.{name}.strength" if act.strength.uncertain else None
    return {
        "strength": act.strength.median,
        "drawn": path,
        "weeks": [weeks.start, weeks.stop],
        "reaches": [],
    }
