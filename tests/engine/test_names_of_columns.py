"""What the engine reads of the world, its parameters and its state is declared there.

Compiled code that reads what is not there is told late, by a compiler that names no line.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pytest

from ebbtide import engine
from ebbtide.engine.parameters import Parameters
from ebbtide.world.columns import Columns
from ebbtide.world.state import State
from ebbtide.world.world import World

Tables = dict[str, type[Columns]]

SOURCES = sorted(Path(next(iter(engine.__path__))).rglob("*.py"))
HANDED_OVER: Tables = {"world": World, "parameters": Parameters, "state": State}


def columns(table: type[Columns]) -> set[str]:
    """And what every table has: how many rows it has, what compiled code reads of it."""
    return {*table.compiled_columns(), *table.parts, *dir(Columns)}


def table_of(node: ast.expr, known: Tables) -> type[Columns] | None:
    """The table that an expression stands for, as far as names and parts tell."""
    match node:
        case ast.Name(id=name):
            return known.get(name)
        case ast.Attribute(value=value, attr=attr):
            whole = table_of(value, known)
            return None if whole is None else whole.parts.get(attr)
    return None


def unknown_names(source: str) -> Iterator[str]:
    """Each name that is read of a table and no column or part of it, with the line and the nearest."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        known = HANDED_OVER | dict(parts_by_another_name(function))
        for node in ast.walk(function):
            if not isinstance(node, ast.Attribute):
                continue
            table = table_of(node.value, known)
            if table is not None and node.attr not in (there := columns(table)):
                near = get_close_matches(node.attr, there, 1)
                meant = f"; did you mean {near[0]}?" if near else ""
                yield f"line {node.lineno}: {table.__name__} has no {node.attr}{meant}"


def parts_by_another_name(function: ast.FunctionDef) -> Iterator[tuple[str, type[Columns]]]:
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                part = table_of(value, HANDED_OVER)
                if part is not None:
                    yield name, part


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_names_are_those_of_columns(source: Path) -> None:
    assert not [*unknown_names(source.read_text(encoding="utf-8"))]


def test_a_slip_is_told_with_its_line_and_the_nearest_name() -> None:
    slip = """
def face(world, state, week):
    levers = state.levers
    if levers.border_controll[0] > 0:
        return world.populaton[0]
    return state.levers.border_control[0]
"""
    assert [*unknown_names(slip)] == [
        "line 4: Levers has no border_controll; did you mean border_control?",
        "line 5: World has no populaton; did you mean population?",
    ]
