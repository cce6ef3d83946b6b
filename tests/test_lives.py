"""Single lives add up to what the run counted, and say by which draw each turn came."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

import ebbtide as eb
from ebbtide import engine
from ebbtide.engine.week import WEEK
from ebbtide.explain.week import week
from ebbtide.lives import FACED, FORESEEN, called_by, calls, lives_of, sample, who_served
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.show.lives import told_lives
from ebbtide.world.codes import Kind

# How each end of service is told in a life, whatever else the words say.
ENDS = {
    "exits_killed": ("is killed by state forces", "is killed in an offensive", "is killed, by"),
    "exits_killed_by_rivals": ("is killed by rival",),
    "exits_killed_attacking": ("is killed in their own group's",),
    "exits_captured": ("is captured",),
    "exits_deserted": ("has gone home",),
    "exits_surrendered": ("has given up",),
}


@pytest.fixture(scope="module")
def model(busy: Scenario) -> Insurgency:
    model = Insurgency(busy, rng=1)
    model.run_until(40)
    return model


@pytest.fixture(scope="module")
def lives(model: Insurgency) -> list:
    served = {man for group in model.group_names for man in who_served(model, group)}
    return lives_of(model, sorted(served))


@pytest.mark.slow
def test_ends_and_changes_of_side_add_up_to_the_run(model: Insurgency, lives: list) -> None:
    """To the last man, over all groups; only who entered and left within a week would be missed."""
    turns = [turn for life in lives for turn in life.turns]
    told = {end: sum(t.what.startswith(words) for t in turns) for end, words in ENDS.items()}
    counted = model.series()[[*ENDS, "exits_switched"]].sum()
    assert told == {end: int(counted[end]) for end in ENDS}
    assert sum("goes over to" in turn.what for turn in turns) == counted["exits_switched"]
    assert counted[["exits_killed", "exits_deserted", "exits_switched"]].min() > 0


def test_who_joins_adds_up_to_the_run(model: Insurgency, lives: list) -> None:
    joined = Counter(life.turns[0].what.partition(",")[0] for life in lives)
    series = model.series()
    at_start = series[series["date"] == series["date"].min()]["fighters"].sum()
    assert joined["is there at the start"] == at_start
    entered = [f"entries_{kind.called}" for kind in Kind if kind is not Kind.SWITCHED]
    assert joined["joins"] == series[entered].sum().sum()


def test_what_a_draw_decided_came_below_its_chance(lives: list) -> None:
    turns = [turn for life in lives for turn in life.turns if turn.chance is not None]
    assert len(turns) > 100
    assert all(turn.drawn < turn.chance <= 1.0 for turn in turns)


def test_who_came_over_or_moved_in_a_week_meets_nothing_that_moves_him_on(lives: list) -> None:
    moving = [hazard.called for hazard in FACED if hazard.fate.elsewhere]
    earlier = [
        (life, turn) for life in lives for turn in life.turns
        if turn.phase.startswith("Fighters follow orders")
    ]  # fmt: skip
    assert len(earlier) > 20
    for life, turn in earlier:
        week = life.weeks[life.weeks["date"] == turn.date]
        assert (week[moving] == 0.0).all(axis=None)


def test_a_man_of_whom_a_number_is_told_met_it_in_that_week(lives: list) -> None:
    """What ended a life stands as a hazard in its last week."""
    left = [life for life in lives if life.turns[-1].what.startswith("has gone home")]
    for life in left:
        turn, week = life.turns[-1], life.weeks.iloc[-1]
        assert week["date"] == turn.date
        assert week["desertion"] == turn.chance


def test_a_leader_killed_by_a_dated_act_is_told_so(khorasan: Scenario, thinned: Scenario) -> None:
    act = next(act for act in khorasan.policy.file.acts.values() if act.kind == "leader_killed")
    model = Insurgency(thinned, rng=1)
    model.run_until(model.scenario.week_of(act.start) - 1)
    group = act.against[0]
    before = {man.unique_id for man in model.leaders if man.group.name == group}
    model.step()
    gone = before - {man.unique_id for man in model.fighters}
    ends = [life.turns[-1] for life in lives_of(model, gone)]
    assert any("by a dated act of policy" in turn.what for turn in ends)


def test_both_ways_of_running_tell_the_same(busy: Scenario) -> None:
    told = []
    for agents_way in (False, True):
        model = Insurgency(busy, rng=2, agents_way=agents_way)
        model.run_until(8)
        told.append([str(life) for life in lives_of(model, who_served(model, "embers"))])
    assert told[0] == told[1]
    assert len(told[0]) > 20


def test_who_crosses_over_is_told_by_the_rules_that_the_run_had(busy: Scenario) -> None:
    """A life asks the phase itself: also where the rule is a user's own."""

    @eb.rule_override("founding.crosses_over")
    def by_the_upper_end(drawn, share):
        """Whoever draws high crosses over."""
        return drawn >= 1.0 - share

    @eb.rule_override("switching.loyalty")
    def nobody_else(leads, follow):
        """Only a leader goes with his command."""
        return 1.0 if leads == 1 else 0.0

    own = [by_the_upper_end, nobody_else]
    model = Insurgency(busy, rng=1, agents_way=True, extensions=own)
    model.run_until(12)
    men = lives_of(model, who_served(model, "embers"))
    orders = [
        turn for life in men for turn in life.turns
        if turn.phase.startswith("Fighters follow orders") and "goes over" in turn.what
    ]  # fmt: skip
    crossed = [turn for turn in orders if turn.what.startswith("crosses over with the founders")]
    followed = [turn for turn in orders if turn.what.startswith("his local command goes over")]
    assert len(crossed) > 5
    assert len(crossed) + len(followed) == len(orders)
    assert all(turn.drawn >= 1.0 - turn.chance for turn in crossed)
    assert all(turn.chance == 1.0 for turn in followed)


