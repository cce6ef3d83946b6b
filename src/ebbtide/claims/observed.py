"""Measures of what a publisher would see of a run, and by how much he may be off."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, override

from pydantic import Field

from ebbtide.claims.kind import KindOfMeasure, Known, Measuring, OneOrMorePlaces
from ebbtide.scenario.document import Keys
from ebbtide.world.outcomes import PLACE_OUTCOMES

OF = "reported"


class Unknown(KindOfMeasure):
    """A number that nobody knows, drawn for each run, log-uniform from low to high.

    One name is one draw, wherever it stands.
    """

    kind: Literal["unknown"]
    name: str
    low: Annotated[float, Field(gt=0)]
    high: Annotated[float, Field(gt=0)]

    @override
    def value(self, run: Measuring) -> float:
        return log_uniform(self.low, self.high, run.lived.random(self.name).random())


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
