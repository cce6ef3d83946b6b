"""Who in the engine reads a rule, and in which phases of the week: from its parsed files.

Nothing is loaded, since that would start the compiler; nothing is listed, since the files say it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ebbtide.explain.place import PACKAGE, shown

Name = tuple[str, ...]  # dotted: a module, or what is declared in one

ENGINE = PACKAGE / "engine"
WEEK = ENGINE / "week.py"


def readers(rule: str) -> list[str]:
    """The functions of the engine that read a rule (`mechanism.function`): `file:line name`."""
    return [
        f"{shown(file, line)} {name[-1]}"
        for name, (file, line, read) in _functions().items()
        if ("ebbtide", "rules", *rule.split(".")) in read
    ]


def phases(rule: str) -> list[str]:
    """The phases of the week, with their numbers, on whose way the rule is read."""
    wanted = ("ebbtide", "rules", *rule.split("."))
    return [
        f"{number}. {says}"
        for number, (says, calls) in enumerate(week(), start=1)
        if wanted in _reached(calls)
    ]


@cache
def _reached(calls: frozenset[Name]) -> frozenset[Name]:
    """All that functions read, themselves or through others."""
    found: set[Name] = set()
    waiting = list(calls)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _functions()[name][2] if name in _functions() else ()
    return frozenset(found)


@cache
def _functions() -> dict[Name, tuple[Path, int, frozenset[Name]]]:
    """Every function of the engine: its file, its line, and what it reads by full name."""
    found: dict[Name, tuple[Path, int, frozenset[Name]]] = {}
    for file in sorted(ENGINE.rglob("*.py")):
        tree, module = ast.parse(file.read_text(encoding="utf-8")), _module(file)
        known = dict(_names(tree, module))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found[*module, node.name] = (file, node.lineno, frozenset(_read(node, known)))
    return found


def _module(file: Path) -> Name:
    *folders, name = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return (*folders, name) if name != "__init__" else tuple(folders)


def _names(tree: ast.Module, module: Name) -> Iterator[tuple[str, Name]]:
    """What names at the top of a file stand for: its own functions, and what it imports."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, (*module, node.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, (*node.module.split("."), alias.name)


def _read(node: ast.AST, known: dict[str, Name]) -> Iterator[Name]:
    """The full names of what is read below a node: `name`, or `module.name`."""
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in known:
                yield (*known[module], name)
            case ast.Name(id=name) if name in known:
                yield known[name]


@cache
def week() -> tuple[tuple[str, frozenset[Name]], ...]:
    """The phases in their order: what each says, and the functions that do it."""
    tree = ast.parse(WEEK.read_text(encoding="utf-8"))
    known = dict(_names(tree, _module(WEEK)))
    calls = (
        node
        for node in ast.walk(ast.Module([n for n in tree.body if isinstance(n, ast.Assign)], []))
        if isinstance(node, ast.Call)
    )
    return tuple(
        (str(says.value), frozenset(_read(call, known)))
        for call in sorted(calls, key=lambda call: call.lineno)
        for says in call.args[:1]
        if isinstance(call.func, ast.Name) and call.func.id == "Phase"
        if isinstance(says, ast.Constant)
    )
