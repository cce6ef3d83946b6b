"""`ebbtide sensitivity`: what outcomes hang on, from a bank of runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ebbtide.calibration.extra import NEEDS_EXTRA
from ebbtide.cli.pages import (
    BankFolder,
    PageFile,
    ScenarioNamed,
    made_by,
    opened_bank,
    print_or_write,
)

EXAMPLES = f"""\b
Examples:
  ebbtide sensitivity khorasan --bank results/bank
  ebbtide sensitivity khorasan --bank results/bank --out page.md --figures figures

The bank is made by `ebbtide calibrate`, of the same scenario; the runs that its priors drew are looked at,
and none is lived again.

It {NEEDS_EXTRA}.
"""


def sensitivity(
    scenario: ScenarioNamed = "khorasan",
    bank: BankFolder = None,
    figures: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder for a figure an outcome.")
    ] = None,
    out: PageFile = None,
) -> None:
    """Tell which uncertain quantities drive strength at the cut, its decline, its end and its ground."""
    from ebbtide.calibration.sensitivity_page import sensitivity_page, tables
    from ebbtide.cli.written import writing
    from ebbtide.show.sensitivity import save_sensitivity
    from ebbtide.study.manifest import without_root

    found = opened_bank(scenario, bank)
    told = tables(found)
    beside = None
    if figures is not None:
        with writing(figures):
            figures.mkdir(parents=True, exist_ok=True)
            for name, (outcome, table) in told.items():
                save_sensitivity(found, outcome, table, figures / f"{name}.png")
        beside = os.path.relpath(figures, out.parent if out else Path.cwd())
    named = None if figures is None else without_root(str(figures))
    made = made_by("sensitivity", scenario, bank, figures=named)
    print_or_write(sensitivity_page(found, told, made, beside), out)
