"""Two weeks in which much happens, each with what it began with."""

from types import SimpleNamespace

import pytest

import ebbtide as eb

LAST_WEEK = ("wage", "pay_share", "resistance", "held", "most_held", "money", "morale",
             "supporters", "support", "notoriety", "cohesion", "dispute", "leaders_lost", "attack_bill",
             "attackers_lost", "lost", "network", "civilians_harmed", "looted", "wronged", "away",
             "fighter_id", "fighter_faction", "fighter_place", "fighter_origin", "fighter_post",
             "fighter_since", "fighter_abroad")  # fmt: skip


@pytest.fixture(scope="session", params=["2016-02-21", "2016-08-07"])
def world(request: pytest.FixtureRequest) -> SimpleNamespace:
    """A week with strikes, raids, an offensive and community engagement, and what it began with.

    A group takes men by force and loots, and attacks as others do not; many are asked to attack for a fee.
    """
    both_signs = {"forces.us_counterterrorism.taken": -0.5}
    by_force = {"groups.ttp.abduction": 0.001, "groups.ttp.loot": 0.4}
    unlike_others = {
        "groups.ttp.civilian_targeting": 1,
        "groups.ttp.attack_severity": 1.2,
        "groups.ttp.attack_price": 0.8,
    }
    hiring = {"rules.attacks.offers": 10}
    model = eb.Insurgency("khorasan", rng=6, **both_signs, **by_force, **unlike_others, **hiring)
    while str(model.scenario.dates[model.week + 1]) < request.param:
        model.step()
    before = {name: getattr(model.state, name).copy() for name in LAST_WEEK}
    model.step()
    state = model.state
    return SimpleNamespace(
        week=model.week, date=model.date, fixed=model.world, rules=model.parameters, state=state,
        before=SimpleNamespace(**before), men=state.group_men,
        now=state.men - state.intake.sum(axis=2),
    )  # fmt: skip
