"""On what the outcome turns over: acts that move nothing, and numbers that move it far.

One act is left out, or one number moved to the end of its prior, and all else stays: the medians, the
policy, the random numbers. What acts only together with others is not seen so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.quantity import TAIL
from ebbtide.study.design import Run, seed_of
from ebbtide.study.simulate import RunTables, Simulator, free

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.scenario import Policy, Scenario
    from ebbtide.study.design import Value

SEEDS = 3  # runs of each world, so that chance alone makes no edge
ENDS = {"low": TAIL, "high": 1 - TAIL}  # of a prior, as probabilities
TURNS = 2.0  # the outcome at one end, of that at the other, from which on a number is told
AS_IT_IS = "as it is"
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
        found: dict[str, tuple[Policy, Mapping[str, Value]]] = {AS_IT_IS: (policy, {})}
        for act in policy.file.acts:
            found[without(act)] = (_without(policy, act), {})
        paths: dict[str, list[str]] = {}
        for path, draw in self.scenario.draws.items():
            paths.setdefault(draw, []).append(path)
        for draw, moved in paths.items():
            for end, probability in ENDS.items():
                values = self.scenario.sample(dict.fromkeys(moved, probability))
                found[at_end(draw, end)] = (policy, {path: values[path] for path in moved})
        return found

    def runs(self) -> Iterator[Run]:
        """Every run, with the world's name where a study has its policy's."""
        number = 0
        for name in self.worlds:
            for replication in range(SEEDS):
                yield Run(number, name, replication, seed_of(self.base_seed, replication))
                number += 1

    def __call__(self, run: Run) -> RunTables:
        """One run: the fighters of the focus in the last week, and a digest of all outcomes."""
        from ebbtide.model import Insurgency

        policy, values = self.worlds[run.policy]
        changed: Mapping[str, Any] = values
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

    `as_it_is` are the fighters of the focus in the last week, least and most of the seeds;
    `idle_acts` moved no outcome with any seed; `acts` have what the fighters are without an act, of
    what they are with it, and `numbers` what they are at the high end of a prior, of those at the low
    end (medians of the seeds, one man added to both), what moves them most first.
    """

    as_it_is: tuple[int, int]
    idle_acts: list[str]
    acts: dict[str, float]
    numbers: dict[str, float]

    @property
    def edges(self) -> list[str]:
        """The numbers on whose prior the outcome turns over: it is TURNS times as much at one end."""
        return [draw for draw, ratio in self.numbers.items() if not 1 / TURNS < ratio < TURNS]


def turned(task: Turning, drawn: Mapping[str, pd.DataFrame]) -> Turned:
    """Read the runs of a task, by world."""
    usual = drawn[AS_IT_IS]
    policy = task.scenario.policy
    idle, acts = [], {}
    for act in policy.file.acts:
        left_out = drawn[without(act)]
        if left_out["digest"].equals(usual["digest"]):
            idle.append(act)
        else:
            acts[act] = _ratio(left_out, usual)
    draws = dict.fromkeys(task.scenario.draws.values())
    numbers = {
        draw: _ratio(drawn[at_end(draw, "high")], drawn[at_end(draw, "low")]) for draw in draws
    }
    fighters = usual["fighters"]
    ends = int(fighters.min()), int(fighters.max())
    return Turned(ends, idle, _farthest_first(acts), _farthest_first(numbers))


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


def _without(policy: Policy, act: str) -> Policy:
    acts = {name: stated for name, stated in policy.file.acts.items() if name != act}
    return replace(policy, file=policy.file.model_copy(update={"acts": acts}))
