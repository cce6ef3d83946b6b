"""The figure of who joins and who leaves, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show import style
from ebbtide.show.stack import draw_stack, draw_steps, side_legend
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
    note = f"without the {first / subject.runs:,.0f} men of the first week" if first else ""
    figure, axes = style.new_figure(
        subject, "who joins and who leaves", 1, height=4.4, note=note, right=2.1
    )
    ax = axes[0, 0]
    table = later.monthly([*entries, *exits])
    joining = draw_stack(ax, table, entries)
    leaving = draw_stack(ax, table, exits, down=True)
    balance = table[list(entries)].sum(axis=1) - table[list(exits)].sum(axis=1)
    line = draw_steps(ax, balance)
    ax.margins(y=0.06)
    style.both_ways(ax)
    ax.set_ylabel(f"men a week leaving (below 0) and joining (above 0),\n{subject.averaged}")
    style.finish_dates(figure, axes, subject)
    side_legend(ax, joining, "joining", top=1.0)
    side_legend(ax, leaving, "leaving", top=0.5)
    style.bottom_legend(figure, [(line, "balance of joining and leaving")])
    return figure
