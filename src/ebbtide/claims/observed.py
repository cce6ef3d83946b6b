"""Measures of what a publisher would see of a run, and by how much he may be off."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, override

from pydantic import Field

from ebbtide.claims.kind import KindOfMeasure, Known, Measuring, OneOrMorePlaces
from ebbtide.scenario.document import Keys
from ebbtide.scenario.faults import listed, nearest
from ebbtide.scenario.schema.observation import Magnitudes, Observation
from ebbtide.world.outcomes import PLACE_OUTCOMES

OF = "reported"


class Unknown(KindOfMeasure):
    """A number that nobody knows, drawn for each run, log-uniform from low to high, or as `of` has it.

    One name is one draw, wherever it stands. `of` is a range of the scenario's `[observation]`.
    """

    kind: Literal["unknown"]
    name: str
    low: Annotated[float, Field(gt=0)] | None = None
    high: Annotated[float, Field(gt=0)] | None = None
    of: str | None = None

    @override
    def value(self, run: Measuring) -> float:
        low, high = self.low, self.high
        if self.of is not None:
            within: Magnitudes = getattr(run.lived.scenario.file.observation, self.of)
            low, high = within.low, within.high
        assert low is not None
        assert high is not None
        return log_uniform(low, high, run.lived.random(self.name).random())

    @override
    def check(self, known: Known, keys: Keys) -> None:
        super().check(known, keys)
        stated = (self.low is not None, self.high is not None, self.of is not None)
        if stated not in ((True, True, False), (False, False, True)):
            known.say(keys, "none or several of these", "`low` and `high`, or `of`", None)
        ranges = [name for name, kind in observation_kinds() if kind is Magnitudes]
        if self.of is not None and (
            self.of not in ranges or known.scenario.file.observation is None
        ):
            allowed = f"a range of [observation]: {listed(ranges)}"
            known.say((*keys, "of"), f'"{self.of}"', allowed, nearest(self.of, ranges))


def observation_kinds() -> list[tuple[str, object]]:
    """What `[observation]` has, and of which kind each is."""
    return [(name, field.annotation) for name, field in Observation.model_fields.items()]


class PlacesReported(KindOfMeasure):
    """Places in which the group is reported on a day: each by a draw with the outcome `reported`."""

    kind: Literal["places_reported"]
    places: OneOrMorePlaces
    date: dt.date

    @override
    def check(self, known: Known, keys: Keys) -> None:
        super().check(known, keys)
        if len(groups := known.scenario.focus_groups) > 1:
            known.check_sum({OF: PLACE_OUTCOMES[OF]}, groups, keys)

    @override
    def value(self, run: Measuring) -> float:
        random = run.lived.random("places reported")
        weeks = run.lived.by_place(OF, self.places).loc[: self.date.isoformat()]
        reported = weeks.iloc[-1].to_numpy(float)
        return float((random.random(len(reported)) < reported).sum())


def log_uniform(low: float, high: float, probability: float) -> float:
    """The quantile of a log-uniform distribution."""
    return float(low * (high / low) ** probability)
