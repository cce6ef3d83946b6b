"""Of what a difference between two policies varies: quantities that the record updates, and others.

Pure functions of arrays by replication. Two replications are kin by how alike their quantities stand; by
as much as kin have more alike differences, quantities make the difference. So the part of many weak ones
is told without telling which (Haseman and Elston, The investigation of linkage between a quantitative
trait and a marker locus, Behavior Genetics 2, 1972; of products: Chen, Estimating heritability of complex
traits from genome-wide association studies using IBS-based Haseman-Elston regression, Frontiers in
Genetics 5, 2014).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from ebbtide.comparison.information import different
from ebbtide.comparison.paired import WithInterval
from ebbtide.study.precision import LEVEL

FEWEST_TO_PART = 30  # guess: replications, below which no part is told
MOST_KIN = 2000  # replications that are used: kinship is of any two
NO_INTERVAL = WithInterval(math.nan, math.nan, math.nan)
TRIED_SHARES = np.linspace(0, 1, 201)  # at which the interval of a share is tried


@dataclass(frozen=True, slots=True)
class VarianceParts:
    """Shares of the variance of a difference, each with its 95% interval.

    `not_updated` and `updated` are by the quantities of either kind, one by one and added up; `rest` is
    by random numbers, and by what is no sum of single quantities' effects. `share` is the first over the
    first two; NaN where its interval is all from 0 to 1, so that it cannot be told.
    """

    not_updated: WithInterval
    updated: WithInterval
    rest: WithInterval
    share: WithInterval


NOT_TOLD = VarianceParts(NO_INTERVAL, NO_INTERVAL, NO_INTERVAL, NO_INTERVAL)


def variance_parts(
    apart: np.ndarray, quantities: Mapping[str, np.ndarray], updated: Collection[str]
) -> VarianceParts:
    """The parts of the variance of a difference `apart`, by replication.

    Differences and quantities are taken by rank, so that no few replications decide, and an effect counts
    as far as it goes one way. Products of the differences of any two replications are regressed on their
    kinship in quantities of each kind; errors by the jackknife (Efron and Stein, The jackknife estimate
    of variance, Annals of Statistics 9, 1981), the interval of the share by Fieller's theorem (Some
    problems in interval estimation, Journal of the Royal Statistical Society B 16, 1954). Of fewer than
    30 replications, and of a difference that is the same in all, nothing is told.
    """
    from scipy.stats import rankdata, t

    known = different({path: each[:MOST_KIN] for path, each in quantities.items()})
    apart = apart[:MOST_KIN]
    if len(apart) < FEWEST_TO_PART or np.ptp(apart) == 0 or not known:
        return NOT_TOLD
    kinds = [[path for path in known if (path in updated) == told] for told in (False, True)]
    ranks = {path: _standard(rankdata(each)) for path, each in known.items()}
    kin = [_kinship(np.column_stack([ranks[path] for path in kind])) for kind in kinds if kind]
    some, errors = _regressed(_standard(rankdata(apart)), kin)
    there = [number for number, kind in enumerate(kinds) if kind]
    found, covariance = np.zeros(2), np.zeros((2, 2))
    found[there] = some
    covariance[np.ix_(there, there)] = errors
    reach = float(t.ppf((1 + LEVEL) / 2, len(apart) - 1))

    def part(weights: np.ndarray, constant: float = 0.0) -> WithInterval:
        value = min(1.0, max(0.0, constant + float(weights @ found)))
        error = reach * math.sqrt(max(0.0, float(weights @ covariance @ weights)))
        return WithInterval(*(min(1.0, max(0.0, value + off)) for off in (0.0, -error, error)))

    return VarianceParts(
        not_updated=part(np.array([1.0, 0.0])),
        updated=part(np.array([0.0, 1.0])),
        rest=part(np.array([-1.0, -1.0]), 1.0),
        share=_share(found, covariance, reach) if len(there) == 2 else _of_one_kind(there[0]),
    )


def _of_one_kind(kind: int) -> WithInterval:
    """Where all quantities are of one kind, whatever comes of quantities comes of it."""
    whole = 1.0 - kind
    return WithInterval(whole, whole, whole)


def _standard(values: np.ndarray) -> np.ndarray:
    centred = values - values.mean()
    standard: np.ndarray = centred / centred.std()
    return standard


def _kinship(quantities: np.ndarray) -> np.ndarray:
    """How alike any two replications are: the mean product of their standardised quantities."""
    kinship: np.ndarray = quantities @ quantities.T / quantities.shape[1]
    return kinship


def _regressed(outcome: np.ndarray, kin: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients of products of two replications' outcomes on their kinship, and their covariance."""
    n = len(outcome)
    off = 1.0 - np.eye(n)
    columns = np.stack([off, *(each * off for each in kin)])
    squares = np.einsum("aij,bij->iab", columns, columns)  # by replication, of its pairs
    along = np.einsum("aij,i,j->ia", columns, outcome, outcome)
    whole, all_along = squares.sum(axis=0) / 2, along.sum(axis=0) / 2
    found = np.linalg.lstsq(whole, all_along, rcond=None)[0][1:]
    without = np.array(
        [
            np.linalg.lstsq(whole - squares[left], all_along - along[left], rcond=None)[0][1:]
            for left in range(n)
        ]
    )
    spread = without - without.mean(axis=0)
    return found, (n - 1) / n * spread.T @ spread


def _share(found: np.ndarray, covariance: np.ndarray, reach: float) -> WithInterval:
    """Of the first in both, with the shares that the estimates do not speak against.

    No part of a variance is below 0: an estimate that is counts as 0, so that the share lies at an end.
    """
    found = np.maximum(found, 0.0)
    weights = np.column_stack([1 - TRIED_SHARES, -TRIED_SHARES])
    errors = np.sqrt(np.einsum("sa,ab,sb->s", weights, covariance, weights))
    held = TRIED_SHARES[np.abs(weights @ found) <= reach * errors]
    total = float(found.sum())
    if total <= 0 or not held.size or (held[0] == 0 and held[-1] == 1):
        return NO_INTERVAL
    share = min(1.0, max(0.0, float(found[0]) / total))
    return WithInterval(share, min(share, float(held[0])), max(share, float(held[-1])))
