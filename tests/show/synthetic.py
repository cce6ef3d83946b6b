"""A made-up conflict on a grid of squares, with results of made-up runs to draw."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from ebbtide.scenario import Scenario as Whole
from ebbtide.scenario.published import Published
from ebbtide.scenario.schema.events import Founding
from ebbtide.study.simulate import ends_half_year

GROUP, RIVAL = "ridge", "valley"
START, FOUNDED = dt.date(2013, 10, 4), dt.date(2015, 1, 26)
CUT, END = dt.date(2016, 11, 30), dt.date(2018, 12, 28)
SHAPES = {  # weekly levels at a group's height: how large, and how far runs spread
    "fighters": (3000, 0.5),
    "affiliates": (8000, 0.5),
    "fighters_local_poor": (1200, 0.5),
    "leaders": (10, 0.1),
    "districts_held": (9, 0.6),
    "places_reported": (26, 0.2),
    "money": (5200, 0.7),
}
INDICES = (
    "command",
    "cohesion",
    "brand",
    "momentum",
    "morale",
    "media",
    "pay_share",
    "attention",
    "intelligence",
    "support",
)
FLOWS = {
    "income_centre": 120,
    "income_taxes": 260,
    "income_crime": 310,
    "income_allies": 15,
    "wages_paid": 600,
    "entries_local_poor": 28,
    "entries_like_minded": 14,
    "entries_foreign": 4,
    "entries_allies": 3,
    "entries_switched": 22,
    "exits_killed": 24,
    "exits_killed_by_rivals": 7,
    "exits_killed_attacking": 3,
    "exits_captured": 5,
    "exits_deserted": 18,
    "exits_surrendered": 4,
    "exits_switched": 6,
    "attacks_state": 6,
    "attacks_civilians": 3,
    "civilians_harmed": 18,
    "civilians_harmed_by_forces": 5,
}


@dataclass
class Results:
    """Holds what a results folder holds."""

    weeks: pd.DataFrame
    ends: pd.DataFrame
    manifest: dict[str, Any] = field(
        default_factory=lambda: {"weeks_of_parts": [], "uncertainties": []}
    )

    def series(self) -> pd.DataFrame:
        return self.weeks

    def places(self) -> pd.DataFrame:
        return self.ends

    def runs(self) -> pd.DataFrame:
        own = [name for name in ("run", "policy", "replication", "seed") if name in self.weeks]
        return self.weeks[own].drop_duplicates()


@dataclass
class Scenario:
    """The part of a scenario that figures look at."""

    file: Any
    title: str = "The ridge and the valley"
    outlines: dict[str, Any] | None = None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    record: str = "record"
    focus = Whole.focus
    focus_groups, focus_name, focus_from = Whole.focus_groups, Whole.focus_name, Whole.focus_from
    there_from = Whole.there_from
    dates = Whole.dates
    weeks = Whole.weeks
    week_of = Whole.week_of

    @property
    def published(self) -> Published:
        return Published({}, self.file, self.dates, self.focus, FOUNDED)

    def evidence_tables(self) -> dict[str, pd.DataFrame]:
        return self.tables


def results(count: int = 30, *, seed: int = 0, height: float = 1.0, ended: bool = False) -> Results:
    """Runs of two groups; `height` scales everything, `ended` empties the group in mid 2017."""
    rng = np.random.default_rng(seed)
    dates = pd.date_range(START, END, freq="7D")
    weeks, ends = [], []
    for run in range(count):
        for group in (GROUP, RIVAL):
            course = height * _course(dates, rng, ended=ended)
            weeks.append(_weeks(run, group, dates, course, rng))
            ends.append(_ends(run, group, dates, course, rng))
    return Results(pd.concat(weeks, ignore_index=True), pd.concat(ends, ignore_index=True))


def _course(dates: pd.DatetimeIndex, rng: np.random.Generator, *, ended: bool) -> np.ndarray:
    """A rise and a decline between 0 and about 1.5, nothing before the founding."""
    age = (dates - pd.Timestamp(FOUNDED)).days.to_numpy() / 365.25
    peak = rng.lognormal(0, 0.25)
    shape = peak * (0.35 + 1.4 * age.clip(0) * np.exp(-age.clip(0) / rng.uniform(0.8, 1.5)))
    shape *= np.exp(np.cumsum(rng.normal(0, 0.03, len(dates))))
    shape[age < 0] = 0
    if ended:
        shape[dates >= "2017-06-01"] = 0
    return shape


def _weeks(
    run: int, group: str, dates: pd.DatetimeIndex, course: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "run": run,
        "policy": "record",
        "replication": run,
        "seed": run,
        "date": dates,
        "group": group,
    }
    for name, (size, spread) in SHAPES.items():
        columns[name] = np.round(size * course**spread * (course > 0))
    for name in INDICES:
        columns[name] = np.clip(0.5 * course**0.5 + rng.normal(0, 0.03, len(dates)), 0, 1)
    for name, size in FLOWS.items():
        columns[name] = rng.poisson(size * course * rng.lognormal(0, 0.3))
    columns["entries_founding"] = np.where(np.cumsum(course > 0) == 1, 1240, 0)
    return pd.DataFrame(columns)


def _ends(
    run: int, group: str, dates: pd.DatetimeIndex, course: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    rows = []
    half_years = [
        week for week, day in enumerate(dates) if ends_half_year(day.date()) or day == dates[-1]
    ]
    for week in half_years:
        for number, place in enumerate(grid_ids()):
            affiliates = rng.poisson(2500 * course[week] / (1 + number) ** 1.9)
            if affiliates:
                rows.append(
                    {
                        "run": run,
                        "policy": "record",
                        "replication": run,
                        "date": dates[week],
                        "group": group,
                        "place": place,
                        "fighters": affiliates // 3,
                        "affiliates": affiliates,
                        "districts_held": 3.0 * (number < 3 and course[week] > 0.6),
                    }
                )
    names = ["run", "policy", "replication", "date", "group", "place", "fighters", "affiliates"]
    return pd.DataFrame(rows, columns=[*names, "districts_held"])


def grid_ids() -> list[str]:
    return [f"p{number}" for number in range(24)]


def grid_outlines() -> dict[str, Any]:
    """24 unit squares in four rows; the last column is a MultiPolygon with a hole."""
    features = []
    for number, place in enumerate(grid_ids()):
        x, y = 60 + number % 6, 30 + number // 6
        square = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        hole = [[x + a, y + b] for a, b in ((0.4, 0.4), (0.4, 0.6), (0.6, 0.6), (0.4, 0.4))]
        geometry: dict[str, Any] = {"type": "Polygon", "coordinates": [square]}
        if number % 6 == 5:
            geometry = {"type": "MultiPolygon", "coordinates": [[square, hole]]}
        features.append({"type": "Feature", "properties": {"code": place}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


STRENGTH = pd.DataFrame(
    [
        ("2015-10-08", 3500, 3500, "fighters_and_supporters", "Northern officials"),
        ("2016-01-31", 1000, 3000, "fighters", "Coalition command"),
        ("2016-02-05", 7000, 8500, "affiliated", "Institute of Distant Affairs"),
        ("2016-02-11", 1000, 3000, "fighters", "Coalition command"),
        ("2016-03-15", 2500, 2500, "fighters", "Institute for the Study of Peace"),
        ("2016-04-14", 1000, 3000, "fighters", "Coalition command"),
        ("2016-07-28", 1500, 1500, "fighters", "Coalition command"),
        ("2016-07-28", 70, 70, "percent_former_valley", "Coalition command"),
        ("2016-08-12", 1000, 1500, "fighters", "Coalition command"),
        ("2016-10-15", 1600, 1600, "fighters", "Council of Nations"),
    ],
    columns=["date", "low", "high", "counts", "publisher"],
).assign(area="all", date=lambda table: pd.to_datetime(table["date"]))
PRESENCE = pd.DataFrame(
    [
        ("2015-07-31", "districts held at least in part", 7, 7, "p0", "Institute"),
        ("2015-09-30", "provinces with any affiliated presence", 25, 25, "A", "Council"),
        ("2016-01-31", "districts held at least in part", 6, 8, "p0", "Coalition"),
        ("2016-04-15", "districts held at least in part", 2, 3, "p0", "Coalition"),
    ],
    columns=["date", "measure", "low", "high", "area", "publisher"],
).assign(date=lambda table: pd.to_datetime(table["date"]))


def scenario(
    *,
    cut: dt.date | None = CUT,
    evidence: bool = True,
    outlines: bool = True,
    focus: bool = True,
    area: str = "all",
) -> Scenario:
    """The made-up scenario, with or without its optional parts; strength is of an area."""
    file = SimpleNamespace(
        start=START,
        end=END,
        cut=cut,
        focus=(GROUP,) if focus else None,
        focus_name=None,
        groups={
            GROUP: SimpleNamespace(name="Men of the Ridge"),
            RIVAL: SimpleNamespace(name="Men of the Valley"),
        },
        places={
            place: SimpleNamespace(
                name=f"Far Northern Province {place[1:]}",
                country="AB"[number % 6 > 2],
                districts=SimpleNamespace(median=10.0),
                lon=60.5 + number % 6,
                lat=30.5 + number // 6,
            )
            for number, place in enumerate(grid_ids())
        },
        foundings={GROUP: "founding"},
        events={"founding": Founding.model_construct(kind="founding", date=FOUNDED, group=GROUP)},
        evidence=SimpleNamespace(of=(GROUP,)),
        geography=SimpleNamespace(credit="Squares drawn for the tests."),
    )
    return Scenario(
        file=file,
        outlines=grid_outlines() if outlines else None,
        tables={"strength": STRENGTH.assign(area=area), "presence": PRESENCE} if evidence else {},
    )
