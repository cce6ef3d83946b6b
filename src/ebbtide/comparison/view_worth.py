"""What it would be worth to know, before choosing, which of a question's rival views holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

ROUNDING = 1e-9  # of the greatest loss: what is less is nothing
TRIES = 1000  # of shuffled questions, for what is noise


class ViewWorth(NamedTuple):
    """What knowing the view that holds would be worth, in units of the loss, beside what is noise.

    Of as many questions that nothing hangs on (the same views, shuffled among replications) the greatest
    value stays below `noise` in 95% of tries; `p` is the share of tries whose greatest is as large.
    """

    value: float
    noise: float
    p: float


def worth_of_views(
    losses: np.ndarray, held: Mapping[str, np.ndarray], seed: int = 0
) -> dict[str, ViewWorth]:
    """Of each question the expected value of partial perfect information of its view.

    `losses` are by replication and policy, `held` by question the number of the view that each
    replication holds. Where what is known takes few values that is min over policies of the mean loss,
    less the mean over views of the least mean loss where each holds (Raiffa and Schlaifer, Applied
    Statistical Decision Theory, 1961). The replications that choose a view's policy also price it: it is
    biased high, and so is the noise.
    """
    random = np.random.default_rng(seed)
    inside = {name: each[:, None] == np.arange(each.max() + 1)[None] for name, each in held.items()}
    found = {name: _value(losses, each) for name, each in inside.items()}
    greatest = np.array(
        [
            max(_value(losses[random.permutation(len(losses))], each) for each in inside.values())
            for _ in range(TRIES if inside else 0)
        ]
    )
    return {
        name: ViewWorth(
            value,
            float(np.quantile(greatest, 0.95, method="higher")),
            (1 + int((greatest >= value).sum())) / (TRIES + 1),
        )
        for name, value in found.items()
    }


def _value(losses: np.ndarray, inside: np.ndarray) -> float:
    """By whether each replication, by row, holds each view, by column."""
    sums = inside.T.astype(float) @ losses  # by view and policy
    known: float = float(sums.min(axis=1).sum()) / len(losses)
    value = float(losses.mean(axis=0).min()) - known
    return value if value > ROUNDING * float(np.abs(losses).max(initial=0.0)) else 0.0
