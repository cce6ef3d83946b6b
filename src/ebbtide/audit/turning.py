"""On what the outcome turns over: acts that move nothing, and numbers that move it far.

One act is left out, or one number moved to the end of its prior, and all else stays: the medians, the
policy, the random numbers. What acts only together with others is not seen so; how far all priors
together lie from the medians, runs say that draw them all.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.override_notes import MovesNothing
from ebbtide.scenario.quantity import TAIL
from ebbtide.scenario.schema.policy import POLICY_TABLES
from ebbtide.study.design import Design, Run, seed_of
from ebbtide.study.simulate import RunTables, Simulator, free
from ebbtide.study.spread import INTERVAL

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.scenario import Policy, Scenario
    from ebbtide.study.design import Value

SEEDS = 3  # runs of each world, so that chance alone makes no edge
PRIOR_ENDS = {"low": TAIL, "high": 1 - TAIL}  # of a prior, as probabilities
TURNS = 2.0  # the outcome at one end, of that at the other, from which on a number is told
AS_IT_IS, ALL_DRAWN = "as it is", "all priors drawn"
DRAWS = 25  # runs that draw all priors
FAR = (
    1.5  # times the median of these, or as much less, from which on the run at the medians is told
)
FEWEST = 10  # men in the last week, under which a group is as good as gone: a guess
_BYTES = 6  # of a digest, kept as a whole number that a float still holds exactly


@dataclass(frozen=True)
class Turning:
    """A task of runs: the scenario as it is, without each act, and with each number at its ends."""

    scenario: Scenario
    base_seed: int

    modules = Simulator.modules
    compile_ahead = staticmethod(Simulator.compile_ahead)

    @cached_property
    def worlds(self) -> dict[str, tuple[Policy, Mapping[str, Value]]]:
        """Policy and values of each world, by its name."""
        policy = self.scenario.policy
        found: dict[str, tuple[Policy, Mapping[str, Value]]] = {
            AS_IT_IS: (policy, {}),
            ALL_DRAWN: (policy, {}),
        }
        for act in done(policy):
            found[without(act)] = (_without(policy, act), {})
        paths: dict[str, list[str]] = {}
        known = self.scenario.uncertain_under()
        for path in known:
            paths.setdefault(self.scenario.draw_of(path), []).append(path)
        for draw, moved in paths.items():
            for end, probability in PRIOR_ENDS.items():
                values = {path: known[path].quantile(probability) for path in moved}
                found[at_end(draw, end)] = (policy, values)
        return found

    def runs(self) -> Iterator[Run]:
        """Every run, with the world's name where a study has its policy's."""
        number = 0
        drawn = Design(self.scenario, (ALL_DRAWN,), DRAWS, self.base_seed)
        for name in self.worlds:
            for replication in range(DRAWS if name == ALL_DRAWN else SEEDS):
                values = drawn[replication].values if name == ALL_DRAWN else {}
                yield Run(number, name, replication, seed_of(self.base_seed, replication), values)
                number += 1

    def __call__(self, run: Run) -> RunTables:
        """One run: the fighters of the focus in the last week, and a digest of all outcomes."""
        from ebbtide.model import Insurgency

        policy, values = self.worlds[run.policy]
        changed: Mapping[str, Any] = {**values, **run.values}
        with warnings.catch_warnings():  # what moves nothing is what is asked
            warnings.simplefilter("ignore", MovesNothing)
            model = Insurgency(self.scenario, rng=run.seed, policy=policy, **changed)
        try:
            model.run_until_end()
            names = list(self.scenario.file.groups)
            rows = [names.index(group) for group in self.scenario.focus_groups]
            told = blake2b(digest_size=_BYTES)
            for table in (model.state.series.table, model.state.force_series.table):
                told.update(table.tobytes())
            fighters = int(model.state.series.fighters[-1, rows].sum())
            return RunTables(
                None, None, {"fighters": fighters, "digest": int.from_bytes(told.digest(), "big")}
            )
        finally:
            free(model)


@dataclass(frozen=True, slots=True)
class Turned:
    """What came of the runs.

    `as_it_is` are the fighters of the focus in the last week, least and most of the seeds, and
    `all_drawn` the median and the ends of the middle nine tenths of runs that draw all priors, which
    the run at the medians is `from_median` times (medians of the seeds, one man added to both);
    `idle_acts` moved no outcome with any seed; `acts` have what the fighters are without an act, of
    what they are with it, and `numbers` what they are at the high end of a prior, of those at the low
    end (medians of the seeds, one man added to both), what moves them most first.
    """

    as_it_is: tuple[int, int]
    all_drawn: tuple[int, int, int]
    from_median: float
    idle_acts: list[str]
    acts: dict[str, float]
    numbers: dict[str, float]

    @property
    def is_gone(self) -> bool:
        """Whether the focus is as good as gone at the medians, with every seed."""
        return self.as_it_is[1] < FEWEST

    @property
    def revived_by(self) -> list[str]:
        """The acts without which, and the numbers at an end of whose prior, a gone focus lives on."""
        acts = [act for act, ratio in self.acts.items() if ratio >= FEWEST]
        ends = [
            draw for draw, ratio in self.numbers.items() if abs(math.log(ratio)) >= math.log(FEWEST)
        ]
        return acts + ends

    @property
    def is_far_from_median(self) -> bool:
        """Whether the run at the medians is another than the median of runs."""
        return not 1 / FAR < self.from_median < FAR

    @property
    def edges(self) -> list[str]:
        """The numbers on whose prior the outcome turns over: it is TURNS times as much at one end."""
        return [draw for draw, ratio in self.numbers.items() if not 1 / TURNS < ratio < TURNS]


def turned(task: Turning, drawn: Mapping[str, pd.DataFrame]) -> Turned:
    """Read the runs of a task, by world."""
    usual = drawn[AS_IT_IS]
    policy = task.scenario.policy
    idle, acts = [], {}
    for act in done(policy):
        left_out = drawn[without(act)]
        if left_out["digest"].equals(usual["digest"]):
            idle.append(act)
        else:
            acts[act] = _ratio(left_out, usual)
    draws = dict.fromkeys(map(task.scenario.draw_of, task.scenario.uncertain_under()))
    numbers = {
        draw: _ratio(drawn[at_end(draw, "high")], drawn[at_end(draw, "low")]) for draw in draws
    }
    fighters = usual["fighters"]
    ends = int(fighters.min()), int(fighters.max())
    middle, low, high = drawn[ALL_DRAWN]["fighters"].quantile([0.5, *INTERVAL])
    of_runs = round(middle), round(low), round(high)
    from_median = float((fighters.median() + 1) / (middle + 1))
    return Turned(ends, of_runs, from_median, idle, _farthest_first(acts), _farthest_first(numbers))


def _farthest_first(ratios: Mapping[str, float]) -> dict[str, float]:
    names = sorted(ratios, key=lambda name: -abs(math.log(ratios[name])))
    return {name: ratios[name] for name in names}


def without(act: str) -> str:
    """The name of the world without an act."""
    return f"without {act}"


def at_end(draw: str, end: str) -> str:
    """The name of the world with a number at an end of its prior."""
    return f"{draw} {end}"


def _ratio(one: pd.DataFrame, other: pd.DataFrame) -> float:
    return float(((one["fighters"] + 1) / (other["fighters"] + 1)).median())


def done(policy: Policy) -> tuple[str, ...]:
    """What a policy does, by id: its acts, then its deployments."""
    return tuple(name for table in POLICY_TABLES for name in getattr(policy.file, table))


def _without(policy: Policy, act: str) -> Policy:
    left = {
        table: {name: stated for name, stated in getattr(policy.file, table).items() if name != act}
        for table in POLICY_TABLES
    }
    return replace(policy, file=policy.file.model_copy(update=left))
