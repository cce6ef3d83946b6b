"""The points of a study: where each varied value stands, laid out as its design says.

Every varied value is an axis: a function from 0..1 to values. A grid steps through each axis, all
with all. The other designs draw points in the unit cube: `random` keyed as all draws are,
`latin_hypercube` and `sobol` (scrambled) by SciPy's `qmc`, from the study's seed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from ebbtide.scenario.quantity import Quantity
from ebbtide.study.design import Value, probability_of
from ebbtide.study.study_file import Kind


@dataclass(frozen=True)
class Axis:
    """One varied value: where it stands at a share (0..1) of its way, and the steps of a grid."""

    at: Callable[[float], Value]
    steps: Callable[[int], list[Value]]


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


def of_prior(quantity: Quantity) -> Axis:
    """A prior's quantiles; a grid takes the middles of equally likely parts."""
    return Axis(quantity.quantile, lambda n: [quantity.quantile((i + 0.5) / n) for i in range(n)])


def _between(at: Callable[[float], Value], low: Value, high: Value) -> Axis:
    def steps(n: int) -> list[Value]:
        inner = [at(i / (n - 1)) for i in range(1, n - 1)]
        return [low, *inner, high] if n > 1 else [at(0.5)]

    return Axis(at, steps)


def _mix(low: float, high: float, share: float) -> float:
    return low + share * (high - low)


def lay(kind: Kind, axes: Mapping[str, Axis], points: int, seed: int) -> list[dict[str, Value]]:
    """The points of a design; without an axis the one point at which nothing is set."""
    if not axes:
        return [{}]
    if kind == "grid":
        steps = [axis.steps(points) for axis in axes.values()]
        return [dict(zip(axes, values, strict=True)) for values in product(*steps)]
    shares = _shares(kind, list(axes), points, seed)
    return [
        {path: axis.at(share) for (path, axis), share in zip(axes.items(), row, strict=True)}
        for row in shares
    ]


def count(kind: Kind, axes: Mapping[str, Axis], points: int) -> int:
    """How many points `lay` gives, without laying them."""
    if not axes:
        return 1
    if kind == "grid":
        return math.prod(len(axis.steps(points)) for axis in axes.values())
    return points


def _shares(kind: Kind, paths: list[str], points: int, seed: int) -> list[list[float]]:
    if kind == "random":
        return [
            [probability_of(seed, point, f"point/{path}") for path in paths]
            for point in range(points)
        ]
    from scipy.stats import qmc

    sampler = qmc.Sobol if kind == "sobol" else qmc.LatinHypercube
    return sampler(len(paths), rng=seed).random(points).tolist()
