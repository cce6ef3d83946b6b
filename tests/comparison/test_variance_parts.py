"""Of what a difference varies, where that is known: parts, their intervals, and what cannot be told."""

from __future__ import annotations

import math

import numpy as np
import pytest

from comparison.made_up import made_up
from ebbtide.comparison.report.record import UNTOLD, said, verdict
from ebbtide.comparison.variance_parts import variance_parts

RECORD, GUESSES = 20, 60  # quantities that the record updates, and others


def world(random, n, *, guesses, record, strong=None):
    """A difference whose variance is so far of guesses and of what the record updates, else of luck.

    `strong` lets so many of each kind make it all, instead of every one a little.
    """
    kinds = {"guess": (GUESSES, guesses), "told": (RECORD, record)}
    apart = math.sqrt(1 - guesses - record) * random.standard_normal(n)
    quantities = {}
    for kind, (number, part) in kinds.items():
        own = random.random((n, number))
        effects = np.zeros(number)
        effects[:strong] = 1.0 if strong else random.standard_normal(len(effects[:strong]))
        sizes = (own - 0.5) * math.sqrt(12) @ effects
        apart += math.sqrt(part) * sizes / np.sqrt(np.square(effects).sum())
        quantities |= {f"{kind}{place}": own[:, place] for place in range(number)}
    return apart, quantities, [name for name in quantities if name.startswith("told")]


@pytest.mark.parametrize("strong", [None, 2])
@pytest.mark.slow
def test_the_parts_are_those_of_the_known_case_whether_many_quantities_make_them_or_few(strong):
    random = np.random.default_rng(2)
    found = [
        variance_parts(*world(random, 300, guesses=0.5, record=0.2, strong=strong))
        for _ in range(20)
    ]
    means = {
        part: np.mean([getattr(each, part).value for each in found])
        for part in ("not_updated", "updated", "rest", "share")
    }
    assert means == pytest.approx(
        {"not_updated": 0.5, "updated": 0.2, "rest": 0.3, "share": 5 / 7}, abs=0.06
    )


@pytest.mark.slow
def test_intervals_hold_the_known_parts_as_often_as_they_say_or_more_often() -> None:
    random = np.random.default_rng(3)
    tries, held = 100, {"not_updated": 0, "updated": 0, "rest": 0, "share": 0}
    truth = {"not_updated": 0.3, "updated": 0.4, "rest": 0.3, "share": 3 / 7}
    for _ in range(tries):
        parts = variance_parts(*world(random, 150, guesses=0.3, record=0.4))
        for name, value in truth.items():
            each = getattr(parts, name)
            held[name] += math.isnan(each.value) or each.low <= value <= each.high
    assert all(times >= 0.92 * tries for times in held.values())


def test_one_draw_far_out_decides_nothing_and_neither_does_the_scale() -> None:
    apart, *rest = world(np.random.default_rng(5), 200, guesses=0.5, record=0.2)
    far = np.where(apart == apart.max(), 1e6, apart)
    assert variance_parts(far, *rest) == variance_parts(apart, *rest)
    assert variance_parts(np.exp(apart), *rest) == variance_parts(apart, *rest)


def test_of_luck_alone_no_share_can_be_told() -> None:
    random = np.random.default_rng(7)
    found = [variance_parts(*world(random, 100, guesses=0.0, record=0.0)) for _ in range(20)]
    assert np.mean([each.rest.high for each in found]) == pytest.approx(1.0, abs=0.05)
    assert sum(math.isnan(each.share.value) for each in found) >= 17


def test_of_few_replications_and_of_what_is_the_same_in_all_nothing_is_told() -> None:
    random = np.random.default_rng(1)
    few = variance_parts(*world(random, 29, guesses=0.5, record=0.2))
    apart, *rest = world(random, 50, guesses=0.5, record=0.2)
    for found in (few, variance_parts(0 * apart, *rest), variance_parts(apart, {}, [])):
        assert math.isnan(found.rest.value)
        assert math.isnan(found.share.value)


def test_where_nothing_is_updated_all_comes_of_what_is_not() -> None:
    apart, quantities, _ = world(np.random.default_rng(1), 60, guesses=0.5, record=0.2)
    none, every = (variance_parts(apart, quantities, names) for names in ([], quantities))
    assert (none.share.value, every.share.value) == (1.0, 0.0)
    assert none.updated.value == every.not_updated.value == 0.0
    assert none.not_updated.value == every.updated.value


def compared(*, guesses: float, record: float, n: int = 240, drawn_from: str = "posterior"):
    """Two policies beside the reference, whose difference so varies."""
    apart, quantities, told = world(np.random.default_rng(6), n, guesses=guesses, record=record)
    base = np.full(n, 500.0)
    values = {"record": base, "other": base - 60 + apart, "third": base - 60}
    found = made_up({"mean_strength": values}, drawn_from=drawn_from, quantities=quantities)
    distances = {name: 0.5 if name in told else 0.01 for name in quantities}
    if drawn_from == "posterior":
        reading = found.results.manifest["comparison"]
        reading["updated"] = {"draws": 240, "distances": distances}
    return found


def test_above_one_half_the_headline_is_that_the_record_does_not_rank_them() -> None:
    unranked = compared(guesses=0.6, record=0.1)
    parts = unranked.variance_parts()
    assert set(parts.loc[0, ["policy", "against"]]) == {"other", "third"}
    found = verdict(unranked, parts)
    assert found is not None
    assert found.startswith("The record does not rank these policies: of what quantities add")
    assert "95% interval" in found
    assert "The record updates 20 of 80 uncertain quantities" in said(unranked, parts)
    known = unranked.quantities("mean_strength")
    told = [path for path in known if path.startswith("told")]
    for path in (told[0], "guess0"):  # another day of the same path: neither is counted twice
        unranked.lived.runs[f"{path}.later"] = unranked.lived.runs[path]
        unranked.results.manifest["uncertainties"].append(f"{path}.later")
    unranked.results.manifest["comparison"]["updated"]["distances"][f"{told[0]}.later"] = 0.5
    assert unranked.updated()["updated"].sum() == 21
    assert "The record updates 20 of 80 uncertain quantities" in said(unranked, parts)
    ranked = compared(guesses=0.1, record=0.6)
    assert verdict(ranked, ranked.variance_parts()) is None


def test_few_draws_of_a_posterior_say_that_they_cannot_tell_and_equal_policies_nothing() -> None:
    few = compared(guesses=0.6, record=0.1, n=10)
    assert verdict(few, few.variance_parts()) == f"{UNTOLD}."
    same = made_up({"mean_strength": {"a": [1.0, 2.0], "b": [1.0, 2.0]}}, drawn_from="posterior")
    assert verdict(same, same.variance_parts()) is None


def test_draws_of_priors_rank_nothing_by_the_record_however_few_they_are() -> None:
    for n in (10, 60):
        found = compared(guesses=0.6, record=0.1, n=n, drawn_from="priors")
        assert "no datum updates a quantity" in str(verdict(found, found.variance_parts()))
    same = made_up({"mean_strength": {"record": [1.0, 2.0], "other": [1.0, 2.0]}})
    assert verdict(same, same.variance_parts()) is None


def test_a_folder_that_does_not_say_what_is_updated_tells_no_part() -> None:
    silent = compared(guesses=0.6, record=0.1)
    del silent.results.manifest["comparison"]["updated"]
    parts = silent.variance_parts()
    assert parts["share"].isna().all()
    assert verdict(silent, parts) == f"{UNTOLD}."
    assert "does not say which quantities" in said(silent, parts)
