"""A metric over the one quantity that was varied."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import cycle
from typing import TYPE_CHECKING

from ebbtide.show import style
from ebbtide.show.sweep_subject import Sweep, label_metric

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.typing import LineStyleType

LETTERS = 52  # that a line of the metric's label has room for beside the axes
LINES: Sequence[tuple[str, LineStyleType, str]] = (
    ("0.0", "-", "o"),
    ("0.45", "--", "s"),
    ("0.0", ":", "^"),
    ("0.6", "-.", "D"),
)


def draw_values(sweep: Sweep) -> Figure | None:
    """A dot a run and a line a policy through what stands for each value; None for a map."""
    if len(sweep.over) != 1 or not sweep.runs[sweep.metric].notna().any():
        return None
    from matplotlib.lines import Line2D

    varied = sweep.varied[sweep.over[0]]
    pooled = ", and of all else that was varied" if len(sweep.varied) > 1 else ""
    share = sweep.unit == "yes/no"
    figure, axes = style.new_figure(
        sweep,
        f"{sweep.meaning.rstrip('.').lower()}, by what was varied",
        1,
        height=3.6,
        note=f"{'' if share else 'Each dot a run; '}line: {sweep.per_point}{pooled}.",
        bottom=0.95,
        dates=False,
    )
    ax = axes[0, 0]
    entries: list[tuple[Artist, str]] = []
    for policy, (colour, dashes, mark) in zip(sweep.policies, cycle(LINES), strict=False):
        own = sweep.runs[sweep.runs["policy"] == policy].dropna(subset=[sweep.metric])
        grouped = own.groupby(varied.path, sort=True)[sweep.metric]
        points = (grouped.mean() if share else grouped.median()).reset_index()
        if not share:
            ax.plot(
                varied.positions(own[varied.path]),
                own[sweep.metric],
                mark,
                color=colour,
                markersize=4,
                alpha=0.45,
                markeredgewidth=0,
            )
        ax.plot(
            varied.positions(points[varied.path]),
            points[sweep.metric],
            dashes,
            color=colour,
            marker=mark,
            markersize=5,
            linewidth=1.4,
        )
        handle = Line2D([], [], color=colour, linestyle=dashes, marker=mark, markersize=5)
        entries.append((handle, f"policy “{policy}”"))
    values = sweep.runs[sweep.metric]
    if share:
        style.from_zero_to_one(ax)
    elif sweep.unit != "date" and values.min() >= 0:
        style.start_at_zero(ax)
    varied.label_ticks(ax.xaxis, sweep.runs[varied.path])
    label_metric(ax.yaxis, sweep, values.min(), values.max())
    ax.set_xlabel(varied.label)
    said = "share of runs" if share else sweep.label
    ax.set_ylabel(textwrap.fill(said, LETTERS, break_on_hyphens=False))
    style.bottom_legend(figure, entries)
    return figure
