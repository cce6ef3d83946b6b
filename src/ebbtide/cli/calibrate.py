"""`ebbtide calibrate`: a posterior over whole runs, from what publishers say up to the cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ebbtide.calibration.by import By
from ebbtide.calibration.extra import NEEDS_EXTRA
from ebbtide.cli.conducting import (
    AsJson,
    NoPlots,
    Out,
    Workers,
    at_least,
    into,
    results_kept,
    resumable,
    say,
    stated_folder,
)
from ebbtide.cli.pages import ScenarioNamed, Seed

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.posterior import Posterior

EXAMPLES = f"""\b
Examples:
  ebbtide calibrate khorasan --out results/bank
  ebbtide calibrate khorasan --runs 4000 --rounds 6 --out results/bank
  ebbtide calibrate khorasan --by nearest --draws 240 --to posterior.csv --out results/bank

A bank is a set of whole runs. Each gets a weight: how likely it makes all that publishers
said up to the cut (`[evidence]`, `[observation]`), over how likely its round was to draw it. Every
round draws where the rounds before it agree with the record (`[calibration]`), and counts with
them. The same command into the same folder resumes; more rounds add to what is there.

The folder holds runs/ (what bears on statements, a row a run), statements.csv, unknowns.csv and
quantities.csv (what is said beside what would be; prior beside posterior), and figures.

Exit code 1 where --to writes draws by weights that are not to be trusted.

