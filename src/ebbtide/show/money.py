"""The figure of money: income by source, what is paid out, the reserve, and pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show import dates, fan, palette, scales, style
from ebbtide.show.stack import SIDE, draw_stack, draw_steps, side_legend
from ebbtide.world.outcomes import OUTCOMES, labels
from ebbtide.world.units import meant_by

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

INCOMES = labels("income")
LEVELS = {
    "pay_share": "pay, share of\nthe wage due{of}",
    "money": "reserve{of}\n(thousand USD)",
}

MEANS = (
    "income and wages: means of the runs, which add up; "
    "below them medians, which a few rich runs do not move"
)


def draw_money(subject: Subject) -> Figure | None:
    """Weekly income stacked by source with wages as a line, then pay and reserve with bands."""
    sources = {name: INCOMES[name] for name in subject.has(*INCOMES)}
    levels = subject.has(*LEVELS)
    rows = bool(sources) + len(levels)
    if not rows:
        return None
    means = MEANS if sources and levels and subject.runs > 1 else ""
    figure, axes = style.new_figure(
        subject,
        "income by source, pay and reserve",
        rows,
        height=2.3 * rows,
        note="; ".join(filter(None, [means, subject.without_last_month if sources else ""])),
        right=SIDE if sources else style.MARGIN_RIGHT,
    )
    panels = list(axes[:, 0])
    if sources:
        ax = panels.pop(0)
        wages = subject.has("wages_paid")
        table = subject.monthly([*sources, *wages])
        entries = draw_stack(ax, table, sources, palette.surfaces("income"))
        if wages:
            entries.append((draw_steps(ax, table["wages_paid"]), "wages paid out"))
        ax.set_ylabel(f"thousand USD a week,\n{subject.averaged}")
        if (table[list(sources)] < 0).any(axis=None):
            of_sources = table[list(sources)]
            up, down = of_sources.clip(lower=0), -of_sources.clip(upper=0)
            scales.both_ways(ax, up.sum(axis=1), down.sum(axis=1))
        else:
            scales.start_stack_at_zero(ax, table[list(sources)].sum(axis=1))
        side_legend(ax, entries, "income and wages")
    for ax, column in zip(panels, levels, strict=True):
        band = fan.draw_bands(ax, subject, column)
        ax.set_ylabel(LEVELS[column].format(of=", median" if subject.runs > 1 else ""))
        if meant_by(OUTCOMES[column].unit).is_share:
            scales.from_zero_to_one(ax)
        else:
            scales.start_at_zero(ax, band=band)
    if levels:
        fan.band_legend(figure, subject)
    dates.finish_dates(figure, axes, subject)
    return figure
