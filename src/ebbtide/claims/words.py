"""Words with numbers of the runs in them: `{name}`, `{name:2}` with digits, `{name:%}` a share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from ebbtide.claims.criteria import Range

DIFFERENCE = "difference"  # of pairs, in the words of a test that compares two worlds
_MARK = re.compile(r"\{([\w-]+)(?::([\d%]))?\}")


def names_in(text: str) -> list[str]:
    """The names that stand in words."""
    return [name for name, _ in _MARK.findall(text)]


def filled(text: str, range_of: Callable[[str], Range], share_of: Callable[[str], float]) -> str:
    """Words with median and central interval, or the share of runs, for each name."""

    def number(mark: re.Match[str]) -> str:
        name, how = mark.groups()
        return f"{share_of(name):.0%}" if how == "%" else shown(range_of(name), int(how or 0))

    return _MARK.sub(number, text)


def shown(found: Range, digits: int = 0) -> str:
    """Median and central interval as text, and in how many runs where some have no answer."""
    if math.isnan(found.median):
        return "no run has an answer"
    said = f"{found.median:,.{digits}f} ({found.low:,.{digits}f} to {found.high:,.{digits}f})"
    return f"{said}, {found.some}" if found.some else said
