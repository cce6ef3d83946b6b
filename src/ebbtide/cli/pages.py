"""What commands that write a page of a scenario share: whose, of how many draws, where it goes."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ebbtide.calibration.by import By
from ebbtide.cli.conducting import at_least
from ebbtide.cli.written import a_file

if TYPE_CHECKING:
    from ebbtide.calibration.posterior import Posterior
    from ebbtide.claims.page import MadeWith
    from ebbtide.scenario import Scenario
    from ebbtide.scenario.posterior import PosteriorDraws

ScenarioNamed = Annotated[
    str, typer.Argument(metavar="[SCENARIO]", help="A scenario file, or a shipped one's name.")
]
FEWEST = 10  # draws that have a range
Draws = Annotated[
    int,
    typer.Option(
        parser=at_least(FEWEST),
        metavar="N",
        help=f"Draws of the scenario's posterior, or of the priors; at least {FEWEST}.",
    ),
]
Seed = Annotated[
    int, typer.Option(parser=at_least(0), metavar="N", help="The seed of all draws' seeds.")
]
PageFile = Annotated[
    Path | None,
    typer.Option(
        parser=a_file, metavar="FILE", help="The file the page goes into.", show_default="stdout"
    ),
]


BankFolder = Annotated[
    Path | None, typer.Option(metavar="DIR", help="The folder of a bank of runs.")
]


def opened_bank(scenario: str, folder: Path | None, by: By = By.LIKELIHOOD) -> Posterior:
    """The bank of a folder, weighed. Raises Faults for no folder, or a bank of something else."""
    from ebbtide.calibration.calibrate import open_bank
    from ebbtide.scenario import Fault, Faults, load

    if folder is None:
        allowed = "the folder of a bank: `ebbtide calibrate` makes one"
        raise Faults([Fault("--bank", None, "no folder", allowed)])
    return open_bank(load(scenario), folder, by)


def drawn_from(
    scenario: Scenario, replications: int, seed: int, priors: bool
) -> PosteriorDraws | None:
    """The draws that runs take their quantities from; None where these are the priors'.

    Raises Faults for draws of other rules or numbers, and for more runs than there are draws.
    """
    from ebbtide.study.asked import Asked, Planned

    asked = Asked(
        scenario=scenario.id, policy=None, replications=replications, seed=seed, until=None,
        overrides={}, fixed=False, priors=priors,
    )  # fmt: skip
    return Planned(asked, scenario, scenario.policy).posterior


def made_with(
    command: str,
    scenario: str,
    replications: int,
    seed: int,
    *,
    priors: bool,
    posterior: PosteriorDraws | None,
) -> MadeWith:
    """What a page is made with, its command as it is typed wherever the project lies."""
    from ebbtide.claims.page import MadeWith
    from ebbtide.study.asked import options
    from ebbtide.study.manifest import without_root

    said = options({"--replications": replications, "--seed": seed, "--priors": priors})
    typed = shlex.join(["ebbtide", command, without_root(scenario), *said])
    return MadeWith(replications, seed, typed, posterior)


def print_or_write(text: str, out: Path | None) -> None:
    """Give the page to stdout, or to the file that is named there."""
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import write_out

    if out is None:
        print(text, end="")
    else:
        write_out(out, text)
        print(path_shown(out))
