"""`ebbtide prior`: whether a scenario's priors let the publishers' figures come out at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ebbtide.calibration.extra import NEEDS_EXTRA
from ebbtide.cli.conducting import Workers, live_all, say, was_typed
from ebbtide.cli.pages import (
    BankFolder,
    Draws,
    ScenarioNamed,
    Seed,
    made_by,
    opened_bank,
    print_or_write,
)
from ebbtide.cli.written import a_file
from ebbtide.study.spread import CENTRAL

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from ebbtide.claims.prior import Mass, PriorPredictive
    from ebbtide.claims.reading import CaseTests
    from ebbtide.claims.unpressed import Year
    from ebbtide.scenario import Scenario

UNPRESSED = "unpressed"

EXAMPLES = f"""\b
Examples:
  ebbtide prior khorasan --draws 200
  ebbtide prior khorasan --draws 2000 --out draws.csv
  ebbtide prior khorasan --bank results/bank --out docs/prior.md

Figures are those that the scenario's claims are held to (`evidence.claim_tests`, tables
`figure`; docs/tables.md says how to write them). Rows of evidence that no figure names, such as
those of `evidence.strength`, are drawn beside runs and not used here. A run is near a figure if
it lies within the factor of the publisher's interval. A figure marked `held_back` is shown and
not counted with the others; one marked `heavy_tailed`, a count of people in few attacks, is left
out where the others are counted together.

Every draw is lived a second time without whatever presses a group: how far each would grow in
its first year is what the priors of growth say by themselves, and no figure shows it.

--out keeps every draw: what was drawn and what came out, a row a run, for pandas.

With --bank no run is lived and --out is a page: the runs of a bank (`ebbtide calibrate` makes one) that
its priors drew are held against all that publishers said, by their own numbers and by what would be said
of them; rounds that followed the record are left out. The page says whether the goal is met that the
project set itself: each figure in a tenth of the draws, its counts together in a hundredth, all in some.
That {NEEDS_EXTRA}.
"""


def prior(
    context: typer.Context,
    scenario: ScenarioNamed = "khorasan",
    draws: Draws = 500,
    seed: Seed = 1,
    workers: Workers = None,
    bank: BankFolder = None,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=a_file,
            metavar="FILE",
            help="A CSV file for the draws; with --bank the file the page goes into, else stdout.",
        ),
    ] = None,
) -> None:
    """Draw the priors and see which figures of publishers come out, alone and together.

    This is a prior predictive check: nothing is weighed or fitted. A figure that hardly any draw
    comes near, or a pair that never comes out together, names a rule or a prior to mend.
    """
    from ebbtide.claims.prior import PriorPredictive, quantities_drawn, worlds_of_figures
    from ebbtide.claims.reading import read_tests
    from ebbtide.claims.trials import Trials
    from ebbtide.claims.unpressed import unpressed, years_of
    from ebbtide.scenario import load

    if bank is not None:
        _write_page(context, scenario, bank, out)
        return
    loaded = load(scenario)
    if loaded.claim_tests is None:
        _tell_what_to_write(loaded)
        raise typer.Exit(2)
    tests = read_tests(loaded)
    [(usual, world)] = worlds_of_figures(tests).items()
    trials = Trials({usual: world, UNPRESSED: unpressed(tests.scenario)}, draws, seed)
    numbers = live_all(trials, workers, len(list(trials.runs())))
    drawn, alone = numbers[usual], numbers[UNPRESSED]
    if out is not None:
        _write(out, quantities_drawn(tests, draws, seed).join(drawn.fillna(alone)))
    _print(PriorPredictive(tests, drawn), draws)
    _print_years(years_of(tests.scenario, alone))
    _print_rows(tests)


def _write_page(context: typer.Context, scenario: str, bank: Path, out: Path | None) -> None:
    """The page of a bank's draws of the priors, which are as many as they are."""
    from ebbtide.calibration.prior_draws import PriorDraws, of_priors
    from ebbtide.calibration.prior_page import prior_page
    from ebbtide.scenario import Fault, Faults

    allowed = "none: with --bank no run is lived"
    faults = [
        Fault(f"--{name}", None, f"{context.params[name]}", allowed)
        for name in ("draws", "seed", "workers")
        if was_typed(context, name)
    ]
    if faults:
        raise Faults(faults)
    opened = opened_bank(scenario, bank)
    drawn = of_priors(opened)
    if len(drawn.runs) < len(opened.runs):
        left = f"{len(opened.runs):,} runs"
        say(f"{len(drawn.runs):,} of {left} are draws of the priors; the others are left out")
    print_or_write(prior_page(PriorDraws(drawn), made_by("prior", scenario, bank)), out)


