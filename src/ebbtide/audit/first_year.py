"""A group's first year at the medians: growth, money, deaths, leaders, and where its men are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.claims.unpressed import years_of
from ebbtide.world.codes import End, Source

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.claims.unpressed import Year
    from ebbtide.model import Insurgency
    from ebbtide.scenario import Scenario

PLACES_TOLD = 3
FAST = 2.0  # a group that so multiplies in a year that nobody presses is told as running away
SLOW = 0.5  # and one that is left with so little is told as withering


@dataclass(frozen=True, slots=True)
class FirstYear:
    """What a group went through from the end of the week in which it came to be, for a year at most.

    Money is in thousand USD a week, in the mean of the weeks; `wage_bill` is what was paid of what was
    due; `dead_a_week` counts those killed; `men_at` has the share of its men in a place at first and at
    last, for the places where most are.
    """

    group: str
    first: dt.date
    last: dt.date
    men: tuple[int, int]
    income: dict[str, float]  # by the label of its source
    wages_paid: float
    pay_share: float
    dead_a_week: float
    dead_share: float  # killed in the year, of its men in the mean
    posts: int
    leaders: tuple[int, int]
    men_at: dict[str, tuple[float, float]]


def first_years(model: Insurgency) -> Iterator[FirstYear]:
    """The first year of every group that came to be, out of a whole run."""
    series = model.series()
    scenario = model.scenario.stands_for
    for row, group in enumerate(scenario.file.groups):
        own = series[series["group"] == group].reset_index(drop=True)
        weeks = scenario.first_year(group)
        if own["fighters"][weeks[0]] > 0:
            yield _year(model, scenario, row, own.loc[weeks[0] : weeks[-1]])


def _year(model: Insurgency, scenario: Scenario, row: int, own: pd.DataFrame) -> FirstYear:
    file = scenario.file.groups[list(scenario.file.groups)[row]]
    first, last = int(own.index[0]), int(own.index[-1])
    lived = own.iloc[1:]  # flows of the first week are those of its founding
    deaths = [f"exits_{end.called}" for end in End if end.kills]
    dead = float(lived[deaths].sum().sum())
    weeks = max(1, len(lived))
    in_places = [model.state.place_series.fighters[week, row] for week in (first, last)]
    shares = [men / max(1.0, men.sum()) for men in in_places]
    most = sorted(range(len(shares[0])), key=lambda p: -max(shares[0][p], shares[1][p]))
    return FirstYear(
        group=file.name,
        first=scenario.dates[first],
        last=scenario.dates[last],
        men=(int(own["fighters"].iloc[0]), int(own["fighters"].iloc[-1])),
        income={
            source.label: float(lived[f"income_{source.called}"].mean()) if len(lived) else 0.0
            for source in Source
        },
        wages_paid=float(lived["wages_paid"].mean()) if len(lived) else 0.0,
        pay_share=float(lived["pay_share"].mean()) if len(lived) else 1.0,
        dead_a_week=dead / weeks,
        dead_share=dead / max(1.0, float(own["fighters"].mean())),
        posts=file.posts,
        leaders=(int(own["leaders"].iloc[0]), int(own["leaders"].iloc[-1])),
        men_at={
            model.place_names[p]: (float(shares[0][p]), float(shares[1][p]))
            for p in most[:PLACES_TOLD]
            if max(shares[0][p], shares[1][p]) > 0
        },
    )


def quiet_years(scenario: Scenario, seed: int) -> list[Year]:
    """How each group grows in its first year with nobody against it, at the medians."""
    import pandas as pd

    from ebbtide.claims.unpressed import unpressed

    world = unpressed(scenario)
    if not world.measures:
        return []
    return years_of(scenario, pd.DataFrame([world.numbers(seed, {})]))
