"""Which policy is best as harm to civilians weighs more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show import style
from ebbtide.show.compared import ComparedPolicies

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def draw_acceptability(shown: ComparedPolicies, table: pd.DataFrame, weight: str) -> Figure:
    """The probability of being best of all, as harm weighs more; thick where the mean is the best."""
    figure, axes = style.new_figure(
        shown, "which policy is best, as harm to civilians weighs more", 1, height=3.3,
        note="Share of replications in which a policy is best of all; thick: where its mean is best "
        "(cost-effectiveness acceptability curve and frontier).",
        bottom=shown.foot(), dates=False,
    )  # fmt: skip
    ax = axes[0, 0]
    positive = table[table["weight"] > 0]
    for policy in shown.policies:
        own, look = positive[positive["policy"] == policy], shown.looks[policy]
        ax.plot(
            own["weight"], own["best"], color=look.colour, linestyle=look.dashes, linewidth=1.5,
            marker=look.marker, markevery=10, markersize=4.5,
        )  # fmt: skip
        chosen = own["best"].where(own["chosen"])
        ax.plot(own["weight"], chosen, color=look.colour, linewidth=4.5, alpha=0.55, zorder=1)
    ax.set_xscale("log")
    ax.set_xlim(positive["weight"].min(), positive["weight"].max())
    ax.set_ylim(-0.02, 1.02)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    ax.set_ylabel("probability of being best")
    ax.set_xlabel(weight)
    style.claim_legend(figure, shown.legend())
    return figure
