"""What knowing more would be worth before choosing a policy: pure functions of losses and quantities.

Losses are by replication and policy, less is better; values are in units of the loss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.comparison.robustness import regret

if TYPE_CHECKING:
    import pandas as pd

Basis = tuple[np.ndarray, np.ndarray]  # columns, and how far each may bend
PARTS = 3  # of a quantity's ranks, between which its spline bends: few, since replications are
PENALTIES = np.geomspace(1e-4, 1e4, 25)  # among which cross-validation chooses how smooth it is
COMPONENTS_SAID = 3  # guess: of what a publisher would say
ROUNDING = 1e-9  # of the greatest difference: what is less is nothing
ROUNDS = 200  # of as many shuffled quantities as there are, for what is noise


def above_noise(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of `values_of_each` or `values_of_publishers` whose value says something."""
    return table[table["value"] > table["noise"]]


def value_of_perfect_information(losses: np.ndarray) -> float:
    """How much less would be lost in the mean if the best policy of each replication were known ahead.

    The expected value of perfect information: min over policies of the mean loss, less the mean of the
    least loss (Raiffa and Schlaifer, Applied Statistical Decision Theory, 1961); it is the expected
    regret of the policy that is chosen by its mean. Replications differ in random numbers too, which
    nobody can know: it is a bound. The replications that choose the policy also price it, so that it is
    biased low, by less the more there are and the surer their choice (Mak, Morton and Wood, Monte Carlo
    bounding techniques for determining solution quality in stochastic programs, Operations Research
    Letters 24, 1999).
    """
    return float(regret(losses).mean(axis=0).min())


def perfect_information_at_most(losses: np.ndarray) -> float:
    """The same if each replication's policy is chosen by the means of all others: biased high.

    No replication prices a choice that it made itself, and one that is made from fewer loses no less
    (after Mak, Morton and Wood 1999; each left out in turn). It is never below
    `value_of_perfect_information`, and the same where no single replication turns the choice.
    """
    chosen = (losses.sum(axis=0) - losses).argmin(axis=1)
    return float(np.take_along_axis(regret(losses), chosen[:, None], axis=1).mean())


def values_of_each(
    losses: np.ndarray, quantities: Mapping[str, np.ndarray], seed: int = 0
) -> pd.DataFrame:
    """What each quantity alone would be worth: a row a quantity, that worth most first.

    It is by how much less would be lost in the mean if it were known before choosing: the expected value
    of partial perfect information by regression on the same runs (Strong, Oakley and Brennan, Estimating
    multiparameter partial expected value of perfect information from a probabilistic sensitivity analysis
    sample, Medical Decision Making 34, 2014). Differences of losses from the best policy's are regressed
    on the quantity by a penalised spline in its ranks, and the value is min over policies of the mean of
    what is fitted, less the mean of its minimum. Random numbers and all other quantities are the
    regression's residuals.

    Columns: `quantity`, `value` in units of the loss, `of_perfect`, the same as a share of the value of
    perfect information, and `noise`: of as many quantities that nothing hangs on (shuffled ranks) the
    greatest value stays below it in 95% of tries, so that a value below it says nothing; `p` is the share
    of tries whose greatest is as large. The greatest of many values is biased upward by selection. Of
    quantities that move as one, such as those of one path through time, the first stands for all.
    """
    bases = {name: _basis(each) for name, each in different(quantities).items()}
    plain = _basis(np.arange(len(losses), dtype=float))
    return _told("quantity", losses, bases, [plain] * len(bases), seed)


def values_of_publishers(
    losses: np.ndarray, said: Mapping[str, np.ndarray], seed: int = 0
) -> pd.DataFrame:
    """What each publisher's statements would be worth: a row a publisher, who is worth most first.

    `said` has of each a row a replication, a column a number that would be said of it. The expected value
    of sample information by regression on the same runs (Strong, Oakley, Brennan and Breeze, Estimating
    the expected value of sample information using the probabilistic sensitivity analysis sample, Medical
    Decision Making 35, 2015): as `values_of_each`, on the first `COMPONENTS_SAID` principal components of
    what would be said.

    Columns: `publisher`, and as in `values_of_each`, whose noise is here of shuffled statements.
    """
    bases = {name: _basis(*_components(each)) for name, each in said.items()}
    return _told("publisher", losses, bases, [*bases.values()], seed)


