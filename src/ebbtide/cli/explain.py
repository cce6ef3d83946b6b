"""`ebbtide explain`: what a name means, where it comes from, and which test carries it."""

from __future__ import annotations

import sys
import textwrap
from contextlib import nullcontext, suppress
from itertools import chain, groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebbtide.explain import Entry

WIDTH, INDENT, LISTED = 100, 18, 32
TOLD_OF = "khorasan"  # the scenario whose values are told


def explain(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="switching.hazard, rules.switching.highest, groups.GROUP.pay, fighters, strikes, "
            "launch, spares: a rule, parameter, quantity, outcome, metric, lever, claim, or a key of "
            "scenario and policy files; levers, rules, fields, policies: all of a kind; "
            "docs/scenarios.md: a document, which is printed. Without: what kinds there are.",
        ),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIO",
            help="The scenario whose values are told; without it khorasan, and for what that has not, "
            "another shipped one that has it.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Explain a name: meaning, form, unit, range, value, source, paragraph, claims, file, tests."""
    from ebbtide.cli.documents import PREFIX, document, documents
    from ebbtide.explain import Catalogue
    from ebbtide.scenario import Faults, load

    if name is not None and name.startswith(PREFIX):
        text = document(name)
        print(_as_json([{"name": name, "kind": "document", "text": text}]) if as_json else text)
        return
    if name in ("document", "documents"):
        print(_as_json(list(documents())) if as_json else "\n".join(documents()))
        return
    if name is None:
        catalogue = Catalogue(load(scenario or TOLD_OF))
        kinds = {kind: list(names) for kind, names in catalogue.kinds.items()}
        kinds["document"] = list(documents())
        print(_as_json(kinds) if as_json else _overview(kinds, catalogue.scenario.id))
        return
    listed = Catalogue(load(scenario or TOLD_OF)).of_kind(name)
    entries: list[Entry] = []
    with suppress(Faults) if listed else nullcontext():  # a kind's name may be that of a key too
        entries = _of_any(name) if scenario is None else Catalogue(load(scenario)).explain(name)
    if as_json:
        print(_as_json([entry.as_dict() for entry in entries] + _in_short(listed)))
    else:
        print("\n\n".join([*map(_told, entries), *_lists(listed)]))


def _of_any(name: str) -> list[Entry]:
    """What the usual scenario has of a name; of a path that it has not, the shipped one that has it."""
    from ebbtide.cli.shipped import names
    from ebbtide.explain import Catalogue
    from ebbtide.scenario import load

    usual = Catalogue(load(TOLD_OF))
    if "." in name and not usual.named(name):
        for other in names().split(", "):
            if other != TOLD_OF and (entries := Catalogue(load(other)).named(name)):
                print(f"not in {TOLD_OF}; as {other} has it:", file=sys.stderr)
                return entries
    return usual.explain(name)


def _overview(kinds: dict[str, list[str]], scenario: str) -> str:
    lines = [f"What `ebbtide explain NAME` knows, with the values of {scenario}:", ""]
    for kind, names in kinds.items():
        some = ", ".join(names[:3])
        lines.append(f"{len(names):6}  {kind:<17} {some}{', ...' if len(names) > 3 else ''}")
    return "\n".join(
        [*lines, "", "`ebbtide explain levers` lists all of a kind; --json all names."]
    )


def _in_short(entries: list[Entry]) -> list[dict[str, Any]]:
    from ebbtide.explain.kinds import first_line

    return [{"name": each.name, "kind": each.kind, "says": first_line(each)} for each in entries]


def _lists(entries: list[Entry]) -> Iterator[str]:
    """Entries by kind, each with its first line."""
    for kind, told in groupby(_in_short(entries), key=lambda each: each["kind"]):
        lines = [_wrapped(each["says"], f"  {each['name']}", LISTED) for each in told]
        yield "\n".join([kind, *chain.from_iterable(lines)])


def _told(entry: Entry) -> str:
    lines = [f"{entry.name} ({entry.kind})"]
    for fact, said in entry.facts.items():
        texts = [said] if isinstance(said, str) else said
        for number, text in enumerate(texts):
            head = f"  {fact}" if number == 0 else ""
            lines += _wrapped(text, head)
    return "\n".join(lines)


def _wrapped(text: str, head: str, indent: int = INDENT) -> list[str]:
    """The text beside its head, or below a head that is too long."""
    beside = len(head) < indent
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=head.ljust(indent) if beside else " " * indent,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines if beside else [head, *lines]


def _as_json(found: object) -> str:
    import json

    return json.dumps(found, ensure_ascii=False, indent=2)
