"""What outcomes, quantities and their values are called in figures."""

from __future__ import annotations

from typing import Any

from ebbtide.world import recorded
from ebbtide.world.outcomes import OUTCOMES, PLACE_OUTCOMES
from ebbtide.world.recorded import Outcome


def told(outcome: str, *, places: bool = False) -> Outcome:
    """Unit and meaning of an outcome of groups, or by place; of one that is a user's own, its name."""
    known = (PLACE_OUTCOMES if places else OUTCOMES).get(outcome)
    return known or Outcome("", outcome.replace("_", " "), "")


def adds_up(outcome: str, *, places: bool = False) -> bool:
    """Whether the sum of an outcome over groups means anything."""
    return recorded.adds_up(told(outcome, places=places).unit)


def axis_label(outcome: str, *, places: bool = False) -> str:
    """Name and unit."""
    unit = told(outcome, places=places).unit
    return outcome.replace("_", " ") + (f" ({unit})" if unit else "")


def worded(path: str) -> str:
    """A dotted path in words: whose, and which of its values."""
    *owners, key = path.removeprefix("policy.").split(".")
    if not owners:
        return key.replace("_", " ")
    whose = ".".join(owners[1:]) or owners[0]
    return f"{whose}: {key}".replace("_", " ")


def written(value: Any) -> str:
    """A value as a study file has it, numbers to three digits."""
    if hasattr(value, "strftime"):
        return f"{value:%d %b %Y}"
    if isinstance(value, bool) or type(value).__name__ == "bool":  # NumPy's too
        return str(value).lower()
    return f"{value:.3g}" if isinstance(value, float) else str(value)
