"""Money: what people can bear, what men are used to, and what interdiction can stop."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.rules import finance

MONTH = finance.WEEKS_A_MONTH
MEN, PEOPLE, USD = st.floats(1, 1e6), st.floats(1, 1e9), st.floats(0, 1e5)


@given(MEN, PEOPLE, USD, st.floats(0.1, 1e4), st.floats(1, 100))
def test_crime_saturates_in_people(
    men: float, population: float, each: float, people_a_man: float, more: float
) -> None:
    """More men make more together and less each, and never more than the people can bear."""
    few = finance.crime(men, each, population, men, people_a_man)
    many = finance.crime(men * more, each, population, men * more, people_a_man)
    tolerance = 1e-9 * (1 + many)
    assert few <= many + tolerance
    assert many <= few * more + tolerance
    assert many <= each * population / people_a_man / MONTH / 1000 + tolerance


def test_a_man_makes_half_where_there_are_so_many_people_a_man() -> None:
    alone = finance.crime(100, 80, 1e5, 0, 50)
    assert alone == pytest.approx(100 * 80 / MONTH / 1000)
    assert finance.crime(100, 80, 1e5, 2000, 50) == pytest.approx(alone / 2)


def test_rivals_live_off_the_same_people() -> None:
    assert finance.crime(100, 80, 1e5, 900, 50) < finance.crime(100, 80, 1e5, 100, 50)


@given(st.floats(-1e5, 1e5), st.floats(0, 1))
def test_what_stops_money_never_helps_a_group(amount: float, kept: float) -> None:
    """A group that pays its centre pays as much when what comes in is stopped."""
    assert finance.received(amount, kept) == (amount * kept if amount > 0 else amount)
    assert finance.received(amount, kept) <= finance.received(amount, 1)


@given(USD, USD, USD)
def test_the_wage_sought_is_what_a_group_is_able_to_pay_within_bounds(
    able: float, pay: float, elsewhere: float
) -> None:
    least, most = sorted((pay, elsewhere))
    assert finance.sought_wage(able, pay, elsewhere) == min(max(able, least), most)


def test_the_wage_that_income_pays_is_paid_in_full() -> None:
    wage = finance.able(income=90, men=1200, overhead=0.3)
    due = finance.cost(1200, wage, 0.3)
    assert due == pytest.approx(90)
    assert finance.pay_share(0, 90, due, 0.1) == pytest.approx(1)


def test_men_in_arms_measure_themselves_by_others_in_arms() -> None:
    assert finance.elsewhere(paid=200 * 150, men=200, outside_wage=180) == 150
    assert finance.elsewhere(paid=0, men=0, outside_wage=180) == 180
