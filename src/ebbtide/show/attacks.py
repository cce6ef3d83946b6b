"""The figure of attacks: how many, on whom, where, and whom they harm."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ebbtide.show import dates
from ebbtide.show.levels import draw_levels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

BY_TARGET = {
    "attacks_state": "attacks a week\non the state",
    "attacks_civilians": "attacks a week\non civilians",
}
HARM = {
    "civilians_harmed": "civilians a week\nharmed in attacks",
    "civilians_harmed_by_forces": "civilians a week harmed\nby forces in the fight",
    "state_harmed": "state forces a week\nharmed in attacks",
}
OUTSIDE = "attacks_outside"
SHARE_OUTSIDE = "share_outside"
LABELS = BY_TARGET | HARM | {SHARE_OUTSIDE: "share of attacks\noutside held ground"}
NOTE = "weekly means of each month, run by run; harmed: killed or injured"


def draw_attacks(subject: Subject) -> Figure | None:
    """Weekly attacks by target, people harmed, and the share of attacks outside held ground, by month."""
    monthly = subject.by_month
    targets = subject.has(*BY_TARGET)
    if targets and subject.has(OUTSIDE):
        attacks = monthly.weeks[targets].sum(axis=1)
        share = monthly.weeks[OUTSIDE] / attacks.where(attacks > 0)
        monthly = replace(monthly, weeks=monthly.weeks.assign(**{SHARE_OUTSIDE: share}))
    harmed = subject.has(*HARM)
    shows = " and ".join(["attacks by target"] * bool(targets) + ["people harmed"] * bool(harmed))
    note = "; ".join(filter(None, [NOTE, subject.without_last_month]))
    units = {SHARE_OUTSIDE: "share"}
    return draw_levels(
        monthly, f"{shows}, by month", LABELS, units=units, note=note, by=dates.MONTHS
    )
