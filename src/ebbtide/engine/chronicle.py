"""Notes of what happened, for people to read; no rule reads them."""

from ebbtide.world.codes import CHRONICLE_LENGTH, NOTED
from ebbtide.world.compiled import compiled


@compiled
def note(state, week, kind, first, second, third, fourth):
    """Add an entry to the chronicle; when it is full, later ones are left out."""
    row = state.rows[NOTED]
    if row < CHRONICLE_LENGTH:
        entry = state.chronicle[row]
        entry[0] = week
        entry[1] = kind
        entry[2] = first
        entry[3] = second
        entry[4] = third
        entry[5] = fourth
        state.rows[NOTED] = row + 1
