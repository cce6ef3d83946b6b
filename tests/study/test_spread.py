"""How many runs are told as a range: of a few the least and the most, and never as an interval of most."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.show import palette
from ebbtide.show.fan import legend_of_fan
from ebbtide.show.subject import quantiles_of
from ebbtide.study.spread import FEWEST_FOR_CENTRAL, INTERVAL, band_of, spread

LOOK = palette.SUM_LINE


@pytest.mark.parametrize("runs", [2, 4, FEWEST_FOR_CENTRAL - 1])
def test_of_a_few_runs_the_least_and_the_most_are_told_as_that(runs: int) -> None:
    values = np.arange(runs) ** 2.0
    assert spread(values) == {"low": 0, "median": np.median(values), "high": (runs - 1) ** 2}
    assert band_of(runs) == f"least to most of {runs} runs"
    told = [label for _, label in legend_of_fan(LOOK, runs)]
    assert told[-1] == f"least to most of {runs} runs"
    assert not any("90%" in label for label in told)


def test_of_more_runs_the_interval_is_told() -> None:
    values = np.arange(FEWEST_FOR_CENTRAL) ** 2.0
    low, high = np.quantile(values, INTERVAL)
    assert (spread(values)["low"], spread(values)["high"]) == (low, high)
    assert legend_of_fan(LOOK, FEWEST_FOR_CENTRAL)[-1][1] == "90% of runs"


@pytest.mark.parametrize("runs", [4, 12])
def test_a_fan_is_as_wide_as_its_legend_says(runs: int) -> None:
    import pandas as pd

    day = pd.Timestamp("2001-01-07")
    weeks = pd.DataFrame({"date": day, "run": range(runs), "fighters": range(runs)})
    found = quantiles_of(weeks, "fighters").loc[day]
    assert (found["low90"] == 0) == (runs < FEWEST_FOR_CENTRAL)
    assert (found["high90"] == runs - 1) == (runs < FEWEST_FOR_CENTRAL)
