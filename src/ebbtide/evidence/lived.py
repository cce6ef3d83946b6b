"""A run that has been lived, read by group, place, force and date."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ebbtide.rules import support, territory
from ebbtide.world.codes import Kind
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES

if TYPE_CHECKING:
    from ebbtide.model import Insurgency
    from ebbtide.scenario import Scenario
    from ebbtide.world.recorded import Outcome, Recorded


class Lived:
    """A model after some weeks, and who its fighters were on days asked for beforehand.

    Weekly series have an entry a week, week 0 included, at the last day of the week. Places are
    ids or countries, which stand for all their places; `groups` and `places` left empty mean the
    scenario's focus, of several groups their sum, and all places. A sum of what does not add up, such
    as morale, is NaN.
    """

    def __init__(self, model: Insurgency) -> None:
        self.model = model
        self.scenario: Scenario = (
            model.scenario.stands_for
        )  # with the values that it was lived with
        scenario = self.scenario
        self.focus = scenario.focus_groups
        self.dates = pd.DatetimeIndex(scenario.dates[: model.week + 1])
        self.former: dict[dt.date, pd.DataFrame] = {}  # by the last day of the noted week

    @classmethod
    def of(cls, model: Insurgency, weeks: int, days: Collection[dt.date] = ()) -> Lived:
        """Live so many weeks; on the weeks that hold `days` note where fighters came from."""
        scenario: Scenario = model.scenario.stands_for
        noted = {scenario.dates[scenario.week_of(day)] for day in days}
        former: dict[dt.date, pd.DataFrame] = {}
        for _ in range(weeks):
            model.step()
            if model.date in noted:
                former[model.date] = _former(model)
        lived = cls(model)
        lived.former = former
        return lived

    def random(self, name: str) -> np.random.Generator:
        """Random numbers of an observer of this run: a stream of its own for each name."""
        return np.random.default_rng([self.model.seed, zlib.crc32(name.encode())])

    def of_groups(self, outcomes: Sequence[str], groups: Sequence[str] = ()) -> pd.Series:
        """Outcomes of groups by week, summed."""
        columns = self._groups(groups)
        found = sum(_added(self._series[name][:, columns], OUTCOMES[name], 1) for name in outcomes)
        return self._weekly(found)

    def of_places(
        self, outcomes: Sequence[str], groups: Sequence[str] = (), places: Sequence[str] = ()
    ) -> pd.Series:
        """Outcomes of groups in places by week, summed."""
        found = sum(
            _added(self._in_places(name, groups, places), PLACE_OUTCOMES[name], 1)
            for name in outcomes
        )
        return self._weekly(found)

    def of_forces(
        self, outcomes: Sequence[str], groups: Sequence[str], forces: Sequence[str]
    ) -> pd.Series:
        """Outcomes of forces against groups by week, summed."""
        names = list(self.scenario.file.forces)
        rows, columns = [names.index(force) for force in forces], self._groups(groups)
        found = sum(
            _added(self._forces[name][:, rows][:, :, columns], FORCE_OUTCOMES[name], 1, 2)
            for name in outcomes
        )
        return self._weekly(found)

    def by_place(self, outcome: str, places: Sequence[str] = ()) -> pd.DataFrame:
        """An outcome of the focus: a row a week, a column a place."""
        names = self.scenario.places_in(places) if places else list(self.scenario.file.places)
        return pd.DataFrame(self._in_places(outcome, (), places), self.dates, names)

    def mean_in(self, outcome: str, places: Sequence[str], first: dt.date, last: dt.date) -> float:
        """The mean of an outcome of the focus in places, over the weeks that hold these days."""
        weeks = slice(self.scenario.week_of(first), self.scenario.week_of(last) + 1)
        return float(self.of_places([outcome], (), places).iloc[weeks].mean())

    def sum_in(self, outcome: str, places: Sequence[str], first: dt.date, last: dt.date) -> float:
        """An outcome of the focus in places, summed over the weeks that end in these days."""
        weekly = self.of_places([outcome], (), places)
        return float(weekly.loc[first.isoformat() : last.isoformat()].sum())

    def in_sight(self, day: dt.date) -> dict[str, float]:
        """Affiliates of the focus who are in sight in the week that holds a day, by place."""
        week, found = self.scenario.week_of(day), dict.fromkeys(self.scenario.file.places, 0.0)
        for group in self.focus:
            g = self.model.group_names.index(group)
            men, affiliates, supported = (
                self._places[outcome][week, g] for outcome in ("fighters", "affiliates", "support")
            )
            for p, place in enumerate(found):
                drawn = support.drawn_supporters(
                    float(men[p]), float(supported[p]), self.model.world.supporters[g]
                )
                here = float(affiliates[p]) - float(men[p])
                found[place] += territory.in_sight(float(men[p]), here, drawn)
        return found

    def came_over(
        self,
        to: Sequence[str] = (),
        came_from: Sequence[str] = (),
        first: dt.date | None = None,
        last: dt.date | None = None,
    ) -> float:
        """Men who came over to groups from others (or from any), in the days from first to last."""
        found = self._defections
        found = found[found["group"].isin(to or self.focus)]
        if came_from:
            found = found[found["came_from"].isin(came_from)]
        if first is not None:
            found = found[found["date"] >= pd.Timestamp(first)]
        if last is not None:
            found = found[found["date"] <= pd.Timestamp(last)]
        return float(found["men"].sum())

    def share_of_men(
        self,
        day: dt.date,
        groups: Sequence[str],
        places: Sequence[str],
        *,
        came_from: Sequence[str] = (),
        joined: Sequence[str] = (),
    ) -> float:
        """The share of groups' fighters in places on a noted day who came so: from groups, or how."""
        men = self.former[self.scenario.dates[self.scenario.week_of(day)]]
        men = men[men["group"].isin(groups or self.focus)]
        if places:
            men = men[men["place"].isin(self.scenario.places_in(places))]
        of = men["came_from"].isin(came_from) if came_from else men["joined"].isin(joined)
        return float(of.mean())

    def _weekly(self, found: object) -> pd.Series:
        return pd.Series(np.asarray(found, float), self.dates)

    def _groups(self, groups: Sequence[str]) -> list[int]:
        names = list(self.scenario.file.groups)
        return [names.index(group) for group in groups or self.focus]

    def _in_places(self, outcome: str, groups: Sequence[str], places: Sequence[str]) -> np.ndarray:
        """Weeks × places."""
        names = list(self.scenario.file.places)
        columns = [names.index(place) for place in self.scenario.places_in(places or names)]
        found = self._places[outcome][:, self._groups(groups)][:, :, columns]
        return _added(found, PLACE_OUTCOMES[outcome], 1)

    @cached_property
    def _series(self) -> dict[str, np.ndarray]:
        return self._weeks_of(self.model.state.series, OUTCOMES)

    @cached_property
    def _places(self) -> dict[str, np.ndarray]:
        return self._weeks_of(self.model.state.place_series, PLACE_OUTCOMES)

    @cached_property
    def _forces(self) -> dict[str, np.ndarray]:
        return self._weeks_of(self.model.state.force_series, FORCE_OUTCOMES)

    @cached_property
    def _defections(self) -> pd.DataFrame:
        return self.model.defections()

    def _weeks_of(self, record: Recorded, outcomes: Iterable[str]) -> dict[str, np.ndarray]:
        """What a record holds of the weeks lived, by outcome: weeks × what the outcome is of."""
        return dict(zip(outcomes, record.table[:, : len(self.dates)], strict=True))


def _added(numbers: np.ndarray, outcome: Outcome, *axes: int) -> np.ndarray:
    """The sum along axes; NaN where that would add up several of what does not."""
    several = any(numbers.shape[axis] > 1 for axis in axes)
    summed = np.asarray(numbers.sum(axis=axes), float)
    return summed if outcome.adds_up or not several else np.full_like(summed, np.nan)


def _former(model: Insurgency) -> pd.DataFrame:
    """Every fighter's group, place, how he joined, and the group that he left for it, if any."""
    state = model.state
    alive = state.fighter_id > 0
    of_faction = [name.split(".")[0] for name in model.faction_names]

    def named(codes: np.ndarray, names: Sequence[str]) -> pd.Series:
        known = list(dict.fromkeys(names))
        at = np.array([known.index(name) for name in names])
        return pd.Series(pd.Categorical.from_codes(at[codes[alive]], pd.Index(known)))

    return pd.DataFrame(
        {
            "group": named(state.fighter_faction, of_faction),
            "place": named(state.fighter_place, model.place_names),
            "joined": named(state.fighter_origin, ["", *(kind.called for kind in Kind)]),
            "came_from": named(state.fighter_came_from, [*model.group_names, ""]),
        }
    )
