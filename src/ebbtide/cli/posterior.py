"""`ebbtide posterior`: a page of what a bank of runs says, and whether it is to be trusted."""

from __future__ import annotations

import os
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

EXAMPLES = f"""\b
Examples:
  ebbtide posterior khorasan --bank results/bank --out docs/posterior.md
  ebbtide posterior khorasan --bank results/bank --by nearest --figures figures
  ebbtide posterior khorasan --bank results/bank --beside results/second --by nearest
  ebbtide posterior khorasan --bank results/bank --by nearest --pack scenarios/khorasan/bank

The bank is made by `ebbtide calibrate`, of the same scenario. The page tells what publishers would say,
whom to believe, what hangs on each publisher, whether intervals hold what they should (some runs are
published anew and found again), and what the record did to each quantity.

It {NEEDS_EXTRA}.
"""


def posterior(
    scenario: ScenarioNamed = "khorasan",
    bank: BankFolder = None,
    by: Weighing = By.LIKELIHOOD,
    beside: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The folder of another bank, of another seed: do the two agree?"
        ),
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Write the bank as well, as small as weighing needs it, into a folder of its own: "
            "it is read as the bank is.",
        ),
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="A folder for figures: what is said, whom to believe, what moved."
        ),
    ] = None,
    out: PageFile = None,
) -> None:
    """Write the page of a posterior: what it says, whom to believe, whether to trust it."""
    from ebbtide.calibration.packing import pack as packed
    from ebbtide.calibration.posterior_page import posterior_page
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import writing
    from ebbtide.scenario import Fault, Faults
    from ebbtide.show.posterior import draw_posterior
    from ebbtide.study.manifest import without_root

    found = opened_bank(scenario, bank, by)
    other = None if beside is None else opened_bank(scenario, beside, by)
    if other is not None and other.bank.base_seed == found.bank.base_seed:
        seed = f"a bank of seed {other.bank.base_seed} too, whose runs are the same"
        raise Faults([Fault("--beside", None, seed, "a bank of another seed")])
    named = None if beside is None else "BANK2"
    folder = None if figures is None else without_root(str(figures))
    made = made_by("posterior", scenario, bank, by=by, beside=named, figures=folder)
    if pack is not None:
        assert bank is not None  # or there would be none to open
        with writing(pack):
            written = packed(found, bank, pack)
        say(f"{path_shown(pack)}: {len(found.runs):,} runs in {written / 1e6:.1f} MB")
    linked = None
    if figures is not None:
        with writing(figures):
            draw_posterior(found, figures)
        linked = os.path.relpath(figures, out.parent if out else Path.cwd())
    print_or_write(posterior_page(found, made, other, linked), out)
