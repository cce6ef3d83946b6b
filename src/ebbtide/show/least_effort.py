"""What effort buys: the probability of a goal by effort, all that was tried and its frontier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.show import palette, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

OTHER = "0.72"


@dataclass(frozen=True)
class EffortForGoal:
    """Whose goal it is, and what is known of it.

    `tried` has a row a plan as `Found.table` does; `fresh` are effort, probability and the ends of its
    interval of what was lived again; `wanted` is the probability that is asked.
    """

    name: str
    subtitle: str
    goal: str
    tried: pd.DataFrame
    fresh: list[tuple[float, float, float, float]]
    wanted: float


def draw_frontier(shown: EffortForGoal) -> Figure:
    """Probability against effort: what was tried grey, its frontier as steps, what was confirmed black."""
    from matplotlib.lines import Line2D
    from matplotlib.ticker import PercentFormatter

    figure, axes = style.new_figure(
        shown, f"least effort for {shown.goal}", 1, height=3.4,
        note="One mark a size and date that was tried, in the replications of the search; line: no other "
        "is as likely at as little effort. Diamond: lived again in replications that it has not seen.",
        bottom=1.0, dates=False,
    )  # fmt: skip
    ax = axes[0, 0]
    colour = palette.line_of("frontier", ["frontier"]).colour
    broken = shown.tried[~shown.tried["kept"]]
    kept = shown.tried[shown.tried["kept"]]
    best = kept[kept["frontier"]].sort_values("effort")
    ax.plot(kept["effort"], kept["probability"], "o", color=OTHER, markersize=4)
    ax.plot(broken["effort"], broken["probability"], "x", color=OTHER, markersize=5)
    ax.step(
        best["effort"],
        best["probability"],
        where="post",
        color=colour,
        marker="o",
        markersize=4.5,
        linewidth=1.4,
    )
    for effort, probability, low, high in shown.fresh:
        ax.errorbar(
            effort, probability, yerr=[[probability - low], [high - probability]], fmt="D",
            color="black", markersize=6, elinewidth=1,
        )  # fmt: skip
    ax.axhline(shown.wanted, color="0.35", linewidth=0.8, linestyle=(0, (4, 3)))
    ax.set_ylim(-0.03, 1.03)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_ylabel("probability of the goal")
    ax.set_xlabel("effort of own acts beyond the reference (effort-weeks)")
    entries = [
        (Line2D([], [], color=OTHER, marker="o", linestyle="", markersize=4), "tried"),
        (Line2D([], [], color=colour, marker="o", markersize=4.5), "frontier"),
        (Line2D([], [], color="black", marker="D", linestyle="", markersize=6), "confirmed, 95%"),
        (Line2D([], [], color="0.35", linestyle=(0, (4, 3)), linewidth=0.8), "asked"),
    ]
    if len(broken):
        mark = Line2D([], [], color=OTHER, marker="x", linestyle="", markersize=5)
        entries.insert(1, (mark, "above a ceiling"))
    style.claim_legend(figure, entries, abreast=len(entries))
    return figure
