"""Notes of what happened, for people to read; no rule reads them.

There is one function for each kind, made from what `Note` declares: numbers are handed over by name.
"""

from __future__ import annotations

from typing import Any

from ebbtide.compilation.generated import compiled_from
from ebbtide.world.codes import CHRONICLE_LENGTH, NOTE_NUMBERS, Note, Slot


def maker_of(kind: Note) -> Any:
    """What adds an entry of a kind to the chronicle; when it is full, later ones are left out."""
    entry = ["week", str(int(kind)), *kind.numbers]
    entry += ["0"] * (NOTE_NUMBERS - len(entry))
    body = [
        f"row = state.rows[{int(Slot.NOTED)}]",
        f"if row < {CHRONICLE_LENGTH}:",
        "    entry = state.chronicle[row]",
        *(f"    entry[{place}] = {number}" for place, number in enumerate(entry)),
        f"    state.rows[{int(Slot.NOTED)}] = row + 1",
    ]
    return compiled_from(
        __name__, f"note_{kind.name.lower()}", ["state", "week", *kind.numbers], body
    )


note_founded = maker_of(Note.FOUNDED)
note_pledged = maker_of(Note.PLEDGED)
note_leader_loss = maker_of(Note.LEADER_LOSS)
note_leader_lost = maker_of(Note.LEADER_LOST)
note_appointed = maker_of(Note.APPOINTED)
note_command_went = maker_of(Note.COMMAND_WENT)
note_great_attack = maker_of(Note.GREAT_ATTACK)
note_tie_changed = maker_of(Note.TIE_CHANGED)
note_deployed = maker_of(Note.DEPLOYED)
