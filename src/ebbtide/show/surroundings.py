"""The figure of what surrounds the group: the forces that seek it and the people it lives among."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show.levels import draw_levels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

LABELS = {
    "attention": "highest attention\nof any force",
    "intelligence": "aimed share of fire",
    "pressure": "state pressure\non its men",
    "support": "local support",
    "resistance": "local resistance",
    "notoriety": "notoriety",
}


def draw_surroundings(subject: Subject) -> Figure | None:
    """Attention, intelligence, pressure, support, resistance and notoriety, each with bands."""
    return draw_levels(subject, "forces that seek it and people it lives among", LABELS)
