"""A stand-in for a scenario and for a run of it: cheap, and known in every number."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pandas as pd

from ebbtide.study.design import Run
from ebbtide.study.manifest import FORMAT
from ebbtide.study.metrics import METRICS, Trajectory, measure
from ebbtide.study.simulate import RunTables
from ebbtide.world.outcomes import OUTCOMES

WEEKS = 20
DATES = [dt.date(2020, 1, 5) + dt.timedelta(weeks=week) for week in range(WEEKS + 1)]


@dataclass
class ToyScenario:
    """Draws are the probabilities themselves."""

    uncertainties: dict[str, None] = field(default_factory=lambda: {"rules.a.x": None, "b.y": None})
    shared: dict[str, str] = field(default_factory=dict)

    def uncertain_under(self, policy=None):
        even = SimpleNamespace(median=0.5, quantile=lambda probability: probability)
        return dict.fromkeys(self.uncertainties, even)

    def draw_of(self, path: str) -> str:
        return self.shared.get(path, path)


@dataclass(frozen=True)
class ToyRun:
    """A random walk of two groups; may raise, be slow, or kill its process on chosen runs."""

    raises: frozenset[int] = frozenset()
    kills: frozenset[int] = frozenset()
    seconds: float = 0.0

    def __call__(self, run: Run) -> RunTables:
        if run.run in self.kills:
            os.kill(os.getpid(), signal.SIGKILL)
        if run.run in self.raises:
            raise RuntimeError(f"run {run.run} went wrong")
        time.sleep(self.seconds)
        random = np.random.default_rng(run.seed)
        frames = []
        for group in ("reds", "blues"):
            fighters = 100 + random.integers(-5, 6, WEEKS + 1).cumsum()
            outcomes = {
                "fighters": fighters,
                "affiliates": 3 * fighters,
                "fighters_switched": fighters // 2,
                "districts_held": random.random(WEEKS + 1) * sum(run.values.values()),
            }
            frames.append(pd.DataFrame({"date": DATES, "group": group, **outcomes}))
        series = pd.concat(frames, ignore_index=True)
        places = series[series["date"] == DATES[10]].assign(place="north", held=0.5)
        reds = frames[0]
        known = {name: reds[name].to_numpy() for name in outcomes}
        own = Trajectory(
            np.array(DATES, "datetime64[D]"),
            dict.fromkeys(OUTCOMES, known["fighters"]) | known,
            frames[1]["fighters"].to_numpy(),
            12,
        )
        columns = ["date", "group", "place", "fighters", "affiliates", "held"]
        return RunTables(series, places[columns], measure(own))


class ToyRunOfLoaded(ToyRun):
    """Fails where its process did not load its modules ahead."""

    modules = ("wave",)

    def __call__(self, run: Run) -> RunTables:
        if "wave" not in sys.modules:
            raise RuntimeError("loaded too late")
        return super().__call__(run)


MANIFEST = {
    "format": FORMAT,
    "versions": {"ebbtide": "0", "python": "3", "numpy": "2", "numba": "0"},
    "code": "c",
    "scenario": {
        "id": "toy", "title": "Toy", "digest": "s", "named": "toy", "start": "2020-01-05",
        "end": "2020-05-24", "cut": None, "focus": "reds", "groups": {"reds": "R", "blues": "B"},
    },
    "policies": {"nothing": {"title": "Nothing", "named": None, "digest": "p"}},
    "seed": 1,
    "replications": 30,
    "until": None,
    "fixed": False,
    "overrides": {},
    "study": None,
    "varied": {},
    "uncertainties": ["rules.a.x", "b.y"],
    "metrics": {
        name: {"unit": each.unit, "meaning": each.meaning} for name, each in METRICS.items()
    },
    "command": "ebbtide run toy",
}  # fmt: skip


def design(replications: int = 30, policies: tuple[str, ...] = ("nothing",)):
    from ebbtide.study.design import Design

    return Design(ToyScenario(), policies, replications, 1)  # type: ignore[arg-type]


def tables(folder):
    """The three tables of a results folder, rows sorted: comparable to the last bit."""
    from ebbtide.study.results import Results

    results = Results.open(folder)
    return SimpleNamespace(runs=results.runs(), series=results.series(), places=results.places())


def assert_same(folder, other) -> None:
    for one, two in zip(vars(tables(folder)).values(), vars(tables(other)).values(), strict=True):
        pd.testing.assert_frame_equal(one, two, check_exact=True)