def _tell_what_to_write(scenario: Scenario) -> None:
    """Say of a scenario without claim tests what of it is not used, and what to write."""
    from ebbtide.claims.prior import figure_to_write
    from ebbtide.scenario import Fault
    from ebbtide.scenario.faults import MISSING, counted
    from ebbtide.scenario.project import label

    needed = "a TOML file of figures that runs are held against (docs/tables.md says how)"
    say(f"{Fault(label(scenario.path), 'evidence.claim_tests', MISSING, needed)}")
    for file in scenario.published.files.values():
        rows = counted(len(file.rows), "row")
        say(f"{file.name}: {rows}, drawn beside runs and not used here by itself")
    if (lines := figure_to_write(scenario)) is not None:
        say(f"such a file, for one of them:\n{lines}")


def _write(out: Path, table: pd.DataFrame) -> None:
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import write_out

    write_out(out, table.to_csv(index_label="replication"))
    say(f"draws are in {path_shown(out)}")


def _print(found: PriorPredictive, draws: int) -> None:
    from ebbtide.calibration.jointly import FACTORS
    from ebbtide.cli.output import plain_console

    console = plain_console()
    console.print(f"{found.tests.scenario.title}", style="bold")
    console.print(f"{draws:,} draws of the priors under {found.tests.scenario.policy.id}\n")
    console.print(_table("Figures", found, found.masses(held_back=False)))
    if held_back := found.masses(held_back=True):
        console.print(_table("Held back: never to be fitted", found, held_back))
    for line in _joint(found, draws):
        console.print(line)
    pairs = found.conflicts(FACTORS[-1])
    if pairs:
        console.print(f"\nHardly ever together within a factor of {FACTORS[-1]:g}:")
    for pair in pairs:
        one, other = pair.names
        console.print(f"  {one} and {other}: {pair.together} draws; {pair.expected:.0f} if apart")


def _print_rows(tests: CaseTests) -> None:
    """How many rows of evidence the figures name, file by file."""
    from ebbtide.claims.prior import rows_used
    from ebbtide.cli.output import plain_console

    for file, (named, rows) in rows_used(tests).items():
        said = f"figures name {named} of its {rows} rows" + "; others are not used here" * (
            named < rows
        )
        plain_console().print(f"{file}: {said}")


def _print_years(years: list[Year]) -> None:
    from rich.table import Table

    from ebbtide.claims.words import shown
    from ebbtide.cli.output import plain_console

    title = "\nA year that nobody presses: no act, no fire, no arrests, no fights with rivals"
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("group", overflow="fold")
    table.add_column("from", justify="right")
    table.add_column("to", justify="right")
    table.add_column(f"men, of those at first: median ({CENTRAL})", justify="right")
    for year in years:
        table.add_row(year.group, f"{year.first}", f"{year.last}", shown(year.growth, 2))
    plain_console().print(table)


def _table(title: str, found: PriorPredictive, masses: list[Mass]) -> Table:
    from rich.table import Table

    from ebbtide.calibration.jointly import FACTORS
    from ebbtide.claims.words import filled, shown

    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("figure", overflow="fold")
    table.add_column("publisher", justify="right")
    table.add_column(f"runs: median ({CENTRAL})", justify="right")
    for factor in FACTORS:
        table.add_column(f"within {factor:g}", justify="right")
    for mass in masses:
        words = filled(mass.row.words, found.range_of, lambda _: 0.0)
        figure = found.tests.figures[mass.name]
        shares = [f"{mass.within[factor]:.1%}" for factor in FACTORS]
        table.add_row(words, f"{figure}", shown(mass.found, mass.row.digits), *shares)
    return table


def _joint(found: PriorPredictive, draws: int) -> Iterator[str]:
    """How many draws come near all figures at once, and what it is that keeps others from it."""
    from ebbtide.calibration.jointly import FACTORS

    fitted, steady, factor = found.fitted, found.steady, FACTORS[-1]
    yield f"\nNear all {len(fitted)} figures at once, of {draws:,} draws: {_counts(found, fitted)}"
    best = found.at_once(factor, fitted)
    yield f"  most at once: {best.max()} within {factor:g}, in {(best == best.max()).sum()} draws"
    if len(steady) < len(fitted):
        yield f"Near all {len(steady)} that are not heavy-tailed: {_counts(found, steady)}"
    for claim in found.claims(steady):
        names = [name for name in steady if found.figures[name].claim != claim]
        yield f"  without those of {claim}: {found.joint(factor, names)} within {factor:g}"


def _counts(found: PriorPredictive, names: list[str]) -> str:
    from ebbtide.calibration.jointly import FACTORS

    return ", ".join(f"{found.joint(factor, names)} within {factor:g}" for factor in FACTORS)
