"""Faults: what is wrong in the files a user wrote, in words made for the user."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from ebbtide.scenario.former_names import renamed

_LONGEST = 60
MOST_AFTER_LEAD = 5
ALIKE = 0.85  # of two names, from which on they may be one
MISSING = "is missing"  # found where a key is needed and is not there


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what was found, what is allowed, the nearest right name."""

    file: str  # with `:line` where a line is known
    key: str | None
    found: str
    allowed: str | None = None
    nearest: str | None = None

    def __str__(self) -> str:
        where = self.file if self.key is None else f"{self.file}: {self.key}"
        lacks = self.found == MISSING
        allowed = f"; {'needed' if lacks else 'allowed'}: {self.allowed}" if self.allowed else ""
        nearest = f"; did you mean {self.nearest}?" if self.nearest else ""
        return f"{where}{f' {MISSING}' if lacks else f': found {self.found}'}{allowed}{nearest}"


class Faults(ValueError):
    """Every fault of what was read, at once: `str()` has one a line.

    Where a `lead` says in one line what they have in common, only the first few follow it.
    """

    def __init__(self, faults: Iterable[Fault], lead: str | None = None):
        self.faults = tuple(dict.fromkeys(faults))
        self.lead = lead
        super().__init__(self.faults, lead)

    def __str__(self) -> str:
        lines = list(map(str, self.faults))
        if self.lead is None:
            return "\n".join(lines)
        more = len(lines) - MOST_AFTER_LEAD
        rest = [f"and {more} more"] if more > 0 else []
        return "\n  ".join([self.lead, *lines[:MOST_AFTER_LEAD], *rest])


def nearest(name: object, names: Iterable[str]) -> str | None:
    """What `name` is called now if it is a former one, else the name most like it, if any is like it."""
    names = list(names)
    if now := renamed(str(name), names):
        return now
    by_lower = {known.lower(): known for known in names}
    close = get_close_matches(str(name).lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def are_alike(one: str, other: str) -> bool:
    """Whether two names are nearly one, spelt in two ways: more alike than `nearest` asks of a slip.

    What differs in its numbers is another edition, year or part.
    """
    plain = plainly(one), plainly(other)
    numbers = [[*filter(str.isdigit, name)] for name in plain]
    if numbers[0] != numbers[1]:
        return False
    same_letters = sorted(plain[0]) == sorted(plain[1])  # two changed places, or none
    return same_letters or SequenceMatcher(None, *plain).ratio() >= ALIKE


def plainly(name: str) -> str:
    """A name without what spellings differ in: case, spaces and signs."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def shown(value: object) -> str:
    """A value as its file would write it, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, int) and abs(value) >= 10**_LONGEST:
        return "a number beyond measure"
    if isinstance(value, list | tuple):
        text = f"[{', '.join(map(shown, value))}]"
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    text = '"' + value + '"' if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "�" for c in text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def listed(names: Iterable[str], most: int = 8) -> str:
    """A few names as a list for a message, each once."""
    known = sorted({*names})
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return (", ".join(known[:most]) + more) or "none are defined"


def counted(number: float, one: str, several: str | None = None) -> str:
    """A whole number with its noun: 1 policy, 2 policies, 1,200 runs."""
    if several is None:
        several = one[:-1] + "ies" if one.endswith("y") else one + "s"
    return f"{number:,.0f} {one if round(number) == 1 else several}"
