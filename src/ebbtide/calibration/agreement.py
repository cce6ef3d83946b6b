"""Do two independent banks say the same? Medians of both, beside how well so many draws tell them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtr

from ebbtide.calibration.nearest import on_scale
from ebbtide.calibration.posterior import ERRORS_APART, OUTCOMES_TOLD, Posterior, quantile
from ebbtide.study.metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from ebbtide.scenario.quantity import Quantity


@dataclass(frozen=True)
class Median:
    """A posterior's median on a scale where errors are even, and its Monte Carlo error there."""

    low: float  # the median less an error
    middle: float
    high: float

    @classmethod
    def of(cls, values: np.ndarray, weights: np.ndarray) -> Median:
        """By the binomial error of one half among so many effective draws (Kish)."""
        error = 0.5 * np.sqrt(np.square(weights).sum()) / weights.sum()
        low, middle, high = (
            quantile(values, weights, at) for at in (0.5 - error, 0.5, 0.5 + error)
        )
        return cls(low, middle, high)

    @property
    def error(self) -> float:
        """Half the distance of the ends."""
        return (self.high - self.low) / 2


def agreement(one: Posterior, other: Posterior) -> pd.DataFrame:
    """A row a quantity that is followed and an outcome, what differs most first.

    Columns: `quantity`, `unit`; `median_1`, `error_1`, `median_2` and `error_2` in that unit; `errors`, by
    how many of both banks' errors together the medians differ; `agree`, whether by no more than three.
    """
    import pandas as pd

    known = one.bank.scenario.uncertain_under()
    rows = []
    for number, path in enumerate(one.bank.free):
        both = [each.scores[:, number] for each in (one, other)]
        natural = partial(_at_score, known[path])
        rows.append(_row(path, known[path].unit, (one, other), both, natural))
    for name in OUTCOMES_TOLD:
        both = [_whole_numbers(each.seen[name]) for each in (one, other)]
        rows.append(_row(name, METRICS[name].unit, (one, other), both, np.expm1))
    found = pd.DataFrame(rows)
    return found.sort_values("errors", ascending=False, kind="stable").reset_index(drop=True)


def _at_score(quantity: Quantity, score: float) -> float:
    return quantity.quantile(float(ndtr(score)))


def _whole_numbers(counted: np.ndarray) -> np.ndarray:
    """Counts on the scale of outcomes, each spread over its whole number, so that medians have errors."""
    spread = np.random.default_rng(0).random(counted.size) - 0.5
    return on_scale(counted + spread)


def _row(
    name: str,
    unit: str,
    banks: tuple[Posterior, Posterior],
    values: list[np.ndarray],
    natural: Callable[[float], float],
) -> dict[str, Any]:
    first, second = (
        Median.of(of_bank, bank.weighed.weights)
        for bank, of_bank in zip(banks, values, strict=True)
    )
    apart = abs(first.middle - second.middle)
    errors = apart / max(float(np.hypot(first.error, second.error)), 1e-12)
    row: dict[str, Any] = {"quantity": name, "unit": unit}
    for number, median in enumerate((first, second), 1):
        row[f"median_{number}"] = float(natural(median.middle))
        row[f"error_{number}"] = float(natural(median.high) - natural(median.low)) / 2
    return row | {"errors": errors, "agree": errors <= ERRORS_APART}
