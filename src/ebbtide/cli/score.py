"""`ebbtide score`: a forecast that was made before, held against what was published later."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ebbtide.calibration.extra import NEEDS_EXTRA
from ebbtide.cli.conducting import AsJson, say
from ebbtide.cli.written import a_path

if TYPE_CHECKING:
    import pandas as pd

EXAMPLES = f"""\b
Examples:
  ebbtide score results/forecast later/strength.csv
  ebbtide score results/forecast later/strength.csv --csv scores.csv

FORECAST is a folder that `ebbtide forecast` made, EVIDENCE a CSV file of the columns of a scenario's
evidence (strength, presence or violence: docs/tables.md). Nothing else is read. What was published of days
after the forecast is scored; a day between two that were forecast stands in proportion between them. The
forecast of a publisher who spoke before has his bias, any other's has none that is known.

It {NEEDS_EXTRA}.
"""


def score(
    forecast: Annotated[
        Path,
        typer.Argument(parser=a_path, metavar="FORECAST", help="The folder of a forecast."),
    ],
    evidence: Annotated[
        Path,
        typer.Argument(
            parser=a_path, metavar="EVIDENCE.csv", help="What was published, a row a statement."
        ),
    ],
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A CSV file for all scores.")
    ] = None,
    json_: AsJson = False,
) -> None:
    """Score a forecast against later publications, beside the naive ones that it holds."""
    import json

    from ebbtide.calibration.extra import must_be_there
    from ebbtide.calibration.frozen import Frozen
    from ebbtide.calibration.later import notes_on_later, read_published
    from ebbtide.calibration.scored import beside_each_other
    from ebbtide.calibration.scoring import score as scores_of
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import write_out
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.project import label

    must_be_there()
    frozen = Frozen.open(forecast)
    published = read_published(evidence, frozen.areas, list(frozen.stated["places"]))
    for note in notes_on_later(evidence, frozen.areas, list(frozen.stated["places"])):
        say(f"note: {note}")
    found = scores_of(frozen, published)
    unscored = [f"{number} of {len(published)}: {why}" for why, number in found.unscored.items()]
    if found.scores.empty:
        nothing = f"nothing to score ({'; '.join(unscored)})"
        allowed = f"publications after {frozen.reference_date} of what is forecast"
        raise Faults([Fault(label(evidence), None, nothing, allowed)])
    if csv is not None:
        write_out(csv, found.scores.to_csv(index=False))
        say(f"scores are in {path_shown(csv)}")
    means = beside_each_other(found.scores)
    if json_:
        told = {
            "forecast": frozen.stated["sha256"],
            "reference_date": frozen.stated["reference_date"],
            "scores": _records(found.scores),
            "means": _records(means),
            "unscored": unscored,
        }
        print(json.dumps(told, indent=1, ensure_ascii=False))
        return
    _print(frozen.stated, found.scores, means)
    for line in unscored:
        say(f"not scored, {line}")


def _print(stated: Any, scores: pd.DataFrame, means: pd.DataFrame) -> None:
    from rich.table import Table

    from ebbtide.cli.output import plain_console
    from ebbtide.study.spread import CENTRAL

    console = plain_console()
    console.print(f"{stated['title']}: forecast as of {stated['reference_date']}", style="bold")
    console.print(f"sha256 {stated['sha256']}\n")
    table = Table(title="On what all speak of, and on all of one's own", title_justify="left",
                  box=None, pad_edge=False)  # fmt: skip
    table.add_column("forecaster")
    for name in ("of all", "CRPS", "log score", "interval score", "inside", "of its own", "CRPS",
                 "inside"):  # fmt: skip
        table.add_column(name, justify="right")
    for row in means.to_dict("records"):
        table.add_row(
            str(row["forecaster"]), str(row["statements"]), _mean(row["crps"]), _mean(row["log_score"]),
            _mean(row["interval_score"]), _share(row["inside"]), str(row["all_statements"]),
            _mean(row["crps_of_all"]), _share(row["inside_of_all"]),
        )  # fmt: skip
    console.print(table)
    table = Table(title="\nStatement by statement", title_justify="left", box=None, pad_edge=False)
    for name in ("statement", "publisher", "forecaster"):
        table.add_column(name, overflow="fold")
    for name in ("said", f"forecast: median ({CENTRAL})", "CRPS", "PIT", "inside"):
        table.add_column(name, justify="right")
    for row in scores.to_dict("records"):
        table.add_row(
            str(row["statement"]), str(row["publisher"]), str(row["forecaster"]), f"{row['said']:,.0f}",
            f"{row['median']:,.0f} ({row['low']:,.0f} to {row['high']:,.0f})", f"{row['crps']:.2f}",
            f"{row['pit']:.2f}", "yes" if row["inside"] else "no",
        )  # fmt: skip
    console.print(table)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows, with nothing where there is no number, or none that JSON has."""
    return [
        {
            str(name): None if value != value or value in (math.inf, -math.inf) else value
            for name, value in row.items()
        }
        for row in table.to_dict("records")
    ]


def _mean(found: float) -> str:
    return "" if found != found else f"{found:.2f}"


def _share(found: float) -> str:
    return "" if found != found else f"{found:.0%}"
