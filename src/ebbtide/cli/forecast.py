"""`ebbtide forecast`: what publishers may say after a day, from a posterior, in a folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ebbtide.calibration.by import By
from ebbtide.calibration.extra import NEEDS_EXTRA
from ebbtide.cli.calibrate import Weighing
from ebbtide.cli.conducting import (
    AsJson,
    Out,
    Workers,
    at_least,
    command_to_keep,
    live_all,
    say,
    stated_folder,
)
from ebbtide.cli.pages import BankFolder, ScenarioNamed, Seed
from ebbtide.cli.run import a_date

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.forecast import DatedForecast
    from ebbtide.calibration.forecaster import Forecaster
    from ebbtide.calibration.forecasting import Drawn
    from ebbtide.claims.forecasts import TextsForecasts
    from ebbtide.scenario import Scenario

TEAM, NAIVE = "ebbtide", "naive"
EXAMPLES = f"""\b
Examples:
  ebbtide forecast khorasan --out results/forecast
  ebbtide forecast khorasan --bank results/bank --by nearest --out results/forecast
  ebbtide forecast khorasan --bank results/bank --by nearest --as-of 2016-03-31
  ebbtide forecast khorasan --until 2021-12-31

Draws of the scenario's posterior (as of its cut), or of a bank's runs weighed by what was published until
a day, are lived to the scenario's end. The folder holds, for the ends of quarters, quantiles of what
publishers may say and of the model's own numbers in the hubverse's columns, with naive forecasts beside
them; the same draw by draw; the forecasts of the text (`evidence.claim_tests`) as probabilities; a page;
and forecast.json, with the hash of every file and one of all. It is written once: `ebbtide score` refuses
one that was changed.

It {NEEDS_EXTRA}.
"""


def forecast(
    context: typer.Context,
    scenario: ScenarioNamed = "khorasan",
    as_of: Annotated[
        dt.date | None,
        typer.Option(
            parser=a_date,
            metavar="YYYY-MM-DD",
            help="The day of the forecast: what was published later weighs nothing. With --bank.",
            show_default="the cut",
        ),
    ] = None,
    bank: BankFolder = None,
    by: Weighing = By.LIKELIHOOD,
    draws: Annotated[
        int | None,
        typer.Option(
            parser=at_least(10),
            metavar="N",
            help="Draws, at least 10.",
            show_default="all of the posterior; 1000 of a bank",
        ),
    ] = None,
    until: Annotated[
        dt.date | None,
        typer.Option(
            parser=a_date,
            metavar="YYYY-MM-DD",
            help="The last day that is forecast, beyond the scenario's end: from there on nothing new is "
            "stated, acts without an end go on, and centres keep the health of their last day.",
            show_default="the scenario's end",
        ),
    ] = None,
    seed: Seed = 1,
    workers: Workers = None,
    out: Out = None,
    json_: AsJson = False,
) -> None:
    """Forecast what publishers may say, from what was published until a day."""
    from ebbtide.calibration.extra import must_be_there
    from ebbtide.calibration.forecast import DatedForecast
    from ebbtide.calibration.forecaster import Forecaster
    from ebbtide.calibration.forecasting import drawn_from_bank, drawn_from_posterior, lengthened
    from ebbtide.calibration.targets import targets
    from ebbtide.evidence.reading import read_statements
    from ebbtide.scenario import Fault, Faults, load
    from ebbtide.study.manifest import without_root

    stated, loaded = stated_folder(out), load(scenario)
    must_be_there()
    statements = tuple(read_statements(loaded))
    drawn = (
        drawn_from_posterior(loaded, as_of)
        if bank is None
        else drawn_from_bank(loaded, bank, by, as_of, draws)
    )
    number = draws or len(drawn.draws)
    if number > len(drawn.draws):
        allowed = f"at most {len(drawn.draws)}, the draws of {loaded.id}'s posterior"
        raise Faults([Fault("--draws", None, f"{number}", allowed)])
    longer = loaded if until is None else lengthened(loaded, until)
    asked = tuple(targets(longer, statements, drawn.reference_date))
    texts = _texts_forecasts(loaded)
    task = Forecaster(
        longer, drawn.draws, number, seed,
        (*statements, *(target.statement for target in asked)), texts,
    )  # fmt: skip
    [lived] = live_all(task, workers, len(list(task.runs()))).values()
    seen = lived.loc[task.lived_once].assign(lived=task.lived_once).reset_index(drop=True)
    if loaded.file.cut is not None:
        task.refuse_others(seen)
    made = DatedForecast(drawn.reference_date, statements, asked, seen, seed)
    command = " ".join(
        command_to_keep(
            context,
            scenario=without_root(scenario),
            bank=bank and "BANK",
            by=bank and by,
            seed=seed,
        )
    )
    _write(made, task, drawn, texts, (loaded, command), stated, as_json=json_)


def _texts_forecasts(scenario: Scenario) -> TextsForecasts | None:
    """What the text forecasts, where the scenario's file of claim tests has some of it."""
    from ebbtide.claims.forecasts import TextsForecasts
    from ebbtide.claims.reading import read_tests

    if scenario.claim_tests is None:
        return None
    tests = read_tests(scenario)
    return TextsForecasts(tests) if tests.file.forecast else None


