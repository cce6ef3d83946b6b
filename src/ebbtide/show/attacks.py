"""The figure of attacks: how many, on whom, where, and whom they harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show import style
from ebbtide.show.stack import TONES, draw_stack, draw_steps, side_legend

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

TARGETS = {
    "attacks_civilians": "on civilians",
    "attacks_state": "on the state",
}
OUTSIDE = "attacks_outside"
HARM = {
    "civilians_harmed": "civilians,\nby the group",
    "state_harmed": "state forces,\nby the group",
    "civilians_harmed_by_forces": "civilians, by forces\nfighting the group",
}


def draw_attacks(subject: Subject) -> Figure | None:
    """Weekly attacks by target, their share outside held ground, and people harmed, by month."""
    targets = {name: TARGETS[name] for name in subject.has(*TARGETS)}
    harm = {name: HARM[name] for name in subject.has(*HARM)}
    outside = bool(targets and subject.has(OUTSIDE))
    rows = bool(targets) + outside + bool(harm)
    if not rows:
        return None
    shows = " and ".join(["attacks by target"] * bool(targets) + ["people harmed"] * bool(harm))
    figure, axes = style.new_figure(subject, shows, rows, height=2.4 * rows, right=2.0, bottom=0.65)
    panels = list(axes[:, 0])
    if targets:
        ax = panels.pop(0)
        entries = draw_stack(ax, subject.monthly(list(targets)), targets)
        ax.set_ylabel(f"attacks a week,\n{subject.averaged}")
        style.start_at_zero(ax)
        side_legend(ax, entries, "attacks")
    if outside:
        ax = panels.pop(0)
        table = subject.monthly([*targets, OUTSIDE])
        attacks = table[list(targets)].sum(axis=1)
        draw_steps(ax, (table[OUTSIDE] / attacks.where(attacks > 0)).rename(OUTSIDE))
        ax.set_ylabel("share of attacks\noutside held ground,\nby month")
        style.from_zero_to_one(ax)
    if harm:
        ax = panels.pop(0)
        entries = draw_stack(ax, subject.monthly(list(harm)), harm, tones=TONES[1:])
        ax.set_ylabel(f"people killed and injured\na week, {subject.averaged}")
        style.start_at_zero(ax)
        side_legend(ax, entries, "killed and injured")
    style.finish_dates(figure, axes, subject)
    return figure
