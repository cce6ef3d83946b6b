"""What the engine's functions read, of rules and other names: from its parsed files.

Nothing is loaded, since that would start the compiler; nothing is listed, since the files say it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ebbtide.explain.place import shown
from ebbtide.installed import PACKAGE

Name = tuple[str, ...]  # dotted: a module, or what is declared in one

ENGINE = PACKAGE / "engine"
LEVER_COLUMNS: Name = (
    "ebbtide",
    "world",
    "levers",
    "Levers",
)  # whose columns functions call `levers.NAME`
WORLD_COLUMNS: Name = ("ebbtide", "world", "world", "World")  # and these `world.NAME`


class Function(NamedTuple):
    """A function: where it stands, what it says that it does, and what it reads, in that order.

    `hands` are those whom it calls with columns of the world, each with a column.
    """

    file: Path
    line: int
    does: str
    reads: tuple[Name, ...]
    hands: frozenset[tuple[Name, str]]


def readers(rule: str) -> list[str]:
    """The functions of the engine that read a rule (`mechanism.function`): `file:line name`."""
    return [
        f"{shown(function.file, function.line)} {name[-1]}"
        for name, function in functions().items()
        if ("ebbtide", "rules", *rule.split(".")) in function.reads
    ]


def reached(names: Iterable[Name]) -> list[Name]:
    """All that is read on the way of functions, by themselves or those they call, in that order."""
    found: dict[Name, None] = {}
    waiting = list(names)[::-1]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += functions()[name].reads[::-1] if name in functions() else ()
    return list(found)


@cache
def functions() -> dict[Name, Function]:
    """Every function of the engine, by full name; also those that a call makes from declarations."""
    found: dict[Name, Function] = {}
    for file in sorted(ENGINE.rglob("*.py")):
        tree, module = ast.parse(file.read_text(encoding="utf-8")), module_of(file)
        known = dict(names_of(tree, module))
        for node in tree.body:
            name = declared(node)
            if name is not None:
                does = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
                first = " ".join((does or "").partition("\n\n")[0].split())
                reads = tuple(dict.fromkeys(read(node, known)))
                hands = frozenset(handed(node, known))
                found[*module, name] = Function(file, node.lineno, first, reads, hands)
    return found


def declared(node: ast.stmt) -> str | None:
    """The name of a function that a statement defines, or makes by a call; None for any other."""
    match node:
        case ast.FunctionDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call()):
            return name
    return None


def module_of(file: Path) -> Name:
    """The full name of the module that a file of the package is."""
    *folders, name = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return (*folders, name) if name != "__init__" else tuple(folders)


def names_of(tree: ast.Module, module: Name) -> Iterator[tuple[str, Name]]:
    """What names at the top of a file stand for: its own functions, and what it imports."""
    for node in tree.body:
        name = declared(node)
        if name is not None:
            yield name, (*module, name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, (*node.module.split("."), alias.name)


def read(node: ast.AST, known: dict[str, Name]) -> Iterator[Name]:
    """The full names of what is read below a node, in the order in which Python comes to them."""
    match node:
        case ast.Call(func=called, args=handed, keywords=named):
            for each in (*handed, *named, called):
                yield from read(each, known)
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in known:
            yield (*known[module], name)
        case ast.Attribute(value=ast.Name(id="levers") | ast.Attribute(attr="levers"), attr=name):
            yield (*LEVER_COLUMNS, name)
        case ast.Attribute(value=ast.Name(id="world"), attr=name):
            yield (*WORLD_COLUMNS, name)
        case ast.Name(id=name) if name in known:
            yield known[name]
        case _:
            for child in ast.iter_child_nodes(node):
                yield from read(child, known)


def handed(node: ast.AST, known: dict[str, Name]) -> Iterator[tuple[Name, str]]:
    """Whom a function calls with which column of the world, as it stands or by a local name."""
    local = dict(_local_names(node))
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            for callee in read(call.func, known):
                for each in (*call.args, *(keyword.value for keyword in call.keywords)):
                    yield from ((callee, column) for column in _columns(each, local, known))


def _local_names(node: ast.AST) -> Iterator[tuple[str, str]]:
    for each in ast.walk(node):
        match each:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = list(zip(names, values, strict=False))
            case ast.Assign(targets=[ast.Name() as named], value=said):
                pairs = [(named, said)]
            case _:
                continue
        for name, value in pairs:
            stated = value.value if isinstance(value, ast.Subscript) else value
            match name, stated:
                case ast.Name(id=called), ast.Attribute(value=ast.Name(id="world"), attr=column):
                    yield called, column


def _columns(node: ast.AST, local: dict[str, str], known: dict[str, Name]) -> Iterator[str]:
    """The columns below a node, but for those that another known function makes something else of."""
    match node:
        case ast.Call(func=called) if any(read(called, known)):
            return
        case ast.Attribute(value=ast.Name(id="world"), attr=column):
            yield column
        case ast.Name(id=name) if name in local:
            yield local[name]
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _columns(child, local, known)
