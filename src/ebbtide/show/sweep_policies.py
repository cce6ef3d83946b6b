"""How an outcome is spread over the runs of each policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ebbtide.show import style
from ebbtide.show.sweep_subject import Sweep

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_policies(sweep: Sweep) -> Figure | None:
    """A box a policy over its runs as dots; None for a single policy."""
    values = sweep.runs[sweep.outcome]
    if len(sweep.policies) < 2 or sweep.unit == "date" or not values.notna().any():
        return None
    import numpy as np

    figure, axes = style.new_figure(
        cast(Any, sweep),
        f"{sweep.meaning.rstrip('.').lower()}, by policy",
        1,
        height=0.7 + 0.55 * len(sweep.policies),
        note="Each dot a run; box: middle half and median; whiskers: 90% of runs.",
        dates=False,
    )
    ax = axes[0, 0]
    figure.subplots_adjust(left=1.8 / style.WIDTH)
    places = range(len(sweep.policies), 0, -1)
    found = [
        sweep.runs.loc[sweep.runs["policy"] == policy, sweep.outcome].dropna().to_numpy(float)
        for policy in sweep.policies
    ]
    shift = np.random.default_rng(0)
    for place, numbers in zip(places, found, strict=True):
        ax.plot(
            numbers, place + shift.uniform(-0.28, 0.28, len(numbers)), ".", color="0.6",
            markersize=3, alpha=0.7, zorder=1,
        )  # fmt: skip
    ax.boxplot(
        found, positions=list(places), orientation="horizontal", whis=(5, 95), showfliers=False,
        widths=0.4, medianprops={"color": "black", "linewidth": 2}, manage_ticks=False, zorder=3,
    )  # fmt: skip
    ax.set_yticks(list(places), sweep.policies)
    ax.set_ylim(0.4, len(sweep.policies) + 0.6)
    if min(map(np.min, filter(len, found))) >= 0:
        ax.set_xlim(left=0)
    ax.set_xlabel(sweep.label)
    return figure
