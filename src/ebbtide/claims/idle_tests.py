"""Tests of claims that can hardly fail, and figures held against something else than they count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ebbtide.claims.arithmetic import AtLeast, Below, Named, Number, OfTwo
from ebbtide.claims.claim_tests import ClaimTest, FigureTest, ForecastTest
from ebbtide.claims.figures import rows_of
from ebbtide.claims.kind import KindOfMeasure
from ebbtide.claims.measures import all_of, days_asked
from ebbtide.claims.weekly import At, Mean, Peak
from ebbtide.scenario.faults import listed
from ebbtide.scenario.schema.evidence import COUNTED, OF_PERIOD
from ebbtide.world.outcomes import OUTCOMES
from ebbtide.world.units import meant_by

if TYPE_CHECKING:
    from ebbtide.claims.reading import CaseTests

WIDE = 1000.0  # times its lower end (or 1), from which on an interval leaves nothing out
FARTHEST = 1e8  # more than any count of men, people or thousand USD of such a conflict: a guess
LOOSE = 10.0  # by which a median may be off, from which on a figure is hardly one
COUNTS = {  # what a row counts: the outcomes that are of the same
    **{word: (outcome,) for word, outcome in COUNTED.items()},
    **{word: said.outcomes for word, said in OF_PERIOD.items()},
}


def cannot_fail(row: ClaimTest, tests: CaseTests) -> Iterator[str]:
    """What of a test holds whatever the runs have."""
    for key in type(row).model_fields:
        stated = getattr(row, key)
        if isinstance(stated, KindOfMeasure):
            for measure in all_of(stated, tests.file.measure):
                yield from _foregone(measure, key)
                yield from _out_of_reach(measure, key, tests)
    if isinstance(row, FigureTest):
        if row.factor >= LOOSE:
            yield f"factor is {row.factor:g}: a median that far off is met too"
        if row.interval is not None and row.interval[1] >= WIDE * max(row.interval[0], 1.0):
            low, high = row.interval
            yield f"interval is {low:g} to {high:g}: hardly a run lies outside"
    cut = tests.scenario.file.cut
    if isinstance(row, ForecastTest) and cut is not None:
        days = days_asked(row.holds, tests.file.measure, tests.file.periods)
        if days and max(days) <= cut:
            yield f"asks of {max(days)}, not after the cut, {cut}: that is no forecast"


def _foregone(measure: KindOfMeasure, key: str) -> Iterator[str]:
    """What a measure compares to no end."""
    if not isinstance(measure, OfTwo):
        return
    one, other = measure.of
    if one == other:
        yield f"{key}: {measure.kind} of a measure and itself is the same in every run"  # type: ignore[attr-defined]
    elif isinstance(other, Number) and isinstance(measure, AtLeast) and other.number <= 0:
        yield f"{key}: what counts is always at least {other.number:g}"
    elif isinstance(other, Number) and isinstance(measure, Below) and other.number <= 0:
        yield f"{key}: what counts is never below {other.number:g}"


def _out_of_reach(measure: KindOfMeasure, key: str, tests: CaseTests) -> Iterator[str]:
    """A bound above all that a run may have."""
    if not isinstance(measure, AtLeast | Below):
        return
    one, other = measure.of
    what, most = ("a share", 1.0) if _is_share(one, tests) else ("what counts", FARTHEST)
    if isinstance(other, Number) and other.number > most:
        verdict = "always below" if isinstance(measure, Below) else "never at least"
        yield f"{key}: {what} is {verdict} {other.number:g}"


def _is_share(measure: KindOfMeasure, tests: CaseTests) -> bool:
    """Whether a measure is one weekly share, on a day or over a period."""
    if isinstance(measure, Named):
        named = tests.file.measure.get(measure.name)
        return named is not None and _is_share(named, tests)
    if not isinstance(measure, At | Mean | Peak) or len(measure.outcome) > 1 or measure.per:
        return False
    (outcome,) = measure.outcome
    return outcome in OUTCOMES and meant_by(OUTCOMES[outcome].unit).is_share


def other_than_its_row(row: FigureTest, tests: CaseTests) -> Iterator[str]:
    """A figure held against an outcome, or a group, that its rows of evidence do not count."""
    measure: KindOfMeasure = row.measure
    while isinstance(measure, Named) and measure.name in tests.file.measure:
        measure = tests.file.measure[measure.name]
    outcomes: tuple[str, ...] = tuple(getattr(measure, "outcome", None) or ())
    if row.evidence is None or not outcomes:
        return
    cells = rows_of(row.evidence, tests.path.parent / row.evidence.file)
    counted = {str(each.get("counts", "")) for each in cells}
    meant = {name for each in counted for name in COUNTS.get(each, ())}
    if meant and not meant.issuperset(outcomes):
        yield f"asks of {listed(outcomes)}, and {row.evidence.file} counts {listed(counted)}"
    groups = tuple(getattr(measure, "group", None) or ())
    of = tests.scenario.file.evidence.of or tests.scenario.focus_groups
    if meant and groups and {*groups} != {*of}:
        yield f"asks of {listed(groups)}, and {row.evidence.file} speaks of {listed(of)}"
