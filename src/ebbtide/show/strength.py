"""The figure of projected strength: fighters, affiliates, and what publishers estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.scenario.evidence_files import COUNTED, parts_counted
from ebbtide.show import dates, fan, scales, style
from ebbtide.show.claims import Shown, draw_claims, handles

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

PANELS = {  # outcome: axis label
    "fighters": "fighters (men)",
    "affiliates": "affiliates: fighters and\nsupporters (people)",
}


def draw_strength(subject: Subject) -> Figure | None:
    """Strength by week with bands over runs, and publishers' claims as vertical intervals."""
    columns = subject.has(*PANELS)
    if not columns:
        return None
    estimates = subject.claims.get("strength", pd.DataFrame())
    claimed = [
        estimates[estimates["counts"].map(COUNTED) == column] if len(estimates) else estimates
        for column in columns
    ]
    publishers = {str(name) for rows in claimed if len(rows) for name in rows["publisher"]}
    areas = [area for rows in claimed if "area" in rows for area in rows["area"]]
    note = _note(parts_counted(areas)) if publishers else ""
    shows = " and ".join(columns) + " by week"
    if subject.cut is not None:
        shows += f", projected from {subject.cut:%b %Y} on"
    figure, axes = style.new_figure(
        subject,
        shows,
        len(columns),
        height=2.6 * len(columns),
        note=note,
        bottom=style.foot(len(publishers)),
    )
    shown: list[Shown] = []
    for ax, column, claims in zip(axes[:, 0], columns, claimed, strict=True):
        band = fan.draw_bands(ax, subject, column)
        ax.set_ylabel(PANELS[column])
        scales.start_at_zero(ax, 0.0 if claims.empty else 1.12 * claims["high"].max(), band)
        shown += draw_claims(ax, claims, subject)
    fan.band_legend(figure, subject)
    style.claim_legend(figure, handles(shown))
    dates.finish_dates(figure, axes, subject)
    return figure


def _note(parts: list[str]) -> str:
    """What points and bars are, and where they count less than the curves."""
    note = "points and bars: publishers' estimates"
    if parts:
        note += f" for {' or '.join(parts)}; curves: the model in all places"
    return note
