"""How the report writes numbers: sizes, shares, and differences with their intervals."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ebbtide.study.precision import LEVEL
from ebbtide.world.units import YES_NO

INTERVAL_NAMED = f"{LEVEL:.0%} interval"
MINUS = "\u2212"
TIED = "\u00a0"  # a space at which no line ends
NONE = "\u2013"


def day(date: dt.date) -> str:
    """A date as people write it."""
    return f"{date.day} {date:%B %Y}"


def joined(names: Iterable[object]) -> str:
    """All of them, the last after `and`."""
    *first, last = map(str, names)
    return f"{', '.join(first)} and {last}" if first else last


def size(value: float | None) -> str:
    """A number to three digits, whole from a hundred on."""
    if value is None or math.isnan(value):
        return NONE
    text = f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
    return text.replace("-", MINUS)


def share(value: float | None) -> str:
    """A share in percent: with a tenth below ten, and never 0% or 100% of what is not quite so."""
    if value is None or math.isnan(value):
        return NONE
    found = 100 * value
    if 0 < abs(found) < 0.05:
        return f"under {MINUS if found < 0 else ''}0.1%"
    if 99.5 <= found < 100:
        return "over 99%"
    text = f"{found:.1f}%" if 0 < abs(found) < 9.95 else f"{found:,.0f}%"
    return text.replace("-", MINUS)


def tied(text: str) -> str:
    """The same, with no line end inside brackets: an interval stays whole where a cell is narrow."""
    return re.sub(r"\([^)]*\)", lambda found: found[0].replace(" ", TIED), text)


def mean(value: float, unit: str) -> str:
    """A mean with its unit; of what is or is not a probability."""
    return share(value) if unit == YES_NO else f"{size(value)} {unit}"


class Change:
    """A paired difference from the reference, as a share of its mean, in points or in the unit.

    Of a row of `Comparison.differences`. It is a share where the reference's mean is clearly above zero.
    `words` and `cell` write it; `clear` tells whether the interval that they write leaves zero out, and
    `none` whether no replication differs at all.
    """

    def __init__(self, row: Mapping[Any, Any]) -> None:
        relative = row["relative"]
        self.row = row
        self.in_points = row["unit"] == YES_NO
        known = relative is not None and math.isfinite(relative)
        self.of_reference = bool(not self.in_points and known and row["of_reference"])
        keys = ("difference", "low", "high")
        if self.of_reference:
            keys = ("relative", "relative_low", "relative_high")
        self.value, self.low, self.high = (float(row[key]) for key in keys)

    @property
    def clear(self) -> bool:
        """Whether the interval, that which is written, leaves zero out."""
        return self.low > 0 or self.high < 0

    @property
    def none(self) -> bool:
        """Whether there is no difference in any replication."""
        return bool(self.row["difference"] == self.row["low"] == self.row["high"] == 0)

    @property
    def known(self) -> bool:
        """Whether there are replications enough for an interval."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def words(self) -> str:
        """Such as `22% lower (95% interval 12% to 33% lower)`."""
        if self.none:
            return "the same in every replication"
        said = f"{self._amount(self.value)} {_way(self.value)}"
        if not self.known:
            return f"{said} (too few replications for an interval)"
        near, far = sorted((self.low, self.high), key=abs)
        if self.clear:
            ends = f"{self._amount(near, unit=False)} to {self._amount(far)} {_way(far)}"
        else:
            below, above = self._amount(self.low), self._amount(self.high)
            ends = f"{below} {_way(self.low)} to {above} {_way(self.high)}"
        return f"{said} ({INTERVAL_NAMED} {ends})"

    @property
    def cell(self) -> str:
        """Such as `−22% (−33 to −12)`, for a table."""
        if self.none:
            return "0"
        if not self.known:
            return self._signed(self.value)
        low, high = (self._signed(each, unit=False) for each in (self.low, self.high))
        return f"{self._signed(self.value)} ({low} to {high})".replace(" ", TIED)

    @property
    def in_table(self) -> str:
        """The same without the unit, which another cell has; a line may end before the interval."""
        if self.none:
            return "0"
        of_whole = self.of_reference or self.in_points
        value = self._signed(self.value, unit=of_whole)
        if not self.known:
            return value
        low, high = (self._signed(each, unit=False) for each in (self.low, self.high))
        return f"{value} ({low} to {high})"

    def _amount(self, value: float, *, unit: bool = True) -> str:
        if self.of_reference:
            return share(abs(value))
        written, of = size(abs(value)), self.row["unit"]
        if self.in_points:
            written, of = share(abs(value)).removesuffix("%"), "points"
        return f"{written} {of}" if unit else written

    def _signed(self, value: float, *, unit: bool = True) -> str:
        number = 100 * value if self.of_reference or self.in_points else value
        decimals = 1 if 0 < abs(number) < 9.95 else 0
        text = (
            f"{number:+,.{decimals}f}" if self.of_reference or self.in_points else f"{number:+,.3g}"
        )
        if abs(number) >= 100:
            text = f"{number:+,.0f}"
        ending = "%" if self.of_reference else " pt" if self.in_points else f" {self.row['unit']}"
        ending = ending if unit else ""
        return text.replace("-", MINUS) + ending


def _way(value: float) -> str:
    return "lower" if value < 0 else "higher"
