"""The figure of what an outcome hangs on: a bar a quantity, to the side to which it moves it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.calibration.sensitivity import NOTHING
from ebbtide.show import palette, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ebbtide.calibration.posterior import Posterior
    from ebbtide.calibration.sensitivity import OutcomeOfInterest

LEFT, BAR, MOST = 2.9, 0.36, 12  # inches for names, inches a bar takes, quantities
NOTE = (
    "Share of the variance of the outcome's ranks that a quantity explains alone (first order, RBD-FAST), "
    "with its 95% error: to the right where more of it means more, to the left where it means less."
)


@dataclass(frozen=True)
class OutcomeTold:
    """Whose outcome it is, and of how many runs."""

    posterior: Posterior

    @property
    def name(self) -> str:
        """Whom it shows."""
        return self.posterior.bank.scenario.focus_name

    @property
    def subtitle(self) -> str:
        """Of which runs."""
        bank = self.posterior.bank
        return f"{bank.scenario.title}; {bank.rounds[0][0]:,} runs drawn from the priors"


def draw_sensitivity(
    posterior: Posterior, outcome: OutcomeOfInterest, table: pd.DataFrame
) -> Figure:
    """A tornado: what matters most on top."""
    rows = table[table["quantity"] != NOTHING].head(MOST).to_dict("records")
    figure, axes = style.new_figure(
        OutcomeTold(posterior), f"what {outcome.words} hang on", 1,
        height=0.4 + BAR * len(rows), note=NOTE, dates=False,
    )  # fmt: skip
    figure.subplots_adjust(left=LEFT / style.WIDTH)
    ax = axes[0, 0]
    places = list(range(len(rows), 0, -1))
    for place, row in zip(places, rows, strict=True):
        side = 1 if row["direction"] > 0 else -1
        share, error = 100 * max(row["first_order"], 0.0), 100 * row["first_order_error"]
        colour = palette.DARK_BLUE if side > 0 else palette.LIGHT_BLUE
        ax.barh(place, side * share, height=0.55, color=colour)
        ends = [side * max(share - error, 0.0), side * (share + error)]
        ax.plot(ends, [place, place], color="black", linewidth=1.2)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_yticks(places, [str(row["quantity"]) for row in rows], fontsize=7.5)
    ax.set_ylim(0.4, len(rows) + 0.6)
    ax.margins(x=0.08)
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}")
    ax.set_xlabel("% of variance")
    return figure


def save_sensitivity(
    posterior: Posterior, outcome: OutcomeOfInterest, table: pd.DataFrame, file: Path
) -> Path:
    """Draw the figure into a PNG file. Raises OSError where that cannot be written."""
    import matplotlib as mpl

    with mpl.rc_context(style.PRINT):
        return style.save(draw_sensitivity(posterior, outcome, table), file)
