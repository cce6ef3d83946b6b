"""`ebbtide explain`: what a name means, where it comes from, and which test carries it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ebbtide.explain import Entry

WIDTH, INDENT = 100, 18


def explain(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="switching.hazard, rules.switching.highest, groups.GROUP.pay, fighters, strikes, "
            "launch: a rule, parameter, quantity, outcome, metric, lever or claim. Without: all names.",
        ),
    ] = None,
    scenario: Annotated[
        str, typer.Option(metavar="SCENARIO", help="The scenario whose values are told.")
    ] = "khorasan",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Explain a name: meaning, form, unit, range, value, source, paragraph, claims, file, tests."""
    from ebbtide.explain import Catalogue
    from ebbtide.scenario import load

    catalogue = Catalogue(load(scenario))
    if name is None:
        kinds = {kind: list(names) for kind, names in catalogue.kinds.items()}
        print(_as_json(kinds) if as_json else _overview(kinds, scenario))
        return
    entries = catalogue.explain(name)
    if as_json:
        print(_as_json([entry.as_dict() for entry in entries]))
    else:
        print("\n\n".join(_told(entry) for entry in entries))


def _overview(kinds: dict[str, list[str]], scenario: str) -> str:
    lines = [f"What `ebbtide explain NAME` knows, with the values of {scenario}:", ""]
    for kind, names in kinds.items():
        some = ", ".join(names[:3])
        lines.append(f"{len(names):6}  {kind:<17} {some}{', ...' if len(names) > 3 else ''}")
    return "\n".join([*lines, "", "--json lists them all."])


def _told(entry: Entry) -> str:
    lines = [f"{entry.name} ({entry.kind})"]
    for fact, said in entry.facts.items():
        texts = [said] if isinstance(said, str) else said
        for number, text in enumerate(texts):
            head = f"  {fact}" if number == 0 else ""
            lines += _wrapped(text, head)
    return "\n".join(lines)


def _wrapped(text: str, head: str) -> list[str]:
    """The text beside its head, or below a head that is too long."""
    beside = len(head) < INDENT
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=head.ljust(INDENT) if beside else " " * INDENT,
        subsequent_indent=" " * INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines if beside else [head, *lines]


def _as_json(found: object) -> str:
    import json

    return json.dumps(found, ensure_ascii=False, indent=2)
