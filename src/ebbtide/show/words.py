"""What outcomes, quantities and their values are called in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ebbtide.scenario.faults import counted
from ebbtide.study.focus import outcomes_of_own
from ebbtide.world.outcomes import OUTCOMES, PLACE_OUTCOMES
from ebbtide.world.recorded import Outcome

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.study.drawn_from import DrawnFrom
    from ebbtide.study.results import Results


def told(results: Results, outcome: str, *, places: bool = False) -> Outcome:
    """Unit and meaning of an outcome of groups, or by place, that a results folder holds."""
    known = PLACE_OUTCOMES if places else OUTCOMES | outcomes_of_own(results.manifest)
    return known.get(outcome) or Outcome("", outcome.replace("_", " "))


def runs_told(done: int, failed: int, drawn: DrawnFrom | None) -> str:
    """How many runs a figure shows, what they are draws of, and how many failed and are in none."""
    said = "one run" if done == 1 else counted(done, "run")
    said += f", {drawn.told}" if drawn is not None else ""
    return f"{said}, without {failed} that failed" if failed else said


def failed_in(runs: pd.DataFrame) -> int:
    """How many of a table of runs failed."""
    return int((runs["status"] == "failed").sum()) if "status" in runs else 0


def axis_label(name: str, outcome: Outcome) -> str:
    """Name and unit."""
    return name.replace("_", " ") + (f" ({outcome.unit})" if outcome.unit else "")


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
