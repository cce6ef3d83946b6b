"""The tests of claims, judged by the numbers of the runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

import numpy as np

from ebbtide.claims import patterns
from ebbtide.claims.claim_tests import (
    FigureTest,
    ForecastTest,
    JudgedTest,
    Pace,
    Pattern,
    RuleTest,
    Severity,
    SignTest,
    Untested,
)
from ebbtide.claims.criteria import (
    SIGN,
    Effect,
    Null,
    Range,
    Verdict,
    agrees,
    holds,
    near,
    share_interval,
)
from ebbtide.claims.drawn import FITTED, was_weighed
from ebbtide.claims.forecasts import given, held
from ebbtide.claims.null import NullModel
from ebbtide.claims.words import filled, shown
from ebbtide.scenario.schema.evidence import ClaimKind
from ebbtide.study.spread import AS_GOOD, CENTRAL

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.claims.reading import CaseTests
    from ebbtide.claims.trials import NumbersByWorld
    from ebbtide.claims.worlds import Worlds
    from ebbtide.scenario.posterior import PosteriorDraws

RANGE_ALONE = f"{CENTRAL} range"
HELD_BACK = "held back from fitting"
LOOKED_AT = "looked at for"
IN_NINE = f"probability at least {SIGN:g}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One test of one claim (or of none)."""

    claim: str | None
    kind: ClaimKind
    words: str
    model: str
    against: str  # the figure or sign, with its source
    criterion: str
    verdict: Verdict
    null: Null = Null.SILENT
    imposed: str = ""  # by which inputs, where the answer lies in them
    looked_at: str = ""  # which numbers of the model were set looking at what is asked
    held_back: bool = False  # a figure that nothing was fitted to
    publisher: str = ""  # of a figure
    near: tuple[bool, ...] = ()  # of a figure: whether each run comes as near to it as `AS_GOOD`


