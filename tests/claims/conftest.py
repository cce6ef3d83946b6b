from functools import cache

import numpy as np
import pytest

from ebbtide.claims.reading import CaseTests, read_tests
from ebbtide.claims.worlds import Worlds
from ebbtide.scenario import load


class Pairs:
    """Both worlds of a paired test at the priors' medians, seed by seed; a world is lived once."""

    SEEDS = 12

    def __init__(self) -> None:
        self.worlds = Worlds(read_tests(load("khorasan")))
        self._numbers = cache(lambda world, seed: self.worlds.by_id[world].numbers(seed, {}))

    def differences(self, test: str) -> np.ndarray:
        """The measure with the mechanism less without it, a number a seed."""
        with_it, without = self.worlds.paired[test]
        return np.array(
            [
                self._numbers(with_it, seed)[test] - self._numbers(without, seed)[test]
                for seed in range(self.SEEDS)
            ]
        )


@pytest.fixture(scope="session")
def pairs() -> Pairs:
    return Pairs()


@pytest.fixture(scope="session")
def tests() -> CaseTests:
    """The claim tests of the shipped case."""
    return read_tests(load("khorasan"))
