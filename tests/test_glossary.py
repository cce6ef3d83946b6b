"""The glossary's terms are the code's: what it cites is there, and what is called so means the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest
import typer

import ebbtide
from ebbtide.cli.main import app
from ebbtide.rules import MECHANISMS
from ebbtide.scenario.levers import LEVERS
from ebbtide.study.metrics import METRICS
from ebbtide.world.codes import End, Kind
from ebbtide.world.levers import Levers
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES
from ebbtide.world.variables import Variables

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(ebbtide.__file__).parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ENTRIES = [" ".join(entry.split()) for entry in re.findall(r"^- (.+(?:\n  .+)*)", GLOSSARY, re.M)]
TERMS = {term: entry for entry in ENTRIES for term in re.findall(r"\*\*([^*]+)\*\*", entry)}
EVERY_OUTCOME = OUTCOMES | PLACE_OUTCOMES | FORCE_OUTCOMES


@cache
def classes() -> list[tuple[str, str, str]]:
    """Every class with a docstring: its name, its file, and its first paragraph."""
    return [*_classes()]


def _classes() -> Iterator[tuple[str, str, str]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and (said := ast.get_docstring(node)):
                yield node.name, file.relative_to(PACKAGE).as_posix(), said.split("\n\n")[0]


def cited() -> set[str]:
    """What may stand in code type: outcomes, metrics, mechanisms, commands, classes, levers and files."""
    command = typer.main.get_command(app)
    commands = {f"ebbtide {name}" for name in command.commands}
    options = {
        f"{name} {option}"
        for name, each in command.commands.items()
        for parameter in each.params
        for option in parameter.opts
    }
    files = {
        part for file in (ROOT / "scenarios").rglob("*.toml") for part in (file.name, file.stem)
    }
    folders = {f"{folder.name}/" for folder in PACKAGE.iterdir() if folder.is_dir()}
    levers = {f"state.levers.{column}" for column in Levers.declared}
    paths = {"rules.MECHANISM.NAME"}
    return {
        *EVERY_OUTCOME, *METRICS, *MECHANISMS, *commands, *options, *files, *folders, *levers, *paths,
        *(name for name, _, _ in classes()),
    }  # fmt: skip


def test_a_term_is_told_once() -> None:
    told = re.findall(r"\*\*([^*]+)\*\*", " ".join(ENTRIES))
    assert len(told) > 50
    assert len(told) == len({term.lower() for term in told})


def test_what_the_glossary_cites_is_there() -> None:
    assert {*re.findall(r"`([^`]+)`", " ".join(ENTRIES))} <= cited()


OF_NO_MATTER = re.findall(
    r"\w+",
    "a an and are as at be by each every for from has have how in is it its nor not of on one or out own "
    "that the their them then there they this to under up what when where which who whom with",
)


def words(text: str) -> set[str]:
    """What a text speaks of, as the beginnings of its words."""
    found = re.findall(r"[a-z]+", text.lower())
    return {word[:5].removesuffix("s") for word in found if word not in OF_NO_MATTER}


def called_so(term: str) -> Iterator[tuple[str, str]]:
    """What the code calls by a term, and what it says of it: classes, outcomes and state variables."""
    name = term.replace(" ", "").lower()
    for of, file, said in classes():
        if of.lower() == name:
            yield f"{file}: {of}", said
    for outcomes in (OUTCOMES, PLACE_OUTCOMES, FORCE_OUTCOMES, Variables.declared):
        if name in outcomes:
            yield (
                f"{name}, {outcomes[name].meaning}",
                f"{outcomes[name].unit} {outcomes[name].meaning}",
            )


def strangers(terms: dict[str, str]) -> list[str]:
    """What is called by a term, and says nothing of what the term's entry speaks of."""
    return [
        f"{term}: {where}"
        for term, entry in terms.items()
        for where, said in called_so(term)
        if not (words(said) & words(entry)) - words(term)
    ]


def test_what_the_code_calls_by_a_term_speaks_of_the_same() -> None:
    assert sum(1 for term in TERMS for _ in called_so(term)) > 40
    assert strangers(TERMS) == []


def test_another_meaning_of_a_term_would_be_found() -> None:
    other = {"Faction": "**Faction**: a small piece of cheese.", "Morale": "**Morale**: a lesson."}
    assert [each.partition(":")[0] for each in strangers(other)] == ["Faction", "Morale", "Morale"]


def test_a_level_that_goes_from_0_to_1_is_a_share() -> None:
    from_0_to_1 = {name.lower() for name, entry in TERMS.items() if "0 to 1" in entry}
    assert from_0_to_1 == {"attention", "command", "intelligence"}
    assert {EVERY_OUTCOME[name].unit for name in from_0_to_1} == {"share"}


def counted_up(term: str) -> list[str]:
    """What stands in an entry's first parentheses."""
    listed = re.search(r"\((.+?)\)", TERMS[term].partition("**")[2].partition(":")[2])
    assert listed is not None
    return [word.strip("` ") for word in re.split(r", | and so on", listed[1]) if word]


def test_kinds_of_entry_are_counted_up_whole() -> None:
    assert counted_up("Kind") == [kind.label for kind in Kind]


@pytest.mark.parametrize(
    ("term", "declared"),
    [("Lever", LEVERS), ("Hazard", {end.name.lower() for end in End}), ("Mechanism", MECHANISMS)],
)
def test_examples_of_an_entry_are_declared(term: str, declared: Collection[str]) -> None:
    assert len(counted_up(term)) > 1
    assert {*counted_up(term)} <= {*declared}
