"""What a mechanism's file says in `WHEN_OFF` holds where a scenario switches it off, and not with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import load
from ebbtide.scenario.schema.events import Pledge
from ebbtide.world.codes import End, EventKind, Kind, Note, Slot, Source
from ebbtide.world.outcomes import ForceSeries, Series
from ebbtide.world.posts import Hunted

WEEKS = 150  # of the shipped world: after a founding, a pledge and dated deaths
Check = Callable[[Insurgency], None]

HOLDS: dict[str, Check] = {}  # what holds without a mechanism, by its name
GIVEN: dict[str, dict[str, object]] = {}  # what else is set, so that nothing else can do the same


def without(mechanism: str, **given: object) -> Callable[[Check], Check]:
    """Declare a check to be that of a mechanism; `given` are values by path, `__` for a dot."""

    def declare(check: Check) -> Check:
        HOLDS[mechanism] = check
        GIVEN[mechanism] = {path.replace("__", "."): value for path, value in given.items()}
        return check

    return declare


@cache
def lived(stated: tuple[tuple[str, object], ...] = ()) -> Insurgency:
    """The shipped world after its weeks, with values by path."""
    model = Insurgency(load("khorasan").with_overrides(dict(stated)), rng=1)
    model.run_until(WEEKS)
    return model


def of(model: Insurgency) -> Series:
    """Every week of a run, without the start: what no week made is no week's."""
    return _weeks(model.state.series)


def by_force(model: Insurgency) -> ForceSeries:
    return _weeks(model.state.force_series)


class _weeks:
    def __init__(self, recorded) -> None:
        self._recorded = recorded

    def __getattr__(self, name: str) -> np.ndarray:
        column = getattr(self._recorded, name)
        weeks = self._recorded.declared[name].dimensions.index("week")
        return column.take(range(1, WEEKS + 1), axis=weeks)


def changed_in(levels: np.ndarray) -> np.ndarray:
    """In which week's record a level is another than in the record before."""
    return np.flatnonzero((np.diff(levels, axis=0) != 0).reshape(len(levels) - 1, -1).any(axis=1))


def same(one: Insurgency, **stated: object) -> bool:
    """Whether a run with these values, and else the same, has the same record."""
    overrides = {path.replace("__", "."): value for path, value in stated.items()}
    other = lived(tuple({**one.scenario.overrides, **overrides}.items()))
    return bool((one.state.series.flat == other.state.series.flat).all())


def weeks_of_events(model: Insurgency, *kinds: EventKind) -> set[int]:
    return {
        int(week)
        for week, kind in zip(model.world.event_week, model.world.event_kind, strict=True)
        if kind in kinds
    }


@without("alliances")
def no_ally_sends_anything(model: Insurgency) -> None:
    assert not of(model).income[Source.ALLIES].any()
    assert not of(model).entries[Kind.ALLIES - Kind.FOUNDING].any()


@without("attacks")
def no_attacks(model: Insurgency) -> None:
    for name in ("attacks_state", "attacks_civilians", "state_harmed", "civilians_harmed"):
        assert not getattr(of(model), name).any(), name


@without("attention")
def every_force_attends_in_full(model: Insurgency) -> None:
    assert (by_force(model).attention == 1.0).all()


@without("brand")
def a_brand_changes_by_pledges_alone(model: Insurgency) -> None:
    series = model.state.series.brand[: WEEKS + 1]
    changed = {int(week) + 1 for week in changed_in(series)}
    assert changed == weeks_of_events(model, EventKind.PLEDGE)
    assert (series[0] == model.world.brand).all()


@without("cohesion")
def cohesion_stays_and_nothing_is_disputed(model: Insurgency) -> None:
    assert (of(model).cohesion == model.world.cohesion).all()
    assert not of(model).dispute.any()


@without("displacement")
def nobody_is_driven_on_or_flees(model: Insurgency) -> None:
    assert not of(model).fighters_displaced.any()
    assert not of(model).civilians_displaced.any()


@without("finance")
def all_dues_are_paid_at_the_stated_wage(model: Insurgency) -> None:
    assert (of(model).pay_share == 1.0).all()
    assert (of(model).customary_wage == model.world.pay).all()


@without("founding")
def no_group_is_founded(model: Insurgency) -> None:
    founded_later = set(model.world.event_group[model.world.event_kind == EventKind.FOUNDING])
    assert founded_later
    assert not model.state.founded[list(founded_later)].any()
    assert not of(model).entries[0].any()


@without("intelligence")
def the_aimed_share_is_the_force_s_own(model: Insurgency) -> None:
    known = model.state.intelligence
    assert known.any()
    for own, of_force in zip(model.world.intelligence, known, strict=True):
        assert set(np.unique(of_force)) <= {0.0, own}


