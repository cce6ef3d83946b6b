"""The figure of territory and intake: where the group is, what it holds, who it takes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.show import dates, fan, scales, style
from ebbtide.show.claims import OF_A_PART, Shown, draw_claims, draw_parts, handles, not_shown, room
from ebbtide.show.flows import ENTRIES

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

GROUND = {  # outcome: axis label
    "districts_held": "districts held",
    "places_reported": "places where it would\nbe reported, of {places}",
}
WORDS = {"districts_held": "ground held", "places_reported": "where it would be reported"}


def told(ground: Sequence[str], entries: Sequence[str]) -> str:
    """What the panels show, in words."""
    parts = [WORDS[column] for column in ground] + (["men joining"] if entries else [])
    comma = "," if len(parts) > 2 else ""
    return f"{comma} and ".join([*([", ".join(parts[:-1])] if len(parts) > 1 else []), parts[-1]])


def draw_territory(subject: Subject) -> Figure | None:
    """Districts held, places where it would be reported, and all entries after the first week."""
    ground = subject.has(*GROUND)
    if not ground:
        return None
    later = subject.later
    entries = later.has(*ENTRIES) if later else []
    rows = len(ground) + bool(entries)
    reports = subject.claims.get("presence", pd.DataFrame())
    said = ["points and bars: publishers' reports"] if len(reports) else []
    if len(reports) and (reports["words"] != "").any():
        said.append(OF_A_PART)
    note = "; ".join(filter(None, [*said, not_shown(subject, "presence")]))
    figure, axes = style.new_figure(
        subject,
        told(ground, entries),
        rows,
        height=2.2 * rows,
        note=note,
        bottom=style.foot(room(reports)),
    )
    shown: list[Shown] = []
    parts: list[tuple[Artist, str]] = []
    places = len(subject.scenario.file.places)
    for ax, column in zip(axes[:, 0], ground, strict=False):
        band = fan.draw_bands(ax, subject, column)
        ax.set_ylabel(GROUND[column].format(places=places))
        claims = reports[reports["outcome"] == column] if len(reports) else reports
        scales.start_at_zero(ax, 0.0 if claims.empty else 1.25 * claims["high"].max(), band)
        if len(claims):
            shown += draw_claims(ax, claims, subject)
            parts += draw_parts(ax, claims, subject)
    if later and entries:
        ax = axes[-1, 0]
        weeks = later.weeks.sort_values(["run", "date"])
        weeks = weeks.assign(intake=weeks[entries].sum(axis=1))
        by_run = weeks.groupby("run")["intake"]
        weeks["intake"] = by_run.transform(lambda weekly: weekly.rolling(4, min_periods=1).mean())
        band = fan.draw_bands(ax, replace(subject, weeks=weeks), "intake")
        ax.set_ylabel("men joining a week\n(mean of four weeks)")
        scales.start_at_zero(ax, band=band)
    fan.band_legend(figure, subject)
    style.claim_legend(figure, handles(shown, parts))
    dates.finish_dates(figure, axes, subject)
    return figure
