"""What measures give: known answers on a run that lasts ten weeks, and what must agree in any."""

from __future__ import annotations

import datetime as dt
import math
import textwrap
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic import TypeAdapter

import ebbtide as eb
from ebbtide.claims.kind import Measuring
from ebbtide.claims.measures import AnyMeasure, days_noted
from ebbtide.evidence.lived import Lived
from ebbtide.scenario import Scenario
from ebbtide.study.focus import Focus
from ebbtide.world.codes import Kind
from ebbtide.world.outcomes import OUTCOMES, PLACE_OUTCOMES

WEEKS = pd.date_range("2001-01-07", periods=10, freq="7D")
SERIES = {"fighters": [0, 2, 4, 6, 8, 6, 4, 2, 0, 0], "money": [1, 1, 2, 2, 4, 4, 8, 8, 0, 5]}


def read(written: Any) -> Any:
    return TypeAdapter(AnyMeasure).validate_python(written)


def value(written: Any, **named: Any) -> float:
    """Of a run whose weekly outcomes are SERIES."""

    def of_groups(outcomes: list[str], groups: object) -> pd.Series:
        return pd.Series(
            [sum(week) for week in zip(*(SERIES[o] for o in outcomes), strict=True)], WEEKS, float
        )

    period = {"middle": (dt.date(2001, 1, 21), dt.date(2001, 2, 4))}
    lived: Any = SimpleNamespace(of_groups=of_groups)
    return read(written).value(Measuring(lived, {k: read(v) for k, v in named.items()}, period))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"kind": "at", "outcome": "fighters", "date": dt.date(2001, 1, 20)}, 2),
        ({"kind": "at", "outcome": "fighters", "date": dt.date(2001, 1, 21)}, 4),
        ({"kind": "sum", "outcome": "fighters"}, 32),
        ({"kind": "sum", "outcome": ["fighters", "money"], "period": "middle"}, 26),
        ({"kind": "mean", "outcome": "fighters", "period": "middle"}, 6),
        ({"kind": "peak", "outcome": "fighters"}, 8),
        ({"kind": "peak", "outcome": "fighters", "weeks": 3}, 20 / 3),
        ({"kind": "mean", "outcome": "money", "per": "fighters", "period": "middle"}, 4 / 9),
        ({"kind": "peak", "outcome": "money", "per": "fighters"}, 4),  # weeks without men drop out
        ({"kind": "monthly_fall", "outcome": "fighters", "first": dt.date(2001, 2, 4),
          "last": dt.date(2001, 2, 18)}, 100 * (1 - 0.5 ** (365.25 / 12 / 14))),
        (3, 3),
        ("a", 8),
        ({"kind": "add", "of": [1, "a", 2]}, 11),
        ({"kind": "minus", "of": ["a", 2]}, 6),
        ({"kind": "times", "of": ["a", 2, 0.5]}, 8),
        ({"kind": "over", "of": ["a", 2]}, 4),
        ({"kind": "largest", "of": [1, "a", 2]}, 8),
        ({"kind": "below", "of": ["a", 8]}, 0),
        ({"kind": "below", "of": ["a", 9]}, 1),
        ({"kind": "at_least", "of": ["a", 8]}, 1),
        ({"kind": "all", "of": [{"kind": "below", "of": [1, 2]}, {"kind": "below", "of": [2, 1]}]}, 0),
    ],
)  # fmt: skip
def test_a_measure_of_a_known_run(written: Any, found: float) -> None:
    assert value(written, a={"kind": "peak", "outcome": "fighters"}) == pytest.approx(found)


def test_what_has_no_answer_is_passed_on_but_compares_as_no() -> None:
    none = {"kind": "over", "of": [1, 0]}
    assert math.isnan(value(none))
    for kind in ("add", "minus", "times", "over", "largest"):
        assert math.isnan(value({"kind": kind, "of": [2, none]}))
    assert value({"kind": "below", "of": [none, 1]}) == 0
    assert value({"kind": "at_least", "of": [none, 1]}) == 0


