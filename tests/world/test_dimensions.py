"""Every dimension and every code is said once, and what is unknown is refused by name."""

from __future__ import annotations

from enum import EnumType, IntEnum
from typing import Any, get_args

import pytest

from ebbtide.compilation.closure import closure_digest
from ebbtide.scenario.schema.events import Event
from ebbtide.world import codes
from ebbtide.world.codes import (
    Alarm,
    Code,
    DecisionMaker,
    End,
    EventKind,
    Ground,
    Hazard,
    Kind,
    Move,
    Note,
    Slot,
    Source,
    Target,
)
from ebbtide.world.columns import Columns, Numbers, column
from ebbtide.world.dimensions import FAMILIES, lengths
from ebbtide.world.posts import Hunted, Loss

Answer: Any = None  # what a function reads below


def test_an_unknown_dimension_is_refused_at_its_declaration() -> None:
    with pytest.raises(TypeError, match=r"Sown\.corn is laid out by placee.*did you mean place\?"):

        class Sown(Columns):
            corn: Numbers = column("placee", unit="ratio", meaning="corn")


@pytest.mark.parametrize("dimensions", [("fighter", "kind"), ("place", "fighter")])
def test_rows_of_fighters_have_one_dimension(dimensions: tuple[str, ...]) -> None:
    """They grow and are reused one by one: a second dimension would be left behind."""
    with pytest.raises(
        TypeError, match=rf"Sown\.corn is laid out by {', '.join(dimensions)}; rows"
    ):

        class Sown(Columns):
            corn: Numbers = column(*dimensions, unit="ratio", meaning="corn")


def test_a_count_that_no_dimension_follows_from_is_refused() -> None:
    with pytest.raises(KeyError, match="placess"):
        lengths({"placess": 3})
    found = lengths({"places": 3, "centres": 0, "borders": 4, "weeks": 10})
    assert [found[n] for n in ("place", "place_bound", "some_centre", "border", "week")] == [
        3, 4, 1, 8, 11,
    ]  # fmt: skip


CODES = [
    kind
    for kind in vars(codes).values()
    if isinstance(kind, EnumType) and kind.__module__ == codes.__name__ and len(kind)
]
FROM_ZERO = {End, Source, EventKind, Slot, Alarm, Target, Ground, Hazard, Hunted, Loss, Move}


@pytest.mark.parametrize("members", CODES, ids=lambda e: e.__name__)
def test_codes_have_no_gap(members: type[IntEnum]) -> None:
    """Rows follow numbers: results are recorded by number and named in the order of declaration."""
    first = 0 if members in FROM_ZERO else min(members)
    assert list(members) == list(range(first, first + len(members)))


def test_codes_that_count_from_elsewhere_are_few() -> None:
    """0 is nobody's origin and nobody's note; decision makers share a part of ids with kinds."""
    assert set(CODES) - FROM_ZERO == {Kind, DecisionMaker, Note}
    assert set(FAMILIES.values()) <= set(CODES)


@pytest.mark.parametrize("members", FAMILIES.values(), ids=lambda e: e.__name__)
def test_members_of_a_family_are_told_apart(members: type[Code]) -> None:
    assert len({member.label for member in members}) == len(members)


def test_events_are_the_kinds_that_a_scenario_may_state() -> None:
    union, *_ = get_args(Event)
    assert [kind.table for kind in EventKind] == list(get_args(union))


def test_compiled_code_follows_the_number_of_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def reads() -> int:
        return Answer.YES  # type: ignore[no-any-return]

    before, after = IntEnum("Answer", {"YES": 1}), IntEnum("Answer", {"YES": 2})
    monkeypatch.setitem(globals(), "Answer", before)
    first = closure_digest(reads)
    monkeypatch.setitem(globals(), "Answer", after)
    assert closure_digest(reads) != first
