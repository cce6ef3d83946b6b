"""The points of a study: where each varied value stands, laid out as its design says.

Every varied value is an axis: a function from 0..1 to values. A grid steps through each axis, all
with all, but for priors that share a draw, which move as one. The other designs draw points in the
unit cube: `random` keyed as all draws are, `latin_hypercube` and `sobol` (scrambled) by SciPy's
`qmc`, from the study's seed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from ebbtide.scenario.quantity import Quantity
from ebbtide.study.design import Value, probability_of
from ebbtide.study.study_file import Layout


@dataclass(frozen=True)
class Axis:
    """One varied value: where it stands at a share (0..1) of its way, and the steps of a grid.

    Axes of one `draw` move together.
    """

    at: Callable[[float], Value]
    steps: Callable[[int], list[Value]]
    draw: str | None = None


def of_range(low: float, high: float, *, log: bool = False) -> Axis:
    """From `low` to `high`, both reached by a grid."""
    if log:
        ends = math.log(low), math.log(high)
        return _between(lambda share: math.exp(_mix(*ends, share)), low, high)
    return _between(lambda share: _mix(low, high, share), low, high)


def of_dates(low: dt.date, high: dt.date) -> Axis:
    """Days from `low` to `high`."""
    first, last = low.toordinal(), high.toordinal()
    return _between(lambda share: dt.date.fromordinal(round(_mix(first, last, share))), low, high)


def of_values(values: list[Value]) -> Axis:
    """The values of a list, each as likely."""
    last = len(values) - 1
    return Axis(lambda share: values[min(int(share * len(values)), last)], lambda _: values)


def of_prior(quantity: Quantity, draw: str | None = None) -> Axis:
    """A prior's quantiles; a grid takes the middles of equally likely parts."""
    return Axis(
        quantity.quantile, lambda n: [quantity.quantile((i + 0.5) / n) for i in range(n)], draw
    )


def _between(at: Callable[[float], Value], low: Value, high: Value) -> Axis:
    def steps(n: int) -> list[Value]:
        inner = [at(i / (n - 1)) for i in range(1, n - 1)]
        return [low, *inner, high] if n > 1 else [at(0.5)]

    return Axis(at, steps)


def _mix(low: float, high: float, share: float) -> float:
    return low + share * (high - low)


def lay(kind: Layout, axes: Mapping[str, Axis], points: int, seed: int) -> list[dict[str, Value]]:
    """The points of a design; without an axis the one point at which nothing is set."""
    if not axes:
        return [{}]
    moved = [axis.draw or path for path, axis in axes.items()]
    ways = list(dict.fromkeys(moved))
    if kind == "grid":
        steps = [axis.steps(points) for axis in axes.values()]
        along = [range(len(steps[moved.index(way)])) for way in ways]
        return [
            {path: step[at[ways.index(way)]]
             for path, step, way in zip(axes, steps, moved, strict=True)}
            for at in product(*along)
        ]  # fmt: skip
    return [
        {path: axis.at(row[ways.index(way)])
         for (path, axis), way in zip(axes.items(), moved, strict=True)}
        for row in _shares(kind, ways, points, seed)
    ]  # fmt: skip


def count(kind: Layout, axes: Mapping[str, Axis], points: int) -> int:
    """How many points `lay` gives, without laying them."""
    if not axes:
        return 1
    if kind == "grid":
        each = {axis.draw or path: len(axis.steps(points)) for path, axis in axes.items()}
        return math.prod(each.values())
    return points


def _shares(kind: Layout, paths: list[str], points: int, seed: int) -> list[list[float]]:
    if kind == "random":
        return [
            [probability_of(seed, point, f"point/{path}") for path in paths]
            for point in range(points)
        ]
    from scipy.stats import qmc

    sampler = qmc.Sobol if kind == "sobol" else qmc.LatinHypercube
    return sampler(len(paths), rng=seed).random(points).tolist()
