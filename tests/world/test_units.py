"""What a unit means is declared once, and what is declared in one that means nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ebbtide import model  # noqa: F401 - it loads every set of columns
from ebbtide.engine.parameters import Parameters
from ebbtide.scenario import load
from ebbtide.scenario.schema.prices import EFFORT_WEEKS, MILLION_USD_WEEK
from ebbtide.study import metrics
from ebbtide.world.columns import Columns, Numbers, column
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES
from ebbtide.world.recorded import Recorded, mean_over_fighters, recorded
from ebbtide.world.state import State
from ebbtide.world.units import UNITS, is_flow, meant_by, over_weeks
from ebbtide.world.world import World


class Odd(Recorded, of=("group",)):
    """Outcomes that nobody has, as the page of everyday changes declares them."""

    hold: Numbers = recorded("hold")
    momentum: Numbers = recorded("momentum")
    wage: Numbers = recorded("wage")
    hit: Numbers = mean_over_fighters("hit", "men hit where its men are")
    money: Numbers = recorded("money")
    strength: Numbers = recorded("strength")


def test_ratios_wages_and_means_do_not_add_up_and_men_and_money_do() -> None:
    adding = {name for name, outcome in Odd.outcomes.items() if outcome.adds_up}
    assert adding == {"money", "strength"}


def test_only_what_is_counted_adds_up_over_groups() -> None:
    """A sum of rates, shares or answers means nothing, whatever they are of."""
    for outcome in (OUTCOMES | PLACE_OUTCOMES | FORCE_OUTCOMES).values():
        unit, _, by = outcome.unit.partition("/")
        counted = unit.startswith(
            ("men", "people", "thousand USD", "posts", "districts", "attacks")
        )
        assert outcome.adds_up == (counted and by in ("", "week")), outcome


def test_a_column_in_a_unit_that_means_nothing_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Sown.corn is in 'shar', .*; did you mean share"):

        class Sown(Columns):
            corn: Numbers = column("place", unit="shar", meaning="corn")


def test_a_metric_in_a_unit_that_means_nothing_is_refused() -> None:
    with pytest.raises(TypeError, match=r"metric corn is in 'mem', .*; did you mean men"):

        @metrics._metric("mem")
        def corn(trajectory: metrics.Trajectory) -> metrics.MetricValue:
            return None


def units_of_the_model() -> Iterator[str]:
    for declared in (State, World, Parameters):
        yield from units_in(declared)
    for metric in metrics.METRICS.values():
        yield metric.unit
    for scenario in map(load, ("khorasan", "lake", "minimal")):
        for quantity in (*scenario.quantities.values(), *scenario.policy.quantities.values()):
            yield quantity.unit
    yield from (EFFORT_WEEKS.unit, MILLION_USD_WEEK.unit)


def units_in(columns: type[Columns]) -> Iterator[str]:
    for said in columns.declared.values():
        yield said.unit
    for part in columns.parts.values():
        yield from units_in(part)


def test_nothing_is_said_of_a_unit_that_nothing_has() -> None:
    assert {*units_of_the_model()} == UNITS.keys()


def test_weeks_of_what_is_counted_add_up_and_those_of_a_rate_do_not() -> None:
    assert over_weeks("men/week") == "men"
    assert over_weeks("men") == "men x weeks"
    assert over_weeks("share") == "share x weeks"
    assert over_weeks("1/week") == "1/week x weeks"
    assert is_flow("tonnes/week")
    assert not is_flow("attacks/1000 fighters/week")


def test_a_sum_over_weeks_of_a_level_is_no_metric() -> None:
    with pytest.raises(
        TypeError, match="support: a level in 'share', whose weeks add up to nothing"
    ):
        metrics._total(metrics.SumOverWeeks(("support",)))


def test_levels_lie_where_their_unit_says() -> None:
    assert meant_by("share").is_share
    assert not meant_by("-1 to 1").is_share
    assert not meant_by("ratio").is_share
    assert not meant_by("tonnes").adds_up
    assert not meant_by("tonnes").is_share
