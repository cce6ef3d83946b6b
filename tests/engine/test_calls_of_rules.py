"""Rules take numbers by their place: every parameter that the engine hands over is the one meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ebbtide import engine
from ebbtide.rules import MECHANISMS
from ebbtide.rules.declaration import Mechanism

ENGINE = Path(next(iter(engine.__path__)))
SOURCES = sorted(ENGINE.rglob("*.py"))
SWITCHES = {f"{mechanism}_on" for mechanism in MECHANISMS}
# Bounds of hazards that need not be worked out.
SPARES_WORK = {"switching_command_highest", "leaving_highest"}


def parsed(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"))


def parameter(node: ast.AST) -> str | None:
    """`name` where the source says `parameters.name`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id == "parameters" else None
    return None


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, Mechanism, str]]:
    """Every call of what a mechanism's file holds, by the name under which it was imported."""
    mechanisms = {
        alias.asname or alias.name: MECHANISMS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "ebbtide.rules"
        for alias in node.names
        if alias.name in MECHANISMS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if isinstance(of, ast.Name) and of.id in mechanisms:
                yield node, mechanisms[of.id], node.func.attr


def takes(mechanism: Mechanism, called: str) -> dict[str, tuple[str, ...]]:
    """The parameters that each argument of a rule may be handed, as the engine names them.

    Also of a class of numbers that travel together, whose fields are called as the parameters.
    """
    own = {name: (name,) for name in mechanism.parameters}
    if called in mechanism.rules:
        rule = mechanism.rules[called]
        arguments = [name for name in rule.function.__annotations__ if name != "return"]
        own |= dict(rule.parameters)
    else:
        arguments = list(together(mechanism)[called])
    return {
        argument: tuple(
            (path if "." in path else f"{mechanism.name}.{path}").replace(".", "_")
            for path in own.get(argument, ())
        )
        for argument in arguments
    }


def together(mechanism: Mechanism) -> dict[str, tuple[str, ...]]:
    """The classes of numbers that travel together to a mechanism's rules, with their fields."""
    kinds: list[Any] = [
        kind
        for rule in mechanism.rules.values()
        for kind in rule.function.__annotations__.values()
        if hasattr(kind, "_fields")
    ]
    return {kind.__name__: kind._fields for kind in kinds}


def handed(call: ast.Call, arguments: list[str]) -> Iterator[tuple[str, ast.expr]]:
    """What a call hands over, by the argument that it meets; of `x if on else y` the first."""
    given = [*zip(arguments, call.args, strict=False)]
    given += [(each.arg, each.value) for each in call.keywords if each.arg]
    for argument, value in given:
        yield argument, value.body if isinstance(value, ast.IfExp) else value


def misplaced(tree: ast.Module) -> list[str]:
    """Parameters that meet another argument than their own, and arguments that want one and get none."""
    found = []
    for call, mechanism, called in calls(tree):
        taken = takes(mechanism, called)
        for argument, value in handed(call, list(taken)):
            stands = parameter(value)
            wanted = taken[argument]
            if stands not in wanted and (stands is not None or wanted):
                told = f"{mechanism.name}.{called}({argument}={ast.unparse(value)})"
                found.append(f"{told} wants {' or '.join(wanted) or 'no parameter'}")
    return found


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_every_parameter_meets_its_own_argument(source: Path) -> None:
    assert misplaced(parsed(source)) == []


def test_every_parameter_is_handed_to_a_rule() -> None:
    """None is worked with in a phase, which would hide from this file what rule takes it."""
    for source in SOURCES:
        tree = parsed(source)
        given = {
            id(value)
            for call, mechanism, called in calls(tree)
            for _, value in handed(call, list(takes(mechanism, called)))
        }
        for node in ast.walk(tree):
            if (name := parameter(node)) and name not in SWITCHES | SPARES_WORK:
                assert id(node) in given, f"{source.name}, line {node.lineno}: {name}"


def test_swapped_parameters_would_be_found() -> None:
    begin = "from ebbtide.rules import {0}\n{0}."
    swapped = (
        "media.next_media(m, p, b, s, c, parameters.media_decay, parameters.media_build,"
        " parameters.media_strike_weight)"
    )
    for mechanism, call, wrong in (
        ("media", swapped, 2),
        ("media", swapped.replace("media_decay, parameters.media_build", "media_build, 0.5"), 1),
        ("morale", "morale.towards(level, target, parameters.brand_speed)", 0),
        ("morale", "morale.towards(level, target, parameters.brand_memory)", 1),
        ("morale", "morale.Weights(pay_weight=parameters.morale_losses_weight)", 1),
        ("finance", "finance.crime(men, parameters.finance_tax)", 1),
    ):
        tree = ast.parse(begin.format(mechanism) + call.removeprefix(f"{mechanism}."))
        assert len(misplaced(tree)) == wrong, call
