"""All names of a kind, asked for by what the kind is called, in the singular or the plural."""

from __future__ import annotations

from collections.abc import Mapping

from ebbtide.explain import fields, ids
from ebbtide.explain.entry import Entry, Tell
from ebbtide.explain.keys import ID
from ebbtide.scenario import Scenario

SAYS = ("meaning", "says", "title")  # what the first line of an entry is, the first that it has


def of_kind(word: str, kinds: Mapping[str, Mapping[str, Tell]], scenario: Scenario) -> list[Entry]:
    """The entries of the kinds that a word means; none for any other word.

    Those are the kinds of a catalogue, `outcome` all three of them; and the scenario's `policy` files,
    and `field`, the keys of a place, group, force or border.
    """
    found = [
        tell for kind, names in kinds.items() if word in called(kind) for tell in names.values()
    ]
    if word in called("policy"):
        found += ids.policies(scenario).values()
    if word in called("field"):
        found += [tell for name, tell in kinds["key"].items() if _is_field(name)]
    return [tell() for tell in found]


def called(kind: str) -> set[str]:
    """What a kind is called: `lever` and `levers`; `outcome by place` an outcome too."""
    noun, by, whose = kind.partition(" by ")
    both = {noun, f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"}
    return both | {f"{each}{by}{whose}" for each in both}


def first_line(entry: Entry) -> str:
    """The first sentence of what an entry says."""
    said = str(next((entry.facts[fact] for fact in SAYS if fact in entry.facts), ""))
    return said.partition(". ")[0].removesuffix(".")


def _is_field(name: str) -> bool:
    table, *rest = name.split(".")
    return table in fields.WITH_FIELDS and len(rest) == 2 and rest[0] == ID
