"""What the priors alone say of the publishers' figures, before any of these is used to weigh a run.

A prior under which a figure hardly ever comes out has ruled it out unseen; two figures that never come
out together name a structure that the record contradicts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.calibration.jointly import CONFLICT, FACTORS, Jointly, Pair
from ebbtide.claims.arithmetic import Named
from ebbtide.claims.claim_tests import FigureTest
from ebbtide.claims.criteria import Range, near
from ebbtide.claims.figures import rows_named
from ebbtide.claims.measures import days_asked
from ebbtide.claims.words import names_in
from ebbtide.claims.worlds import MeasuredWorld
from ebbtide.scenario.project import label
from ebbtide.scenario.schema.evidence import COUNTED, ClaimKind
from ebbtide.study.design import Design

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.claims.kind import KindOfMeasure
    from ebbtide.claims.reading import CaseTests
    from ebbtide.scenario import Scenario

USUAL_WORLD = "usual"


def worlds_of_figures(tests: CaseTests) -> dict[str, MeasuredWorld]:
    """The scenario as it is, with every prior drawn, as long as the dated figures ask for."""
    file, scenario = tests.file, tests.scenario
    dated = dated_figures(tests)
    days = [days_asked(row.measure, file.measure, file.periods) for row in dated.values()]
    last = max(set().union(*days), default=scenario.file.end)
    named = {name for row in dated.values() for name in names_in(row.words)}
    measures: dict[str, KindOfMeasure] = {
        f"figure.{name}": row.measure for name, row in dated.items()
    }
    measures |= {f"measure.{name}": Named(kind="named", name=name) for name in sorted(named)}
    weeks = scenario.week_of(last)
    return {
        USUAL_WORLD: MeasuredWorld(
            scenario, scenario.policy, weeks, False, file.measure, file.periods, measures
        )
    }


def dated_figures(tests: CaseTests) -> dict[str, FigureTest]:
    """The figures of publishers (C), by id."""
    return {name: row for name, row in tests.file.of(FigureTest) if row.of_kind == ClaimKind.FIGURE}


def rows_used(tests: CaseTests) -> dict[str, tuple[int, int]]:
    """Of each file of evidence how many rows dated figures name, and how many it has."""
    used: dict[str, set[int]] = {}
    for row in dated_figures(tests).values():
        if row.evidence is not None:
            path = (tests.path.parent / row.evidence.file).resolve()
            used.setdefault(label(path), set()).update(rows_named(row.evidence, path))
    return {
        file.name: (len(used.get(file.name, ())), len(file.rows))
        for file in tests.scenario.published.files.values()
    }


def figure_to_write(scenario: Scenario) -> str | None:
    """The lines of claim tests that hold runs against a figure of the scenario's own evidence.

    That of the first row of strength that stands beside an outcome; None without one.
    """
    files, outcomes = scenario.published.files, COUNTED
    rows = scenario.published.used("strength") if "strength" in files else []
    row = next((row for row in rows if row["counts"] in outcomes), None)
    if row is None:
        return None
    name, outcome = Path(files["strength"].name).name, outcomes[row["counts"]]
    return (
        f'source = "ours"\n[figure.first]\nwords = "{outcome} on {row["date"]}"\n'
        f'measure = {{ kind = "at", outcome = "{outcome}", date = {row["date"]} }}\n'
        f'evidence = {{ file = "{name}", where = {{ date = "{row["date"]}" }} }}'
    )


def quantities_drawn(tests: CaseTests, replications: int, seed: int) -> pd.DataFrame:
    """What each replication drew: a row a replication, a column an uncertain quantity."""
    import pandas as pd

    design = Design(tests.scenario, (tests.scenario.policy.id,), replications, seed)
    return pd.DataFrame([dict(run.values) for run in design])


@dataclass(frozen=True, slots=True)
class Mass:
    """How much of the prior comes near one figure."""

    name: str
    row: FigureTest
    found: Range
    within: Mapping[float, float]  # share of draws, by factor


class PriorPredictive:
    """The draws held against every dated figure, alone and together."""

    def __init__(self, tests: CaseTests, drawn: pd.DataFrame) -> None:
        self.tests = tests
        self.drawn = drawn
        self.figures = dated_figures(tests)
        self._near = {factor: self._nearness(factor) for factor in FACTORS}

    def _nearness(self, factor: float) -> Jointly:
        found = {}
        for name in self.figures:
            figure, values = self.tests.figures[name], self.drawn[f"figure.{name}"]
            found[name] = np.array([near(v, figure.low, figure.high, factor) for v in values])
        return Jointly(found)

    def range_of(self, name: str) -> Range:
        """Of a measure that words name."""
        return Range.of(self.drawn[f"measure.{name}"].to_numpy())

    def masses(self, *, held_back: bool) -> list[Mass]:
        """Figure by figure: those that may be fitted, or those held back from that."""
        return [
            Mass(
                name,
                row,
                Range.of(self.drawn[f"figure.{name}"].to_numpy()),
                {factor: self._near[factor].mass(name) for factor in FACTORS},
            )
            for name, row in self.figures.items()
            if self.tests.figures[name].held_back == held_back
        ]

    @property
    def fitted(self) -> list[str]:
        """The figures that may be fitted, which are counted jointly."""
        return [name for name in self.figures if not self.tests.figures[name].held_back]

    def claims(self, names: Sequence[str]) -> list[str]:
        """The claims that speak in these figures."""
        claims = (self.figures[name].claim for name in names)
        return list(dict.fromkeys(claim for claim in claims if claim is not None))

    @property
    def steady(self) -> list[str]:
        """Those of them that do not hang on which of a few attacks happened to succeed."""
        return [name for name in self.fitted if not self.figures[name].heavy_tailed]

    def at_once(self, factor: float, names: Sequence[str]) -> np.ndarray:
        """Of these figures, how many each draw comes near."""
        return self._near[factor].at_once(names)

    def joint(self, factor: float, names: Sequence[str]) -> int:
        """Draws that come near all these figures at once."""
        return round(self._near[factor].joint(names))

    def conflicts(self, factor: float) -> list[Pair]:
        """Pairs of figures that come out together in under half of the draws expected, worst first."""
        pairs = self._near[factor].pairs(self.fitted)
        return [pair for pair in pairs if pair.together < CONFLICT * pair.expected]
