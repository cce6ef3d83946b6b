"""How groups grow in a year in which nobody presses them: what the priors of growth alone say.

A prior of growth is seen in no figure, since every figure is of a group under fire; so it is told here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebbtide.claims.arithmetic import Over
from ebbtide.claims.criteria import Range
from ebbtide.claims.weekly import At
from ebbtide.claims.worlds import MeasuredWorld
from ebbtide.scenario.weeks import A_YEAR
from ebbtide.world.codes import Hazard

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.scenario import Policy, Scenario

# No fire, no arrests, none driven out, no fights with rivals: with no act, nothing else presses.
WITHOUT = {f"rules.{name}.on": False for hazard in Hazard for name in hazard.fate.by_others}


@dataclass(frozen=True, slots=True)
class Year:
    """A group's first year in the scenario, in which nobody presses it."""

    group: str  # its name
    first: dt.date
    last: dt.date
    growth: Range  # fighters on the last day, of those on the first


def unpressed(scenario: Scenario) -> MeasuredWorld:
    """The scenario without what presses, and the growth of every group in its first year there."""
    measures = {
        f"unpressed.{group}": Over(
            kind="over", of=(_fighters(group, last), _fighters(group, first))
        )
        for group, first, last in _years(scenario)
    }
    weeks = max((scenario.week_of(last) for _, _, last in _years(scenario)), default=0)
    without = scenario.with_overrides(WITHOUT)
    return MeasuredWorld(without, _no_act(scenario.policy), weeks, False, {}, {}, {**measures})


def years_of(scenario: Scenario, drawn: pd.DataFrame) -> list[Year]:
    """What the draws of that world say, group by group."""
    names = scenario.file.groups
    return [
        Year(names[group].name, first, last, Range.of(drawn[f"unpressed.{group}"].to_numpy()))
        for group, first, last in _years(scenario)
    ]


def _years(scenario: Scenario) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Groups that are there for a year, from the end of the week in which they come to be."""
    for group in scenario.file.groups:
        weeks = scenario.first_year(group)
        if len(weeks) > A_YEAR:
            yield group, scenario.dates[weeks[0]], scenario.dates[weeks[-1]]


def _fighters(group: str, date: dt.date) -> At:
    return At(kind="at", outcome=("fighters",), group=(group,), date=date)


def _no_act(policy: Policy) -> Policy:
    return replace(policy, file=policy.file.model_copy(update={"acts": {}}))