class Judge:
    """The numbers of all worlds (of draws of a `posterior`, if any), and the tests held against them."""

    def __init__(
        self,
        tests: CaseTests,
        worlds: Worlds,
        numbers: NumbersByWorld,
        posterior: PosteriorDraws | None = None,
    ) -> None:
        self.tests = tests
        self.worlds = worlds
        self.numbers = numbers
        self.posterior = posterior
        self.usual = numbers[worlds.usual]
        self.null = _null_model(tests)

    def findings(self) -> list[Finding]:
        """What C, Q, P and F tests come to: in the order of the ledger, those of no claim last."""
        found = list(self._findings())
        order = [*self.tests.scenario.claims, None]
        return sorted(found, key=lambda finding: order.index(finding.claim))

    def _findings(self) -> Iterator[Finding]:
        for _, name, test in self.tests.file.rows():
            match test:
                case FigureTest():
                    yield self._figure(name, test)
                case SignTest():
                    yield self._sign(name, test)
                case Severity() | Pace() | Untested():
                    yield self._pattern(name, test)
                case ForecastTest():
                    yield self._forecast(name, test)
                case RuleTest():
                    pass  # of which `effects` tells
                case _:
                    assert_never(test)

    def effects(self) -> dict[str, Effect]:
        """What each rule test's mechanism does, by the test's id."""
        pairs = {name: self._pairs(f"rule.{name}") for name, _ in self.tests.file.of(RuleTest)}
        return {name: Effect.of(a.to_numpy(), b.to_numpy()) for name, (a, b) in pairs.items()}

    def differences(self, test: str) -> np.ndarray:
        """Of a paired test: the measure with less without, a number a replication."""
        with_it, without = self._pairs(test)
        return (with_it - without).to_numpy()

    def breakdown(self, name: str) -> list[Range]:
        """The parts of a breakdown, over the runs of the scenario as it is."""
        parts = range(len(self.tests.file.breakdown[name].part))
        return [Range.of(self.usual[f"breakdown.{name}: {part}"].to_numpy()) for part in parts]

    def _pairs(self, test: str) -> tuple[pd.Series, pd.Series]:
        """The measure in both worlds, by the replications that both were lived in."""
        with_it, without = (self.numbers[world][test] for world in self.worlds.paired[test])
        return with_it.align(without, join="inner")

    def _range(self, name: str) -> Range:
        return Range.of(self.usual[f"measure.{name}"].to_numpy())

    def _filled(self, text: str) -> str:
        return filled(text, self._range, lambda name: self.usual[f"measure.{name}"].mean())

    def _figure(self, name: str, row: FigureTest) -> Finding:
        figure = self.tests.figures[name]
        if self.posterior is not None and was_weighed(self.tests.scenario, row, figure.held_back):
            looked_at = "; ".join(filter(None, (row.looked_at, FITTED)))
            row = row.model_copy(update={"looked_at": looked_at})
        numbers = self.usual[f"figure.{name}"].to_numpy()
        found = Range.of(numbers)
        close = tuple(near(number, figure.low, figure.high, AS_GOOD) for number in numbers)
        factor = None if row.range_alone else row.factor
        criterion = RANGE_ALONE if factor is None else f"{RANGE_ALONE}, factor {factor:g}"
        criterion += f"; {HELD_BACK}" if figure.held_back else ""
        criterion += row.remark or ""
        verdict, criterion = imposed(row, agrees(found, figure.low, figure.high, factor), criterion)
        return Finding(
            row.claim,
            row.of_kind,
            self._filled(row.words),
            shown(found, row.digits),
            row.against or f"{figure} ({figure.source})",
            criterion,
            verdict,
            self._null_of(name, row),
            row.imposed,
            row.looked_at,
            figure.held_back,
            figure.publisher or figure.source,
            close,
        )

    def _null_of(self, name: str, row: FigureTest) -> Null:
        """What the null model makes of a figure: as its test says, else in proportion to another."""
        if row.null is not None:
            return Null[row.null.upper()]
        return Null.SILENT if row.in_proportion_to is None else self._proportional(name, row)

    def _proportional(self, name: str, row: FigureTest) -> Null:
        """Whether the curve, brought to one figure, comes near this one."""
        fitted = str(row.in_proportion_to)
        each = self.tests.figures[fitted].middle / self._curve(self.tests.file.figure[fitted])
        figure = self.tests.figures[name]
        met = near(each * self._curve(row), figure.low, figure.high)
        return Null.MEETS if met else Null.FAILS

    def _curve(self, row: FigureTest) -> float:
        assert self.null is not None
        if row.date is not None:
            return self.null.at(row.date)
        return self.null.total(*self.tests.file.periods[str(row.period)])

    def _sign(self, name: str, row: SignTest) -> Finding:
        if row.holds is not None:
            signs = (self.usual[f"sign.{name}"] == 1).to_numpy()
            note = self._filled(row.note)
        else:
            towards = self.differences(f"sign.{name}") * _towards(row.sign)
            signs = towards > 0
            note = filled(row.note, lambda _: Range.of(towards), lambda _: float(np.mean(signs)))
        low, high = share_interval(signs)
        model = f"in {np.mean(signs):.0%} of runs ({100 * low:.0f} to {100 * high:.0f}); {note}"
        verdict, criterion = imposed(row, holds(signs), IN_NINE)
        return Finding(
            row.claim, row.of_kind, row.words, model, "the sign", criterion, verdict,
            Null[row.null.upper()], row.imposed, row.looked_at,
        )  # fmt: skip

    def _forecast(self, name: str, row: ForecastTest) -> Finding:
        values, of = self.usual[held(name)], ""
        if row.given is not None:
            values = values[self.usual[given(name)] == 1]
            of = f" (of {len(values)} runs)"
        model = "no run has an answer" if values.empty else f"{values.mean():.0%}{of}"
        return Finding(row.claim, row.of_kind, row.words, model, "", "", Verdict.STATED)

    def _pattern(self, name: str, row: Pattern) -> Finding:
        match row:
            case Severity():
                exponent = patterns.tail_exponent(
                    *(self.usual[f"pattern.{name}: {key}"].sum() for key in ("attacks", "logs"))
                )
                criterion = f"built in, so no evidence: {row.imposed}"
                return Finding(
                    row.claim, row.of_kind, row.words, f"{exponent:.2f}", row.against, criterion,
                    Verdict.OPEN, imposed=row.imposed,
                )  # fmt: skip
            case Pace():
                return self._pace(name, row)
            case Untested():
                return Finding(
                    row.claim,
                    row.of_kind,
                    row.words,
                    row.because,
                    row.against,
                    "none",
                    Verdict.OPEN,
                )

    def _pace(self, name: str, row: Pace) -> Finding:
        found = patterns.fits(self.usual, f"pattern.{name}: ")
        r = float(np.corrcoef(found[:, 0], found[:, 1])[0, 1]) if len(found) > 2 else float("nan")
        middle = float(np.median(found[:, 0])) if len(found) else float("nan")
        return Finding(
            row.claim, row.of_kind, row.words,
            f"correlation {r:.2f} over {len(found)} places and runs; median b {middle:.2f}",
            row.against, f"correlation at least {row.least:g}; {row.remark}",
            Verdict.MET if r >= row.least else Verdict.NOT_YET,
        )  # fmt: skip


def imposed(row: JudgedTest, verdict: Verdict, criterion: str) -> tuple[Verdict, str]:
    """The verdict and its criterion, with what takes from their weight: inputs, and a look before."""
    if row.looked_at:
        criterion += f"; {LOOKED_AT} {row.looked_at}"
    if row.imposed and row.of_kind == ClaimKind.PATTERN:
        return Verdict.OPEN, f"built in, so no evidence: {row.imposed}"
    if row.imposed:
        met = Verdict.IMPOSED if verdict == Verdict.MET else verdict
        return met, f"{criterion}; imposed by {row.imposed}"
    return verdict, criterion


def _towards(sign: str | None) -> int:
    return 1 if sign == "more" else -1


def _null_model(tests: CaseTests) -> NullModel | None:
    """The null model that the file states: from the founding of the focus group, if it is founded."""
    stated, scenario = tests.file.null_model, tests.scenario
    if stated is None:
        return None
    strength = scenario.evidence_tables()["strength"]
    return NullModel(strength, stated.publisher, stated.counts, scenario.focus_from)
