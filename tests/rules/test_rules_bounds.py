"""Every rule keeps its promise for all inputs: hazards below their bounds, levels within theirs."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide import rules
from ebbtide.rules import MECHANISMS

FEW = settings(max_examples=50, deadline=None)
# Largest values of what is no share. Names are the rules' own.
LARGEST = {
    "men": 1e7, "men_near": 1e7, "men_here": 1e7, "people": 2e9, "people_held": 2e9,
    "districts": 1e4, "pool": 2e8, "taken": 1e7, "recruiters": 1e7, "capacity": 1e6, "hit": 1e6,
    "exposure": 12.0, "harm": 1e3, "harmed": 500.0, "posts": 99.0, "leaders_lost": 99.0,
    "violence": 1e5, "reserve": 1e9, "income": 1e7, "due": 1e7, "paid": 1e7, "each": 1e5,
    "pay": 1e5, "distance": 2e4, "total_drive": 4e3, "total_weight": 1e12, "rivals": 1e7,
    "supporters": 1e8, "best": 1e4, "gained": 1e6, "lost": 1e6, "pull": 1e9, "hold": 1e9,
    "grievance": 1e6, "luck": 1 - 2**-53, "border": 1e5, "men_at_start": 1e7, "offended": 1e3,
}  # fmt: skip
WHOLE = {"men", "men_here", "harmed", "posts", "leaders_lost", "taken", "recruiters", "rivals"}
SMALLEST = {"people": 1.0, "districts": 1.0, "posts": 1.0, "hold": 1e-9, "pull": 1e-9}
SIGNED = {"momentum": 1.0, "growth": 10.0, "score": 300.0, "appeal": 300.0, "income": 1e7}


def functions() -> dict[str, FunctionType]:
    return {
        f"{mechanism}.{name}": function
        for mechanism, module in MECHANISMS.items()
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__
    }


FUNCTIONS = functions()
HAZARDS = [name for name, f in FUNCTIONS.items() if "highest" in inspect.signature(f).parameters]


def interval(mechanism: str, name: str) -> tuple[float, float]:
    """The range of an argument: a parameter's own, else by what its name says, else a share."""
    declared = MECHANISMS[mechanism].PARAMETERS.get(name)
    if declared:
        return declared["low"], declared["high"]
    if name in SIGNED:
        return -SIGNED[name], SIGNED[name]
    return SMALLEST.get(name, 0.0), LARGEST.get(name, 1.0)


def arguments(name: str, **intervals: tuple[float, float]) -> st.SearchStrategy[dict[str, float]]:
    mechanism = name.partition(".")[0]
    names = inspect.signature(FUNCTIONS[name]).parameters
    found = {each: intervals.get(each) or interval(mechanism, each) for each in names}
    return st.fixed_dictionaries({each: numbers(each, *ends) for each, ends in found.items()})


