"""How hard policy holds the strongest of several levers: compiled from their declarations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ebbtide.compilation.compiled import compiled
from ebbtide.scenario.levers import LEVERS

_ROWS = {"force": "f", "group": "g", "place": "p", "post": "k"}


def strongest_of(name: str, levers: Iterable[str]) -> Any:
    """A compiled function (levers, row, ...): the strength of the strongest, 0 where none is moved.

    It takes a row (f, g, p, k) for each of force, group, place and post by which one of them is held,
    in that order. Raises TypeError for a lever that holds between two groups.
    """
    taken: dict[str, None] = {}
    for lever in levers:
        if LEVERS[lever].between is not None:
            raise TypeError(f"{name}: {lever} holds between two groups")
        taken |= dict.fromkeys(LEVERS[lever].held_by)
    rows = [row for dimension, row in _ROWS.items() if dimension in taken]
    strengths = [
        f"levers.{lever}[{', '.join(_ROWS[dimension] for dimension in LEVERS[lever].held_by)}]"
        for lever in levers
    ]
    source = (
        f"def {name}(levers, {', '.join(rows)}):\n    return max(0.0, {', '.join(strengths)})\n"
    )
    made: dict[str, Any] = {"__name__": __name__}
    exec(compile(source, f"<{name}>", "exec"), made)
    return compiled(made[name])
