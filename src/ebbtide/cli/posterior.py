"""`ebbtide posterior`: a page of what a bank of runs says, and whether it is to be trusted."""

from __future__ import annotations

from ebbtide.calibration.by import By
from ebbtide.calibration.extra import NEEDED
from ebbtide.cli.calibrate import Weighing
from ebbtide.cli.pages import BankFolder, PageFile, ScenarioNamed, opened_bank, print_or_write

EXAMPLES = f"""\b
Examples:
  ebbtide posterior khorasan --bank results/bank --out docs/posterior.md
  ebbtide posterior khorasan --bank results/bank --by nearest

The bank is made by `ebbtide calibrate`, of the same scenario. The page tells what publishers would say,
whom to believe, what hangs on each publisher, whether intervals hold what they should (some runs are
published anew and found again), and what the record did to each quantity.

It {NEEDED}.
"""


def posterior(
    scenario: ScenarioNamed = "khorasan",
    bank: BankFolder = None,
    by: Weighing = By.LIKELIHOOD,
    out: PageFile = None,
) -> None:
    """Write the page of a posterior: what it says, whom to believe, whether to trust it."""
    from ebbtide.calibration.posterior_page import posterior_page
    from ebbtide.study.manifest import without_root

    found = opened_bank(scenario, bank, by)
    command = f"ebbtide posterior {without_root(scenario)} --bank BANK --by {by}"
    print_or_write(posterior_page(found, command), out)
