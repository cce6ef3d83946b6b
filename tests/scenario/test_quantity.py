"""Priors: the quantiles mean what the file format says."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from ebbtide.scenario.quantity import Measure, Share

SHARE = Measure("share", 0.0, 1.0)
PRIORS = ("uniform", "loguniform", "normal", "lognormal", "logitnormal")
ends = st.floats(1e-3, 0.999).map(lambda x: round(x, 6))


@given(st.sampled_from(PRIORS), ends, ends, st.floats(0, 1), st.floats(0, 1))
def test_quantiles_rise_and_stay_in_the_allowed_range(prior, a, b, p, q):
    if a == b:
        return
    quantity = SHARE.read({"prior": prior, "low": min(a, b), "high": max(a, b)})
    low, high = quantity.quantile(min(p, q)), quantity.quantile(max(p, q))
    assert 0 <= low <= high + 1e-12 <= 1 + 1e-12


@given(st.sampled_from(PRIORS), ends, ends)
def test_low_and_high_are_the_ends_or_the_outer_twentieths(prior, a, b):
    if a == b:
        return
    low, high = min(a, b), max(a, b)
    quantity = SHARE.read({"prior": prior, "low": low, "high": high})
    outer = 0.0 if "uniform" in prior else 0.05
    assert quantity.quantile(outer) == pytest.approx(low, rel=1e-6)
    assert quantity.quantile(1 - outer) == pytest.approx(high, rel=1e-6)


def test_medians():
    wide = Measure("men", 0, 1e6)
    assert wide.read({"prior": "lognormal", "low": 100, "high": 400}).median == pytest.approx(200)
    assert wide.read({"prior": "loguniform", "low": 1, "high": 100}).median == pytest.approx(10)
    assert wide.read({"prior": "normal", "low": 10, "high": 30}).median == pytest.approx(20)
    assert wide.read(7).median == 7
    assert wide.read({"prior": "lognormal", "low": 2.5, "high": 6.4}).median == 4
    assert wide.read({"prior": "loguniform", "low": 12.5, "high": 32}).median == 20


def test_an_absurdly_wide_prior_still_gives_finite_numbers():
    for prior in ("lognormal", "logitnormal"):
        quantity = SHARE.read({"prior": prior, "low": 1e-300, "high": 0.9})
        assert all(math.isfinite(quantity.quantile(p)) for p in (0, 1e-9, 0.5, 1))


@pytest.mark.parametrize(
    "found",
    [
        True,
        "5",
        None,
        [1],
        2,
        -0.1,
        math.nan,
        math.inf,
        10**400,
        {"value": 0.5, "unit": "men"},
        {"value": 10**400},
        {"low": 0.1, "high": 0.2},
        {"prior": "normal", "low": 0.2, "high": 0.1},
        {"prior": "loguniform", "low": 0, "high": 0.1},
        {"prior": "logitnormal", "low": 0.1, "high": 1},
        {"prior": "cauchy", "low": 0.1, "high": 0.2},
        {"value": 0.5, "colour": "red"},
        {},
    ],
)
def test_what_is_no_share_is_refused(found):
    with pytest.raises((PydanticCustomError, ValidationError)):
        SHARE.read(found)


def test_a_quantity_keeps_its_unit_and_source():
    quantity = SHARE.read({"value": 0.5, "unit": "share", "source": "a guess", "claims": ["¶1"]})
    assert (quantity.unit, quantity.bounds) == ("share", (0.0, 1.0))
    assert (quantity.stated.source, quantity.stated.claims) == ("a guess", ("¶1",))
    assert Share.__metadata__[0].read(quantity) == quantity


@pytest.mark.parametrize(
    ("prior", "low", "high", "told", "at"),
    [
        ("lognormal", 0, 0.5, "low above 0 for a lognormal prior", "low = 0"),
        ("loguniform", -1, 0.5, "low above 0 for a loguniform prior", "low = -1"),
        ("logitnormal", 0, 0.5, "0 < low < high < 1 for a logitnormal prior", "low = 0"),
        ("logitnormal", 0.5, 1, "0 < low < high < 1 for a logitnormal prior", "high = 1"),
    ],
)
def test_an_end_that_has_no_place_on_its_scale_is_told(prior, low, high, told, at):
    """Where ends of a prior must lie is said of its shape."""
    with pytest.raises(ValidationError) as found:
        Measure("number", -10, 10).read({"prior": prior, "low": low, "high": high})
    (detail,) = found.value.errors()
    assert (detail["msg"], detail["ctx"]["found"]) == (told, at)
    for stays in ("uniform", "normal"):
        Measure("number", -10, 10).read({"prior": stays, "low": low, "high": high})
