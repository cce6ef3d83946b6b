"""The figure of command: leaders, what they can direct, and what holds the men together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.show.levels import draw_levels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

LEADERS = "leaders"
LABELS = {
    LEADERS: "leaders in post",
    "command": "command",
    "cohesion": "cohesion",
    "morale": "morale",
    "brand": "brand",
    "media": "media reach",
}


def draw_command(subject: Subject) -> Figure | None:
    """Leaders in post, command, cohesion, morale, brand and media reach, each with bands."""
    more = subject.has(*(name for name in LABELS if name != LEADERS))
    shows = "its leaders, and what holds it together" if more else LABELS[LEADERS]
    return draw_levels(subject, shows, LABELS)
