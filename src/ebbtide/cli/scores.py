"""`ebbtide scores`: forecasts inside the cut, from a bank of runs, beside naive ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from ebbtide.calibration.by import By
from ebbtide.calibration.extra import NEEDS_EXTRA
from ebbtide.cli.calibrate import Weighing
from ebbtide.cli.conducting import say
from ebbtide.cli.pages import (
    BankFolder,
    PageFile,
    ScenarioNamed,
    made_by,
    opened_bank,
    print_or_write,
)
from ebbtide.cli.run import a_date

EXAMPLES = f"""\b
Examples:
  ebbtide scores khorasan --bank results/bank --since 2016-01-01
  ebbtide scores khorasan --bank results/bank --since 2016-01-01 --out docs/scores.md --csv scores.csv

The bank is made by `ebbtide calibrate`, of the same scenario. It is weighed anew for every date: no
run is lived again.

It {NEEDS_EXTRA}.
"""


def scores(
    scenario: ScenarioNamed = "khorasan",
    bank: BankFolder = None,
    by: Weighing = By.LIKELIHOOD,
    since: Annotated[
        dt.date | None,
        typer.Option(
            parser=a_date,
            metavar="YYYY-MM-DD",
            help="Publications from this day on.",
            show_default="a year before the cut",
        ),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A CSV file for all scores.")
    ] = None,
    out: PageFile = None,
) -> None:
    """Forecast each publication from what was known before, and score it beside naive forecasts."""
    from ebbtide.calibration.rolling import rolling_scores
    from ebbtide.calibration.scores_page import scores_page
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import write_out
    from ebbtide.scenario import Fault, Faults

    posterior = opened_bank(scenario, bank, by)
    loaded = posterior.bank.scenario
    last = loaded.file.cut or loaded.file.end
    first = since or last - dt.timedelta(days=365)
    scored = rolling_scores(posterior, first)
    if scored.empty:
        named = "--since" if since else loaded.path.name
        found = f"nothing to score from {first} to {last}"
        raise Faults([Fault(named, None, found, "a day before what was published: --since DATE")])
    if csv is not None:
        write_out(csv, scored.to_csv(index=False))
        say(f"scores are in {path_shown(csv)}")
    made = made_by("scores", scenario, bank, since=first, by=by)
    print_or_write(scores_page(posterior, scored, first, made), out)
