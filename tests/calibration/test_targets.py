"""What is forecast: ends of quarters and whole periods, of all that publishers spoke of before."""

from __future__ import annotations

import datetime as dt

import pytest

from ebbtide.calibration.targets import location, targets
from ebbtide.evidence.reading import read_statements
from ebbtide.scenario import Scenario, load

CUT = dt.date(2016, 11, 30)


@pytest.fixture(scope="module")
def khorasan() -> Scenario:
    return load("khorasan")


@pytest.fixture(scope="module")
def at_cut(khorasan):
    return targets(khorasan, tuple(read_statements(khorasan)), CUT)


def test_counts_of_a_day_are_asked_then_and_at_the_ends_of_quarters(at_cut) -> None:
    days = [each.last for each in at_cut if (each.counts, each.location) == ("fighters", "AF")]
    assert days[:3] == [CUT, dt.date(2016, 12, 31), dt.date(2017, 3, 31)]
    assert days[-2:] == [dt.date(2018, 9, 30), dt.date(2018, 12, 30)]  # the run's last day
    assert len(days) == 10


def test_counts_of_a_period_are_asked_of_whole_ones_to_come(at_cut) -> None:
    killed = [each for each in at_cut if each.counts == "killed"]
    assert [(each.last, each.days) for each in killed] == [
        (dt.date(2017, 12, 31), 365),
        (dt.date(2018, 12, 31), 365),
    ]
    harmed = [each.last for each in at_cut if each.counts == "civilians_harmed"]
    assert harmed == [dt.date(2017, 6, 30), dt.date(2017, 12, 31), dt.date(2018, 6, 30),
                      dt.date(2018, 12, 31)]  # fmt: skip


def test_periods_before_the_last_that_was_told_are_asked_on_an_earlier_day(khorasan) -> None:
    early = targets(khorasan, tuple(read_statements(khorasan)), dt.date(2016, 3, 31))
    harmed = [each.last for each in early if each.counts == "civilians_harmed"]
    assert harmed[0] == dt.date(2016, 12, 31)
    fighters = [each.last for each in early if each.counts == "fighters"]
    assert fighters[:2] == [dt.date(2016, 3, 31), dt.date(2016, 6, 30)]


def test_everything_that_was_spoken_of_is_asked_once_where_it_was(at_cut) -> None:
    found = {(each.counts, each.location) for each in at_cut}
    assert found == {
        ("fighters", "AF"), ("affiliates", "AF"), ("percent_former_ttp", "AF"),
        ("districts_held", "AF-NAN"), ("places_reported", "AF"), ("killed", "AF"),
        ("state_killed", "AF"), ("civilians_harmed", "AF"),
    }  # fmt: skip
    names = [each.statement.name for each in at_cut]
    assert len(set(names)) == len(names)


def test_an_area_has_its_shortest_name(khorasan) -> None:
    every = list(khorasan.file.places)
    assert location(khorasan, tuple(every)) == "all"
    assert location(khorasan, tuple(khorasan.places_in(["AF"]))) == "AF"
    assert location(khorasan, ("AF-KNR", "AF-NAN")) == "AF-KNR;AF-NAN"
