"""Write docs/claims.md: claim by claim, what the model shows and whether that meets the claim.

uv run python experiments/claims.py [--replications 100]
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer

from ebbtide.scenario import Scenario, load
from ebbtide.study.design import Design
from ebbtide.study.executor import ONE_THREAD, cores

PAGE = Path(__file__).resolve().parents[1] / "docs" / "claims.md"
ALONE = {"policy": "policies/nothing.toml", "rules.rivalry.on": False}


def main(
    replications: Annotated[int, typer.Option(min=10, help="Draws of the priors.")] = 100,
    seed: Annotated[int, typer.Option(help="Base seed of the design.")] = 1,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = cores(),
    rule_tests: Annotated[bool, typer.Option(help="Run the tests of the R claims.")] = True,
    output: Annotated[Path, typer.Option(help="Where the page goes.")] = PAGE,
) -> None:
    """Run the scenario and the rule tests, and write the page."""
    from ledger.carriers import rows_of_tests, run_rule_tests
    from ledger.findings import findings
    from ledger.measures import measure, measure_alone
    from ledger.page import Settings, page

    scenario = load("khorasan")
    alone = scenario.with_overrides(ALONE)
    os.environ.update(ONE_THREAD)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        runs = pool.map(partial(measure, scenario), _design(scenario, replications, seed))
        paired = pool.map(partial(measure_alone, alone), _design(alone, replications, seed))
        found = findings(scenario, list(runs), list(paired))
    passed = run_rule_tests(workers) if rule_tests else {}
    text = page(
        scenario, found, rows_of_tests(), passed, Settings(replications, seed, replications)
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, output)
    print(f"{output}: {replications} replications")


def _design(scenario: Scenario, replications: int, seed: int) -> Design:
    return Design(scenario, (scenario.policy.id,), replications, seed)


if __name__ == "__main__":
    typer.run(main)