It {NEEDS_EXTRA}.
"""
Weighing = Annotated[
    By,
    typer.Option(
        help="Weigh runs by likelihood, or keep the runs nearest to what was published: an approximation "
        "for where weights rest on a handful of runs."
    ),
]
FEWEST_RUNS = 50  # runs of which weights tell anything
QUANTITIES_TOLD = 12  # quantities that the record moved most, in the table on the screen


def calibrate(
    context: typer.Context,
    scenario: ScenarioNamed = "khorasan",
    runs: Annotated[
        int,
        typer.Option(
            parser=at_least(FEWEST_RUNS),
            metavar="N",
            help=f"Runs of a round, at least {FEWEST_RUNS}.",
        ),
    ] = 2000,
    rounds: Annotated[
        int, typer.Option(parser=at_least(1), metavar="N", help="Rounds at most.")
    ] = 6,
    effective: Annotated[
        int,
        typer.Option(
            parser=at_least(1), metavar="N", help="Stop where the runs are worth so many draws."
        ),
    ] = 1000,
    seed: Seed = 1,
    workers: Workers = None,
    draws: Annotated[
        int, typer.Option(parser=at_least(1), metavar="N", help="Draws that --to writes.")
    ] = 1000,
    by: Weighing = By.LIKELIHOOD,
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A CSV file for draws of the posterior, as a scenario may name one.",
        ),
    ] = None,
    out: Out = None,
    json_: AsJson = False,
    no_plots: NoPlots = False,
) -> None:
    """Weigh whole runs by what publishers say: a posterior, and what it says of publishers."""
    from ebbtide.calibration.calibrate import CalibrationAsked
    from ebbtide.calibration.calibrate import calibrate as made
    from ebbtide.cli.progress import progress_shown
    from ebbtide.scenario import Fault, Faults, load
    from ebbtide.scenario.faults import MISSING
    from ebbtide.study.manifest import without_root
    from ebbtide.study.results_folder import new_folder

    stated = stated_folder(out)
    loaded = load(scenario)
    asked = CalibrationAsked(loaded, without_root(scenario), runs, rounds, effective, seed)
    asked.check()
    if loaded.file.cut is None:  # a draw is told by its fighters at the cut
        needed = "the day up to which evidence is used"
        raise Faults([Fault(loaded.path.name, "cut", MISSING, needed)])
    folder = stated or new_folder(f"{loaded.id}-bank")
    with resumable(folder, into(folder, context)), progress_shown() as report:
        posterior = replace(made(asked, folder, workers, report, _tell_round), by=by)
    with results_kept(folder):
        trusted = _conclude(
            posterior, folder, draws=draws, to=to, as_json=json_, plots=not no_plots
        )
    raise typer.Exit(0 if trusted or to is None else 1)


def _tell_round(number: int, posterior: Posterior) -> None:
    from ebbtide.scenario.faults import counted

    weighed = posterior.weighed
    say(
        f"round {number}: {len(posterior.runs):,} runs are worth {counted(weighed.effective, 'draw')} "
        f"(the largest weight {weighed.weights.max():.1%}, {weighed.pareto_told})"
    )


def _conclude(
    posterior: Posterior, folder: Path, *, draws: int, to: Path | None, as_json: bool, plots: bool
) -> bool:
    """Write and print what came of it; returns whether the weights are to be trusted."""
    import json

    from ebbtide.calibration.draws import write_draws
    from ebbtide.calibration.report import of_quantities, of_statements, of_unknowns, summary
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import write_out

    tables = {
        "statements": of_statements(posterior),
        "unknowns": of_unknowns(posterior),
        "quantities": of_quantities(posterior),
    }
    for name, table in tables.items():
        write_out(folder / f"{name}.csv", table.to_csv(index=False))
    drawn: list[Path] = []
    if plots:
        from ebbtide.show.posterior import draw_posterior

        drawn = draw_posterior(posterior, folder / "plots")
    found: dict[str, Any] = {**summary(posterior), "folder": path_shown(folder)}
    if to is not None:
        write_draws(posterior, draws, to)
        found["draws"] = path_shown(to)
    found["plots"] = [path_shown(file) for file in drawn]
    if as_json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        _print(found, tables)
    if "doubt" in found:
        say(found["doubt"])
    return "doubt" not in found


def _print(found: dict[str, Any], tables: dict[str, pd.DataFrame]) -> None:
    from rich.table import Table

    from ebbtide.calibration.report import ranged
    from ebbtide.cli.output import plain_console
    from ebbtide.scenario.faults import counted
    from ebbtide.study.spread import CENTRAL

    console = plain_console()
    console.print(found["title"], style="bold")
    worth = counted(found["effective"], "draw")
    console.print(f"{found['runs']:,} runs; by {found['by']} worth {worth} of the posterior")
    if "doubt" in found:
        console.print(found["doubt"], style="bold")
    console.print()

    def told(title: str, *columns: str) -> Table:
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        names = columns[0] == "quantity"  # dotted paths, of which a part is none
        table.add_column(columns[0], overflow="fold", no_wrap=names)
        for column in columns[1:]:
            table.add_column(column, justify="right", overflow="fold")
        return table

    table = told(
        f"What is said, and what would be: median ({CENTRAL})",
        "statement", "publisher", "said", "prior", "posterior", "",
    )  # fmt: skip
    for row in tables["statements"].to_dict("records"):
        said = f"{row['low']:,.0f}" + (f"-{row['high']:,.0f}" if row["high"] > row["low"] else "")
        mark = "" if row["inside"] else "outside"
        held = " (held back)" if row["held_back"] else ""
        table.add_row(
            f"{row['statement']}{held}", str(row["publisher"]), said,
            _range(row, "prior"), _range(row, "posterior"), mark,
        )  # fmt: skip
    console.print(table)
    table = told("\nWhat is unknown of publishers", "unknown", "prior", "posterior")
    for row in tables["unknowns"].to_dict("records"):
        table.add_row(str(row["unknown"]), ranged(row, "prior"), ranged(row, "posterior"))
    console.print(table)
    table = told(
        "\nQuantities that the record moved most",
        "quantity", "unit", "prior", "posterior", "shift", "contraction",
    )  # fmt: skip
    for row in tables["quantities"].head(QUANTITIES_TOLD).to_dict("records"):
        table.add_row(
            str(row["quantity"]), str(row["unit"]), _range(row, "prior", 3),
            _range(row, "posterior", 3), f"{row['shift']:+.2f}", f"{row['contraction']:.2f}",
        )  # fmt: skip
    console.print(table)
    console.print(f"\nfolder: {found['folder']}")
    if "draws" in found:
        console.print(f"draws:  {found['draws']}")
    for file in found["plots"]:
        console.print(f"plot:   {file}")


def _range(row: Any, of: str, digits: int = 0) -> str:
    low, median, high = (row[f"{of}_{at}"] for at in ("5%", "50%", "95%"))
    if digits == 0:
        return f"{median:,.0f} ({low:,.0f} to {high:,.0f})"
    return f"{median:.{digits}g} ({low:.{digits}g} to {high:.{digits}g})"
