"""The runs in numbers, and the tests made of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ebbtide.scenario import Scenario
from ledger.criteria import (
    FACTOR,
    SIGN,
    Null,
    Range,
    Verdict,
    agrees,
    holds,
    share_interval,
)
from ledger.figures import Figure, Figures
from ledger.measures import Measured
from ledger.null import NullModel

BOTH = f"90% range, factor {FACTOR:g}"
RANGE_ONLY = "90% range"
IN_NINE = f"probability at least {SIGN:g}"
LITERATURE = ""  # patterns that belong to no claim


@dataclass(frozen=True, slots=True)
class Finding:
    """One test of one claim."""

    claim: str
    kind: str
    what: str
    model: str
    against: str  # the figure or sign, with its source
    criterion: str
    verdict: Verdict
    null: Null = Null.SILENT
    imposed: str = ""  # by which inputs, where the answer lies in them


def told(met: bool) -> Null:
    return Null.MEETS if met else Null.FAILS


def shown(found: Range, digits: int = 0) -> str:
    """Median and 90% interval as text."""
    if np.isnan(found.median):
        return "no run has an answer"
    return f"{found.median:,.{digits}f} ({found.low:,.{digits}f} to {found.high:,.{digits}f})"


class Results:
    """The runs under the record and the paired runs left alone; `found` gathers the tests."""

    def __init__(
        self, scenario: Scenario, measured: list[Measured], alone: list[dict[str, float]]
    ) -> None:
        self.figures = Figures(scenario)
        founded = next(e.date for e in scenario.file.events.values() if e.kind == "founding")
        self.null = NullModel(self.figures.tables["strength"], founded)
        self.runs = pd.DataFrame([run.numbers for run in measured])
        self.alone = pd.DataFrame(alone)
        self.attacks = np.concatenate([run.attacks for run in measured])
        self.paces = np.array([fit for run in measured for fit in run.paces])
        self.found: list[Finding] = []

    def figure(
        self,
        claim: str,
        what: str,
        column: str,
        figure: Figure,
        null: Null,
        factor: float | None = FACTOR,
        criterion: str = BOTH,
        digits: int = 0,
    ) -> None:
        """Hold a number of the runs against a dated figure."""
        found = Range.of(self.runs[column].to_numpy())
        against = f"{figure} ({figure.source})"
        verdict = agrees(found, figure.low, figure.high, factor)
        self.found.append(
            Finding(claim, "C", what, shown(found, digits), against, criterion, verdict, null)
        )

    def sign(
        self, claim: str, kind: str, what: str, signs: pd.Series, note: str, null: Null,
        imposed: str = "",
    ) -> None:  # fmt: skip
        """Hold a sign against the share of runs that show it.

        `imposed` names the inputs in which the sign lies. A pattern so built in is no evidence.
        """
        low, high = share_interval(signs.to_numpy())
        model = f"in {np.mean(signs):.0%} of runs ({100 * low:.0f} to {100 * high:.0f}); {note}"
        verdict, criterion = holds(signs.to_numpy()), IN_NINE
        if imposed and kind == "P":
            verdict, criterion = Verdict.OPEN, f"built in, so no evidence: {imposed}"
        elif imposed:
            criterion = f"{IN_NINE}; imposed by {imposed}"
            verdict = Verdict.IMPOSED if verdict == Verdict.MET else verdict
        self.found.append(
            Finding(claim, kind, what, model, "the sign", criterion, verdict, null, imposed)
        )
