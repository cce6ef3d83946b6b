"""Measures of what a publisher would see of a run, and by how much he may be off."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Literal, override

from pydantic import Field

from ebbtide.claims.kind import Kind, Measuring, PlaceNames

if TYPE_CHECKING:
    import numpy as np


class Unknown(Kind):
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


class PlacesReported(Kind):
    """Places in which affiliates are reported on a day: each with 1 - exp(-affiliates / unseen).

    `unseen`, of affiliates, is drawn for each run, log-uniform from its first to its second number.
    """

    kind: Literal["places_reported"]
    places: PlaceNames
    date: dt.date
    unseen: Annotated[tuple[float, float], Field(strict=False)]

    @override
    def value(self, run: Measuring) -> float:
        random = run.lived.random("places reported")
        unseen = log_uniform(*self.unseen, random.random())
        weeks = run.lived.by_place("affiliates", self.places).loc[: self.date.isoformat()]
        affiliates = weeks.iloc[-1].to_numpy(float)
        return float(places_reported(affiliates, unseen, random.random(len(affiliates))))


def log_uniform(low: float, high: float, probability: float) -> float:
    """The quantile of a log-uniform distribution."""
    return float(low * (high / low) ** probability)


def places_reported(affiliates: np.ndarray, unseen: float, draws: np.ndarray) -> int:
    """Places reported: each with probability 1 - exp(-affiliates / unseen)."""
    import numpy as np

    return int(np.sum(draws < -np.expm1(-affiliates / unseen)))
