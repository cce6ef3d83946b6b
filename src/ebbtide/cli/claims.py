"""`ebbtide claims`: a scenario's claims held against the model, as a page."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from ebbtide.cli.conducting import Workers, at_least, live_all, options

EXAMPLES = """\b
Examples:
  ebbtide claims khorasan --replications 20
  ebbtide claims khorasan --replications 200 --out docs/claims.md

A scenario names its ledger (`evidence.claims`) and what each claim is held to
(`evidence.claim_tests`); `ebbtide check SCENARIO` reads both. Every rule test lives
the scenario with its mechanism and without, in 40 pairs of draws; the rest is measured
in the scenario as it is, in N draws. Nothing is written before all is judged.
"""


def claims(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario file, or a shipped one's name.")
    ] = "khorasan",
    replications: Annotated[
        int, typer.Option(parser=at_least(10), metavar="N", help="Draws of the priors.")
    ] = 100,
    seed: Annotated[
        int, typer.Option(parser=at_least(0), metavar="N", help="The seed of all draws' seeds.")
    ] = 1,
    workers: Workers = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The file the page goes into.", show_default="stdout"),
    ] = None,
) -> None:
    """Hold a scenario's claims against the model: rules, figures, signs, patterns, forecasts.

    The page says claim by claim what the model shows, whether that meets the claim, and what a
    model without any rule would meet too.
    """
    from ebbtide.claims.judging import Judge
    from ebbtide.claims.page import MadeWith, page
    from ebbtide.claims.reading import read_tests
    from ebbtide.claims.trials import Trials
    from ebbtide.claims.worlds import Worlds
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import write_out
    from ebbtide.scenario import load
    from ebbtide.study.manifest import without_root

    tests = read_tests(load(scenario))
    worlds = Worlds(tests)
    trials = Trials(worlds.by_id, replications, seed)
    numbers = live_all(trials, workers, len(list(trials.runs())))
    judge = Judge(tests, worlds, numbers)
    said = {"--replications": replications, "--seed": seed}
    command = shlex.join(["ebbtide", "claims", without_root(scenario), *options(said)])
    text = page(tests, judge.findings(), judge.effects(), MadeWith(replications, seed, command))
    if out is None:
        print(text, end="")
    else:
        write_out(out, text)
        print(path_shown(out))
