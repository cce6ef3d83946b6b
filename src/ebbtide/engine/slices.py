"""Where in [0, 1) the slice of each fate lies, as `world.codes.Hazard` declares them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.compilation.generated import compiled_from
from ebbtide.engine.parameters import Parameters
from ebbtide.rules import leaving
from ebbtide.scenario.faults import nearest
from ebbtide.world.codes import HAZARDS, Hazard

OWNER = tuple(int(hazard.owner) for hazard in Hazard)
NO_HAZARD = -1  # in whose slice a draw is that brings nothing


def parameter(hazard: Hazard, path: str) -> str:
    """How compiled code reads what a hazard names, `mechanism.name`.

    Raises TypeError for what is no parameter, and no mechanism's switch.
    """
    name = path.replace(".", "_")
    if name not in Parameters.declared:
        like = nearest(name, Parameters.declared)
        raise TypeError(
            f"Hazard.{hazard.name} names {path}, which no mechanism declares"
            + (f"; did you mean {like}?" if like else "")
        )
    return f"parameters.{name}"


def by_hazard(name: str, argument: str, read: Iterable[str]) -> Any:
    """A compiled function of one argument that gives what is read of it, one a hazard."""
    return compiled_from(__name__, name, [argument], [f"return ({', '.join(read)},)"])


bounds = by_hazard(
    "bounds", "parameters", (parameter(hazard, hazard.fate.bound) for hazard in Hazard)
)
switched_on = by_hazard(
    "switched_on",
    "parameters",
    (
        " | ".join(parameter(hazard, f"{mechanism}.on") for mechanism in hazard.fate.needs)
        for hazard in Hazard
    ),
)
fixed = by_hazard("fixed", "numbers", (f"numbers[{int(hazard)}]" for hazard in Hazard))


class Slices(NamedTuple):
    """Where the slices begin and stop, by hazard; no arrays, whose references would be counted."""

    beginning: tuple[float, ...]
    stop: tuple[float, ...]


@compiled
def laid_out(parameters: Parameters) -> Slices:
    """The slices one behind the other, each as wide as the bound of its fate."""
    widths = bounds(parameters)
    beginning, stop = np.empty(HAZARDS), np.empty(HAZARDS)
    last = 0.0
    for hazard in range(HAZARDS):
        owner = OWNER[hazard]
        if owner == hazard:
            beginning[hazard] = last
            last = stop[hazard] = leaving.slice_stop(last, widths[hazard])
        else:
            beginning[hazard], stop[hazard] = beginning[owner], stop[owner]
    return Slices(fixed(beginning), fixed(stop))


@compiled
def owner_of(slices: Slices, drawn: float) -> int:
    """The hazard in whose slice a draw is."""
    for hazard in range(HAZARDS):
        if slices.beginning[hazard] <= drawn < slices.stop[hazard]:
            return hazard
    return NO_HAZARD
