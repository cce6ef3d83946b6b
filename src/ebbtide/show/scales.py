"""The y axes of figures: from zero up, both ways, from 0 to 1; and what one outsize value may not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes


NEARLY_ALL = 0.95  # of the values drawn; an outsize one stands far above what these reach
OUTSIZE = 2.5  # times as high as nearly all: on its scale the rest would be flat
FEWEST_VALUES = 12  # values of which one can be called outsize
NOTED = 3  # outsize months that a note names


def start_at_zero(ax: Axes, reach: float = 0.0, band: pd.DataFrame | None = None) -> None:
    """Put the y axis from 0 to above what is drawn and at least to `reach`.

    What would squeeze all else, a far `band` (quantiles by date) or a few outsize weeks, runs off the
    top, and a note says how far.
    """
    highest = max(1.05 * ax.dataLim.y1, reach)  # y1 is -inf where nothing is drawn
    if band is not None:
        highest = _below_far_band(ax, band, reach) or highest
    ax.set_ylim(0, highest if highest > 0 else 1)
    label_sizes(ax)


def _below_far_band(ax: Axes, band: pd.DataFrame, reach: float) -> float | None:
    """Where the axis ends below a band that runs off it, with a note; None where it need not."""
    farthest, core = band["high90"].max(), band["high50"]
    usual = without_outsize(core)
    room = 2 * max(usual if usual is not None else core.max(), reach)
    if not 0 < room < 0.6 * farthest:
        return None
    notes = [f"outer band to {_size(farthest)}"] if farthest > band["median"].max() else []
    if band["median"].max() > room:
        at = band["median"].idxmax()
        notes.insert(0, f"{_size(band['median'].max())} in {at:%b %Y}")
    _note(ax, "off the scale: " + "; ".join(notes))
    return float(room)


def without_outsize(values: pd.Series) -> float | None:
    """How high an axis need be for all but a few outsize values; None where none is outsize."""
    found = values[values > 0]
    if len(found) < FEWEST_VALUES:
        return None
    usual = float(found.quantile(NEARLY_ALL))
    return 1.25 * usual if found.max() > OUTSIZE * usual else None


def start_stack_at_zero(ax: Axes, totals: pd.Series) -> None:
    """Put the y axis of stacked months from 0 up; outsize months run off, and a note says how far."""
    start_at_zero(ax)
    top = without_outsize(totals)
    if top is not None:
        ax.set_ylim(0, top)
        label_sizes(ax)
        _note(ax, _outsize_months(totals, top))


def both_ways(ax: Axes, above: pd.Series, below: pd.Series) -> None:
    """Leave room for the stacked months above and below a zero line; no sign below.

    Outsize ones run off, and notes say how far.
    """
    top, bottom = without_outsize(above), without_outsize(below)
    high = top if top is not None else 1.06 * float(above.max())
    low = bottom if bottom is not None else 1.06 * float(below.max())
    least = 0.05 * max(high, low) or 1.0  # on either side, also where all is zero
    ax.set_ylim(-max(low, least), max(high, least))
    ax.axhline(0, color="black", linewidth=0.9)
    label_sizes(ax)
    if top is not None:
        _note(ax, _outsize_months(above, top))
    if bottom is not None:
        _note(ax, _outsize_months(below, bottom), at_bottom=True)


def _outsize_months(totals: pd.Series, top: float) -> str:
    far = totals[totals > top].sort_values(ascending=False)
    said = [f"{month:%b %Y} {_size(size)}" for month, size in far.iloc[:NOTED].items()]
    more = [f"{len(far) - NOTED} more"] if len(far) > NOTED else []
    return "off the scale: " + ", ".join([*said, *more])


def _size(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _note(ax: Axes, note: str, *, at_bottom: bool = False) -> None:
    """Words in a corner of the axes, to the right."""
    from matplotlib.patheffects import withStroke

    ax.annotate(
        note,
        (1, 0 if at_bottom else 1),
        xycoords="axes fraction",
        xytext=(-3, 4 if at_bottom else -3),
        textcoords="offset points",
        ha="right",
        va="bottom" if at_bottom else "top",
        fontsize=8,
        zorder=8,
        path_effects=[withStroke(linewidth=2, foreground="white")],
    )


def from_zero_to_one(ax: Axes) -> None:
    """Put the y axis of a share or an index from 0 to 1."""
    ax.set_ylim(0, 1.02)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1])


def label_sizes(ax: Axes, *, signed: bool = False) -> None:
    """Few y ticks, thousands apart; no sign below zero, unless it is `signed`."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    whole = max(map(abs, ax.get_ylim())) > 2
    ax.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10], integer=whole))
    ax.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value if signed else abs(value):,.10g}")
    )
