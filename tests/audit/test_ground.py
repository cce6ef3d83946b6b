"""Ground held on the first day, in the audit: what its men could hold, and what becomes of it."""

import pytest

from ebbtide.audit.ground import ground_at_start
from ebbtide.model import Insurgency


def ground_of(scenario):
    model = Insurgency(scenario, rng=1)
    model.run_until_end()
    return {each.place: each for each in ground_at_start(model)}


def test_a_group_that_holds_none_at_first_has_none_to_tell_of(minimal):
    assert ground_of(minimal) == {}


def test_what_men_could_hold_is_told_beside_what_is_stated(minimal, written):
    """Told as beyond their means: nearly all of a place with a handful of men in it."""
    few, many = (
        ground_of(
            written(
                f"""extends = "minimal.toml"
                policy = "policies/nothing.toml"
                [groups.league]
                fighters = {men}
                held = {{ highland = 0.6 }}"""
            )
        )["Highland"]
        for men in (40, 20000)
    )

    assert few.held == many.held == pytest.approx(0.6)
    assert few.beyond_its_men
    assert few.after < few.held / 2
    assert not many.beyond_its_men
    assert few.could < 0.6 < many.could
