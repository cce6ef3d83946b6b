"""The figures of a sweep: trajectories, outcomes over what was varied, policies side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.show.figures import write_figures
from ebbtide.show.sweep_subject import WEEKLY, Sweep, sweep_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.study.results import Results


def draw_sweep(
    results: Results, folder: Path, metric: str | None = None, over: Sequence[str] = ()
) -> list[Path]:
    """Draw a sweep and return the PNG files written.

    `metric` is what is shown of each run (fighters in the last week, if none is named); `over` the
    varied quantities that colour and span the figures (all, in the study's order). A figure for
    which nothing was kept or varied is left out. Raises KeyError for an unknown name, OSError
    where `folder` cannot be written.
    """
    from ebbtide.show.asked import chosen
    from ebbtide.show.outcome import draw_outcome
    from ebbtide.show.sweep_map import draw_map
    from ebbtide.show.sweep_policies import draw_policies
    from ebbtide.show.sweep_trajectories import draw_trajectories
    from ebbtide.show.sweep_values import draw_values

    sweep = sweep_of(results, metric, over)
    if sweep is None:
        return []

    def draw_weeks(sweep: Sweep) -> Figure | None:
        if sweep.over or sweep.series.empty:
            return draw_trajectories(sweep)
        return draw_outcome(chosen(results, WEEKLY))

    figures: dict[str, Callable[[Sweep], Figure | None]] = {
        "trajectories": draw_weeks,
        f"map-{sweep.metric}": draw_map,
        f"values-{sweep.metric}": draw_values,
        f"policies-{sweep.metric}": draw_policies,
    }
    return write_figures(figures, sweep, folder)
