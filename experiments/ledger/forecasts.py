"""F claims: the model's own probabilities."""

from __future__ import annotations

import pandas as pd

from ledger.criteria import (
    Verdict,
)
from ledger.measures import CENTRE_FALLEN
from ledger.results import Finding, Results


def forecasts(results: Results) -> None:
    def chance(claim: str, what: str, column: str, given: pd.Series | None = None) -> None:
        values = results.runs[column] if given is None else results.runs.loc[given, column]
        of = f" (of {len(values)} runs)" if given is not None else ""
        model = "no run has an answer" if values.empty else f"{values.mean():.0%}{of}"
        results.found.append(Finding(claim, "F", what, model, "", "", Verdict.STATED))

    for months in ("6", "12"):
        chance(
            "poor-recruits", f"it still hires at least one poor man a week, {months} months on",
            f"poor_{months}",
        )  # fmt: skip
    for year in ("2017", "2018"):
        what = f"it holds less than a district at the end of {year}"
        chance("no-hold", what, f"no_ground_{year}")
    what = "its attacks harm fewer than half as many in 2017 as in 2016"
    chance("no-operations", what, "no_operations")
    fell = results.runs["centre_fell"] > 0
    what = f"the centre's health falls under {CENTRE_FALLEN:g} by the end of 2017"
    chance("centre-falls", what, "centre_fell")
    what = "then: attacks in four weeks under a tenth of their mean of 2016 within 12 months"
    chance("centre-falls", what, "daily_work_lost", fell)
    for where, column in (("all places", ""), ("Afghanistan alone", "_afghan")):
        for months in ("6", "12", "24"):
            what = f"{where}: under half its fighters of November 2016, {months} months on"
            chance("fades", what, f"halved{column}_{months}")
        chance("fades", f"{where}: no fighter at the end of 2018", f"ended{column}")
