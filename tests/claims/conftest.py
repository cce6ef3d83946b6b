from functools import cache

import pytest

from ebbtide.claims.criteria import Effect
from ebbtide.claims.reading import CaseTests, read_tests
from ebbtide.claims.worlds import Worlds
from ebbtide.scenario import load


class Pairs:
    """Both worlds of a paired test at the priors' medians, seed by seed; a world is lived once."""

    SEEDS = 12

    def __init__(self, tests: CaseTests) -> None:
        self.worlds = Worlds(tests)
        self._numbers = cache(lambda world, seed: self.worlds.by_id[world].numbers(seed, {}))

    def effect(self, test: str) -> Effect:
        """What the mechanism does to the measure, over the seeds."""
        with_it, without = (
            [self._numbers(world, seed)[test] for seed in range(self.SEEDS)]
            for world in self.worlds.paired[test]
        )
        return Effect.of(with_it, without)


@pytest.fixture(scope="session")
def pairs(shipped: CaseTests) -> Pairs:
    return Pairs(shipped)


@pytest.fixture(scope="session")
def shipped() -> CaseTests:
    """The claim tests of the shipped case."""
    return read_tests(load("khorasan"))


@pytest.fixture
def tests(shipped: CaseTests) -> CaseTests:
    return shipped
