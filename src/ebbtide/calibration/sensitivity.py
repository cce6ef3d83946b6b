"""What outcomes hang on, from the runs of a bank that its priors drew: no run is lived again.

Two measures of given runs, by a library. First-order indices: the share of an outcome's variance that
a quantity explains alone (RBD-FAST: Tarantola, Gatelli and Mara 2006), in the outcome's ranks, since
strength is heavy-tailed. PAWN: how far an outcome's whole distribution moves where a quantity is known
(Pianosi and Wagener 2018), beside that of a number that nothing hangs on, which is its noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.calibration.report import scores_of_all

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.posterior import Posterior

SLICES = 10  # of a quantity's range, in which an outcome's distribution is looked at
RESAMPLES = 100  # of the runs, for the error of what RBD-FAST finds
HARMONICS = 10  # of RBD-FAST; what noise alone explains is twice as many over the number of runs
MOST_NOISE = 0.05  # guess: with more, a quantity that explains a few % cannot be told from none
NOTHING = "(a number that nothing hangs on)"
PEAK, LEFT_AT_CUT = "fighters_peak", "left_at_cut"
OF_INTEREST = {  # numbers of a run, and one made of two of them, in words
    "fighters_at_cut": "fighters at the cut",
    LEFT_AT_CUT: "fighters at the cut, as a part of the most ever",
    "fighters_at_end": "fighters in the last week",
    "districts_held_at_cut": "districts held at the cut",
}
NUMBERS_NEEDED = (PEAK, *(name for name in OF_INTEREST if name != LEFT_AT_CUT))


@dataclass(frozen=True)
class OutcomeOfInterest:
    """Something that comes of a run: `of` are its numbers, a number a run."""

    name: str
    words: str
    of: np.ndarray


def outcomes_of_interest(posterior: Posterior) -> list[OutcomeOfInterest]:
    """Strength at the cut and in the last week, how much of the peak is left, and the ground."""
    seen = {name: posterior.seen[name] for name in NUMBERS_NEEDED}
    seen[LEFT_AT_CUT] = seen["fighters_at_cut"] / np.maximum(seen[PEAK], 1.0)
    return [OutcomeOfInterest(name, words, seen[name]) for name, words in OF_INTEREST.items()]


def too_few(runs: int) -> bool:
    """Whether so many runs tell nothing of what an outcome hangs on."""
    return 2 * HARMONICS / runs > MOST_NOISE


def _by_draw(posterior: Posterior, runs: list[int]) -> dict[str, np.ndarray]:
    """Where each draw of uncertain quantities stands: a number a run, by the first quantity of it."""
    draws: set[str] = set()
    found = {}
    for path, scores in scores_of_all(posterior.bank, runs).items():
        draw = posterior.bank.scenario.draw_of(path)
        if draw not in draws:
            draws.add(draw)
            found[path] = scores
    return found


def sensitivity(posterior: Posterior, outcome: OutcomeOfInterest, seed: int = 0) -> pd.DataFrame:
    """A row a quantity, what matters most first.

    Quantities that share a draw are one, named by the first of them.
    Columns: `quantity`, `direction` (rank correlation: its sign says which way), `first_order` and
    `first_order_error` (95%; NaN where so few runs differ that some resamples are all alike), `pawn`. The
    last row is a number that nothing hangs on.
    """
    import pandas as pd
    from SALib.analyze import pawn, rbd_fast
    from scipy import stats

    of_prior = np.flatnonzero(posterior.runs["run"].to_numpy() < posterior.bank.rounds[0][0])
    runs = posterior.runs["run"].iloc[of_prior].tolist()
    random = np.random.default_rng(seed)
    scores = _by_draw(posterior, runs) | {NOTHING: random.standard_normal(len(runs))}
    names, sampled = list(scores), np.stack([*scores.values()], axis=1)
    ranked = stats.rankdata(outcome.of[of_prior]) / len(runs)
    if np.ptp(ranked) == 0.0:  # the same in every run: nothing moves it
        ranked = random.random(len(runs))
    problem: dict[str, Any] = {
        "num_vars": len(names),
        "names": names,
        "bounds": [[-6.0, 6.0]] * len(names),
    }
    with np.errstate(invalid="ignore"):  # of a resample in which no run differs
        first = rbd_fast.analyze(
            problem, sampled, ranked, M=HARMONICS, num_resamples=RESAMPLES, seed=seed
        )
    moved = pawn.analyze(problem, sampled, ranked, S=SLICES, seed=seed)
    found = pd.DataFrame(
        {
            "quantity": names,
            "direction": [float(stats.spearmanr(column, ranked)[0]) for column in sampled.T],
            "first_order": np.asarray(first["S1"], float),
            "first_order_error": np.asarray(first["S1_conf"], float),
            "pawn": np.asarray(moved["median"], float),
        }
    )
    nothing = found[found["quantity"] == NOTHING]
    told = found[found["quantity"] != NOTHING].sort_values("first_order", ascending=False)
    return pd.concat([told, nothing], ignore_index=True)
