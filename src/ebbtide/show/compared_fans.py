"""Strength by week under each policy, since shortly before they part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.show import dates, fan, scales, style
from ebbtide.show.compared import ComparedPolicies
from ebbtide.show.outcome import MOST_WITH_BANDS, MOST_WITH_WIDE_BANDS, Fan, Fans
from ebbtide.show.subject import quantiles_of
from ebbtide.study.spread import CENTRAL, FEWEST_FOR_CENTRAL

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LEAD = 26  # weeks before they part
MARKED = 20  # weeks from marker to marker of a line


def draw_fans(
    shown: ComparedPolicies, weeks: pd.DataFrame, start: pd.Timestamp, cut: pd.Timestamp | None
) -> Figure:
    """Fans over each other, of rows a run and week (`run`, `policy`, `date`, `fighters`)."""
    weeks = weeks[weeks["date"] >= start - pd.Timedelta(weeks=LEAD)]
    tables = {
        policy: quantiles_of(weeks[weeks["policy"] == policy], "fighters")
        for policy in shown.policies
    }
    fans = [
        Fan(policy, shown.looks[policy], weeks["run"].nunique(), table)
        for policy, table in tables.items()
    ]
    runs = weeks["run"].nunique() // len(fans)
    wide = len(fans) <= MOST_WITH_WIDE_BANDS
    bands = runs > 1 and len(fans) <= MOST_WITH_BANDS // 2
    outer = f"{CENTRAL}" if runs >= FEWEST_FOR_CENTRAL else "all"
    share = f"{outer} and half" if wide else "half"
    of = "" if bands else f", under “{shown.reference}” alone"
    note = f"Lines: medians; bands: where {share} of the runs are{of}." if runs > 1 else ""
    figure, axes = style.new_figure(
        shown, "fighters, by week", 1, height=3.6, note=note, bottom=shown.foot() + 0.2
    )
    ax = axes[0, 0]
    for each in sorted(fans, key=lambda each: each.label == shown.reference):  # on top of all
        reference = each.label == shown.reference and runs > 1
        fan.draw_fan(
            ax, each.table, each.look, bands=bands or reference, wide=wide, edged=len(fans) > 1,
            marks=(MARKED * fans.index(each) // len(fans), MARKED),
        )  # fmt: skip
    scales.start_at_zero(ax)
    ax.set_ylabel("fighters (men)")
    every = pd.concat([*tables.values()])
    of_dates = Fans(shown.name, shown.subtitle, pd.DataFrame({"date": every.index}), cut, fans)
    dates.finish_dates(figure, axes, of_dates)
    style.claim_legend(figure, shown.legend())
    return figure
