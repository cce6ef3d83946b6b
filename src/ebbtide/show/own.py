"""The figure of the weekly outcomes that the user added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.show.levels import draw_levels
from ebbtide.world.units import meant_by

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject


def draw_own(subject: Subject, told: Mapping[str, Any]) -> Figure | None:
    """A panel for each of the outcomes that a manifest tells, with bands; None for none."""
    labels = {name: name.replace("_", " ") for name in told}
    shares = {
        name: label for name, label in labels.items() if meant_by(told[name]["unit"]).is_share
    }
    counts = {
        name: f"{label}\n({told[name]['unit']})"
        for name, label in labels.items()
        if name not in shares
    }
    means = {name: each["meaning"] for name, each in told.items()}
    return draw_levels(subject, "outcomes of the user's own", counts, shares, means=means)
