"""Which policy is best as harm weighs more: cost-effectiveness acceptability, of a loss and of harm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.comparison.paired import best


@dataclass(frozen=True, slots=True)
class Acceptability:
    """By weight and policy the probability of being best, and of each weight whose mean loss is least.

    `frontier` are places of policies: the curve of the one that is chosen by expected loss (Fenwick,
    Claxton and Sculpher 2001), which need not be the one most often best.
    """

    weights: np.ndarray
    probability: np.ndarray
    frontier: np.ndarray


def acceptability(losses: np.ndarray, harm: np.ndarray, weights: np.ndarray) -> Acceptability:
    """The probability that a policy is best of all in `losses + weight * harm`, weight by weight.

    Both are by replication and policy; less is better. A weight is what one unit of harm is worth, in
    units of the loss. With a benefit in the place of a loss and a cost in that of harm it is the
    acceptability curve of health economics: Fenwick, Claxton and Sculpher, Representing uncertainty: the
    role of cost-effectiveness acceptability curves, Health Economics 10 (2001). Ties share.
    """
    together = losses + weights[:, None, None] * harm
    return Acceptability(
        weights,
        np.stack([best(each) for each in together]),
        together.mean(axis=1).argmin(axis=1),
    )


def spanning(losses: np.ndarray, harm: np.ndarray, steps: int = 61) -> np.ndarray:
    """Weights from 0 up to where harm alone would decide, evenly spaced by their logarithm after 0.

    Between two policies the weight that makes them even is the ratio of their differences; the weights go
    from a tenth of the least such ratio of means to ten times the greatest.
    """
    loss, cost = losses.mean(axis=0), harm.mean(axis=0)
    one, other = np.triu_indices(len(loss), 1)
    gained, paid = loss[one] - loss[other], cost[one] - cost[other]
    traded = gained * paid < 0  # less loss for more harm, or the other way
    ratios = np.abs(gained[traded] / paid[traded])
    if not ratios.size:
        ratios = np.array([1.0])
    low, high = 0.1 * float(ratios.min()), 10 * float(ratios.max())
    return np.concatenate([[0.0], np.geomspace(low, high, steps - 1)])
