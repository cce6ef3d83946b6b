"""Ids packed from what an actor is, never from a counter.

An id holds the week, place, faction, kind and ordinal of a fighter's entry, so that one more
recruit in one place changes nobody's id, and nobody's random numbers, in another. The week stands in
the highest bits: of two fighters the one with the lower id has served longer.
"""

MAX_WEEKS = 1 << 12
MAX_PLACES = 1 << 12
MAX_FACTIONS = 1 << 10
MAX_KINDS = 1 << 4
MAX_ORDINALS = 1 << 22


def pack(week: int, place: int, faction: int, kind: int, ordinal: int) -> int:
    """The id (60 bits) of who entered in `week` at `place`, the `ordinal`-th of his kind."""
    return (
        ((week * MAX_PLACES + place) * MAX_FACTIONS + faction) * MAX_KINDS + kind
    ) * MAX_ORDINALS + ordinal


def place_of(identity: int) -> int:
    """The place of entry that an id holds."""
    return identity // (MAX_ORDINALS * MAX_KINDS * MAX_FACTIONS) % MAX_PLACES


def kind_of(identity: int) -> int:
    """The kind of entry that an id holds."""
    return identity // MAX_ORDINALS % MAX_KINDS
