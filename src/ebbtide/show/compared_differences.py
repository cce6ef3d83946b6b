"""A forest plot: how each outcome differs under each policy from the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.show import style
from ebbtide.show.compared import LEFT, ComparedPolicies, words
from ebbtide.world.units import YES_NO

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ebbtide.show.palette import Line

ROW, BETWEEN = 0.15, 0.16  # inches a policy takes, and between two outcomes
FARTHEST = (
    2.5  # times what most ends reach; where some go twice as far, they are cut and say how far
)


def draw_differences(shown: ComparedPolicies, differences: pd.DataFrame) -> Figure | None:
    """A forest plot: of each outcome and policy the paired difference, with its 95% interval.

    As a share of the reference's mean; of a probability in points. None without an outcome that has one;
    those whose mean under the reference is not clearly above zero are left out.
    """
    table = _in_percent(differences)
    if table.empty:
        return None
    others = [policy for policy in shown.policies[1:] if (table["policy"] == policy).any()]
    outcomes = list(table["outcome"].unique())
    each = ROW * len(others) + BETWEEN
    figure, axes = style.new_figure(
        shown, f"differences from “{shown.reference}”", 1, height=each * len(outcomes),
        note="Means of paired replications with 95% intervals, as % of the reference's mean (left: "
        "unit and that mean), where that is clearly above zero; of a probability in points.",
        bottom=shown.foot(others), dates=False,
    )  # fmt: skip
    figure.subplots_adjust(left=LEFT / style.WIDTH)
    ax = axes[0, 0]
    limit = _limit(table)
    middles, names = [], []
    for place, name in enumerate(outcomes):
        own = table[table["outcome"] == name].set_index("policy")
        top = -each * place
        if place % 2:
            ax.axhspan(top - each, top, color="0.95", lw=0, zorder=0)
        for number, policy in enumerate(policy for policy in others if policy in own.index):
            at = top - BETWEEN / 2 - ROW * (number + 0.5)
            _interval(ax, own.loc[policy], at, shown.looks[policy], limit)
        middles.append(top - each / 2)
        names.append(_label(own.iloc[0]))
    ax.axvline(0, color="black", linewidth=0.9, zorder=2)
    ax.set_xlim(-1.04 * limit, 1.04 * limit)
    ax.set_ylim(-each * len(outcomes), 0)
    ax.set_yticks(middles, names, fontsize=8)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:+g}%" if value else "0")
    ax.set_xlabel(f"against “{shown.reference}”")
    style.claim_legend(figure, shown.legend(others))
    return figure


def _in_percent(differences: pd.DataFrame) -> pd.DataFrame:
    """Differences with columns `at`, `from` and `to`, in % of the reference or in points.

    Those of which a share of the reference says nothing are left out.
    """
    share = differences["unit"] == YES_NO
    columns = {
        "at": ("difference", "relative"),
        "from": ("low", "relative_low"),
        "to": ("high", "relative_high"),
    }
    told = {
        name: 100 * differences[absolute].where(share, differences[relative])
        for name, (absolute, relative) in columns.items()
    }
    found = differences.assign(**told)
    kept: pd.DataFrame = found[np.isfinite(found["at"]) & (share | found["of_reference"])]
    return kept


def _limit(table: pd.DataFrame) -> float:
    """How far the axis reaches to both sides."""
    ends = table[["at", "from", "to"]].abs().to_numpy(float)
    ends = ends[np.isfinite(ends)]
    farthest, usual = float(ends.max()), FARTHEST * float(np.quantile(ends, 0.75))
    return max(farthest if farthest <= 2 * usual else usual, 1.0)


def _interval(ax: Axes, row: pd.Series, at: float, look: Line, limit: float) -> None:
    from matplotlib.patheffects import withStroke

    low, value, high = (float(row[key]) for key in ("from", "at", "to"))
    ends = np.clip([low, high], -limit, limit)
    ax.plot(ends, [at, at], color=look.colour, linewidth=1.4, zorder=3)
    if abs(value) <= limit:
        ax.plot(value, at, look.marker, color=look.colour, markersize=4.5, zorder=4)
        return
    side = 1 if value > 0 else -1
    ax.plot(side * limit, at, ">" if side > 0 else "<", color=look.colour, markersize=5, zorder=4)
    ax.annotate(
        f"{value:+,.0f}%", (side * limit, at), xytext=(-7 * side, 0), textcoords="offset points",
        ha="right" if side > 0 else "left", va="center", fontsize=7, zorder=5,
        path_effects=[withStroke(linewidth=2.5, foreground="white")],
    )  # fmt: skip


def _label(row: pd.Series) -> str:
    """Of an outcome its name, and what it is under the reference."""
    name, base = words(row["outcome"]), float(row["reference"])
    if row["unit"] == YES_NO:
        return f"P({name})\n{100 * base:.0f}%, in points"
    size = f"{base:,.3g}" if abs(base) < 1000 else f"{base:,.0f}"
    return f"{name}\n{size} {row['unit']}"
