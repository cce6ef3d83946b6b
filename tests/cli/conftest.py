"""The command line in this process, on a model that answers at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from ebbtide.world.outcomes import OUTCOMES
from typed import typed


class WalkingInsurgency:
    """Every group's strength is a random walk; `broken` seeds raise, as a faulty rule would."""

    every = 0
    interrupt_at = -1
    made = 0

    def __init__(self, scenario, *, rng, policy, extensions=(), **values):
        cls = type(self)
        cls.made += 1
        if cls.made == cls.interrupt_at:
            raise KeyboardInterrupt
        if cls.every and cls.made % cls.every == 0:
            raise FloatingPointError("a hazard above its bound")
        of_scenario = {path: values[path] for path in values if not path.startswith("policy.")}
        self.scenario = scenario.with_overrides(of_scenario)
        self.random = np.random.default_rng(rng)

        self.groups = list(scenario.file.groups)
        self.strengths = [np.full(len(self.groups), 500)]

    def step(self):
        steps = self.random.integers(-9, 9, len(self.groups))
        self.strengths.append(self.strengths[-1] + steps)

    def series(self):
        dates = pd.to_datetime(self.scenario.dates[: len(self.strengths)])
        keys = {
            "date": np.tile(dates, len(self.groups)),
            "group": np.repeat(self.groups, len(dates)),
        }
        walks = np.array(self.strengths).T.reshape(-1, 1)
        outcomes = pd.DataFrame(np.repeat(walks, len(OUTCOMES), axis=1), columns=[*OUTCOMES])
        return pd.concat([pd.DataFrame(keys), outcomes], axis=1)

    def places(self, weeks):
        series = self.series().assign(place=next(iter(self.scenario.file.places)), held=0.1)
        asked = pd.to_datetime([self.scenario.dates[week] for week in weeks])
        return series[series["date"].isin(asked)]


@pytest.fixture
def walking(monkeypatch):
    """The stand-in for the model; a class of its own for each test."""
    import ebbtide.model

    fresh = type("Walking", (WalkingInsurgency,), {})
    monkeypatch.setattr(ebbtide.model, "Insurgency", fresh)
    return fresh


class Answer(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def ebbtide(monkeypatch, capsys, tmp_path):
    """Call the command line in an empty folder; returns exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> Answer:
        code = typed(*words)
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return call