@without("leaving")
def nobody_goes_home_or_gives_up(model: Insurgency) -> None:
    assert not of(model).exits[[End.DESERTED, End.SURRENDERED]].any()


@without("media")
def media_reach_nobody(model: Insurgency) -> None:
    there = of(model).fighters > 0
    assert not of(model).media[there].any()


@without("morale")
def morale_stays(model: Insurgency) -> None:
    assert (model.state.morale == 0.5).all()


@without("pledges")
def no_pledge_has_any_effect(model: Insurgency) -> None:
    nothing = {
        f"events__{name}__{what}": 0
        for name, event in model.scenario.file.events.items()
        if isinstance(event, Pledge)
        for what in ("share", "brand")
    }
    assert nothing
    assert same(model, **nothing)


@without("predation", groups__ttp__abduction=0.002, groups__ttp__loot=1)
def nobody_is_taken_by_force_and_nothing_is_looted(model: Insurgency) -> None:
    assert not of(model).entries[Kind.FORCED - Kind.FOUNDING].any()
    assert not of(model).income[Source.LOOT].any()
    assert not model.state.wronged.any()


@without("recruitment")
def nobody_is_recruited(model: Insurgency) -> None:
    recruited = [kind - Kind.FOUNDING for kind in (Kind.LOCAL_POOR, Kind.LIKE_MINDED, Kind.FOREIGN)]
    assert not of(model).entries[recruited].any()
    assert not of(model).attackers_hired.any()
    for kind in (Kind.FOUNDING, Kind.ALLIES, Kind.SWITCHED):
        assert of(model).entries[kind - Kind.FOUNDING].any()


@without("resistance")
def resistance_stays(model: Insurgency) -> None:
    assert not changed_in(model.state.place_series.resistance[: WEEKS + 1]).size


@without("rivalry", rules__switching__hostility_weight=0)
def rivals_neither_fight_nor_stand_in_the_way(model: Insurgency) -> None:
    assert not of(model).exits[End.KILLED_BY_RIVALS].any()
    peace = {
        f"groups__{name}__hostility__{other}": 0
        for name, group in model.scenario.file.groups.items()
        for other in group.hostility
    }
    assert peace
    assert same(model, **peace)


@without("succession")
def a_post_is_filled_after_a_week_by_a_man_of_the_same_standing(model: Insurgency) -> None:
    state, world = model.state, model.world
    assert (state.post_standing == world.standing[world.post_group]).all()
    empty = state.post_row < 0
    men_without = state.strength - world.group_posts > 0
    assert (state.post_vacant_since[empty & men_without[world.post_group]] == WEEKS).all()


@without("support")
def support_stays(model: Insurgency) -> None:
    assert (model.state.support == model.world.usual_support).all()


@without("switching")
def nobody_changes_sides_but_by_founding_and_pledge(model: Insurgency) -> None:
    weeks = np.flatnonzero(of(model).exits[End.SWITCHED].any(axis=1)) + 1
    assert set(weeks) == weeks_of_events(model, EventKind.FOUNDING, EventKind.PLEDGE)


@without("targeting", rules__attacks__on=False)
def no_force_fires_or_is_fired_at(model: Insurgency) -> None:
    for name in ("men_killed", "civilians_harmed", "losses"):
        assert not getattr(by_force(model), name).any(), name
    assert not of(model).exits[End.CAPTURED].any()
    told = model.state.chronicle[: model.state.rows[Slot.NOTED]]
    lost = told[(told[:, 1] == Note.LEADER_LOST) & (told[:, 4] == End.KILLED)]
    assert (lost[:, 5] == Hunted.BY_DATED_ACT).all()
    assert of(model).exits[End.KILLED].sum() == len(lost) > 0
    assert of(model).pressure.any()


@without("territory")
def no_ground_is_held_but_presence_is_reported(model: Insurgency) -> None:
    assert not model.state.place_series.held.any()
    assert of(model).places_reported.any()


@without("violence")
def notoriety_draws_nobody(model: Insurgency) -> None:
    assert of(model).notoriety.any()
    assert same(model, rules__violence__draw=0)


def test_every_mechanism_and_nothing_else_is_tried() -> None:
    """A new mechanism needs a function here that says what its `WHEN_OFF` means in a run."""
    assert sorted(HOLDS) == sorted(MECHANISMS)


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_what_is_said_of_a_mechanism_that_is_off_holds(mechanism: str) -> None:
    assert mechanism in HOLDS, f"nothing here says what holds without {mechanism}"
    off = {**GIVEN[mechanism], f"rules.{mechanism}.on": False}
    HOLDS[mechanism](lived(tuple(off.items())))


@pytest.mark.parametrize("mechanism", HOLDS)
def test_it_would_not_hold_with_the_mechanism(mechanism: str) -> None:
    with pytest.raises(AssertionError):
        HOLDS[mechanism](lived(tuple(GIVEN[mechanism].items())))
