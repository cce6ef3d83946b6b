from functools import cache

import numpy as np
import pytest

from ebbtide.claims.reading import CaseTests, read_tests
from ebbtide.claims.trials import PAIRS, Trials
from ebbtide.claims.worlds import Worlds
from ebbtide.scenario import load


class Pairs:
    """Both worlds of a paired test, replication by replication; a world is lived once."""

    def __init__(self) -> None:
        self.worlds = Worlds(read_tests(load("khorasan")))
        trials = Trials(self.worlds.by_id, PAIRS, 1)
        by_world = {(run.policy, run.replication): run for run in trials.runs()}
        self._numbers = cache(lambda world, r: trials(by_world[world, r]).metrics)

    def differences(self, test: str) -> np.ndarray:
        """The measure with the mechanism less without it, a number a replication."""
        with_it, without = self.worlds.paired[test]
        return np.array(
            [
                self._numbers(with_it, r)[test] - self._numbers(without, r)[test]
                for r in range(PAIRS)
            ]
        )


@pytest.fixture(scope="session")
def pairs() -> Pairs:
    return Pairs()


@pytest.fixture(scope="session")
def tests() -> CaseTests:
    """The claim tests of the shipped case."""
    return read_tests(load("khorasan"))
