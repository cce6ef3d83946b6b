"""Which fact, if it were known, would most change the choice of a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show import palette, style
from ebbtide.show.compared import LEFT, ComparedPolicies, words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST = 12  # quantities that are shown


def draw_information(shown: ComparedPolicies, table: pd.DataFrame) -> Figure | None:
    """What knowing single quantities before choosing would be worth, those above the noise; None: none."""
    rows = table[table["value"] > table["noise"]].head(MOST).to_dict("records")
    if not rows:
        return None
    outcome, unit = words(rows[0]["outcome"]), rows[0]["unit"]
    figure, axes = style.new_figure(
        shown, "which fact, if it were known, would most change the choice", 1,
        height=0.4 + 0.3 * len(rows), dates=False,
        note=f"What knowing one quantity before choosing would be worth, in {outcome} ({unit}): how much "
        "better the choice would be in the mean. Values left of the dashed line are noise, and not shown. "
        f"Knowing all, random numbers too, would be worth {rows[0]['perfect']:,.3g}.",
    )  # fmt: skip
    figure.subplots_adjust(left=LEFT / style.WIDTH)
    ax = axes[0, 0]
    places = list(range(len(rows), 0, -1))
    for place, row in zip(places, rows, strict=True):
        ax.barh(place, row["value"], height=0.55, color=palette.DARK_BLUE)
    ax.axvline(rows[0]["noise"], color="black", linewidth=1, linestyle="--")
    ax.set_yticks(places, [str(row["quantity"]) for row in rows], fontsize=7.5)
    ax.set_ylim(0.4, len(rows) + 0.6)
    ax.set_xlim(left=0)
    ax.set_xlabel(f"expected gain in {outcome} ({unit})")
    return figure
