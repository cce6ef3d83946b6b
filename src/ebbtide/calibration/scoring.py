"""A frozen forecast scored against what was published later, beside the naive ones in its folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtri

from ebbtide.calibration.hub import ANYBODY, LEVELS, UNSAID, ForecastTask
from ebbtide.calibration.nearest import on_scale
from ebbtide.calibration.scored import evenly_laid, scored
from ebbtide.scenario.evidence_rows import ALL, named_in

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.frozen import Frozen
    from ebbtide.calibration.later import LaterFigure

NEAR = 7  # days by which the last week of a run may end before the day that is spoken of
UNASKED = "no forecaster speaks of such a count, place or period"
BEFORE, AFTER = "lies up to the day of the forecast", "lies after the forecast's last day"


@dataclass(frozen=True)
class Scored:
    """Scores, a row a publication and forecaster; and publications without any, by why."""

    scores: pd.DataFrame
    unscored: Mapping[str, int]


def score(frozen: Frozen, published: Sequence[LaterFigure]) -> Scored:
    """Every publication after the day of the forecast, held against every forecaster that speaks of it.

    Columns: `publisher`, `statement`, `forecaster`, `as_said_by` (whose bias the forecast has), and those
    of `scored`.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    unscored: dict[str, int] = {}
    for each in published:
        found = [*_of_one(frozen, each)]
        rows += found
        if not found:
            why = _why(frozen, each)
            unscored[why] = unscored.get(why, 0) + 1
    return Scored(pd.DataFrame(rows), unscored)


def _of_one(frozen: Frozen, each: LaterFigure) -> Iterator[dict[str, Any]]:
    if each.first <= frozen.reference_date:
        return
    for model, tasks in frozen.models.items():
        asked = [task for task in tasks if _of_the_same(frozen, task, each)]
        for publisher in (each.chain, ANYBODY):
            of_him = {task: tasks[task] for task in asked if task.publisher == publisher}
            values = _on_day(of_him, each.last)
            if values is not None:
                yield {
                    "publisher": each.publisher,
                    "statement": each.words,
                    "forecaster": model,
                    "as_said_by": publisher,
                    **scored(each.said, drawn_from_quantiles(values)),
                }
                break


def _of_the_same(frozen: Frozen, task: ForecastTask, each: LaterFigure) -> bool:
    """Whether a task is of the count and the places that are spoken of, and of as many days."""
    named = named_in(task.location)
    places = {place for name in named for place in frozen.areas.get(name, [name])}
    everywhere = task.location == ALL
    return (
        task.target == each.counts
        and task.publisher != UNSAID
        and (each.places == places or (everywhere and each.places == {*frozen.stated["places"]}))
        and (task.days == 1) == (each.days == 1)
        and abs(task.days - each.days) <= NEAR
    )


def _on_day(tasks: Mapping[ForecastTask, np.ndarray], day: dt.date) -> np.ndarray | None:
    """The quantiles on a day: between two that are forecast, in proportion on the scale of logs.

    Of a period the one that ends then.
    """
    if not tasks:
        return None
    ordered = sorted(tasks, key=lambda task: task.target_end_date)
    at = np.array([(task.target_end_date - day).days for task in ordered])
    if ordered[0].days > 1:
        nearest = int(np.argmin(np.abs(at)))
        return tasks[ordered[nearest]] if abs(at[nearest]) <= NEAR else None
    if at[0] > 0 or at[-1] < -NEAR:
        return None
    logs = np.array([on_scale(tasks[task]) for task in ordered])
    return np.expm1([np.interp(0, at, of_level) for of_level in logs.T])


def drawn_from_quantiles(values: np.ndarray) -> np.ndarray:
    """Draws, evenly laid, of a distribution that is known by its quantiles at the hubverse's levels.

    Between them, and beyond the outermost, its logs (with 1 added) are straight lines against those of a
    normal distribution.
    """
    known, asked = ndtri(np.array(LEVELS)), ndtri(evenly_laid())
    logs = np.maximum.accumulate(on_scale(values))
    inside = np.interp(asked, known, logs)
    below = logs[0] + (asked - known[0]) * (logs[1] - logs[0]) / (known[1] - known[0])
    above = logs[-1] + (asked - known[-1]) * (logs[-1] - logs[-2]) / (known[-1] - known[-2])
    drawn = np.where(asked < known[0], below, np.where(asked > known[-1], above, inside))
    return np.asarray(np.expm1(np.maximum(drawn, 0.0)))


def _why(frozen: Frozen, each: LaterFigure) -> str:
    if each.first <= frozen.reference_date:
        return f"{BEFORE}, {frozen.reference_date}"
    ends = [task.target_end_date for tasks in frozen.models.values() for task in tasks]
    if (each.last - max(ends)).days > NEAR:
        return f"{AFTER}, {max(ends)}"
    return UNASKED
