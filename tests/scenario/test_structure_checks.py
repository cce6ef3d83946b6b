"""Rival views of structure: parts of a prior, each with a share of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.scenario import Faults, load
from ebbtide.scenario.quantity import Measure
from ebbtide.scenario.schema.structures import RivalViews

STATED = {
    "says": "How many?", "quantity": "groups.old.fighters", "at": [250], "views": ["few", "many"],
    "source": "invented",
}  # fmt: skip


def stated(project, **changes):
    project.scenario["structures"] = {"size": STATED | changes}
    return project.write_all()


@given(
    low=st.floats(1, 50),
    width=st.floats(1, 50),
    at=st.lists(st.floats(0, 1), min_size=1, max_size=3),
)
def test_shares_of_a_uniform_prior_are_the_parts_of_its_range(low, width, at) -> None:
    limits = sorted({low + width * each for each in at})
    quantity = Measure("men").read({"prior": "uniform", "low": low, "high": low + width})
    views = [str(number) for number in range(len(limits) + 1)]
    structure = RivalViews(
        says="?", quantity="any", at=tuple(limits), views=tuple(views), source="invented"
    )
    ends = [low, *limits, low + width]
    parts = [(b - a) / width for a, b in pairwise(ends)]
    assert structure.prior_shares(quantity) == pytest.approx(parts, abs=3e-4)


def test_a_limit_itself_belongs_to_the_view_above_it() -> None:
    structure = RivalViews(says="?", quantity="any", at=(0.0,), views=("low", "high"), source="x")
    assert [structure.view_of(value) for value in (-1.0, 0.0, 1.0)] == [0, 1, 1]


def test_they_change_nothing_that_a_run_can_feel(project) -> None:
    plain = load(project.write_all())
    assert load(stated(project)).digest == plain.digest


@pytest.mark.parametrize(
    ("changes", "key", "allowed"),
    [
        ({"quantity": "groups.old.fihgters"}, "quantity", "did you mean groups.old.fighters"),
        ({"quantity": "groups.young.pay"}, "quantity", "found a number without a prior"),
        ({"at": [300, 200]}, "at", "limits upwards"),
        ({"at": [200, 300]}, "views", "3, one more than 2 limits"),
        ({"at": [1e5]}, "at", "at least 1% for every view"),
    ],
)
def test_what_is_wrong_with_them_is_told(project, changes, key, allowed) -> None:
    with pytest.raises(Faults) as wrong:
        load(stated(project, **changes))
    fault = wrong.value.faults[0]
    assert fault.key == f"structures.size.{key}"
    assert allowed in str(fault)


def test_a_quantity_that_is_set_by_hand_has_no_rivals_and_that_is_no_fault(project) -> None:
    assert load(stated(project), {"groups.old.fighters": 300}).file.structures
