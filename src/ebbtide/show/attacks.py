"""The figure of attacks: how many, on whom, and what they do to civilians."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show import style
from ebbtide.show.stack import TONES, draw_stack, side_legend

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

TARGETS = {
    "attacks_civilians": "on civilians",
    "attacks_state": "on the state",
    "attacks_rivals": "on rivals",
}
HARM = {
    "civilians_harmed": "by the group",
    "civilians_harmed_by_forces": "by forces fighting it",
}


def draw_attacks(subject: Subject) -> Figure | None:
    """Weekly attacks stacked by target, and civilians killed and injured, means by month."""
    targets = {name: TARGETS[name] for name in subject.has(*TARGETS)}
    harm = {name: HARM[name] for name in subject.has(*HARM)}
    rows = bool(targets) + bool(harm)
    if not rows:
        return None
    shows = " and ".join(["attacks by target"] * bool(targets) + ["civilians harmed"] * bool(harm))
    figure, axes = style.new_figure(subject, shows, rows, height=2.4 * rows, right=2.0, bottom=0.65)
    panels = list(axes[:, 0])
    if targets:
        ax = panels.pop(0)
        entries = draw_stack(ax, subject.monthly(list(targets)), targets)
        ax.set_ylabel(f"attacks a week,\n{subject.averaged}")
        style.start_at_zero(ax)
        side_legend(ax, entries, "attacks")
    if harm:
        ax = panels.pop(0)
        entries = draw_stack(ax, subject.monthly(list(harm)), harm, tones=TONES[1:])
        ax.set_ylabel(f"civilians killed and injured\na week, {subject.averaged}")
        style.start_at_zero(ax)
        side_legend(ax, entries, "killed and injured")
    style.finish_dates(figure, axes, subject)
    return figure
