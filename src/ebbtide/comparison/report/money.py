"""What own acts cost in money, where anybody has said what a week of the standard force costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.comparison.lived import levers_from
from ebbtide.comparison.paired import difference
from ebbtide.comparison.prices import money_of_week, money_said
from ebbtide.comparison.report.numbers import INTERVAL_NAMED, joined, size
from ebbtide.comparison.report.tables import DataTable, TableCell
from ebbtide.scenario.quantity import Quantity
from ebbtide.study.precision import LEVEL

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison

STEPS = (np.arange(400) + 0.5) / 400  # of probability, in which a product's interval is found
CENTRAL = (0.5, 0.05, 0.95)


def in_money(comparison: Comparison) -> list[str]:
    """A sentence of what each policy's own acts cost in the mean, or nothing where no week has a cost.

    Effort-weeks are turned into money at what a week of the standard force costs. Intervals hold how well
    the mean effort is known, and the prior of that cost.
    """
    week = money_of_week(comparison.results.manifest["comparison"].get("prices", {}))
    if week is None or comparison.effort is None:
        return []
    unit = week.quantity.unit.removesuffix("/week")
    at = [week.quantity.quantile(each) for each in CENTRAL]
    costs = [
        f"“{policy}” {_cost(own, week.quantity)}"
        for policy, own in zip(comparison.policies[1:], comparison.effort.T[1:], strict=True)
    ]
    known = len(comparison.effort) > 1
    of = f", with {INTERVAL_NAMED}s of the mean effort and of that cost together" if known else ""
    return [
        f"In money, at what {week.of} costs ({size(at[0])} {unit}, {size(at[1])} to {size(at[2])}: "
        f"{week.quantity.stated.source or 'no source'}), own acts cost in the mean, in {unit}{of}: "
        f"{joined(costs)}."
    ]


def levers_in_money(comparison: Comparison) -> DataTable | None:
    """A row a policy and lever of which anybody has said what it costs: that, beside its price here.

    None where nobody has, or no policy moves such a lever otherwise than the reference.
    """
    said = comparison.results.manifest["comparison"].get("prices") or {}
    week, literature = money_of_week(said), money_said(said)
    if week is None or not literature:
        return None
    at = [week.quantity.quantile(each) for each in CENTRAL]
    rows, sources = [], {}
    for lever, found in levers_from(comparison.lived, comparison.start).items():
        if lever not in literature:
            continue
        figure = literature[lever]
        own = found.weeks - found.weeks[:, :1]
        for policy, weeks in zip(comparison.policies[1:], own.T[1:], strict=True):
            if not weeks.any():
                continue
            sources[lever] = figure.stated.source or "no source"
            by_figure = [figure.quantile(each) * weeks.mean() for each in CENTRAL]
            priced = (found.price * weeks).mean() * np.array(at)
            rows.append(
                [
                    TableCell(policy), TableCell(lever), TableCell(size(weeks.mean()), weeks.mean()),
                    TableCell(_range(by_figure), by_figure[0]),
                    TableCell(_range(priced.tolist()), float(priced[0])),
                    TableCell(f"{size(priced[0] / by_figure[0])} times", priced[0] / by_figure[0]),
                ]
            )  # fmt: skip
    if not rows:
        return None
    unit = week.quantity.unit.removesuffix("/week")
    heads = [
        "policy", "lever", "weeks at full strength", f"at what has been said ({unit})",
        f"as priced here ({unit})", "priced at",
    ]  # fmt: skip
    caption = (
        "What levers cost beyond the reference in the mean of replications: at what anybody has said that "
        "something like a week of one costs, and at the prices of this comparison, with the middle and "
        "central 90% of what a week costs. They need not agree, and effort is made of the second. Said: "
        f"{'; '.join(f'{lever}, {source}' for lever, source in sources.items())}."
    )
    return DataTable("money", caption, heads, rows, frozenset((2, 3, 4, 5)))


def _range(ends: list[float]) -> str:
    middle, low, high = ends
    return size(middle) if low == high else f"{size(middle)} ({size(low)} to {size(high)})"


def _cost(effort: np.ndarray, week: Quantity) -> str:
    """The mean effort at a week's middle cost, and where the product of both lies, by its quantiles."""
    from scipy import stats

    mean = difference(effort, np.zeros(len(effort)))
    middle = size(mean.value * week.quantile(0.5))
    if not math.isfinite(mean.low):
        return middle
    n = len(effort)
    error = float(effort.std(ddof=1)) / math.sqrt(n)
    efforts = mean.value + error * stats.t.ppf(STEPS, n - 1)
    costs = np.outer(efforts, [week.quantile(float(each)) for each in STEPS])
    low, high = np.quantile(costs, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return f"{middle} ({size(float(low))} to {size(float(high))})"
