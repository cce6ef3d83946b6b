"""`ebbtide attribute`: what an outcome of a scenario is made of, as a page and a figure."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ebbtide.cli.conducting import Workers, at_least, live_all, options, say

if TYPE_CHECKING:
    from ebbtide.claims.attribution import Attributed

EXAMPLES = """\b
Examples:
  ebbtide attribute khorasan --replications 10
  ebbtide attribute khorasan --out docs/attribution.md

What is measured, since when, and which causes there are stands in the scenario's file
of claim tests (`evidence.claim_tests`, table `attribution`). A draw is lived once up to
that day and from there on in every world: two to the power of the number of causes.

--out writes the page and, beside it, the figure: FILE with the suffix .png.
"""


def attribute(
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="A scenario file, or a shipped one's name.")
    ] = "khorasan",
    replications: Annotated[
        int, typer.Option(parser=at_least(10), metavar="N", help="Draws of the priors.")
    ] = 40,
    seed: Annotated[
        int, typer.Option(parser=at_least(0), metavar="N", help="The seed of all draws' seeds.")
    ] = 1,
    workers: Workers = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The file the page goes into.", show_default="stdout"),
    ] = None,
) -> None:
    """Say what a fall (or a rise) is made of: causes switched off singly and in all combinations.

    Each cause gets its Shapley value, with an interval over draws of the priors, beside what the text
    says of it.
    """
    from ebbtide.claims.attribution import Attributed
    from ebbtide.claims.attribution_page import attribution_page
    from ebbtide.claims.futures import Futures
    from ebbtide.claims.page import MadeWith
    from ebbtide.claims.reading import read_tests
    from ebbtide.scenario import Fault, Faults, load
    from ebbtide.scenario.faults import MISSING
    from ebbtide.scenario.project import label
    from ebbtide.study.manifest import without_root

    tests = read_tests(load(scenario))
    stated = tests.file.attribution
    if stated is None:
        allowed = "what is measured, since when, and two causes or more"
        raise Faults([Fault(label(tests.path), "attribution", MISSING, allowed)])
    futures = Futures(tests, stated, replications, seed)
    [drawn] = live_all(futures, workers, replications).values()
    try:
        found = Attributed(tests, stated, drawn)
    except ValueError as error:
        say(f"{error}: nothing is attributed")
        raise typer.Exit(1) from None
    said = {"--replications": replications, "--seed": seed}
    command = shlex.join(["ebbtide", "attribute", without_root(scenario), *options(said)])
    made_with = MadeWith(replications, seed, command)
    if out is None:
        print(attribution_page(found, made_with, None), end="")
        return
    picture = out.with_suffix(".png")
    _write(out, attribution_page(found, made_with, picture.name), found, picture)


def _write(page: Path, text: str, found: Attributed, picture: Path) -> None:
    from ebbtide.cli.output import path_shown
    from ebbtide.cli.written import write_out
    from ebbtide.show.attribution import save_attribution
    from ebbtide.study.store import Refused

    write_out(page, text)
    try:
        save_attribution(found, picture)
    except OSError as error:
        raise Refused(f"{picture}: cannot be written: {error.strerror}") from None
    print(path_shown(page))
    print(path_shown(picture))
