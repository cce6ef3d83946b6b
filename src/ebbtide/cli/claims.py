"""`ebbtide claims`: a scenario's claims held against the model, as a page."""

from __future__ import annotations

from ebbtide.cli.conducting import FromPriors, Workers, live_all
from ebbtide.cli.pages import (
    Draws,
    PageFile,
    ScenarioNamed,
    Seed,
    drawn_from,
    made_with,
    print_or_write,
)

EXAMPLES = """\b
Examples:
  ebbtide claims khorasan --replications 20
  ebbtide claims khorasan --replications 200 --out docs/claims.md

A scenario names its ledger (`evidence.claims`) and what each claim is held to
(`evidence.claim_tests`); `ebbtide check SCENARIO` reads both. Every rule test lives
the scenario with its mechanism and without, in pairs of draws; the rest is measured
in the scenario as it is, in N draws: of the scenario's posterior where it names one, else of
the priors. Nothing is written before all is judged.
"""


def claims(
    scenario: ScenarioNamed = "khorasan",
    replications: Draws = 100,
    seed: Seed = 1,
    priors: FromPriors = False,
    workers: Workers = None,
    out: PageFile = None,
) -> None:
    """Hold a scenario's claims against the model: rules, figures, signs, patterns, forecasts.

    The page says claim by claim what the model shows, whether that meets the claim, and what a
    model without any rule would meet too.
    """
    from ebbtide.claims.judging import Judge
    from ebbtide.claims.page import page
    from ebbtide.claims.reading import read_tests
    from ebbtide.claims.trials import PAIRS, Trials
    from ebbtide.claims.worlds import Worlds
    from ebbtide.scenario import load

    tests = read_tests(load(scenario))
    worlds = Worlds(tests)
    posterior = drawn_from(tests.scenario, max(replications, PAIRS), seed, priors)
    trials = Trials(worlds.by_id, replications, seed, posterior)
    numbers = live_all(trials, workers, len(list(trials.runs())))
    judge = Judge(tests, worlds, numbers, posterior)
    made = made_with("claims", scenario, replications, seed, priors=priors, posterior=posterior)
    breakdowns = {name: judge.breakdown(name) for name in tests.file.breakdown}
    print_or_write(page(tests, judge.findings(), judge.effects(), breakdowns, made), out)
