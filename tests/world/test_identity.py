"""Ids say who entered when, where, for whom and how, and no two say the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ebbtide.engine.identity import pack as compiled_pack
from ebbtide.scenario.checks import MOST_FACTIONS, MOST_PLACES, MOST_WEEKS
from ebbtide.world import identity
from ebbtide.world.codes import DecisionMaker, Kind
from ebbtide.world.identity import pack

ENTRIES = st.tuples(
    st.integers(0, identity.MAX_WEEKS - 1), st.integers(0, identity.MAX_PLACES - 1),
    st.integers(0, identity.MAX_FACTIONS - 1), st.integers(1, identity.MAX_KINDS - 1),
    st.integers(0, identity.MAX_ORDINALS - 1),
)  # fmt: skip


@given(ENTRIES, ENTRIES)
def test_ids_are_as_different_as_entries_and_in_their_order(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    assert (pack(*one) < pack(*other)) == (one < other)
    assert (pack(*one) == pack(*other)) == (one == other)


@given(ENTRIES)
def test_an_id_is_never_zero_and_has_sixty_bits(entry: tuple[int, ...]) -> None:
    assert 0 < pack(*entry) < 1 << 60
    assert compiled_pack(*entry) == pack(*entry)


def test_the_largest_scenario_fits() -> None:
    assert MOST_PLACES <= identity.MAX_PLACES
    assert MOST_FACTIONS <= identity.MAX_FACTIONS
    assert MOST_WEEKS < identity.MAX_WEEKS


def test_kinds_of_entry_and_other_deciders_do_not_meet() -> None:
    assert min(DecisionMaker) > max(Kind)
    assert max(DecisionMaker) < identity.MAX_KINDS
