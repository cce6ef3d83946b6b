"""What a phase of the week is, and how phases in a row become one compiled function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ebbtide.compilation.generated import compiled_from

Compiled = (
    Any  # what `compiled` returns: a Numba dispatcher, or a function where nothing is compiled
)


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase: what it does in a line, and the compiled function that does it for one actor.

    `act` takes (world, parameters, state, week, row), where `row` is the actor's among `of` (a
    column of `World` that counts them: groups, forces, posts; or fighters); a phase without actors
    takes no row. `all_at_once` does the same for all actors; `only_if` (state) tells whether there
    is anything to do. One that is lived `at_start` too makes week 0 what the scenario says.
    """

    says: str
    act: Compiled
    of: str | None = None
    all_at_once: Compiled | None = None
    only_if: Compiled | None = None
    at_start: bool = False

    def __post_init__(self) -> None:
        """Raise TypeError for a phase at the start that says more than what each actor does."""
        if self.at_start and (self.all_at_once is not None or self.only_if is not None):
            raise TypeError(f"{self.name} is lived at the start, where each actor acts by itself")

    @property
    def name(self) -> str:
        """The name of what it does."""
        return str(self.act.__name__)


def compiled_phases(name: str, phases: Sequence[Phase]) -> Compiled:
    """A compiled function (world, parameters, state, week) that lives these phases in order."""
    used: dict[str, Any] = {}
    lines = []
    for number, phase in enumerate(phases):
        used[f"phase_{number}"] = phase.all_at_once or phase.act
        call, indent = f"phase_{number}(world, parameters, state, week", ""
        if phase.only_if is not None:
            used[f"only_if_{number}"] = phase.only_if
            lines.append(f"{indent}if only_if_{number}(state):")
            indent = "    "
        if phase.of is not None and phase.all_at_once is None:
            lines.append(f"{indent}for row in range(world.{phase.of}):")
            lines.append(f"{indent}    {call}, row)")
        else:
            lines.append(f"{indent}{call})")
    takes = ("world", "parameters", "state", "week")
    return compiled_from(__name__, name, takes, lines, **used)