def numbers(name: str, low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(int(low), int(high)).map(float) if name in WHOLE else st.floats(low, high)


@pytest.mark.parametrize("name", HAZARDS)
def test_a_hazard_lies_between_zero_and_its_bound(name: str) -> None:
    @FEW
    @given(arguments(name))
    def holds(stated: dict[str, float]) -> None:
        assert 0.0 <= FUNCTIONS[name](**stated) <= stated["highest"]

    holds()


def test_all_competing_ends_have_a_hazard_with_a_bound() -> None:
    assert set(HAZARDS) >= {
        "targeting.hazard", "leaving.desertion_hazard", "leaving.surrender_hazard",
        "switching.hazard", "displacement.hazard",
    }  # fmt: skip


LEVELS = [
    "attention.visibility", "attention.next_attention", "brand.resting_brand",
    "cohesion.next_cohesion", "cohesion.shock", "displacement.nearness", "displacement.pressure",
    "finance.pay_share", "media.next_media", "morale.resting_morale", "morale.towards",
    "pledges.lifted_brand", "recruitment.acceptance", "recruitment.untaken",
    "succession.successor_standing", "support.usual_support", "support.next_support",
    "switching.contact", "targeting.worthwhile", "territory.resting_share", "territory.next_share",
]  # fmt: skip


@pytest.mark.parametrize("name", LEVELS)
def test_a_level_stays_between_zero_and_one(name: str) -> None:
    @FEW
    @given(arguments(name))
    def holds(stated: dict[str, float]) -> None:
        assert 0.0 <= FUNCTIONS[name](**stated) <= 1.0

    holds()


NEVER_NEGATIVE = [
    "displacement.drive", "finance.taxes", "finance.crime", "finance.cost",
    "finance.next_reserve", "recruitment.pool", "recruitment.joining", "recruitment.foreign",
    "alliances.flow", "support.loss_by_rule", "support.next_supporters", "switching.weight",
    "switching.pull", "switching.hold", "switching.openness", "switching.grievance",
    "targeting.men_hit", "targeting.civilians_harmed", "targeting.exposure",
    "territory.held_districts",
]  # fmt: skip


@pytest.mark.parametrize("name", NEVER_NEGATIVE)
def test_an_amount_is_never_negative(name: str) -> None:
    @FEW
    @given(arguments(name))
    def holds(stated: dict[str, float]) -> None:
        assert FUNCTIONS[name](**stated) >= 0.0

    holds()


@given(arguments("brand.next_momentum"))
def test_the_sense_of_winning_stays_between_its_ends(stated: dict[str, float]) -> None:
    assert -1.0 <= rules.brand.next_momentum(**stated) <= 1.0


@given(arguments("intelligence.level", best=(0.0, 1.0)))
def test_intelligence_never_exceeds_the_best(stated: dict[str, float]) -> None:
    assert 0.0 <= rules.intelligence.level(**stated) <= stated["best"]


@given(arguments("alliances.flow"))
def test_an_ally_sends_no_more_than_his_best(stated: dict[str, float]) -> None:
    assert rules.alliances.flow(**stated) <= stated["best"]


@given(arguments("targeting.men_hit"))
def test_fire_hits_no_more_men_than_it_is(stated: dict[str, float]) -> None:
    hit = rules.targeting.men_hit(**stated)
    assert hit <= stated["capacity"] * stated["effort"] * (1 + 1e-12)


@given(arguments("finance.pay_share"))
def test_no_group_pays_what_it_has_not(stated: dict[str, float]) -> None:
    paid = stated["due"] * rules.finance.pay_share(**stated)
    assert paid <= max(0.0, stated["income"] + stated["reserve"]) * (1 + 1e-9)


@FEW
@given(arguments("targeting.hazard", men=(1, 1e7)), st.integers(1, 10**7))
def test_many_share_the_fire_that_few_would_bear(stated: dict[str, float], men: int) -> None:
    few, many = sorted((stated["men"], float(men)))
    hazard = rules.targeting.hazard
    assert hazard(**{**stated, "men": many}) <= hazard(**{**stated, "men": few})
    assert hazard(**{**stated, "men": 0.0}) == 0.0


RISES = [
    ("leaving.desertion_hazard", "arrears_weight", 1), ("leaving.desertion_hazard", "morale", -1),
    ("leaving.desertion_hazard", "pay_share", -1), ("leaving.surrender_hazard", "amnesty", 1),
    ("leaving.surrender_hazard", "morale", -1), ("targeting.hazard", "hit", 1),
    ("targeting.hazard", "exposure", 1), ("targeting.exposure", "support", -1),
    ("targeting.men_hit", "intelligence", 1), ("targeting.civilians_harmed", "intelligence", -1),
    ("switching.hazard", "total_weight", 1), ("switching.weight", "hold", -1),
    ("switching.openness", "hostility", -1), ("switching.contact", "men_near", 1),
    ("intelligence.level", "attention", 1), ("intelligence.level", "support", -1),
    ("intelligence.level", "cover", -1), ("morale.resting_morale", "pay_share", 1),
    ("morale.resting_morale", "risk", -1), ("recruitment.joining", "untaken", 1),
    ("recruitment.poor_score", "pay", 1), ("recruitment.foreign", "brand", 1),
    ("recruitment.foreign", "border_control", -1), ("territory.resting_share", "pressure", -1),
    ("displacement.drive", "closed", -1), ("displacement.drive", "pressure_here", 1),
    ("attention.visibility", "men", 1), ("support.next_support", "lost", -1),
    ("support.next_support", "gained", 1), ("alliances.flow", "cut", -1),
    ("brand.resting_brand", "centre", 1), ("media.next_media", "countered", -1),
    ("cohesion.next_cohesion", "shock", -1), ("displacement.pressure", "effort", 1),
    ("recruitment.poor_score", "appeal", 1), ("support.usual_support", "outsider", -1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "argument", "sign"), RISES)
def test_a_rule_goes_the_way_it_says(name: str, argument: str, sign: int) -> None:
    """Never falls (sign 1) or never rises (sign -1) as one argument rises, up to rounding."""
    function, ends = FUNCTIONS[name], interval(name.partition(".")[0], argument)

    @FEW
    @given(arguments(name), numbers(argument, *ends))
    def holds(stated: dict[str, float], other: float) -> None:
        low, high = sorted((stated[argument], other))
        change = function(**{**stated, argument: high}) - function(**{**stated, argument: low})
        assert sign * change >= -1e-9 * max(1.0, abs(function(**stated)))

    holds()


def known(function: Callable[..., float], expected: float, **stated: Any) -> Any:
    return pytest.param(function, stated, expected, id=f"{function.__module__}.{function.__name__}")


@pytest.mark.parametrize(
    ("function", "stated", "expected"),
    [
        known(rules.targeting.men_hit, 6.0, capacity=10, effort=0.6, intelligence=1, men=5, people=9),
        known(rules.targeting.men_hit, 2.0, capacity=10, effort=0.6, intelligence=0, men=5, people=10),
        known(rules.targeting.civilians_harmed, 0.0, capacity=10, effort=1, intelligence=1, men=5,
              people=9, harm=3),
        known(rules.targeting.exposure, 1.0, support=0.5, foreign=1, outsider_weight=3),
        known(rules.switching.hazard, 0.01, total_weight=1, highest=0.02),
        known(rules.leaving.desertion_hazard, 0.01, pay_share=1, morale=0.5, highest=0.02,
              tendency=0, arrears_weight=9, morale_weight=9),
        known(rules.displacement.drive, 0.0, nearness=1, pressure_here=0.2, pressure_there=0.3,
              welcome=1, closed=0),
        known(rules.finance.pay_share, 0.75, reserve=100, income=50, due=80, savings_spent=0.1),
        known(rules.finance.pay_share, 1.0, reserve=0, income=0, due=0, savings_spent=0.1),
        known(rules.intelligence.level, 0.2, best=0.8, attention=0.5, support=0.5, cover=0.5,
              resistance=0, support_weight=4, cover_weight=4, locals_weight=4),
        known(rules.brand.next_momentum, 0.0, momentum=0, growth=0, memory=0.5, growth_scale=0.1),
        known(rules.brand.resting_brand, 0.3, base=0.3, centre=0, momentum=0, media=0.5,
              command=0.5, centre_weight=2, momentum_weight=2, media_weight=2, command_weight=2),
        known(rules.morale.resting_morale, 0.5, pay_share=0.5, momentum=0, command=0.5, risk=0,
              pay_weight=2, momentum_weight=2, command_weight=2, losses_weight=9),
        known(rules.cohesion.next_cohesion, 0.3, cohesion=0.6, base=0.6, shock=0.5, recovery=0.1),
        known(rules.territory.held_districts, 3.0, held=0.5, districts=5),
        known(rules.recruitment.untaken, 0.75, pool=400, taken=100),
        known(rules.recruitment.untaken, 0.0, pool=0, taken=0),
    ],
)  # fmt: skip
def test_known_answers(
    function: Callable[..., float], stated: dict[str, float], expected: float
) -> None:
    assert function(**stated) == pytest.approx(expected, abs=1e-12)
