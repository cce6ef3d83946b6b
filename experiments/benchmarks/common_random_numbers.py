"""By how much common random numbers cut the variance of the difference between two policies.

    uv run python experiments/benchmarks/common_random_numbers.py [--replications 40] [--out DIR]

The policies of `khorasan` as they are stated, and some of them taken up in July 2015, beside its record,
every uncertain quantity at its median: replications differ in random numbers alone, which policies share.
Of mean strength, from the week on in which a policy parts from the record, the variance of the paired
difference stands beside that of runs with seeds of their own, which is the sum of both policies' variances
and takes no other runs (Law, Simulation Modeling and Analysis, 5th edition, 2015, 11.2). The interval of
their ratio is a bootstrap of replications (BCa: Efron, Better bootstrap confidence intervals, Journal of
the American Statistical Association 82, 1987); of few it is rough. The mark is a ratio of 5, the goal one
of 10, for policies that change strength by about a fifth. With --out it goes on where it stopped.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import ebbtide as eb
from ebbtide.comparison.outcomes import HEADLINE
from ebbtide.comparison.paired import WithInterval, relative_difference, variance_ratio
from ebbtide.scenario import Scenario, load, load_policy
from ebbtide.scenario.parting import parting
from ebbtide.study.precision import LEVEL

JULY_2015 = "@2015-07-01"
TAKEN_UP_EARLY = ("leadership-targeting", "finance-interdiction", "tribal-engagement", "offensive")
MARK, GOAL = 5.0, 10.0
ABOUT_A_FIFTH = (0.15, 0.25)  # guess: a change of strength, either way, of which the mark speaks
RESAMPLES = 4999
FEWEST_RESAMPLED = 10  # replications, below which a ratio has no interval


@dataclass(frozen=True)
class Cut:
    """What shared random numbers do for one policy: its change of strength, and variances.

    `shared` is that of the paired difference, `independent` of runs with seeds of their own, in squares of
    the outcome's unit. `ratio` is the second over the first; NaN where no replication differs.
    """

    policy: str
    change: WithInterval
    shared: float
    independent: float
    ratio: WithInterval

    @property
    def about_a_fifth(self) -> bool:
        """Whether the mark speaks of it."""
        least, most = ABOUT_A_FIFTH
        return least <= abs(self.change.value) <= most


def cut_of(policy: str, own: np.ndarray, reference: np.ndarray, seed: int = 0) -> Cut:
    """Of an outcome under a policy and under the reference, by replication."""
    return Cut(
        policy=policy,
        change=relative_difference(own, reference),
        shared=float((own - reference).var(ddof=1)),
        independent=float(own.var(ddof=1) + reference.var(ddof=1)),
        ratio=_with_interval(own, reference, seed),
    )


def cuts_of(
    scenario: Scenario,
    policies: Sequence[str],
    replications: int,
    seed: int,
    folder: Path,
    workers: int | None = None,
) -> list[Cut]:
    """Run what is not kept yet, at the medians, and read each policy from where it parts."""
    found = eb.compare(
        scenario, policies, replications=replications, seed=seed, fixed=True, outcomes=[HEADLINE],
        workers=workers, out=folder,
    )  # fmt: skip
    days = {name: parting(load_policy(name, scenario), scenario.policy) for name in policies}
    cuts = []
    for day in sorted({day for day in days.values() if day is not None}):
        counted = eb.Comparison.of(found.results, start=day, outcomes=[HEADLINE])
        values = dict(zip(counted.policies, counted.told(HEADLINE).T, strict=True))
        parted = [name for name in policies if days[name] == day]
        reference = values[scenario.policy.id]
        cuts += [cut_of(name, values[name], reference, seed) for name in parted]
    return cuts


def verdict(cuts: Iterable[Cut]) -> str:
    """Whether the mark is met, by every policy of which it speaks."""
    least, most = ABOUT_A_FIFTH
    asked = [each for each in cuts if each.about_a_fifth]
    if not asked:
        return f"no policy changes strength by {least:.0%} to {most:.0%}: the mark says nothing of these"
    lowest = min(asked, key=lambda each: each.ratio.value)
    met = "met" if lowest.ratio.value >= MARK else "not met"
    clearly = "" if lowest.ratio.low >= MARK or met == "not met" else ", its interval reaches below"
    goal = "reached" if lowest.ratio.value >= GOAL else "not reached"
    return (
        f"of {len(asked)} that change strength by {least:.0%} to {most:.0%} the least is cut by "
        f"{lowest.policy}, {_ratio(lowest.ratio)}: the mark ({MARK:g} times) is {met}{clearly}; the goal "
        f"({GOAL:g} times) is {goal}"
    )


def _with_interval(own: np.ndarray, reference: np.ndarray, seed: int) -> WithInterval:
    from scipy.stats import bootstrap

    found = variance_ratio(own, reference)
    if np.isnan(found) or len(own) < FEWEST_RESAMPLED:
        return WithInterval(found, np.nan, np.nan)

    def log_ratio(own: np.ndarray, reference: np.ndarray, axis: int = -1) -> np.ndarray:
        both = own.var(axis=axis, ddof=1) + reference.var(axis=axis, ddof=1)
        with np.errstate(divide="ignore"):  # where no run of a resample differs
            logarithm: np.ndarray = np.log(both / (own - reference).var(axis=axis, ddof=1))
        return logarithm

    between = bootstrap(
        (own, reference), log_ratio, paired=True, vectorized=True, n_resamples=RESAMPLES,
        confidence_level=LEVEL, rng=np.random.default_rng(seed),
    ).confidence_interval  # fmt: skip
    return WithInterval(found, float(np.exp(between.low)), float(np.exp(between.high)))


def _ratio(ratio: WithInterval) -> str:
    if np.isnan(ratio.value):
        return "no run differs"
    return f"{ratio.value:.3g} times ({ratio.low:.3g} to {ratio.high:.3g})"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line a policy, and whether the mark is met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args(arguments)
    scenario = load("khorasan")
    names = sorted(file.stem for file in scenario.policy.path.parent.glob("*.toml"))
    names = [name for name in names if name != scenario.policy.id]
    names += [f"{name}{JULY_2015}" for name in TAKEN_UP_EARLY]
    with tempfile.TemporaryDirectory() as place:
        folder = asked.out or Path(place) / "results"
        cuts = cuts_of(scenario, names, asked.replications, asked.seed, folder)
    print(
        f"{asked.replications} replications at the medians, seed {asked.seed}: {HEADLINE} against "
        f"{scenario.policy.id}, with {LEVEL:.0%} intervals"
    )
    print(f"{'policy':<34} {'change':>24} {'shared':>9} {'independent':>11}  cut")
    for each in cuts:
        low, high = each.change.low, each.change.high
        change = f"{each.change.value:+.1%} ({low:+.1%} to {high:+.1%})"
        print(
            f"{each.policy:<34} {change:>24} {each.shared:9.3g} {each.independent:11.3g}  "
            f"{_ratio(each.ratio)}{' *' if each.about_a_fifth else ''}"
        )
    print(verdict(cuts))


if __name__ == "__main__":
    main()
