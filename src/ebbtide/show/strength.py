"""The figure of projected strength: fighters, affiliates, and what publishers estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.show import dates, fan, style
from ebbtide.show.claims import OF_A_PART, not_shown, room
from ebbtide.show.with_claims import draw_with_claims

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
    drawn = estimates[estimates["outcome"].isin(columns)] if len(estimates) else estimates
    shows = " and ".join(columns) + " by week"
    if subject.cut is not None:
        shows += f", projected from {subject.cut:%b %Y} on"
    figure, axes = style.new_figure(
        subject,
        shows,
        len(columns),
        height=2.6 * len(columns),
        note=_note(drawn, subject),
        bottom=style.foot(room(drawn)),
    )
    panels = zip(axes[:, 0], columns, strict=True)
    entries = draw_with_claims(panels, PANELS, drawn, subject, headroom=1.12)
    fan.band_legend(figure, subject)
    style.claim_legend(figure, entries)
    dates.finish_dates(figure, axes, subject)
    return figure


def _note(drawn: pd.DataFrame, subject: Subject) -> str:
    """What points and bars are, and of which places, where there are any; and what is not drawn."""
    said = [] if drawn.empty else ["points and bars: publishers' estimates"]
    if len(drawn) and drawn["either_way"].any():
        said.append("across: the days that a date may mean")
    if len(drawn) and (drawn["words"] != "").any():
        said += [
            OF_A_PART,
            "curves: of all places",
        ]
    return "; ".join(filter(None, [*said, not_shown(subject, "strength")]))
