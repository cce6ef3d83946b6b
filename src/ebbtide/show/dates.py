"""The axis of dates that figures over time share, and the line at the cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pandas as pd

from ebbtide.show.style import Titled

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.dates import AutoDateLocator
    from matplotlib.figure import Figure

WEEKS, MONTHS = "date (weeks, by the day they end on)", "date (months)"
LABEL = 0.45  # inches that a date takes along its axis
WITH_MONTHS = 9  # ticks from which on there is room for months beside years


class Headed(Titled, Protocol):
    """What a figure takes its heading and the range of its dates from."""

    @property
    def weeks(self) -> pd.DataFrame:
        """What is drawn, with a column `date`."""

    @property
    def cut(self) -> pd.Timestamp | None:
        """From when on all is projected."""


def finish_dates(
    figure: Figure, axes: np.ndarray, subject: Headed, by: str = WEEKS, *, small: bool = False
) -> None:
    """Give axes that share dates their range, ticks, label and the line at the cut.

    Of `small` ones, which have no room for words, the line alone.
    """
    from matplotlib.ticker import AutoMinorLocator

    first, last = subject.weeks["date"].min(), subject.weeks["date"].max()
    if first == last:
        last = first + pd.Timedelta(weeks=1)
    width = axes.flat[0].get_position().width * figure.get_figwidth()
    for ax in axes.flat:
        ax.set_xlim(first, last)
        label_dates(ax.xaxis, first, last, most=max(4, int(width / LABEL)))
        if last - first > pd.Timedelta(days=2 * 365):
            ax.xaxis.set_minor_locator(AutoMinorLocator(4))
    for ax in axes[-1] if not small else ():
        ax.set_xlabel(by)
    if subject.cut is not None and first < subject.cut < last:
        for ax in axes.flat:
            _mark_cut(ax, subject.cut)
        for ax in axes[0] if not small else ():
            _name_cut(ax, subject.cut)
    figure.align_ylabels()


def label_dates(
    axis: Axis, first: pd.Timestamp, last: pd.Timestamp, fewest: int = 4, most: int = 9
) -> None:
    """Give an axis of dates its ticks, so many, the year named where it is new."""
    from matplotlib.dates import MONTHLY, AutoDateLocator
    from matplotlib.ticker import FuncFormatter

    locator = AutoDateLocator(minticks=fewest if most >= WITH_MONTHS else 2, maxticks=most)
    locator.intervald[MONTHLY] = [1, 2, 3, 4, 6, 12]
    axis.set_major_locator(locator)
    axis.set_major_formatter(FuncFormatter(lambda day, _: _date_label(day, locator, first, last)))


def _date_label(
    day: float, locator: AutoDateLocator, first: pd.Timestamp, last: pd.Timestamp
) -> str:
    """The month, with its year where that is new: at the first tick and in each January."""
    from matplotlib.dates import date2num, num2date

    low, high = date2num(first), date2num(last)
    shown = [num2date(tick) for tick in locator() if low <= tick <= high]
    date = num2date(day)
    if all(tick.month == tick.day == 1 for tick in shown):
        return f"{date:%Y}"
    name = f"{date:%b}" if all(tick.day == 1 for tick in shown) else f"{date:%d %b}"
    earlier = [tick for tick in shown if tick < date]
    return name if earlier and earlier[-1].year == date.year else f"{name}\n{date:%Y}"


def _mark_cut(ax: Axes, cut: pd.Timestamp) -> None:
    from matplotlib.patheffects import withStroke

    ax.axvline(
        cut,  # type: ignore[arg-type]
        color="black",
        linewidth=1.0,
        linestyle=(0, (5, 3)),
        zorder=2.5,
        path_effects=[withStroke(linewidth=2.6, foreground="white")],
    )


def _name_cut(ax: Axes, cut: pd.Timestamp) -> None:
    """Say above the axes what the line is, in as many words as there is room for."""
    label = ax.annotate(
        "",
        (cut, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(0, 3),
        textcoords="offset points",
        va="bottom",
        fontsize=8,
        annotation_clip=False,
    )
    frame = ax.get_window_extent()
    for text in (f"after this: projection (cut {cut:%d %b %Y})", "projection after this"):
        label.set_text(text)
        if label.get_window_extent().x1 <= frame.x1 + 1:
            return
    label.set_horizontalalignment("right")
