"""`ebbtide odd`: the whole model with a scenario's values, under the ODD protocol's headings."""

from __future__ import annotations

from ebbtide.cli.pages import PageFile, ScenarioNamed, print_or_write
from ebbtide.cli.shipped import names

EXAMPLES = f"""Shipped scenarios: {names()}.

\b
Examples:
  ebbtide odd minimal --out odd.md
  ebbtide odd khorasan | less

What the document says of a case alone stands in a Markdown file that the scenario names (`odd`).
"""


def odd(
    scenario: ScenarioNamed = "khorasan",
    out: PageFile = None,
) -> None:
    """Describe the model: purpose, entities, the week, rules and numbers, as Markdown.

    It follows the ODD protocol (Grimm and others 2020); tables are drawn from the code and the
    scenario, whose values they show.
    """
    from ebbtide.explain.odd import document
    from ebbtide.scenario import load

    print_or_write(document(load(scenario)), out)
