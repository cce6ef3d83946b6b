"""Figures alone, together and at odds: known answers over made draws."""

import numpy as np
import pytest

from ebbtide.calibration.jointly import Jointly

HALF = np.repeat([True, False], 20)
NONE, ALL = np.zeros(40, bool), np.ones(40, bool)
EVERY_OTHER = np.tile([True, False], 20)


def test_draws_count_jointly_only_where_all_are_near() -> None:
    of = Jointly({"half": HALF, "other": EVERY_OTHER, "all": ALL})
    assert of.mass("half") == 0.5
    assert of.at_once(["half", "other", "all"]).tolist()[:2] == [3, 2]
    assert of.joint(["half", "other", "all"]) == 10
    assert of.expected(["half", "other", "all"]) == pytest.approx(10.0)
    assert of.joint([]) == 40  # nothing is asked


def test_repeats_of_a_draw_are_told_as_one_draw() -> None:
    """Of 20 draws, each published twice, all of the first publication and none of the second come near."""
    of = Jointly({"half": HALF, "all": ALL}, each=2)
    assert of.joint(["half", "all"]) == 10.0
    assert of.expected(["half", "all"]) == pytest.approx(10.0)
    assert of.joint_error(["half", "all"]) == 0.0  # every draw comes near in half of what is said
    assert Jointly({"half": HALF}).joint_error(["half"]) == pytest.approx(np.sqrt(40 * 0.25))


def test_the_figure_without_which_most_draws_come_near_the_rest_stands_first() -> None:
    of = Jointly({"half": HALF, "other": EVERY_OTHER, "none": NONE})
    names = ["half", "other", "none"]
    assert of.without(names, 1) == [(("none",), 10), (("half",), 0), (("other",), 0)]
    assert of.without(names, 2)[0] == (("half", "none"), 20)
    assert of.without(names, 0) == [((), 0)]


def test_a_pair_is_at_odds_below_what_reshuffling_gives() -> None:
    of = Jointly({"half": HALF, "opposite": ~HALF, "other": EVERY_OTHER, "none": NONE})
    worst, *others = of.pairs(["half", "opposite", "other", "none"])
    assert (worst.names, worst.together, worst.expected) == (("half", "opposite"), 0, 10.0)
    assert worst.together < worst.floor < worst.expected
    assert [pair.names for pair in others] == [("half", "other"), ("opposite", "other")]
    assert all(pair.together == 10 >= pair.floor for pair in others)


def test_chance_alone_puts_no_pair_below_its_floor_but_one_time_in_twenty() -> None:
    random = np.random.default_rng(1)
    found = 0
    for _ in range(100):
        of = Jointly({f"{n}": random.random(400) < 0.3 for n in range(8)})
        found += any(pair.together < pair.floor for pair in of.pairs(list(of.near)))
    assert found <= 12
