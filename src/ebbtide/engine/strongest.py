"""How hard policy holds the strongest of several levers: compiled from their declarations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ebbtide.compilation.generated import ROWS, compiled_from
from ebbtide.scenario.levers import LEVERS


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
    rows = [row for dimension, row in ROWS.items() if dimension in taken]
    strengths = [
        f"levers.{lever}[{', '.join(ROWS[dimension] for dimension in LEVERS[lever].held_by)}]"
        for lever in levers
    ]
    strongest = f"return max(0.0, {', '.join(strengths)})"
    return compiled_from(__name__, name, ["levers", *rows], [strongest])
