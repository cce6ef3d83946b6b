"""What was lived under every policy, read from a results folder: arrays paired by replication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.comparison import prices
from ebbtide.comparison.outcomes import STRENGTH, ComparedOutcome, Reduction
from ebbtide.study.focus import Focus
from ebbtide.study.store import Refused

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.study.results import Results


@dataclass(frozen=True)
class LivedRuns:
    """The replications that every policy has lived, in order.

    `runs` has a row a replication and policy, replication by replication. `left_out` more replications
    are kept in part, and `failed` runs failed.
    """

    policies: tuple[str, ...]
    replications: np.ndarray
    left_out: int
    failed: int
    runs: pd.DataFrame
    results: Results

    @classmethod
    def of(cls, results: Results, policies: Iterable[str]) -> LivedRuns:
        """Of these policies. Raises Refused where no replication is done under all of them."""
        policies = tuple(policies)
        runs = results.runs()
        done = runs[(runs["status"] == "done") & runs["policy"].isin(policies)]
        times = done.groupby("replication").size()
        whole = times.index[times == len(policies)].to_numpy()
        if not whole.size:
            results.must_have_runs()
            under = ", ".join(policies)
            raise Refused(f"{results.folder}: no replication is done under each of {under}")
        place = {policy: number for number, policy in enumerate(policies)}
        done = done[done["replication"].isin(whole)]
        done = done.assign(place=done["policy"].map(place)).sort_values(["replication", "place"])
        left_out = runs["replication"].nunique() - len(whole)
        failed = int((runs["status"] == "failed").sum())
        return cls(policies, whole, left_out, failed, done.drop(columns="place"), results)

    @property
    def shape(self) -> tuple[int, int]:
        """Replications and policies."""
        return len(self.replications), len(self.policies)

    def numbers(self, column: str) -> np.ndarray:
        """A column of the runs by replication and policy; NaN where a run has none."""
        return self.runs[column].to_numpy(float, na_value=np.nan).reshape(self.shape)

    def weekly(self, columns: Iterable[str]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """The last days of all weeks, and series of the focus by replication, policy and week."""
        columns = list(columns)
        weeks = self._ordered(Focus.kept(self.results.manifest).weekly(self.results, columns))
        dates = weeks["date"].iloc[: len(weeks) // len(self.runs)].to_numpy("datetime64[D]")
        shape = (*self.shape, len(dates))
        return dates, {name: weeks[name].to_numpy(float).reshape(shape) for name in columns}

    def weekly_of_groups(self, column: str, groups: Iterable[str]) -> dict[str, np.ndarray]:
        """A series of each group by replication, policy and week."""
        weeks = self.results.series([column])
        own = {group: weeks[weeks["group"] == group] for group in groups}
        return {
            group: self._ordered(each)[column].to_numpy(float).reshape(*self.shape, -1)
            for group, each in own.items()
        }

    def _ordered(self, weeks: pd.DataFrame) -> pd.DataFrame:
        """The rows of these runs, run after run in their order, and by date."""
        place = {run: number for number, run in enumerate(self.runs["run"])}
        weeks = weeks.assign(place=weeks["run"].map(place)).dropna(subset="place")
        return weeks.sort_values(["place", "date"], kind="stable")


EFFORT_BY = {
    Reduction.PRICED: prices.effort,
    Reduction.OWN_PRICED: prices.effort_of_own_acts,
}


def values_of(
    lived: LivedRuns, outcomes: Mapping[str, ComparedOutcome], start: dt.date
) -> dict[str, np.ndarray]:
    """Each outcome by replication and policy, of the weeks from the one on that holds `start`."""
    columns = {name for each in outcomes.values() if each.over is not None for name in each.of}
    dates, series, counted = _weeks(lived, sorted(columns) or [STRENGTH], start)
    groups = [each.group for each in outcomes.values() if each.group is not None]
    of_others = lived.weekly_of_groups(STRENGTH, groups) if groups else {}
    found = {}
    for name, outcome in outcomes.items():
        if outcome.over is None:
            found[name] = sum(map(lived.numbers, outcome.of), np.zeros(lived.shape))
            continue
        if outcome.over in EFFORT_BY:
            found[name] = EFFORT_BY[outcome.over](lived, series, counted)
            continue
        if outcome.group is not None:
            theirs = of_others[outcome.group]
            found[name] = theirs[:, :, -1] - theirs[:, :, max(int(counted.argmax()) - 1, 0)]
            continue
        if outcome.day is not None:
            week = int(dates.searchsorted(np.datetime64(outcome.day)))
            found[name] = series[outcome.of[0]][:, :, min(week, len(dates) - 1)]
            continue
        weeks = np.sum([series[each][:, :, counted] for each in outcome.of], axis=0)
        match outcome.over:
            case Reduction.MEAN:
                found[name] = weeks.mean(axis=2)
            case Reduction.TOTAL:
                found[name] = weeks.sum(axis=2)
            case _:
                raise TypeError(f"{name}: nothing is said here of {outcome.over}")
    return found


def prices_in(lived: LivedRuns, outcome: ComparedOutcome, start: dt.date) -> dict[str, np.ndarray]:
    """The drawn prices by which an outcome differs between policies, by path and replication.

    Of an effort alone; nothing else that is compared hangs on a price.
    """
    if outcome.over not in EFFORT_BY:
        return {}
    _, series, counted = _weeks(lived, outcome.of, start)
    own = outcome.over is Reduction.OWN_PRICED
    return prices.drawn_prices(lived, series, counted, of_own_acts=own)


def levers_from(lived: LivedRuns, start: dt.date) -> dict[str, prices.OfLever]:
    """The levers that policies move, over the weeks from the one on that holds `start`."""
    _, _, counted = _weeks(lived, [STRENGTH], start)
    return prices.levers_moved(lived, counted)


def _weeks(
    lived: LivedRuns, columns: Iterable[str], start: dt.date
) -> tuple[np.ndarray, dict[str, np.ndarray], np.ndarray]:
    """The last days of all weeks, series of them, and whether each is counted."""
    dates, series = lived.weekly(columns)
    counted = dates >= np.datetime64(start)
    counted[0] = False  # where the run begins, before its first week
    return dates, series, counted
