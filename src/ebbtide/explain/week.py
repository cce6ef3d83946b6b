"""The phases of the week, in their order, and what is read in each: from the engine's parsed files."""

from __future__ import annotations

import ast
from functools import cache
from typing import NamedTuple

import ebbtide.scenario.levers as declared
from ebbtide.explain import engine
from ebbtide.explain.engine import Name
from ebbtide.rules import MECHANISMS
from ebbtide.scenario.levers import LEVERS, columns_of

WEEK_FILE = engine.ENGINE / "week.py"
DECLARED: Name = ("ebbtide", "scenario", "levers")  # where lists of levers follow from the levers
DECISION: Name = ("ebbtide", "engine", "random_numbers", "Decision")


class ToldPhase(NamedTuple):
    """A phase of the week: its number, what it says, the name of its function, whose phase it is.

    `does` is what the function says that it does for one actor. On its way are read `rules`
    (`mechanism.function`), `levers` and `columns` of the world, and `draws` are made, each told once, in
    the order of reading.
    """

    number: int
    says: str
    name: str
    of: str
    does: str
    rules: tuple[str, ...]
    levers: tuple[str, ...]
    draws: tuple[str, ...]
    columns: tuple[str, ...]


def phases(rule: str) -> list[str]:
    """The phases of the week, with their numbers, on whose way a rule is read."""
    return [f"{phase.number}. {phase.says}" for phase in week() if rule in phase.rules]


@cache
def week() -> tuple[ToldPhase, ...]:
    """The phases in their order, as the engine's table has them."""
    tree = ast.parse(WEEK_FILE.read_text(encoding="utf-8"))
    known = dict(engine.names_of(tree, engine.module_of(WEEK_FILE)))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_phase(node)]
    calls.sort(key=lambda call: call.lineno)
    return tuple(_phase(number, call, known) for number, call in enumerate(calls, start=1))


def _is_phase(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "Phase"


def _phase(number: int, call: ast.Call, known: dict[str, Name]) -> ToldPhase:
    says, act = call.args
    stated = {each.arg: each.value for each in call.keywords}
    called = [name for node in (act, *stated.values()) for name in engine.read(node, known)]
    found = engine.reached(called)
    return ToldPhase(
        number,
        ast.literal_eval(says),
        called[0][-1],
        ast.literal_eval(stated["of"]) if "of" in stated else "",
        engine.functions()[called[0]].does,
        rules=tuple(".".join(name[2:]) for name in found if _is_rule(name)),
        levers=tuple(dict.fromkeys(lever for name in found for lever in _levers(name))),
        draws=tuple(name[-1] for name in found if name[:-1] == DECISION),
        columns=tuple(name[-1] for name in found if name[:-1] == engine.WORLD_COLUMNS),
    )


def _is_rule(name: Name) -> bool:
    match name:
        case ("ebbtide", "rules", mechanism, function) if mechanism in MECHANISMS:
            return function in MECHANISMS[mechanism].rules
    return False


def _levers(name: Name) -> tuple[str, ...]:
    """The levers that a name tells of: whose column it is, or, of a list of them, all."""
    *within, last = name
    if tuple(within) == engine.LEVER_COLUMNS:
        return tuple(lever for lever in LEVERS if last in columns_of(lever))
    found = getattr(declared, last, None) if tuple(within) == DECLARED else None
    return found if isinstance(found, tuple) else ()
