"""The figure of territory and intake: where the group is, what it holds, who it takes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.show import dates, fan, scales, style
from ebbtide.show.claims import OF_A_PART, not_shown, room
from ebbtide.show.flows import ENTRIES
from ebbtide.show.with_claims import draw_with_claims

if TYPE_CHECKING:
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
    places = len(subject.scenario.file.places)
    labels = {outcome: label.format(places=places) for outcome, label in GROUND.items()}
    panels = zip(axes[:, 0], ground, strict=False)
    told_of_claims = draw_with_claims(panels, labels, reports, subject, headroom=1.25)
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
    style.claim_legend(figure, told_of_claims)
    dates.finish_dates(figure, axes, subject)
    return figure
