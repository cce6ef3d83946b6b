"""The worlds that tests compare, and what is measured in a run of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ebbtide.claims import patterns
from ebbtide.claims.claim_tests import (
    ClaimTests,
    FigureTest,
    Other,
    Pace,
    RuleTest,
    Severity,
    SignTest,
)
from ebbtide.claims.forecasts import forecast_measures
from ebbtide.claims.kind import KindOfMeasure, Measuring
from ebbtide.claims.measures import days_noted
from ebbtide.evidence.lived import Lived
from ebbtide.scenario.library import lived_with

if TYPE_CHECKING:
    from ebbtide.claims.reading import CaseTests
    from ebbtide.scenario import Policy, Scenario

Several = Callable[[Measuring], Mapping[str, float]]


@dataclass(frozen=True)
class MeasuredWorld:
    """A scenario under a policy for so many weeks, and what is measured there, by name.

    A world that is `paired` alone is lived as often as rule tests ask, others as often as it is said.
    """

    scenario: Scenario
    policy: Policy
    weeks: int
    paired: bool
    named: Mapping[str, KindOfMeasure] = field(repr=False)
    periods: Mapping[str, Any] = field(repr=False)
    measures: dict[str, KindOfMeasure] = field(default_factory=dict, repr=False)
    several: dict[str, Several] = field(default_factory=dict, repr=False)  # numbers of a pattern

    def numbers(self, seed: int, values: Mapping[str, object]) -> dict[str, float]:
        """What is measured of one run; of a pattern, by its name and each number's."""
        from ebbtide.model import Insurgency

        scenario, policy = lived_with(self.scenario, self.policy, values)
        model = Insurgency(scenario, rng=seed, policy=policy)
        days = days_noted([*self.measures.values(), *self.named.values()])
        lived = Lived.of(model, self.weeks, days)
        run = Measuring(lived, self.named, self.periods)
        found = {name: measure.value(run) for name, measure in self.measures.items()}
        for name, numbers in self.several.items():
            found |= {f"{name}: {key}": value for key, value in numbers(run).items()}
        return found


class Worlds:
    """Every world that the tests of a file need; one that several tests need is there once."""

    def __init__(self, tests: CaseTests) -> None:
        self.tests = tests
        self.by_id: dict[str, MeasuredWorld] = {}
        scenario, file = tests.scenario, tests.file
        self.at_cut = scenario.week_of(scenario.file.cut or scenario.file.end)
        self.usual = self._world(Other(), scenario.weeks, paired=False)
        self.paired: dict[str, tuple[str, str]] = {}  # by test: the world with it, without it
        for name, row in file.of(RuleTest):
            self._pair(f"rule.{name}", row, row.measure)
        for name, sign in file.of(SignTest):
            if sign.measure is not None:
                self._pair(f"sign.{name}", sign, sign.measure)
        usual = self.by_id[self.usual]
        usual.measures.update(_of_usual(file))
        usual.several.update(_patterns(file))

    def _pair(self, name: str, row: RuleTest | SignTest, measure: KindOfMeasure) -> None:
        paired = isinstance(row, RuleTest)
        weeks = self._weeks(row) if paired else self.tests.scenario.weeks
        both = (self._world(Other(), weeks, paired), self._world(row, weeks, paired))
        self.paired[name] = both
        for world in both:
            self.by_id[world].measures[name] = measure

    def _weeks(self, row: RuleTest | SignTest) -> int:
        until = row.until if isinstance(row, RuleTest) else None
        return self.at_cut if until is None else self.tests.scenario.week_of(until)

    def _world(self, other: Other, weeks: int, paired: bool) -> str:
        """The id of a world, made if it is not there yet."""
        changed = [f"{path} = {value}" for path, value in sorted(other.without.items())]
        name = "; ".join([other.policy or "usual", *changed, f"{weeks} weeks"])
        if name in self.by_id:
            if not paired:
                self.by_id[name] = replace(self.by_id[name], paired=False)
        else:
            tests = self.tests
            scenario = tests.scenario
            if other.without:
                scenario = scenario.with_overrides(other.without)
            named = tests.file.measure
            self.by_id[name] = MeasuredWorld(
                scenario, tests.policy(other), weeks, paired, named, tests.file.periods
            )
        return name


def _of_usual(file: ClaimTests) -> dict[str, KindOfMeasure]:
    """What is measured in the scenario as it is: by test, and by the names that words use."""
    found: dict[str, KindOfMeasure] = {
        f"measure.{name}": named for name, named in file.measure.items()
    }
    found |= {f"figure.{name}": row.measure for name, row in file.of(FigureTest)}
    found |= {f"sign.{name}": row.holds for name, row in file.of(SignTest) if row.holds}
    found |= forecast_measures(file)
    for name, breakdown in file.breakdown.items():
        for number, part in enumerate(breakdown.part):
            found[f"breakdown.{name}: {number}"] = part.measure
    return found


def _patterns(file: ClaimTests) -> dict[str, Several]:
    found: dict[str, Several] = {}
    for name, test in file.of(Severity):
        found[f"pattern.{name}"] = partial(patterns.severity, period=test.period)
    for name, pace in file.of(Pace):
        found[f"pattern.{name}"] = partial(patterns.paces, period=pace.period)
    return found
