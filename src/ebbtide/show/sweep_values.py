"""A metric over the one quantity that was varied."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from ebbtide.show import scales, style
from ebbtide.show.fan import WIDE
from ebbtide.show.sweep_subject import Sweep, VariedValues, label_metric
from ebbtide.study.spread import CENTRAL, FEWEST_FOR_CENTRAL, ends
from ebbtide.study.tally import in_some
from ebbtide.world.units import DATE, YES_NO

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas.core.groupby import SeriesGroupBy

MOST_COUNTED = 24  # points that still leave room to say in how many runs each is
LETTERS = 48  # that a line of the metric's label has room for beside the axes


def draw_values(sweep: Sweep) -> Figure | None:
    """A dot a run and a line a policy through what stands for each value; None for a map."""
    if len(sweep.over) != 1 or not sweep.runs[sweep.metric].notna().any():
        return None
    from matplotlib.lines import Line2D

    varied = sweep.varied[sweep.over[0]]
    pooled = ", and of all else that was varied" if len(sweep.varied) > 1 else ""
    share = sweep.unit == YES_NO
    few = sweep.runs_a_point < FEWEST_FOR_CENTRAL
    band = f"least to most of {sweep.runs_a_point}" if few else f"{CENTRAL} of them"
    dots = "" if share else f"Each dot a run, band: {band}; "
    figure, axes = style.new_figure(
        sweep,
        f"{sweep.meaning.rstrip('.').lower()}, by {varied.label}",
        1,
        height=3.6,
        note=f"{dots}line: {sweep.per_point}{pooled}.",
        bottom=0.95,
        dates=False,
    )
    ax = axes[0, 0]
    entries: list[tuple[Artist, str]] = []
    for policy in sweep.policies:
        look = sweep.looks[policy]
        drawn: Any = {"color": look.colour, "marker": look.marker, "markersize": 4}
        own = sweep.runs[sweep.runs["policy"] == policy].dropna(subset=[sweep.metric])
        grouped = own.groupby(varied.path, sort=True)[sweep.metric]
        points = (grouped.mean() if share else grouped.median()).reset_index()
        if not share:
            ax.plot(
                varied.positions(own[varied.path]),
                own[sweep.metric],
                linestyle="none",
                alpha=0.35,
                markeredgewidth=0,
                **drawn,
            )
            _interval(ax, varied, grouped, look.colour, ends(sweep.runs_a_point))
        ax.plot(
            varied.positions(points[varied.path]),
            points[sweep.metric],
            linestyle=look.dashes,
            linewidth=1.6,
            **drawn,
        )
        some = in_some(len(own), int((sweep.runs["policy"] == policy).sum()))
        label = f"policy “{policy}”" + (f", {some}" if some else "")
        entries.append((Line2D([], [], linestyle=look.dashes, **drawn), label))
    values = sweep.runs[sweep.metric]
    if share:
        scales.from_zero_to_one(ax)
    elif sweep.unit != DATE and values.min() >= 0:
        scales.start_at_zero(ax)
    _count(ax, varied, sweep)
    varied.label_ticks(ax.xaxis, sweep.runs[varied.path])
    label_metric(ax.yaxis, sweep, values.min(), values.max())
    ax.set_xlabel(varied.label)
    said = "share of runs" if share else sweep.label
    ax.set_ylabel(textwrap.fill(said, LETTERS, break_on_hyphens=False))
    style.bottom_legend(figure, entries)
    return figure


def _count(ax: Axes, varied: VariedValues, sweep: Sweep) -> None:
    """Say of each value that some runs lack the metric at, above the axes, in how many it is."""
    counts = sweep.counts()
    fewer = counts[counts["some"] < counts["of"]]
    if len(fewer) > MOST_COUNTED:
        return
    at = dict(zip(fewer.index, varied.positions(fewer[varied.path]), strict=True))
    for index, row in fewer.iterrows():
        line = sweep.policies.index(row["policy"])
        ax.annotate(
            f"{row['some']} of {row['of']}",
            (at[index], 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2 + 9 * line),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=7,
            color=sweep.looks[row["policy"]].colour,
            annotation_clip=False,
        )


def _interval(
    ax: Axes,
    varied: VariedValues,
    grouped: SeriesGroupBy[float, Any],
    colour: str,
    between: tuple[float, float],
) -> None:
    """The range that the runs lie in between two quantiles, value by value."""
    low, high = (grouped.quantile(end).reset_index() for end in between)
    ax.fill_between(
        varied.positions(low[varied.path]), low.iloc[:, 1], high.iloc[:, 1],
        color=colour, alpha=WIDE, lw=0,
    )  # fmt: skip
