"""Which draws are watched in a week: those that may bring a fate to somebody, wherever he is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.random_numbers import WORD
from ebbtide.engine.slices import OWNER, Slices
from ebbtide.world.codes import HAZARDS, Hazard

if TYPE_CHECKING:
    from ebbtide.engine.random_numbers import Words
    from ebbtide.world.columns import Flags, Numbers, SmallIntegers
    from ebbtide.world.state import State
    from ebbtide.world.world import World


ROUNDING = 2.0**-26  # more than a draw's first word leaves out, and adding slices up rounds off
MODULO_ONE = 0xFFFFFFFF  # the bits that are less than 1, in units of a draw's first word
OWNERS = tuple(int(h) for h in Hazard if h.owner is h)
TROUBLED = 0.5  # from this share of the danger of the most endangered faction on


@compiled
def may_meet(slices: Slices, hazards: Numbers, drawn: float) -> bool:
    """Whether a draw is so low in a slice that its fate may come where the hazards are these."""
    at, below = drawn + ROUNDING, drawn - ROUNDING
    may = False
    for h in range(HAZARDS):
        beginning = slices.beginning[h]
        may |= (at >= beginning) & (below < beginning + hazards[h])
    return may


@compiled
def highest_hazards(world: World, state: State) -> Numbers:
    """The highest hazard in any of a faction's cells with men, by faction and slice."""
    highest = np.zeros((world.factions, HAZARDS))
    men, hazards = state.men, state.hazards
    for c in range(world.factions):
        for p in range(world.places):
            if men[c, p] > 0:
                for hazard in range(HAZARDS):
                    owner = OWNER[hazard]
                    highest[c, owner] = max(highest[c, owner], hazards[c, p, hazard])
    return highest


class Watched(NamedTuple):
    """Which draws may bring anything: where slices begin, and how far into each a fate may come.

    All in units of `random_numbers.WORD`. Few factions, most often small ones, are in far more danger
    than all others, which are calm: these are `troubled`, a flag each.
    """

    beginning: Words
    calm: Words
    highest: Words
    troubled: np.uint32


@compiled
def draws_to_watch(world: World, state: State, slices: Slices) -> Watched:
    """What draws are watched this week; factions 32 apart share a flag, and are troubled together."""
    by_faction, danger, most = highest_hazards(world, state), np.empty(world.factions), 0.0
    for c in range(world.factions):
        danger[c] = sum(by_faction[c])
        most = max(most, danger[c])
    calm, highest, troubled = np.zeros(HAZARDS), np.zeros(HAZARDS), np.uint64(0)
    for c in range(world.factions):
        highest = np.maximum(highest, by_faction[c])
        if danger[c] > TROUBLED * most:
            troubled |= np.uint64(1) << np.uint64(c & 31)
        else:
            calm = np.maximum(calm, by_faction[c])
    return Watched(
        in_words(np.array(slices.beginning) - ROUNDING),
        in_words(calm + 2.0 * ROUNDING),
        in_words(highest + 2.0 * ROUNDING),
        np.uint32(troubled),
    )


@compiled
def in_words(numbers: Numbers) -> Words:
    """Numbers from 0 to 1 in units of `random_numbers.WORD`; what lies beyond is cut off."""
    return (np.minimum(np.maximum(numbers, 0.0), 1.0 - WORD) / WORD).astype(np.uint32)


@compiled
def mark(drawn: Words, of: SmallIntegers, watched: Watched, endangered: Flags) -> None:
    """Mark whose draws may bring anything, by the faction that each is `of`.

    No branch depends on a draw, which no processor could foresee. How far a draw is into a slice is
    taken modulo 1: where it lies before the slice, that is farther than any fate comes.
    """
    beginning, calm, highest, troubled = watched
    one = np.uint32(1)
    for i in range(drawn.size):
        anywhere, in_trouble = False, False
        for k in range(len(OWNERS)):
            h = OWNERS[k]
            into = np.uint32((np.int64(drawn[i]) - np.int64(beginning[h])) & MODULO_ONE)
            anywhere |= into <= calm[h]
            in_trouble |= into <= highest[h]
        is_troubled = (troubled >> np.uint32(of[i] & 31)) & one == one
        endangered[i] = anywhere | (in_trouble & is_troubled)
