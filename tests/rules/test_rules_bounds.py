"""Rules keep within their bounds, and where the answer is known it is that."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inputs import RULES, arguments, call

from ebbtide.world.codes import Hazard

FEW = settings(max_examples=50, deadline=None)
SMALLEST = 1e-300  # below it a number has too few digits to be compared


def test_all_competing_ends_have_a_hazard_with_a_bound() -> None:
    """As wide as the parameter that bounds the rule is the slice of its fate."""
    bounds = set()
    for name in (name for name in RULES if name.endswith("hazard")):
        bound = (RULES[name].within or (0.0, 0.0))[1]
        assert isinstance(bound, str), name
        for path in RULES[name].parameters.get(bound, (bound,)):
            bounds.add(path if "." in path else f"{name.partition('.')[0]}.{path}")
    assert {hazard.fate.bound for hazard in Hazard} <= bounds


@given(arguments("targeting.men_hit"))
def test_fire_hits_no_more_men_than_it_is(stated: dict[str, float]) -> None:
    hit = call("targeting.men_hit", **stated)
    assert hit <= stated["capacity"] * stated["effort"] * (1 + 1e-12)


@given(arguments("finance.pay_share"))
def test_no_group_pays_what_it_has_not(stated: dict[str, float]) -> None:
    paid = stated["due"] * call("finance.pay_share", **stated)
    has = max(0.0, stated["income"] + stated["reserve"])
    assert paid <= has * (1 + 1e-9) + SMALLEST


@FEW
@given(arguments("targeting.hazard", men=(1, 1e7)), st.integers(1, 10**7))
def test_many_share_the_fire_that_few_would_bear(stated: dict[str, float], men: int) -> None:
    few, many = sorted((stated["men"], float(men)))

    def hazard(men: float) -> float:
        return call("targeting.hazard", **{**stated, "men": men})

    assert hazard(many) <= hazard(few)
    assert hazard(0.0) == 0.0


def known(name: str, expected: float, **stated: float) -> Any:
    return pytest.param(name, stated, expected, id=name)


@pytest.mark.parametrize(
    ("name", "stated", "expected"),
    [
        known("targeting.men_hit", 6.0, capacity=10, effort=0.6, intelligence=1, men=5, population=9),
        known("targeting.men_hit", 2.0, capacity=10, effort=0.6, intelligence=0, men=5, population=10),
        known("targeting.civilians_harmed", 0.0, capacity=10, effort=1, intelligence=1, men=5,
              population=9, harm=3),
        known("targeting.drawing_fire", 2.0, intelligence=0.5, men=8, known_of_all=9, resistance=0.5,
              local=1),
        known("targeting.drawing_fire", 0.0, intelligence=0.5, men=8, known_of_all=9, resistance=2e-308,
              local=1),
        known("targeting.drawing_fire", 4.0, intelligence=0.5, men=8, known_of_all=9, resistance=0.5,
              local=0),
        known("support.nearby", 0.125, held=0, districts=16, heard=2),
        known("support.nearby", 0.5, held=0.5, districts=16, heard=2),
        known("support.nearby", 1.0, held=0.5, districts=2, heard=3),
        known("support.next_support", 0.4 / 2.718281828459045**3, support=0.4, usual=0.4, lost=1,
              offended=2),
        known("support.own_harm", 7.0, harmed=4, wronged=3),
        known("support.offended", 0.75, by_harm=0.5, by_rule=0.25),
        known("support.towards", 0.5, moved=0.5),
        known("support.towards", 0.0, moved=-0.5),
        known("support.away", 0.5, moved=-0.5),
        known("support.away", 0.0, moved=0.5),
        known("support.next_support", 0.25, support=0.2, usual=0.4, gained=0, lost=0, mending=0.25,
              fading=0.5),
        known("support.next_support", 0.5, support=0.6, usual=0.4, gained=0, lost=0, mending=0.25,
              fading=0.5),
        known("support.moved_by_force", 0.1, loss=0.4, taken=0.5, outsider=0.5),
        known("support.moved_by_force", -0.2, loss=0.4, taken=-0.5, outsider=0.5),
        known("support.blamed", 0.1, cost=0.25, outsider=0, kin_blame=0.4),
        known("support.blamed", 0.25, cost=0.25, outsider=1, kin_blame=0.4),
        known("resistance.left", 5.0, amount=8, resistance=0.75, refusal=0.5),
        known("targeting.exposure", 1.0, support=0.5, stranger=1, outsider_weight=3),
        known("targeting.exposure", 1.0, support=0.1, stranger=0, outsider_weight=3),
        known("targeting.at_peace", 1, spares=1, strongest=0),
        known("targeting.at_peace", 0, spares=1, strongest=0.1),
        known("targeting.at_peace", 0, spares=0, strongest=0),
        known("attacks.sanctuary", True, forces=1, peaceful=1),
        known("attacks.sanctuary", False, forces=2, peaceful=1),
        known("attacks.sanctuary", False, forces=0, peaceful=0),
        known("support.heard_of", 8.0, at_group=6, by_force=14, nearby=0.25),
        known("support.heard_of", 14.0, at_group=6, by_force=14, nearby=1),
        known("finance.next_reserve", -5.0, reserve=10, income=-15, paid=0),
        known("finance.spent_first", -7.0, given=5, bill=2),
        known("finance.paid_together", 1500.0, men=20, wage=150, pay_share=0.5),
        known("finance.armed", 50.0, men=20, others=30),
        known("finance.got_elsewhere", 3600.0, men=20, elsewhere=180),
        known("finance.elsewhere_on_average", 180.0, got=3600, men=20),
        known("finance.elsewhere_on_average", 0.0, got=0, men=0),
        known("finance.custom_moves", False, men=0),
        known("finance.custom_moves", True, men=1),
        known("territory.people_held", 2.5e5, population=1e6, held=0.25),
        known("alliances.sends", 3.0, stated_money=3),
        known("alliances.sends", 0.0, stated_money=-3),
        known("alliances.pays", 3.0, stated_money=-3),
        known("alliances.pays", 0.0, stated_money=3),
        known("alliances.promise", 5.0, sent=3, paid=2),
        known("alliances.set_aside", 1.5, promised=6, kept=0.25),
        known("alliances.affordable", 0.0, total=4, reserve=-5),
        known("switching.hazard", 0.01, total_weight=1, highest=0.02),
        known("leaving.desertion_hazard", 0.01, pay_share=1, morale=0.5, highest=0.02,
              tendency=0, arrears_weight=9, morale_weight=9, hired=1, tie=0, hired_weight=3),
        known("leaving.desertion_hazard", 0.01, pay_share=0.5, morale=0.5, highest=0.02,
              tendency=0, arrears_weight=2, morale_weight=9, hired=1, tie=3, hired_weight=3),
        known("leaving.newness", 1.0, seasoned=0, weeks_served=0, settling=9),
        known("leaving.seasoned", 1, with_founding=1, came_over=0),
        known("leaving.seasoned", 1, with_founding=0, came_over=1),
        known("leaving.seasoned", 0, with_founding=0, came_over=0),
        known("cohesion.headless", True, fell=1, went=0),
        known("cohesion.headless", True, fell=0, went=1),
        known("cohesion.headless", False, fell=0, went=0),
        known("leaving.newness", 0.0, seasoned=1, weeks_served=0, settling=9),
        known("succession.empty_for", 12.0, rank=0, posts=15, vacancy=4, seniority=2),
        known("succession.empty_for", 4.0, rank=14, posts=15, vacancy=4, seniority=2),
        known("succession.due", 5.0, men=25, leaders=2),
        known("switching.grievance", 1.0, discontent=0.8, dispute=0, tendency=0,
              discontent_weight=9),
        known("cohesion.next_cohesion", 0.8, cohesion=0.6, base=0.6, shock=-0.5, recovery=0.1),
        known("displacement.people_harmed", 10.0, by_group=1, by_forces=2, fallen=3, fallen_to_rivals=4),
        known("displacement.fear", 0.0, harmed=0, population=1e5, flight_half=2),
        known("displacement.fear", 0.5, harmed=10, population=1e6, flight_half=1),
        known("displacement.fear", 0.75, harmed=6, population=1e5, flight_half=2),
        known("displacement.at_home", 7e5, population=1e6, away=3e5),
        known("displacement.at_home", 0.0, population=1e5, away=1.1e5),
        known("displacement.fleeing", 0.0, at_home=1e5, harmed=0, population=1e5, fear=1, flight=20),
        known("displacement.fleeing", 1000 * (1 - 2.718281828459045**-2), at_home=1000, harmed=50,
              population=1000, fear=0.5, flight=80),
        known("displacement.fleeing_this_fight", 25.0, fleeing=100, own=2, harmed=8),
        known("displacement.fleeing_this_fight", 0.0, fleeing=0, own=0, harmed=0),
        known("displacement.coming_home", 6.0, away=400, fear=0.25, homecoming=0.02),
        known("displacement.next_away", 130.0, away=120, fled=30, returned=20),
        known("displacement.drive", 0.0, nearness=1, pressure_here=0.2, pressure_there=0.3,
              sanctuary=1, welcome=1, closed=0, sanctuary_weight=9),
        known("displacement.drive", 0.2, nearness=1, pressure_here=0.3, pressure_there=0.1,
              sanctuary=1, welcome=1, closed=0, sanctuary_weight=0),
        known("displacement.drive", 0.8, nearness=1, pressure_here=0.3, pressure_there=0.1,
              sanctuary=0.5, welcome=1, closed=0, sanctuary_weight=6),
        known("displacement.beyond_reach", 1.0, pressure_here=0.3, following=0),
        known("displacement.beyond_reach", 0.0, pressure_here=0.3, following=0.3),
        known("displacement.beyond_reach", 0.0, pressure_here=0, following=0),
        known("displacement.homing", 0.0, nearness=1, held_here=0.3, held_there=0.2,
              pressure_there=0, closed=0, homing_weight=9),
        known("displacement.homing", 0.6, nearness=0.5, held_here=0.1, held_there=0.4,
              pressure_there=0.5, closed=0, homing_weight=8),
        known("recruitment.freedom", 0.4, held=0.25, cover=1, local_institutions=1, least_freedom=0,
              outside=0.2, full=1),
        known("recruitment.freedom", 1.0, held=0, cover=1, local_institutions=1, least_freedom=0,
              outside=0.2, full=0),
        known("territory.reported", 1 - 1 / 2.718281828459045, affiliates=7, unseen=7),
        known("alliances.sent_to", 1.5, sent=6, men=5, total=20, allied=9, men_of_ally=9, stay=0),
        known("alliances.sent_to", 2.0, sent=6, men=5, total=20, allied=3, men_of_ally=6, stay=1 / 3),
        known("alliances.worth", 1.0, men=300, greatest=900, worth_power=0),
        known("alliances.worth", 0.25, men=450, greatest=900, worth_power=2),
        known("alliances.worth", 1.0, men=0, greatest=0, worth_power=2),
        known("finance.transfers", 4.0, centre_money=16, health=0.5, worth=0.5),
        known("finance.transfers", -8.0, centre_money=-16, health=0.5, worth=0.5),
        known("finance.pay_share", 0.75, reserve=100, income=50, due=80, savings_spent=0.1),
        known("finance.pay_share", 1.0, reserve=0, income=0, due=0, savings_spent=0.1),
        known("intelligence.level", 0.2, best=0.8, attention=0.5, support=0.5, cover=0.5,
              resistance=0, support_weight=4, cover_weight=4, locals_weight=4),
        known("brand.next_momentum", 0.0, momentum=0, growth=0, memory=0.5, growth_scale=0.1),
        known("brand.resting_brand", 0.3, base=0.3, centre=0, momentum=0, media=0.5,
              command=0.5, centre_weight=2, momentum_weight=2, media_weight=2, command_weight=2),
        known("morale.resting_morale", 0.5, pay_share=0.5, momentum=0, command=0.5, risk=0,
              tendency=2, pay_weight=2, momentum_weight=2, command_weight=2, losses_weight=9),
        known("morale.resting_morale", 0.5, pay_share=1, momentum=0, command=1, risk=0, tendency=0,
              pay_weight=2, momentum_weight=2, command_weight=2, losses_weight=9),
        known("recruitment.appeal", 0.0, brand=0.5, momentum=0, command=1, cohesion=1, ground=1,
              pay_share=1, support=0.5, risk=0, brand_weight=2, momentum_weight=2, command_weight=2,
              cohesion_weight=2, ground_weight=2, money_weight=2, support_weight=2, risk_weight=9),
        known("recruitment.appeal", -2.5, brand=0.5, momentum=0, command=0.5, cohesion=0.75, ground=0.5,
              pay_share=0.75, support=0.5, risk=0, brand_weight=9, momentum_weight=9,
              command_weight=1, cohesion_weight=2, ground_weight=2, money_weight=2,
              support_weight=9, risk_weight=9),
        known("recruitment.taken_in", 0.25, coming=8, men=100, absorption=0.02),
        known("recruitment.taken_in", 1.0, coming=2, men=100, absorption=0.02),
        known("recruitment.taken_in", 1.0, coming=0, men=0, absorption=0.02),
        known("attacks.soft_share", 0.5, capability=1, in_city=0, soft_tendency=0, soft_weight=8,
              city_softness=3),
        known("attacks.soft_share", 0.5, capability=0.75, in_city=0, soft_tendency=-2,
              soft_weight=8, city_softness=3),
        known("attacks.soft_share", 0.5, capability=0.5, in_city=1, civilian_targeting=-3,
              soft_tendency=-2, soft_weight=4, city_softness=3),
        known("attacks.harmed", 12, drawn=0.75, attack_severity=0.75, mounted_least=4,
              mounted_exponent=2, carried_least=9, carried_exponent=2),
        known("attacks.harmed", 12, drawn=0.75, attack_severity=0.75, in_city=1, mounted_least=9,
              mounted_exponent=2, carried_least=4, carried_exponent=2),
        known("attacks.bill", 13.0, outside=4, hired=10, attack_price=1.5, price=2, fee=100),
        known("cohesion.next_cohesion", 0.3, cohesion=0.6, base=0.6, shock=0.5, recovery=0.1),
        known("territory.held_districts", 3.0, held=0.5, districts=5),
        known("predation.men_taken", 0.0, men=50, abduction=0.1, within_reach=1, left=0),
        known("predation.men_taken", 100 * (1 - 2.718281828459045**-0.05), men=50, abduction=0.2,
              within_reach=0.5, left=100),
        known("predation.within_reach", 0.4, held=0.2, pressure=0.75),
        known("predation.to_be_taken", 70.0, population=1000, gone=30, fit=0.1),
        known("predation.to_be_taken", 0.0, population=1000, gone=130, fit=0.1),
        known("recruitment.untaken", 0.75, pool=400, taken=100),
        known("recruitment.untaken", 0.0, pool=0, taken=0),
        known("leaving.end_comes", False, drawn=0.3, beginning=0.25, hazard=0.05 - 2**-50),
        known("leaving.end_comes", True, drawn=0.25, beginning=0.25, hazard=2**-50),
        known("displacement.may_move", False, since=7, arrived=3, week=7),
        known("displacement.may_move", False, since=3, arrived=7, week=7),
        known("displacement.may_move", True, since=3, arrived=6, week=7),
        known("rivalry.killed_by_rivals", True, drawn=0.24, hit=4, rival_hit=1),
        known("rivalry.killed_by_rivals", False, drawn=0.25, hit=4, rival_hit=1),
        known("founding.has_its_men", True, event=0, asked_by=-1),
        known("founding.has_its_men", True, event=2, asked_by=1),
        known("founding.has_its_men", False, event=1, asked_by=2),
        known("switching.staying", 80.0, men=100, leaving=20),
        known("displacement.borne", 0.75, spared=0.25),
        known("founding.turn", 3, rank=0, group=3, groups=4),
        known("founding.turn", 4, rank=1, group=0, groups=4),
        known("founding.near", 1, founding_place=0, beside=1),
        known("founding.near", 0, founding_place=0, beside=0),
        known("targeting.ahead", 0.25, so_far=0, strength=0.75, other=0.5),
        known("targeting.ahead", -1.0, so_far=-1, strength=0.75, other=0.5),
        known("targeting.outdoes", False, strength=0.5, ahead=0),
        known("targeting.outdoes", False, strength=0, ahead=1),
        known("morale.at_work", True, men=0, voice=0, held=0, supporters=0.01),
        known("morale.at_work", False, men=0, voice=0, held=0, supporters=0),
        known("media.heard", 0.0, media=0.7, men=0),
        known("targeting.force_lost", 3.5, met=0, spent=70, exposed=0.5, return_fire=9, toll=0.1),
        known("targeting.struck", 0.2, hit=5, men=25),
        known("targeting.struck", 1.0, hit=30, men=25),
        known("targeting.fire_hazard", 0.36, spared=0.64, fire_highest=0.5),
        known("attacks.fell_attacking", True, left=0.9, lost=1),
        known("attacks.fell_attacking", False, left=1, lost=1),
        known("targeting.weight_on", 0.4, strength=0.8, brought=5, men=100, half_fire=0.05),
        known("targeting.weight_on", 0.0, strength=1, brought=0, men=0, half_fire=0.05),
        known("targeting.men_met", 50.0, fire=100, men=100),
        known("attacks.in_held", 0.5, held=0.1, concentration=9),
        known("attacks.in_held", 1.0, held=1, concentration=9),
        known("attacks.city_draw", 200.0, city=0.4, population=1e5, people_power=0.5),
        known("attacks.city_draw", 1.0, city=0.4, population=1e5, people_power=0),
        known("attacks.city_draw", 0.0, city=0, population=1e5, people_power=0),
        known("attacks.killed", 2, harmed=5, drawn=0.75, fatal=0.25),
        known("attacks.killed", 1, harmed=5, drawn=0.74, fatal=0.25),
        known("attacks.offered", 0.0, exposed=1, capacity=9, present=0),
    ],
)  # fmt: skip
def test_known_answers(name: str, stated: dict[str, float], expected: float) -> None:
    """What an answer does not state is nil: so one holds with an argument that adds to the rule."""
    nil = dict.fromkeys(RULES[name].arguments, 0.0)
    assert call(name, **nil | stated) == pytest.approx(expected, abs=1e-12)
