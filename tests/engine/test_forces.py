"""What forces spend, and on whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.scenario.summary import scenario_lines

OFFENSIVE = """
title = "One offensive"
[acts.push]
kind = "offensive"
force = "garrison"
against = {against}
places = ["highland"]
start = 2002-01-06
stop = 2002-01-13
strength = 0.9
source = "invented"
"""


def test_effort_against_a_group_is_that_of_all_forces_together(busy: Scenario) -> None:
    model = Insurgency(busy, rng=5)
    for _ in range(12):
        model.step()
    by_force = model.force_series().groupby(["date", "group"], sort=False)["effort"]
    assert (by_force.agg(lambda spent: (spent > 0).sum()) > 1).any()
    together = model.series().set_index(["date", "group"])["effort_against"]
    assert together.to_numpy() == pytest.approx(by_force.sum().to_numpy(), rel=1e-6)


def test_an_offensive_costs_no_more_for_naming_more_groups(
    written: Callable[..., Scenario],
) -> None:
    spent, harm = [], []
    for against in ('["league"]', '["embers"]', '["league", "embers"]'):
        world = written(
            'extends = "minimal.toml"\npolicy = "policies/push.toml"\n',
            push=OFFENSIVE.format(against=against),
        )
        model = Insurgency(world, rng=1, **{"forces.garrison.harm": 100})
        while model.week < world.week_of(world.policy.file.acts["push"].start):
            model.step()
        assert (model.state.group_men[:, 0] > 0).sum() > 1
        spent.append(model.state.effort[0].sum())
        harm.append(model.state.harmed[0].sum())
    before = model.world.routine[0] * model.world.capacity[0]
    assert spent[0] == pytest.approx(spent[1]) == pytest.approx(spent[2])
    assert spent[0] > before
    assert harm[2] == pytest.approx(max(harm), rel=0.25)


def test_an_offensive_takes_its_toll_however_few_it_finds(written: Callable[..., Scenario]) -> None:
    """It marches in full, week after week, and its force falls on the way: by what was ordered."""
    toll, ordered, weeks, seeds = 0.05, 0.9, 52, 6
    push = OFFENSIVE.format(against='["league"]').replace("stop = 2002-01-13", "stop = 2003-01-05")
    world = written('extends = "minimal.toml"\npolicy = "policies/push.toml"\n', push=push)
    first = world.week_of(world.policy.file.acts["push"].start)
    nobody_found = {
        "rules.targeting.highest": 1e-9,
        "rules.targeting.return_fire": 0,
        "rules.targeting.toll": toll,
        "rules.attacks.on": False,
        "forces.garrison.routine": 0,
    }
    fallen = 0
    for seed in range(seeds):
        model = Insurgency(world, rng=seed, **nobody_found)
        model.run_until(first + weeks)
        fallen += model.series()["forces_losses"].sum()
    expected = seeds * weeks * toll * ordered * model.world.capacity[0]
    assert abs(fallen - expected) < 4 * expected**0.5
    assert expected > 100


def stormed(
    written: Callable[..., Scenario], changed: dict[str, object], strength: float = 0.9
) -> tuple[float, int]:
    """What an offensive of ten weeks weighs in its first, and how many it kills; all else is quiet."""
    quiet = {
        f"rules.{name}.on": False for name in ("leaving", "switching", "rivalry", "recruitment")
    }
    lasting = OFFENSIVE.format(against='["league"]').replace("2002-01-13", "2002-03-17")
    lasting = lasting.replace("0.9", str(strength))
    world = written(
        'extends = "minimal.toml"\npolicy = "policies/push.toml"\n', push=lasting
    ).with_overrides(quiet | {"forces.garrison.routine": 0, "rules.attacks.men_lost": 0})
    model = Insurgency(world.with_overrides(changed), rng=1)
    start = world.week_of(world.policy.file.acts["push"].start)
    while model.week < start:
        model.step()
    weight = float(model.state.onslaught[0, 0])
    while model.week < start + 9:
        model.step()
    killed = model.force_series().query("group == 'league'")["men_killed"].sum()
    return weight, int(killed)


def test_the_dead_of_an_offensive_follow_what_its_force_brings(
    written: Callable[..., Scenario],
) -> None:
    """A force of next to no capacity, or one that knows of hardly anybody, kills hardly anybody."""
    more = {"rules.displacement.killed": 0.08, "rules.targeting.half_fire": 0.01,
            "rules.intelligence.on": False}  # fmt: skip
    whole, killed = stormed(written, more)
    assert whole > 0.4
    assert killed > 50
    for lacking in ({"forces.garrison.capacity": 0.4}, {"forces.garrison.intelligence": 0.01}):
        weight, fell = stormed(written, more | lacking)
        assert weight < 0.1 * whole
        assert fell < 0.2 * killed
    half, fell = stormed(written, more, 0.45)
    assert half == pytest.approx(whole / 2, rel=0.05)
    assert fell < 0.75 * killed


STRIKES = """
[acts.{0}]
kind = "strikes"
force = "garrison"
against = ["{0}"]
start = 2001-02-04
strength = 1
leaders = 0
finance = 0
media = 0
"""


def test_directed_fire_is_not_kept_for_groups_out_of_reach(
    written: Callable[..., Scenario],
) -> None:
    """Strikes on a group that does not exist yet take nothing from those on one that does."""
    spent = []
    for acts in (("league",), ("league", "embers")):
        text = 'title = "Strikes"' + "".join(STRIKES.format(name) for name in acts)
        world = written(
            'extends = "minimal.toml"\npolicy = "policies/strikes.toml"\n', strikes=text
        )
        model = Insurgency(world, rng=1)
        while model.week < world.week_of(world.policy.file.acts["league"].start):
            model.step()
        assert model.state.group_men[1].sum() == 0
        spent.append(model.state.effort[0].sum())
    assert spent[0] == spent[1] > 0


def seen_of(model: Insurgency, group: str) -> list[float]:
    """What a group and the garrison do to each other over a year, and how often it attacks."""
    while model.week < 52:
        model.step()
    found = model.force_series().query("group == @group").sum(numeric_only=True)
    attacks = model.series().query("group == @group")[["attacks_state", "attacks_civilians"]]
    shown = found[["effort", "men_killed", "civilians_harmed", "losses"]]
    return [*shown, float(attacks.sum().sum())]


def test_a_force_and_a_group_that_it_spares_leave_each_other_alone(
    written: Callable[..., Scenario],
) -> None:
    """Neither fires at the other, and the group attacks nobody where no other force is."""
    sparing = (
        'extends = "minimal.toml"\npolicy = "policies/nothing.toml"\n'
        '[forces.garrison]\nspares = ["league"]\n'
    )
    usual = written('extends = "minimal.toml"\npolicy = "policies/nothing.toml"\n')
    more = {"groups.league.attacks": 40, "forces.garrison.capacity": 100}
    assert min(seen_of(Insurgency(usual, rng=1, **more), "league")) > 0
    model = Insurgency(written(sparing), rng=1, **more)
    assert seen_of(model, "league") == [0, 0, 0, 0, 0]
    assert not model.state.force_pressure[:, 0].any()
    assert min(seen_of(model, "embers")[:2]) > 0


def test_policy_sends_a_force_against_a_group_that_it_spares(
    written: Callable[..., Scenario],
) -> None:
    """While an act lasts there is no peace where it is aimed, and `check` tells of it."""
    world = written(
        'extends = "minimal.toml"\npolicy = "policies/push.toml"\n'
        '[forces.garrison]\nspares = ["league"]\n',
        push=OFFENSIVE.format(against='["league"]').replace("2002-01-13", "2002-03-17"),
    )
    model = Insurgency(world, rng=1)
    start = world.week_of(world.policy.file.acts["push"].start)
    while model.week < start + 8:
        model.step()
    spent = model.force_series().query("group == 'league'").groupby("date")["effort"].sum()
    assert not spent.iloc[:start].any()
    assert spent.iloc[start + 1 :].all()
    assert any("acts.push sends garrison against league" in line for line in scenario_lines(world))


def test_arrests_of_routine_are_spent_too(written: Callable[..., Scenario]) -> None:
    world = written('extends = "minimal.toml"\npolicy = "policies/nothing.toml"\n')
    model = Insurgency(
        world, rng=1, **{"forces.garrison.capacity": 0, "forces.garrison.arrests": 5}
    )
    model.step()
    shares = model.state.attention_paid[0] * model.world.routine[0]
    assert 0 < model.state.effort[0].sum() <= 5 * shares.max()


ALL_AT_ONCE = """
title = "More than a force has"
[acts.push]
kind = "offensive"
force = "garrison"
against = ["league"]
places = ["highland"]
start = 2001-01-07
strength = {offensive}
source = "invented"
[acts.strikes]
kind = "strikes"
force = "garrison"
against = ["league"]
places = ["lowland"]
start = 2001-01-07
strength = {strikes}
leaders = 0
finance = 0
media = 0
source = "invented"
"""


def after_a_week(
    written: Callable[..., Scenario], offensive: float, strikes: float, routine: float
) -> Insurgency:
    """A week in which the garrison, which arrests nobody, finds targets for all that it does."""
    world = written(
        'extends = "minimal.toml"\npolicy = "policies/push.toml"\n',
        push=ALL_AT_ONCE.format(offensive=offensive, strikes=strikes),
    )
    changed = {
        "forces.garrison.routine": routine,
        "forces.garrison.arrests": 0,
        "rules.attention.on": False,
        "rules.targeting.highest": 0.2,
    }
    model = Insurgency(world, rng=1, **changed)
    model.step()
    return model


@settings(max_examples=12, deadline=None)
@given(offensive=st.floats(0.01, 1), strikes=st.floats(0.01, 1), routine=st.floats(0, 1))
def test_a_force_spends_no_more_than_it_has(
    written: Callable[..., Scenario], offensive: float, strikes: float, routine: float
) -> None:
    """Where all that is asked of it is more than all it has, it spends just that."""
    model = after_a_week(written, offensive, strikes, routine)
    spent = model.state.effort[0].sum() / model.world.capacity[0]
    assert spent == pytest.approx(min(1.0, offensive + strikes + routine), rel=1e-9)


def test_an_offensive_takes_from_a_forces_other_wars(written: Callable[..., Scenario]) -> None:
    struck = [
        after_a_week(written, offensive, strikes=0.5, routine=0).state.force_hit[0, 0, 1]
        for offensive in (1e-6, 1)
    ]
    assert struck[1] == pytest.approx(struck[0] / 1.5, rel=1e-3)