WHERE_TO = {"SWITCH_TO", "MOVE_TO"}  # drawn by a man too, once something else has moved him


def test_every_phase_that_draws_for_a_man_is_foreseen() -> None:
    """Else what it brings would be told without draw and chance, as if none of his had decided."""
    files = Path(engine.__file__).parent.rglob("*.py")
    sources = "".join(file.read_text(encoding="utf-8") for file in files)
    own = {*re.findall(r"Decision\.(\w+),\s+(?:state\.fighter_id|ids)\[", sources)}
    drawing = {phase.name for phase in week() if (own - WHERE_TO) & {*phase.draws}}
    foreseen = {phase.name for phase in WEEK if any(calls(phase.act, draw) for draw in FORESEEN)}
    assert drawing == foreseen == {"face_the_hunt", "follow_orders", "face_the_week"}


@pytest.mark.slow
def test_what_a_phase_calls_is_searched_for_once_and_not_for_every_week(busy: Scenario) -> None:
    model = Insurgency(busy, rng=1)
    model.run_until(20)
    called_by.cache_clear()
    for life in lives_of(model, who_served(model, model.group_names[0])):
        assert life.turns
    asked = called_by.cache_info()
    assert asked.misses < 12
    assert asked.hits > 1000


@pytest.mark.slow
def test_by_whose_hand_a_man_fell_is_told_by_the_rules_that_the_run_had(busy: Scenario) -> None:
    @eb.rule_override("rivalry.killed_by_rivals")
    def by_the_upper_end(drawn, hit, rival_hit):
        """Rivals have the last part of the hazard, not the first."""
        return drawn * hit >= hit - rival_hit

    model = Insurgency(busy, rng=1, agents_way=True, extensions=by_the_upper_end)
    model.run_until(12)
    served = {man for group in model.group_names for man in who_served(model, group)}
    ends = [life.turns[-1].what for life in lives_of(model, served)]
    (by_rivals,) = ENDS["exits_killed_by_rivals"]
    counted = model.series().exits_killed_by_rivals.sum()
    assert sum(end.startswith(by_rivals) for end in ends) == counted > 0


def test_a_fighter_or_his_id_may_be_asked_for(model: Insurgency) -> None:
    fighter = next(iter(model.leaders))
    life = model.fate(fighter)
    same = model.fate(fighter.unique_id)
    assert (life.turns, life.weeks.equals(same.weeks)) == (same.turns, True)
    assert life.turns[0].date <= model.date
    assert [*life.weeks][:4] == ["date", "group", "place", "drawn"]
    assert [*life.weeks][4:] == [hazard.called for hazard in FACED]
    assert len(life.weeks) == (model.date - life.turns[0].date) // dt.timedelta(weeks=1)


def test_what_is_nobody_is_told(model: Insurgency) -> None:
    for nobody in (3, 0, -1, 10**400):
        with pytest.raises(LookupError, match=f"nobody of id {nobody} has served by"):
            model.fate(nobody)
    with pytest.raises(eb.Faults, match="fate: found"):
        model.fate("the leader")


def test_a_class_of_the_users_own_tells_the_same_lives(busy: Scenario) -> None:
    """Its arguments are its own, and so is what it does beside the week."""

    class Own(Insurgency):
        def __init__(self, seed: int) -> None:
            super().__init__(busy, rng=seed)
            self.lived: list[int] = []

        def step(self) -> None:
            super().step()
            self.lived.append(self.week)

    plain, own = Insurgency(busy, rng=1), Own(1)
    for model in (plain, own):
        model.run_until(12)
    for fighter in (*own.leaders, next(iter(own.fighters))):
        assert str(own.fate(fighter)) == str(plain.fate(fighter.unique_id))
    assert own.lived == [*range(1, 13)]


def test_a_model_changed_by_hand_is_refused(busy: Scenario) -> None:
    model = Insurgency(busy, rng=1)
    model.step()
    model.groups[0].money = 0.0
    model.run_until(12)
    with pytest.raises(ValueError, match="changed by hand"):
        model.fate(next(iter(model.fighters)))


def test_a_sample_is_spread_evenly() -> None:
    assert sample(range(101), 3) == [0, 50, 100]
    assert sample([5, 6], 3) == [5, 6]


def test_a_log_of_fates_tells_a_few_of_a_group(model: Insurgency) -> None:
    first, *rest = told_lives(model, "embers")
    assert "whom The Embers had" in first
    assert 1 < len(rest) <= 12
