"""The figure of who joins and who leaves, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.scenario.faults import counted
from ebbtide.show import dates, palette, scales, style
from ebbtide.show.stack import SIDE, draw_stack, draw_steps, side_legend
from ebbtide.world.outcomes import labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

ENTRIES, EXITS = labels("entries"), labels("exits")


def draw_flows(subject: Subject) -> Figure | None:
    """Men joining (up) and leaving (down) a week, stacked by kind, and the balance of the two.

    The first week's men, those of a founding, are told in words: drawn, they dwarf what follows.
    """
    entries = {name: ENTRIES[name] for name in subject.has(*ENTRIES)}
    exits = {name: EXITS[name] for name in subject.has(*EXITS)}
    later = subject.later
    if later is None or not (entries or exits):
        return None
    first = (subject.weeks[list(entries)].sum() - later.weeks[list(entries)].sum()).sum()
    note = (
        f"without the {counted(first / subject.runs, 'man', 'men')} of the first week"
        if first
        else ""
    )
    note = "; ".join(filter(None, [note, later.without_last_month]))
    figure, axes = style.new_figure(
        subject, "men who join and men who leave", 1, height=4.0, note=note, right=SIDE
    )
    ax = axes[0, 0]
    table = later.monthly([*entries, *exits])
    joining = draw_stack(ax, table, entries, palette.surfaces("entries"))
    leaving = draw_stack(ax, table, exits, palette.surfaces("exits"), down=True)
    balance = table[list(entries)].sum(axis=1) - table[list(exits)].sum(axis=1)
    line = draw_steps(ax, balance)
    scales.both_ways(ax, table[list(entries)].sum(axis=1), table[list(exits)].sum(axis=1))
    ax.set_ylabel(f"men a week leaving (below 0)\nand joining (above 0), {subject.averaged}")
    dates.finish_dates(figure, axes, subject, dates.MONTHS)
    side_legend(ax, joining, "joining", top=1.0)
    side_legend(ax, leaving, "leaving", top=0.5)
    style.bottom_legend(figure, [(line, "balance of joining and leaving")])
    return figure
