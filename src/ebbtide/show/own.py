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
    units = {name: str(each["unit"]) for name, each in told.items()}
    labels = {
        name: name.replace("_", " ") + ("" if meant_by(unit).is_share else f"\n({unit})")
        for name, unit in units.items()
    }
    means = {name: str(each["meaning"]) for name, each in told.items()}
    return draw_levels(subject, "outcomes of the user's own", labels, units=units, means=means)
