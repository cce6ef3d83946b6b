"""What is seen of a lived run is what the engine has there."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from ebbtide.evidence.casualties import attacks_on_civilians, severity_of
from ebbtide.evidence.lived import Lived
from ebbtide.evidence.presence import Presence
from ebbtide.evidence.unknown import SharedUnknown
from ebbtide.model import Insurgency
from ebbtide.rules import territory
from ebbtide.scenario.schema.observation import Magnitudes

DAY = dt.date(2002, 6, 30)


@pytest.fixture(scope="module")
def lived(minimal) -> Lived:
    """So many go unseen that no place is reported for sure: each man in sight would be felt."""
    model = Insurgency(minimal, rng=2, **{"rules.territory.unseen": 1000})
    return Lived.of(model, minimal.weeks)


def test_who_is_in_sight_is_reported_as_the_outcome_has_it(lived: Lived) -> None:
    unseen = lived.model.parameters.territory_unseen
    weeks = lived.by_place("reported")
    for day in (DAY, dt.date(2001, 9, 30), lived.scenario.file.end):
        expected = weeks.iloc[lived.scenario.week_of(day)]
        for place, in_sight in lived.in_sight(day).items():
            assert territory.reported(in_sight, unseen) == pytest.approx(expected[place], abs=1e-4)


def test_places_are_reported_as_the_rule_says_where_nothing_else_is_unknown(lived: Lived) -> None:
    """With next to no false reports, and one number for whom nobody sees."""
    unseen = lived.model.parameters.territory_unseen
    one = Magnitudes(low=unseen, high=unseen * (1 + 1e-9), unit="people", source="a test")
    none = Magnitudes(low=1e-12, high=1.1e-12, unit="share", source="a test")
    presence = Presence(
        name="said", words="said", publisher="Gazette", known=DAY, last=DAY, held_back=False,
        low=1, high=1, unknown=SharedUnknown.none("said"), places=("highland", "lowland"),
        unseen=SharedUnknown.magnitude("unseen", one),
        false_reports=SharedUnknown.magnitude("false", none),
    )  # fmt: skip
    here, there = lived.by_place("reported").iloc[lived.scenario.week_of(DAY)]
    counts = (1 - here) * (1 - there), here * (1 - there) + there * (1 - here), here * there
    assert presence.likely(lived, np.arange(3.0)) == pytest.approx(counts, abs=1e-4)


def test_attacks_on_civilians_are_as_many_as_the_engine_has_by_chance(minimal) -> None:
    """Over ten runs the number that fell lies within four standard deviations of what is expected."""
    first, last = minimal.file.start, minimal.file.end
    expected, fell, harm, harmed = 0.0, 0.0, 0.0, 0.0
    for seed in range(10):
        lived = Lived.of(Insurgency(minimal, rng=seed), minimal.weeks)
        places = tuple(minimal.file.places)
        for number, severity in attacks_on_civilians(lived, places, first, last):
            expected += number
            harm += number * float(severity @ np.arange(severity.size))
        fell += float(lived.of_groups(["attacks_civilians"]).sum())
        harmed += float(lived.of_groups(["civilians_harmed"]).sum())
    assert fell > 50
    assert abs(fell - expected) < 4 * np.sqrt(expected)
    assert harmed == pytest.approx(harm, rel=0.6)  # a heavy tail: of its kind, not of its size


def test_a_group_that_stretches_its_attacks_harms_more() -> None:
    people = np.arange(severity_of(4.0, 2.5).size)
    assert severity_of(8.0, 2.5) @ people > 1.5 * (severity_of(4.0, 2.5) @ people)
