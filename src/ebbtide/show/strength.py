"""The figure of projected strength: fighters, affiliates, and what publishers estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.show import style
from ebbtide.show.claims import draw_claims

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

PANELS = {  # outcome: axis label, and what a claim must count to stand in its panel
    "fighters": ("fighters (men)", {"fighters"}),
    "affiliates": (
        "affiliates: fighters and\nsupporters (people)",
        {"affiliated", "fighters_and_supporters"},
    ),
}


def draw_strength(subject: Subject) -> Figure | None:
    """Strength by week with bands over runs, and publishers' claims as vertical intervals."""
    columns = subject.has(*PANELS)
    if not columns:
        return None
    estimates = subject.claims.get("strength", pd.DataFrame())
    note = "points and bars: publishers' estimates" if not estimates.empty else ""
    shows = "projected strength" if subject.cut is not None else "strength"
    figure, axes = style.new_figure(
        subject, shows, len(columns), height=3.0 * len(columns), note=note
    )
    drawn = []
    for ax, column in zip(axes[:, 0], columns, strict=True):
        label, counted = PANELS[column]
        band = style.draw_bands(ax, subject, column)
        ax.set_ylabel(label)
        claims = estimates
        if not estimates.empty:
            claims = estimates[estimates["counts"].isin(counted)]
        style.start_at_zero(ax, 0.0 if claims.empty else 1.12 * claims["high"].max(), band)
        drawn.append((ax, claims, band["median"]))
    style.band_legend(figure, subject)
    style.finish_dates(figure, axes, subject)
    for ax, claims, curve in drawn:
        draw_claims(ax, claims, curve, cut=subject.cut)
    return figure
