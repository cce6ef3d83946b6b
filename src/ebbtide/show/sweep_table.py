"""What a second varied quantity does at each value of the first, as a table in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ebbtide.show.sweep_subject import Sweep, sweep_of
from ebbtide.show.words import written
from ebbtide.study.tally import in_some
from ebbtide.world.units import DATE, YES_NO

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.study.results import Results

QUARTILES = (0.25, 0.5, 0.75)


def tell_sweep(results: Results, metric: str | None = None, over: Sequence[str] = ()) -> str | None:
    """A row a value of the first varied quantity: the metric at the ends of the second.

    Medians of the runs there, and the change between the two ends (% of the least), run by run: runs
    of one replication share their random numbers and what is drawn; in brackets half of the runs.
    None where nothing fits: no finished run, no grid of two quantities, or a metric that is no
    number. Raises KeyError for an unknown name.
    """
    sweep = sweep_of(results, metric, over)
    if sweep is None or not sweep.grid or len(sweep.over) < 2 or sweep.unit in (DATE, YES_NO):
        return None
    down, across = sweep.over[:2]
    least, most = sweep.runs[across].min(), sweep.runs[across].max()
    ends = [f"`{across}` at {written(end)}" for end in (least, most)]
    heads = ["policy", f"`{down}`", *ends, "change, run by run"]
    several = len(sweep.policies) > 1
    rows = [heads, ["---", "---", "---:", "---:", "---:"]]
    for policy in sweep.policies:
        runs = sweep.runs[sweep.runs["policy"] == policy]
        for value, of_value in runs.groupby(down):
            at_ends = _at(of_value, sweep, across, least), _at(of_value, sweep, across, most)
            medians = [_median(end) for end in at_ends]
            rows.append([policy, written(value), *medians, _change(*at_ends)])
    shown = rows if several else [row[1:] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in shown) + "\n"


def _at(runs: pd.DataFrame, sweep: Sweep, across: str, end: object) -> pd.Series:
    """The metric where the second quantity is at one end, by what else tells runs apart."""
    others = [path for path in sweep.varied if path not in sweep.over[:2]]
    return runs[runs[across] == end].set_index(["replication", *others])[sweep.metric]


def _median(found: pd.Series) -> str:
    return _of_some("–" if found.isna().all() else f"{found.median():,.0f}", found)


def _change(before: pd.Series, after: pd.Series) -> str:
    """The change in % of pairs of runs; those without either, or from nothing, have none."""
    change = 100 * (after - before) / before.where(before > 0)
    if change.isna().all():
        return "–"
    low, middle, high = change.quantile(list(QUARTILES))
    return _of_some(f"{middle:+.0f}% ({low:+.0f} to {high:+.0f})", change)


def _of_some(said: str, found: pd.Series) -> str:
    """Words on runs, with how many of them have what is told, where some have not."""
    some = in_some(int(found.count()), len(found))
    return f"{said}, {some}" if some else said
