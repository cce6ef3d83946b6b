"""What a check tells of events that change nothing, or that the last week alone feels."""

import datetime as dt

import pytest

from ebbtide.scenario import check

DAY = dt.date
ALLIANCE = {"kind": "alliance", "group": "old", "ally": "young", "source": "a guess"}


def notes(project, **events):
    project.scenario["events"] |= events
    return [line.strip() for line in check(project.write_all()) if "events." in line]


@pytest.mark.parametrize(
    ("holds", "told"), [([1], [True]), ([0.3], [False]), ([0.3, 0.3], [False, True]),
                        ([0.3, 1], [False, False])],
)  # fmt: skip
def test_an_alliance_that_goes_on_as_it_was_is_told(project, holds, told):
    changes = {
        f"tie{n}": ALLIANCE | {"date": DAY(2001, 6 + n, 1), "holds": each}
        for n, each in enumerate(holds)
    }
    found = notes(project, **changes)
    for n, each in enumerate(told):
        assert any(f"events.tie{n}: young holds to old" in line for line in found) == each


@pytest.mark.parametrize(
    ("share", "brand", "told"), [(0, 0, True), (0.1, 0, False), (0, 0.1, False)]
)
def test_a_pledge_that_nobody_follows_is_told(project, share, brand, told):
    pledge = {
        "kind": "pledge", "date": DAY(2001, 6, 1), "group": "old.wild", "to": "young",
        "share": share, "brand": brand, "source": "a guess",
    }  # fmt: skip
    assert any("nobody follows it" in line for line in notes(project, oath=pledge)) == told


@pytest.mark.parametrize(("day", "told"), [(30, True), (24, True), (23, False)])
def test_a_tie_of_the_last_week_is_told(project, day, told):
    tie = ALLIANCE | {"date": DAY(2001, 12, day), "holds": 0}
    assert any("is in the last week" in line for line in notes(project, tie=tie)) == told
