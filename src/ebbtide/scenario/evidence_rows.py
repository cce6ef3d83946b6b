"""What a row of evidence means: which days, which outcome, which places. Reading it is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ebbtide.scenario.schema.evidence import COUNTED, MEASURED, PRECISIONS

ALL, AND = "all", ";"  # an area that is all places, and what parts the names of several


def days_meant(row: Mapping[Any, Any]) -> int:
    """How many days to each side of its date a row may mean: none where it does not say."""
    return PRECISIONS.get(row.get("date_precision"), 0)  # type: ignore[arg-type]  # or NaN, of pandas


def stands_beside(row: Mapping[Any, Any]) -> str | None:
    """The outcome that a row of strength or presence stands beside; None where it is beside none."""
    if "counts" in row:
        return COUNTED.get(str(row["counts"]))
    return MEASURED[word_measured(row)].of_group


def stands_beside_in_places(row: Mapping[Any, Any]) -> str | None:
    """The outcome of the group in a place that a row stands beside; None where it is beside none."""
    if "counts" in row:
        return COUNTED.get(str(row["counts"]))
    return MEASURED[word_measured(row)].of_place


def word_measured(row: Mapping[Any, Any]) -> str:
    """The word of what a row of presence measures."""
    return next(word for word in MEASURED if word in row["measure"])


def named_in(area: object) -> list[str]:
    """The places and countries that an area names; none where it is all places."""
    written = area if isinstance(area, str) else ""
    named = dict.fromkeys(filter(None, (name.strip() for name in written.split(AND))))
    return [] if list(named) == [ALL] else list(named)
