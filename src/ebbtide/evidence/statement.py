"""A statement of a publisher: what of a run bears on it, and how likely he is to say it then."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, override

if TYPE_CHECKING:
    import numpy as np

    from ebbtide.evidence.lived import Lived
    from ebbtide.evidence.unknown import SharedUnknown

# Of a field that one kind of statement adds: whether statements that differ in it count different
# things (what, of whom, where), or one thing, so that one may be forecast from the other.
TOLD_APART, POOLED = {"told_apart": True}, {"told_apart": False}
Seen = Mapping[str, "np.ndarray"]  # by what is kept of a run: a number each run


@dataclass(frozen=True, kw_only=True)
class Statement(ABC):
    """One statement.

    `name` tells it from all others. It is an interval, `low` and `high` being equal where one number
    was told. `known` is the day from which it may be used. Statements of one `unknown` share it.
    """

    name: str
    words: str
    publisher: str
    known: dt.date
    last: dt.date  # the last day of a run that bears on it
    held_back: bool
    low: float
    high: float
    unknown: SharedUnknown

    @property
    def thing(self) -> tuple[object, ...]:
        """What it counts, of whom and where: the same of statements that can be compared."""
        apart = (field.name for field in fields(self) if field.metadata.get("told_apart"))
        return (type(self), *(getattr(self, name) for name in apart))

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Days on which a run must note who its fighters were."""
        return ()

    @property
    def kept(self) -> tuple[str, ...]:
        """The names under which something of a run is kept."""
        return (self.name,)

    @property
    @abstractmethod
    def counts(self) -> str | None:
        """What it counts, in the word that stands for it in forecasts.

        None for what is no forecast: a part of another count, whose whole is not known yet.
        """

    @abstractmethod
    def observe(self, lived: Lived) -> dict[str, float]:
        """What of a run bears on the statement, by a name of this statement's own."""

    @abstractmethod
    def log_likelihood(self, seen: Seen, node: np.ndarray) -> np.ndarray:
        """How likely the statement is, in logs: a row a run, a column a node of the unknown."""

    @abstractmethod
    def said(self, seen: Seen, node: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """What the publisher would say of each run, its unknown standing at a node of its own."""

    @property
    @abstractmethod
    def log_error(self) -> float:
        """By how much two such statements of one thing differ, in logs (a standard deviation).

        It is what naive forecasts, which know no run, take for the error of what was said before.
        """

    @property
    def days_counted(self) -> float:
        """For how many days a number stands: 1 where it is of a day."""
        return 1.0

    @property
    def middle(self) -> float:
        """Halfway between the ends of what was said."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, kw_only=True)
class StatementOfPeriod(Statement):
    """A statement that counts what happened from `first` to `last`."""

    first: dt.date

    @property
    @override
    def days_counted(self) -> float:
        return (self.last - self.first).days + 1.0