def _told(
    what: str,
    losses: np.ndarray,
    bases: Mapping[str, Basis],
    shuffled: Sequence[Basis],
    seed: int,
) -> pd.DataFrame:
    """What each would be worth, beside the noise: the greatest of those of `shuffled` replications."""
    import pandas as pd

    random = np.random.default_rng(seed)
    chosen = int(losses.mean(axis=0).argmin())  # from it policies differ least by luck in common
    apart = np.delete(losses, chosen, axis=1) - losses[:, [chosen]]
    found = {name: _value(apart, basis) for name, basis in bases.items()}
    greatest = np.zeros(ROUNDS)
    for basis, times in Counter(map(id, shuffled)).items():
        own = next(each for each in shuffled if id(each) == basis)
        for number in range(ROUNDS):
            by_chance = _of_shuffled(apart, own, times, random)
            greatest[number] = max(greatest[number], by_chance)
    perfect = value_of_perfect_information(losses)
    table = pd.DataFrame(
        {
            what: [*found],
            "value": [*found.values()],
            "of_perfect": [each / perfect if perfect else 0.0 for each in found.values()],
            # Above it p is below 0.05.
            "noise": float(np.quantile(greatest, 0.95, method="higher")),
            "p": [(1 + int((greatest >= each).sum())) / (ROUNDS + 1) for each in found.values()],
        }
    )
    return table.sort_values("value", ascending=False, ignore_index=True, kind="stable")


def _of_shuffled(apart: np.ndarray, basis: Basis, times: int, random: np.random.Generator) -> float:
    """The greatest value of so many quantities that nothing hangs on: differences are shuffled instead."""
    replications, policies = apart.shape
    order = random.permuted(np.tile(np.arange(replications), (times, 1)), axis=1)
    outcomes = apart[order].transpose(1, 0, 2).reshape(replications, -1)
    fitted = _fitted(outcomes, *basis).reshape(replications, times, policies)
    least = np.minimum(fitted.min(axis=2), 0.0).mean(axis=0)
    values = np.minimum(fitted.mean(axis=0).min(axis=1), 0.0) - least
    value = float(values.max(initial=0.0))
    return value if value > ROUNDING * np.abs(apart).max(initial=0.0) else 0.0


def _components(said: np.ndarray) -> list[np.ndarray]:
    """What of several numbers differs most between replications, each alike in weight."""
    spread = said.std(axis=0)
    standard = (said - said.mean(axis=0))[:, spread > 0] / spread[spread > 0]
    if not standard.size:
        return [np.zeros(len(said))]
    columns, sizes, _ = np.linalg.svd(standard, full_matrices=False)
    kept = min(COMPONENTS_SAID, int((sizes > 1e-8 * sizes[0]).sum()))
    return [columns[:, place] for place in range(kept)]


def different(quantities: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Of quantities by replication those that vary, each order of replications once."""
    found: dict[bytes, tuple[str, np.ndarray]] = {}
    for name, each in quantities.items():
        if np.ptp(each) > 0:
            found.setdefault(each.argsort(kind="stable").tobytes(), (name, each))
    return dict(found.values())


def _basis(*quantities: np.ndarray) -> Basis:
    """Of cubic splines in quantities' ranks: orthogonal columns without their means, and their sizes."""
    from scipy.interpolate import BSpline
    from scipy.stats import rankdata

    knots = np.concatenate([[0.0] * 3, np.linspace(0, 1, PARTS + 1), [1.0] * 3])
    ranks = [(rankdata(quantity) - 0.5) / len(quantity) for quantity in quantities]
    spline = np.hstack([BSpline.design_matrix(each, knots, 3).toarray() for each in ranks])
    columns, sizes, _ = np.linalg.svd(spline - spline.mean(axis=0), full_matrices=False)
    kept = sizes > 1e-8 * sizes[0]
    return columns[:, kept], sizes[kept]


def _value(apart: np.ndarray, basis: Basis) -> float:
    """Of differences from the best policy, and a quantity."""
    fitted = _fitted(apart, *basis)
    least = np.minimum(fitted.min(axis=1), 0.0)
    value = float(min(fitted.mean(axis=0).min(), 0.0) - least.mean())
    return value if value > ROUNDING * np.abs(apart).max(initial=0.0) else 0.0


def _fitted(outcomes: np.ndarray, columns: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Ridge regression of each outcome, its penalty chosen by leaving one replication out.

    The residual of a replication left out is that of the whole fit over one less its leverage (PRESS:
    Allen, The relationship between variable selection and data augmentation and a method for prediction,
    Technometrics 16, 1974).
    """
    middle = outcomes.mean(axis=0)
    centred = outcomes - middle
    found, best = np.zeros_like(centred), np.full(centred.shape[1], np.inf)
    along = columns.T @ centred
    for penalty in PENALTIES * sizes[0] ** 2:
        kept = sizes**2 / (sizes**2 + penalty)
        fitted = columns @ (kept[:, None] * along)
        leverage = (columns**2 @ kept + 1 / len(columns))[:, None]
        missed = (((centred - fitted) / (1 - leverage)) ** 2).sum(axis=0)
        found = np.where(missed < best, fitted, found)
        best = np.minimum(best, missed)
    smooth: np.ndarray = found + middle
    return smooth