@pytest.fixture(scope="module")
def lived(minimal: Scenario) -> Lived:
    """A run of the small scenario, noted where fighters came from on its last day."""
    for seed in range(1, 50):
        model = eb.Insurgency(minimal, rng=seed)
        lived = Lived.of(model, minimal.weeks, [minimal.dates[-1]])
        if (model.state.group_men[model.group_names.index("embers")] > 0).all():
            return lived
    raise AssertionError("in no run do its men stand in both places at the end")


def measured(lived: Lived, **written: Any) -> float:
    return read(written).value(Measuring(lived, {}, {}))


def test_groups_are_the_sum_of_their_places(lived: Lived, minimal: Scenario) -> None:
    for group in minimal.file.groups:
        everywhere = lived.of_places(["fighters"], [group], ["XA"])
        assert everywhere.equals(lived.of_groups(["fighters"], [group]))
        assert everywhere.max() > 0


def test_several_groups_come_to_what_a_focus_of_them_does(
    written: Callable[..., Scenario],
) -> None:
    """One declaration says what adds up: of the rest a sum is NaN, for claims as for tables."""
    both = written('extends = "minimal.toml"\nfocus = ["league", "embers"]\n')
    model = eb.Insurgency(both)
    lived, focus = Lived.of(model, 4), Focus.of(both)
    together = focus.rows(model.series())
    for name in OUTCOMES:
        of_claims = lived.of_groups([name]).to_numpy()
        assert np.allclose(of_claims, together[name].to_numpy(), equal_nan=True), name
        assert math.isnan(of_claims[-1]) == (not OUTCOMES[name].adds_up), name
    in_places = focus.rows(model.places(), places=True)
    for name in PLACE_OUTCOMES:
        by_place = lived.by_place(name).to_numpy().reshape(-1)
        assert np.allclose(by_place, in_places[name].to_numpy(), equal_nan=True), name
    assert lived.of_groups(["morale"], ["embers"]).notna().all()
    assert lived.of_places(["support"], ["embers"], ["XA"]).isna().all()
    assert lived.of_forces(["intelligence"], [], ["garrison"]).isna().all()


def test_who_came_over_entered_by_switching(lived: Lived, minimal: Scenario) -> None:
    came = measured(lived, kind="came_over")
    assert came > 0
    assert came == measured(lived, kind="sum", outcome="entries_switched")
    assert came == measured(lived, kind="came_over", came_from="league")
    assert measured(lived, kind="came_over", group="league", came_from="embers") == measured(
        lived, kind="sum", outcome="exits_switched", group="embers"
    )


def test_the_share_from_others_is_that_of_the_men_who_are_left(
    lived: Lived, minimal: Scenario
) -> None:
    last = minimal.dates[-1]
    share = measured(lived, kind="former_share", came_from="league", date=last)
    fighters = measured(lived, kind="at", outcome="fighters", date=last)
    switched = measured(lived, kind="at", outcome="fighters_switched", date=last)
    assert 0 < share < 1
    assert share * fighters == pytest.approx(switched)
    by_place = [
        measured(lived, kind="former_share", came_from="league", places=name, date=last)
        * measured(lived, kind="at", outcome="fighters", places=name, date=last)
        for name in minimal.file.places
        if measured(lived, kind="at", outcome="fighters", places=name, date=last) > 0
    ]
    assert sum(by_place) == pytest.approx(switched)
    assert len(by_place) > 1


def test_every_man_joined_in_one_way(lived: Lived, minimal: Scenario) -> None:
    last, ways = minimal.dates[-1], [kind.called for kind in Kind]
    shares = {way: measured(lived, kind="joined_share", joined=way, date=last) for way in ways}
    fighters = measured(lived, kind="at", outcome="fighters", date=last)
    for way, share in shares.items():
        men = measured(lived, kind="at", outcome=f"fighters_{way}", date=last)
        assert share * fighters == pytest.approx(men)
    assert sum(share > 0 for share in shares.values()) > 2
    assert measured(lived, kind="joined_share", joined=ways, date=last) == 1


