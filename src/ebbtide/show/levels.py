"""Small panels of weekly levels, two abreast, each with median and bands over runs."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ebbtide.show import dates, fan, scales, style
from ebbtide.world.units import meant_by

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.show.subject import Subject

LINE = 0.145  # inches a line of meanings takes
LETTERS = int(16 * style.TEXT_WIDTH)  # that it has room for
BETWEEN = 0.42  # gap between two panels, as a share of their width


def draw_levels(
    subject: Subject,
    shows: str,
    labels: Mapping[str, str],
    *,
    units: Mapping[str, str] | None = None,
    means: Mapping[str, str] | None = None,
    note: str = "",
    by: str = dates.WEEKS,
) -> Figure | None:
    """Panels for the recorded ones of outcomes, by axis label: shares from 0 to 1, all else from 0 up.

    Below stands what those mean that their labels do not tell, or a `note` in its place. `units` and
    `means` are as declared where they are not said.
    """
    from ebbtide.world.outcomes import OUTCOMES

    units = {name: each.unit for name, each in OUTCOMES.items()} | dict(units or {})
    means = {name: each.meaning for name, each in OUTCOMES.items()} | dict(means or {})
    columns = subject.has(*labels)
    if not columns:
        return None
    across = 2 if len(columns) > 1 else 1
    rows = -(-len(columns) // across)
    in_a_line = {name: label.replace("\n", " ") for name, label in labels.items()}
    meant = {} if note else {name: means[name] for name in columns if name in means}
    told = [name for name, meaning in meant.items() if not meaning.startswith(in_a_line[name])]
    meanings = textwrap.wrap(
        "; ".join(f"{in_a_line[name]}: {meant[name]}" for name in told), LETTERS
    )
    figure, axes = style.new_figure(
        subject,
        shows,
        rows,
        across,
        height=1.95 * rows,
        note=note,
        bottom=style.MARGIN_BOTTOM + (0.15 + LINE * len(meanings) if meanings else 0),
    )
    figure.subplots_adjust(wspace=BETWEEN)
    figure.text(
        style.EDGE / style.WIDTH,
        0.42 / figure.get_figheight(),
        "\n".join(meanings),
        fontsize=7.5,
        color="0.25",
        va="bottom",
    )
    for ax, column in zip(axes.flat, columns, strict=False):
        band = fan.draw_bands(ax, subject, column)
        if meant_by(units[column]).is_share:
            ax.set_ylabel(f"{labels[column]} (0 to 1)")
            scales.from_zero_to_one(ax)
        else:
            ax.set_ylabel(labels[column])
            scales.start_at_zero(ax, band=band)
    fan.band_legend(figure, subject)
    dates.finish_dates(figure, axes, subject, by)
    for ax in axes.flat[len(columns) :]:
        ax.set_visible(False)
        lowest = axes[-2, -1]
        lowest.tick_params(labelbottom=True)
        lowest.set_xlabel(axes[-1, 0].get_xlabel())
    return figure
