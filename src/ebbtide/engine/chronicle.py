"""Notes of what happened, for people to read; no rule reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.world.codes import CHRONICLE_LENGTH, Slot

if TYPE_CHECKING:
    from ebbtide.world.state import State


@compiled
def note(
    state: State, week: int, kind: int, first: int, second: int, third: int, fourth: int
) -> None:
    """Add an entry to the chronicle; when it is full, later ones are left out."""
    row = state.rows[Slot.NOTED]
    if row < CHRONICLE_LENGTH:
        entry = state.chronicle[row]
        entry[0] = week
        entry[1] = kind
        entry[2] = first
        entry[3] = second
        entry[4] = third
        entry[5] = fourth
        state.rows[Slot.NOTED] = row + 1