def test_districts_held_in_places_are_those_of_the_group(lived: Lived, minimal: Scenario) -> None:
    """Rounded by the rule once, place by place: no measure rounds by itself, or forgets to."""
    last = minimal.dates[-1]
    every = measured(lived, kind="at", outcome="districts_held", date=last)
    assert every == measured(lived, kind="at", outcome="districts_held", places="XA", date=last)
    assert every == int(every) > 0


def fallen(model: eb.Insurgency, under: float) -> float:
    """Weeks since its centre's fall under a share, at the scenario's end."""
    scenario = model.scenario.stands_for
    lived: Any = SimpleNamespace(model=model, scenario=scenario, dates=scenario.dates)
    written = {"kind": "weeks_after_fall", "centre": "far", "under": under}
    return read(written).value(Measuring(lived, {}, {}))


def test_a_centre_falls_in_the_week_in_which_the_run_has_it_so(
    written: Callable[..., Scenario],
) -> None:
    """By the values that were drawn, and in whatever order its dates stand."""
    text = """
    extends = "minimal.toml"
    [centres.far]
    name = "Far"
    brand = 0
    source = "invented"
    [centres.far.health]
    2002-03-03 = 0.0
    2001-01-07 = 1.0
    2002-01-06 = { prior = "uniform", low = 0.6, high = 1.0, unit = "share", source = "invented" }
    """
    scenario = written(textwrap.dedent(text))
    usual = eb.Insurgency(scenario)
    low = eb.Insurgency(scenario, **{"centres.far.health.2002-01-06": 0.2})
    for model in (usual, low):
        week = scenario.weeks - fallen(model, 0.5)
        health = model.world.centre_health[:, 0]
        assert health[int(week)] < 0.5 <= health[int(week) - 1]
    assert fallen(low, 0.5) - fallen(usual, 0.5) > 10


def test_deaths_by_forces_are_in_the_books_of_the_group(lived: Lived) -> None:
    by_forces = measured(lived, kind="sum", outcome="men_killed", forces="garrison")
    assert 0 < by_forces <= measured(lived, kind="sum", outcome="exits_killed")


def test_an_observer_has_random_numbers_of_his_own_in_each_run(lived: Lived) -> None:
    unknown = {"kind": "unknown", "low": 1, "high": 4}
    found = measured(lived, name="a", **unknown)
    assert 1 <= found <= 4
    assert found == measured(lived, name="a", **unknown)
    assert found != measured(lived, name="b", **unknown)


def test_days_that_runs_must_note_are_found_inside() -> None:
    share = {"kind": "former_share", "came_from": "league", "date": dt.date(2001, 2, 4)}
    joined = {"kind": "joined_share", "joined": "allies", "date": dt.date(2001, 3, 4)}
    assert days_noted([read(joined)]) == {dt.date(2001, 3, 4)}
    assert days_noted([read({"kind": "times", "of": [100, share]})]) == {dt.date(2001, 2, 4)}


def test_two_days_of_one_week_are_noted_alike(minimal: Scenario) -> None:
    days = [minimal.dates[20] - dt.timedelta(days=back) for back in (0, 3)]
    lived = Lived.of(eb.Insurgency(minimal, rng=1), 21, days)
    one, other = (
        measured(lived, kind="joined_share", group="league", joined="founding", date=day)
        for day in days
    )
    assert 0 < one == other <= 1


def test_places_are_reported_by_draws_with_the_outcome_that_says_how_likely() -> None:
    def by_place(outcome: str, places: object) -> pd.DataFrame:
        assert outcome == "reported"
        return pd.DataFrame({"north": [0.0, 0.6], "south": [1.0, 0.0]}, WEEKS[:2])

    def at(drawn: float, day: int) -> float:
        draws: Any = SimpleNamespace(random=lambda n: [drawn] * n)
        lived: Any = SimpleNamespace(by_place=by_place, random=lambda name: draws)
        written = {"kind": "places_reported", "places": "XA", "date": dt.date(2001, 1, day)}
        return read(written).value(Measuring(lived, {}, {}))

    assert at(0.5, 13) == 1
    assert at(0.59, 14) == 1
    assert at(0.61, 14) == 0
