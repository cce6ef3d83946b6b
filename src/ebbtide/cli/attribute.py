"""`ebbtide attribute`: what an outcome of a scenario is made of, as a page and a figure."""

from __future__ import annotations

import typer

from ebbtide.cli.conducting import FromPriors, InStyle, Workers, live_all, say
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
  ebbtide attribute khorasan --replications 10
  ebbtide attribute khorasan --out docs/attribution.md

What is measured, since when, and which causes there are stands in the scenario's file
of claim tests (`evidence.claim_tests`, table `attribution`). A draw is lived once up to
that day and from there on in every world: two to the power of the number of causes. Draws are
those of the scenario's posterior where it names one, else of the priors.

--out writes the page and, beside it, the figure: FILE with the suffix .png.
"""


def attribute(
    scenario: ScenarioNamed = "khorasan",
    replications: Draws = 40,
    seed: Seed = 1,
    priors: FromPriors = False,
    workers: Workers = None,
    out: PageFile = None,
    style: InStyle = "colour",
) -> None:
    """Say what a fall (or a rise) is made of: causes switched off singly and in all combinations.

    Each cause gets its Shapley value, with an interval over draws, beside what the text
    says of it.
    """
    from ebbtide.claims.attribution import Attributed
    from ebbtide.claims.attribution_page import attribution_page
    from ebbtide.claims.futures import Futures
    from ebbtide.claims.reading import read_tests
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import writing
    from ebbtide.scenario import Fault, Faults, load
    from ebbtide.scenario.faults import MISSING
    from ebbtide.scenario.project import label
    from ebbtide.show.attribution import save_attribution
    from ebbtide.show.palette import in_style

    tests = read_tests(load(scenario))
    stated = tests.file.attribution
    if stated is None:
        allowed = "what is measured, since when, and two causes or more"
        raise Faults([Fault(label(tests.path), "attribution", MISSING, allowed)])
    posterior = drawn_from(tests.scenario, replications, seed, priors)
    futures = Futures(tests, stated, replications, seed, posterior)
    [drawn] = live_all(futures, workers, replications).values()
    try:
        found = Attributed(tests, stated, drawn, posterior)
    except ValueError as error:
        say(f"{error}: nothing is attributed")
        raise typer.Exit(1) from None
    picture = out.with_suffix(".png") if out else None
    made = made_with("attribute", scenario, replications, seed, priors=priors, posterior=posterior)
    print_or_write(attribution_page(found, made, picture.name if picture else None), out)
    if picture:
        with writing(picture), in_style(style):
            save_attribution(found, picture)
        print(path_shown(picture))