def _write(
    made: DatedForecast,
    task: Forecaster,
    drawn: Drawn,
    texts: TextsForecasts | None,
    asked: tuple[Scenario, str],
    folder: Path | None,
    *,
    as_json: bool,
) -> None:
    import json

    from ebbtide.calibration.forecast_page import forecast_page
    from ebbtide.calibration.frozen import PAGE, freeze
    from ebbtide.claims.forecasts import effective
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import writing
    from ebbtide.study.results_folder import new_folder

    claims = None if texts is None else texts.probabilities(made.seen)
    made_of = _made_of(*asked, drawn, task.scenario.file.end) | {
        "draws": task.asked, "effective": effective(task.lived_once), "seed": task.seed,
    }  # fmt: skip
    files = _files(made, task.scenario.id, claims)
    files[PAGE] = forecast_page(made, made_of, claims).encode()
    folder = folder or new_folder(f"{task.scenario.id}-forecast")
    with writing(folder):
        stated = freeze(folder, files, made_of)
    if as_json:
        told = [] if claims is None else claims.to_dict("records")
        print(json.dumps({**stated, "folder": path_shown(folder), "claims": told}, indent=1))
    else:
        _print(claims, stated, path_shown(folder))


def _made_of(scenario: Scenario, command: str, drawn: Drawn, end: dt.date) -> dict[str, Any]:
    """What a forecast is made of and with; of no machine and no time."""
    from ebbtide.calibration.calibrate import seeing_digest
    from ebbtide.compilation.sources import lives_digest
    from ebbtide.study.manifest import DECIDING, versions_of

    return {
        "title": scenario.title,
        "reference_date": drawn.reference_date.isoformat(),
        "end": end.isoformat(),
        "stated_to": scenario.file.end.isoformat(),
        "command": command,
        "source": drawn.words,
        **drawn.made_of,
        "scenario": {"id": scenario.id, "digest": scenario.digest},
        "policy": {"id": scenario.policy.id, "digest": scenario.policy.digest},
        "evidence": seeing_digest(scenario),
        "model": lives_digest(),
        "versions": versions_of(DECIDING),
        "areas": {
            country: scenario.places_in([country]) for country in sorted(scenario.names.countries)
        },
        "places": list(scenario.file.places),
    }


def _files(made: DatedForecast, scenario: str, claims: pd.DataFrame | None) -> dict[str, bytes]:
    from ebbtide.calibration.baselines import BASELINES
    from ebbtide.calibration.frozen import CLAIMS, SAMPLES
    from ebbtide.calibration.hub import file_of

    def as_csv(table: pd.DataFrame) -> bytes:
        return table.to_csv(index=False, float_format="%.6g", lineterminator="\n").encode()

    day = made.reference_date
    files = {file_of(day, TEAM, scenario): as_csv(made.quantiles())}
    for name in BASELINES:
        table = made.baseline(name)
        if table is not None:
            files[file_of(day, NAIVE, name)] = as_csv(table)
    if claims is not None:
        files[CLAIMS] = as_csv(claims)
    samples = made.samples()
    samples["value"] = samples["value"].astype("float32")
    files[SAMPLES] = samples.to_parquet(index=False, compression="zstd")
    return files


def _print(claims: pd.DataFrame | None, stated: dict[str, Any], folder: str) -> None:
    from rich.table import Table

    from ebbtide.cli.output import plain_console

    console = plain_console()
    console.print(f"{stated['title']}: forecast as of {stated['reference_date']}", style="bold")
    console.print(
        f"{stated['draws']:,} draws ({stated['effective']:,.0f} effective) of {stated['source']}\n"
    )
    if claims is not None:
        table = Table(box=None, pad_edge=False)
        table.add_column("the text forecasts", overflow="fold")
        table.add_column("probability (95%)", justify="right")
        for row in claims.to_dict("records"):
            table.add_row(
                str(row["words"]),
                f"{row['probability']:.0%} ({100 * row['low']:.0f} to {100 * row['high']:.0f})",
            )
        console.print(table)
    console.print(f"\nfolder: {folder}")
    console.print(f"sha256: {stated['sha256']}")
    say("score it against later publications: ebbtide score " + folder + " EVIDENCE.csv")
