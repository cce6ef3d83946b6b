"""The figure of territory and intake: where the group is, what it holds, who it takes in."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from ebbtide.scenario.evidence_files import MEASURED
from ebbtide.show import dates, fan, scales, style
from ebbtide.show.claims import PART, Shown, draw_claims, handles
from ebbtide.show.flows import ENTRIES

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

GROUND = {  # outcome: axis label
    "districts_held": "districts held",
    "places_reported": "places where it would\nbe reported, of {places}",
}


def draw_territory(subject: Subject) -> Figure | None:
    """Districts held, places where it would be reported, and all entries after the first week."""
    ground = subject.has(*GROUND)
    if not ground:
        return None
    later = subject.later
    entries = later.has(*ENTRIES) if later else []
    rows = len(ground) + bool(entries)
    reports = subject.claims.get("presence", pd.DataFrame())
    note = ""
    if len(reports):
        note = "points and bars: publishers' reports; grey ones speak of a part of what the axis counts"
    figure, axes = style.new_figure(
        subject,
        "ground held, where it would be reported, and men joining",
        rows,
        height=2.2 * rows,
        note=note,
        bottom=style.foot(len(reports[["publisher", "area"]].drop_duplicates()) + 1 if note else 0),
    )
    shown: list[Shown] = []
    alone: list[tuple[Artist, str]] = []
    places = len(subject.scenario.file.places)
    for ax, column in zip(axes[:, 0], ground, strict=False):
        band = fan.draw_bands(ax, subject, column)
        ax.set_ylabel(GROUND[column].format(places=places))
        claims = reports
        if not reports.empty:
            words = [word for word, outcome in MEASURED.items() if outcome == column]
            claims = reports[reports["measure"].str.contains("|".join(words))]
        scales.start_at_zero(ax, 0.0 if claims.empty else 1.25 * claims["high"].max(), band)
        shown += draw_claims(ax, claims, subject)
        if column == "districts_held" and len(claims):
            alone += _draw_alone(ax, subject, claims["area"].unique())
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
    style.claim_legend(figure, [*handles(shown), *alone])
    dates.finish_dates(figure, axes, subject)
    return figure


def districts_held_in(subject: Subject, place: str) -> pd.Series:
    """Median over runs of the districts held in one place, by half-year's end."""
    rows = subject.places[subject.places["place"] == place]
    held = rows["districts_held"].set_axis([rows["date"], rows["run"]])
    every_run = held.unstack(fill_value=0).reindex(
        index=subject.half_years, columns=subject.weeks["run"].unique(), fill_value=0.0
    )
    medians: pd.Series = every_run.median(axis=1)
    return medians


def _draw_alone(ax: Axes, subject: Subject, areas: Container[str]) -> list[tuple[Artist, str]]:
    """The model's own districts in the single places that claims speak of, where kept."""
    drawn: list[tuple[Artist, str]] = []
    if "districts_held" not in subject.places:
        return drawn
    for place, said in subject.scenario.file.places.items():
        if said.name in areas:
            held = districts_held_in(subject, place)
            look: Any = {"color": PART, "marker": "_", "markersize": 9, "markeredgewidth": 2.2}
            (line,) = ax.plot(held.index, held.to_numpy(), linestyle="none", zorder=6, **look)
            of = "" if subject.runs == 1 else "median, "
            drawn.append((line, f"model: {of}{said.name} only"))
    return drawn
