"""Notes take their numbers by name: each is handed those that its kind declares, and no other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from ebbtide import engine
from ebbtide.engine import chronicle
from ebbtide.engine.plain import plain
from ebbtide.world.codes import CHRONICLE_LENGTH, NOTE_NUMBERS, Note, Slot

ENGINE = Path(next(iter(engine.__path__)))
MAKERS = {f"note_{kind.name.lower()}": kind for kind in Note}


def notes() -> Iterator[tuple[str, ast.Call]]:
    """Every note that the engine makes: by what, and the call."""
    for source in sorted(ENGINE.rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id=name)) if name.startswith("note_"):
                    yield name, node


NOTES = list(notes())


@pytest.mark.parametrize(("name", "call"), NOTES, ids=[name for name, _ in NOTES])
def test_a_note_is_handed_what_its_kind_declares_by_name(name: str, call: ast.Call) -> None:
    """Beside the state and the week, so that no two can be swapped."""
    assert [ast.unparse(each) for each in call.args] == ["state", "week"]
    assert {each.arg for each in call.keywords} == {*MAKERS[name].numbers}


def test_every_kind_is_noted() -> None:
    assert {name for name, _ in NOTES} == MAKERS.keys()


@pytest.mark.parametrize("name", MAKERS)
def test_an_entry_is_read_as_it_was_written_until_the_chronicle_is_full(name: str) -> None:
    kind = MAKERS[name]
    state = SimpleNamespace(
        rows=np.zeros(len(Slot), np.int64),
        chronicle=np.full((CHRONICLE_LENGTH, NOTE_NUMBERS), -1, np.int64),
    )
    said = {number: 7 + nth for nth, number in enumerate(kind.numbers)}
    plain(getattr(chronicle, name))(state, 4, **said)
    entry = state.chronicle[0]
    assert [*entry[:2]] == [4, kind]
    assert vars(kind.read(entry)) == said
    assert not entry[2 + len(said) :].any()
    assert state.rows[Slot.NOTED] == 1
    state.rows[Slot.NOTED] = CHRONICLE_LENGTH
    plain(getattr(chronicle, name))(state, 5, **said)
    assert state.rows[Slot.NOTED] == CHRONICLE_LENGTH
