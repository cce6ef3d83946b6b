"""Notes take numbers by their place: each is handed those that its kind declares, and no other."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from ebbtide import engine
from ebbtide.engine.chronicle import note
from ebbtide.engine.plain import plain
from ebbtide.world.codes import NOTE_NUMBERS, Note

ENGINE = Path(next(iter(engine.__path__)))
BEFORE = 3  # what a note is handed before its numbers: state, week and kind


def notes() -> Iterator[tuple[str, ast.Call]]:
    """Every note that the engine makes: its kind, and the call."""
    for source in sorted(ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="note"), args=[_, _, ast.Attribute(attr=kind), *_]):
                    yield kind, node


def is_nothing(handed: ast.expr) -> bool:
    return isinstance(handed, ast.Constant) and handed.value == 0


NOTES = list(notes())


@pytest.mark.parametrize(("kind", "call"), NOTES, ids=[kind for kind, _ in NOTES])
def test_a_note_is_handed_what_its_kind_declares(kind: str, call: ast.Call) -> None:
    handed, declared = call.args[BEFORE:], len(Note[kind].numbers)
    assert [is_nothing(each) for each in handed[declared:]] == [True] * (len(handed) - declared)
    assert not any(is_nothing(each) for each in handed[:declared])


def test_every_kind_is_noted() -> None:
    assert {kind for kind, _ in NOTES} == {kind.name for kind in Note}


def test_an_entry_holds_as_many_numbers_as_a_note_takes() -> None:
    taken = len(inspect.signature(plain(note)).parameters)
    assert taken - 1 == NOTE_NUMBERS  # all but the state
