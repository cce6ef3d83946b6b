"""Paired replications of the khorasan scenario: with a mechanism, and without it.

Both arms meet the same luck, at the priors' medians; what differs is what was switched off.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import t

from ebbtide.model import Insurgency
from ebbtide.scenario import Policy, Scenario, load, load_policy

REPLICATIONS = 12
CUT_WEEK = 165  # the week that holds 30 November 2016
POLICIES = Path(__file__).with_name("policies")  # variants made for these tests


@dataclass(frozen=True)
class Lived:
    """A model after some weeks, with its series by group."""

    model: Insurgency
    series: dict[str, pd.DataFrame]

    def sum(self, outcome: str, start: str, stop: str, group: str = "iskp") -> float:
        """The outcome summed over the weeks from start to stop."""
        return float(self.series[group].loc[start:stop, outcome].sum())

    def mean(self, outcome: str, start: str, stop: str, group: str = "iskp") -> float:
        """The outcome's mean over the weeks from start to stop."""
        return float(self.series[group].loc[start:stop, outcome].mean())

    def at(self, outcome: str, date: str, group: str = "iskp") -> float:
        """The outcome in the last week up to the date."""
        return float(self.series[group].loc[:date, outcome].iloc[-1])

    def peak(self, outcome: str, group: str = "iskp") -> float:
        """The outcome's highest value."""
        return float(self.series[group][outcome].max())

    def came_over(self, to: str, *others: str, since: str = "2013-01-01") -> float:
        """Men who came over to a group from others after a date."""
        found = self.model.defections()
        found = found[(found["group"] == to) & found["came_from"].isin(others)]
        return float(found[found["date"] > pd.Timestamp(since)]["men"].sum())

    def men_in(self, places: tuple[str, ...], date: str, group: str = "iskp") -> float:
        """Fighters of a group in places, in the last week up to the date."""
        found = self.model.places()
        there = found[(found["group"] == group) & found["place"].isin(places)]
        last = there[there["date"] <= pd.Timestamp(date)]["date"].max()
        return float(there[there["date"] == last]["fighters"].sum())


Measure = Callable[[Lived], float]


def _live(scenario: Scenario, policy: Policy | None, seed: int, weeks: int) -> Lived:
    model = Insurgency(scenario, rng=seed, policy=policy)
    for _ in range(weeks):
        model.step()
    series = model.series()
    by_group = {
        str(name): rows.set_index("date") for name, rows in series.groupby("group", sort=False)
    }
    return Lived(model, by_group)


class Pairs:
    """Measures both arms of a claim, seed by seed."""

    def __init__(self) -> None:
        self.scenario = load("khorasan")
        self._usual = cache(self._lived_as_usual)

    def _lived_as_usual(self, seed: int, weeks: int) -> Lived:
        return _live(self.scenario, None, seed, weeks)

    def differences(
        self,
        measure: Measure,
        off: Mapping[str, object] | None = None,
        policy: str | None = None,
        weeks: int = CUT_WEEK,
        under: Mapping[str, object] | None = None,
    ) -> np.ndarray:
        """The measure with the mechanism less without it, a number a replication.

        `under` holds for both arms: a world in which the mechanism has much to do.
        """
        both = self.scenario.with_overrides(under) if under else self.scenario
        without = both.with_overrides(off) if off else both
        chosen = load_policy(policy, self.scenario) if policy else None

        def difference(seed: int) -> float:
            with_it = _live(both, None, seed, weeks) if under else self._usual(seed, weeks)
            return measure(with_it) - measure(_live(without, chosen, seed, weeks))

        return np.array([difference(seed) for seed in range(REPLICATIONS)])


def interval(differences: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Student's interval of the mean difference."""
    half = t.ppf((1 + level) / 2, len(differences) - 1) * differences.std(ddof=1)
    half /= sqrt(len(differences))
    return differences.mean() - half, differences.mean() + half
