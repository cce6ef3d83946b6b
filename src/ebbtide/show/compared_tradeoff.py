"""Two outcomes of policies against each other, and which of them no policy beats in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.show import style
from ebbtide.show.compared import ComparedPolicies, words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def draw_tradeoff(
    shown: ComparedPolicies, tradeoff: pd.DataFrame, differences: pd.DataFrame, units: Sequence[str]
) -> Figure:
    """Two outcomes against each other, a point a policy: filled where none beats it in both."""
    first, second = tradeoff.columns[1:3]
    figure, axes = style.new_figure(
        shown, f"{words(first)} against {words(second)}", 1, height=3.6,
        note="Means of the replications; lines: 95% intervals of paired differences from "
        f"“{shown.reference}”. Filled: no policy is as good in both and better in one (Pareto set).",
        bottom=shown.foot(), dates=False,
    )  # fmt: skip
    ax = axes[0, 0]
    apart = differences.set_index(["outcome", "policy"])
    for row in tradeoff.to_dict("records"):
        policy, look = row["policy"], shown.looks[row["policy"]]
        ends = {}
        for name, key in ((first, "yerr"), (second, "xerr")):
            if (name, policy) in apart.index:
                found = apart.loc[(name, policy)]
                reach = float(found["high"] - found["low"]) / 2
                ends[key] = [reach] if np.isfinite(reach) else None
        ax.errorbar(
            row[second], row[first], fmt=look.marker, color=look.colour, markersize=8,
            markerfacecolor=look.colour if row["pareto"] else "white", elinewidth=1, **ends,
        )  # fmt: skip
    ax.margins(0.12)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,g}")
    ax.set_ylabel(f"{words(first)} ({units[0]})")
    ax.set_xlabel(f"{words(second)} ({units[1]})")
    style.claim_legend(figure, shown.legend())
    return figure
