"""The figure of any weekly outcome: of a group, of several, or of their sum, policy over policy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.show import dates, fan, palette, scales, style
from ebbtide.show.chosen import Chosen
from ebbtide.show.subject import quantiles_of
from ebbtide.show.words import axis_label, told
from ebbtide.world.units import meant_by

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ebbtide.world.recorded import Outcome

MOST_WITH_WIDE_BANDS, MOST_WITH_BANDS = 3, 6  # fans over each other that can still be told apart


@dataclass(frozen=True)
class Fan:
    """One of the fans of a figure: whose, how it is drawn, in how many runs, and its quantiles by date."""

    label: str
    look: palette.Line
    runs: int
    table: pd.DataFrame


@dataclass(frozen=True)
class Fans:
    """Fans of one outcome over each other, and what their heading says."""

    name: str
    subtitle: str
    weeks: pd.DataFrame
    cut: pd.Timestamp | None
    fans: list[Fan]


def draw_outcome(chosen: Chosen) -> Figure | None:
    """A fan a group and policy: median, half and most of the runs; None without a finished run."""
    shown, outcome = fans_of(chosen), told(chosen.results, chosen.outcome)
    if not shown.fans:
        return None
    several = len(shown.fans) > 1
    most = max(each.runs for each in shown.fans)
    crowded = "medians alone, for lack of room" * (len(shown.fans) > MOST_WITH_BANDS and most > 1)
    figure, axes = style.new_figure(
        shown,
        f"{outcome.meaning.removesuffix('.')}, by week",
        1,
        height=3.6,
        note="; ".join(filter(None, [chosen.pooled, crowded])),
        bottom=style.MARGIN_BOTTOM + style.LEGEND_LINE * (len(shown.fans) if several else 0),
    )
    ax = axes[0, 0]
    for each in shown.fans:
        bands = each.runs > 1 and len(shown.fans) <= MOST_WITH_BANDS
        wide = len(shown.fans) <= MOST_WITH_WIDE_BANDS
        fan.draw_fan(ax, each.table, each.look, bands=bands, wide=wide, edged=several)
    _scale(ax, outcome, shown.fans)
    ax.set_ylabel(axis_label(chosen.outcome, outcome))
    dates.finish_dates(figure, axes, shown)
    if several:
        entries = [(fan.handle(each.look), each.label) for each in shown.fans]
        style.claim_legend(figure, entries, abreast=1)
    neutral = palette.Line(palette.NEUTRAL, "-", "o") if several else shown.fans[0].look
    wide = len(shown.fans) <= MOST_WITH_WIDE_BANDS
    bands_told = fan.legend_of_fan(neutral, most, wide=wide)
    style.bottom_legend(
        figure, bands_told if len(shown.fans) <= MOST_WITH_BANDS else bands_told[:1]
    )
    return figure


def fans_of(chosen: Chosen) -> Fans:
    """What is drawn: a fan for each group (or their sum), policy, and value of what is told apart."""
    weeks = chosen.weeks()
    keys = ["group", "policy", *([chosen.over] if chosen.over else [])]
    fans = []
    for at in chosen.lines(weeks):
        own = weeks[(weeks[keys] == pd.Series(at)[keys]).all(axis=1)]
        if not own.empty:
            table = quantiles_of(own, chosen.outcome)
            fans.append(Fan(chosen.label(at), chosen.look(at), own["run"].nunique(), table))
    shown = pd.concat([each.table for each in fans]) if fans else pd.DataFrame()
    return Fans(
        name=chosen.name,
        subtitle=chosen.subtitle(weeks["run"].nunique()),
        weeks=pd.DataFrame({"date": shown.index}),
        cut=chosen.cut,
        fans=fans,
    )


def _scale(ax: Axes, outcome: Outcome, fans: list[Fan]) -> None:
    highest = pd.concat([each.table for each in fans]).groupby(level=0).max()
    lowest = min(float(each.table.to_numpy().min()) for each in fans)
    if meant_by(outcome.unit).is_share:
        scales.from_zero_to_one(ax)
    elif lowest < 0:
        ax.axhline(0, color="black", linewidth=0.9)
        scales.label_sizes(ax, signed=True)
    else:
        scales.start_at_zero(ax, band=highest)
