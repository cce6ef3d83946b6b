"""Panels of weekly outcomes with publishers' claims upon them: one an outcome, bands over runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ebbtide.show import fan, scales
from ebbtide.show.claims import Shown, draw_claims, draw_parts, handles

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ebbtide.show.subject import Subject


def draw_with_claims(
    panels: Iterable[tuple[Axes, str]],
    labels: Mapping[str, str],
    claims: pd.DataFrame,
    subject: Subject,
    *,
    headroom: float,
) -> list[tuple[Artist, str]]:
    """Draw an outcome in each panel, and the `claims` that are of it; returns legend entries.

    `labels` are of the axes, by outcome; the highest claim has `headroom` times its height.
    """
    shown: list[Shown] = []
    parts: list[tuple[Artist, str]] = []
    for ax, column in panels:
        band = fan.draw_bands(ax, subject, column)
        ax.set_ylabel(labels[column])
        of_it = claims[claims["outcome"] == column] if len(claims) else claims
        scales.start_at_zero(ax, 0.0 if of_it.empty else headroom * of_it["high"].max(), band)
        if len(of_it):
            shown += draw_claims(ax, of_it, subject)
            parts += draw_parts(ax, of_it, subject)
    return handles(shown, parts)
