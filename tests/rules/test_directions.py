"""Every rule goes the way that is said of each of its arguments, and none is left out."""

from __future__ import annotations

from itertools import batched

import pytest
from inputs import RULES, call, drawn

PAIRS = 250  # of values of all arguments, for each kind of draw

# As an argument rises the rule never falls (+) or never rises (-); or it goes either way (~).
DIRECTIONS = {
    "alliances.strength": "+men -men_at_start",
    "alliances.greatest": "+greatest +men",
    "alliances.worth": "+men -greatest -worth_power",
    "alliances.sends": "+stated_money",
    "alliances.pays": "-stated_money",
    "alliances.agreed": "+best +alliance",
    "alliances.flow": "+best +ally_strength +worth -cut",
    "alliances.stands": "+week -start +men +men_of_ally",
    "alliances.cut": "+strength +lifeline",
    "alliances.promise": "+sent +paid",
    "alliances.affordable": "-total +reserve",
    "alliances.set_aside": "+promised +kept",
    "alliances.sent_to": "+sent +men -total +allied -men_of_ally ~stay",
    "attacks.capability": "+command +cohesion +pay_share",
    "attacks.soft_share":
        "-capability +in_city +civilian_targeting +soft_tendency +soft_weight +city_softness",
    "attacks.rate": "+men +each +capability ~capability_weight",
    "attacks.city_draw": "+city +population ~people_power",
    "attacks.city_pull": "+draw +nearness",
    "attacks.share_of_pull": "+here -pull",
    "attacks.harmed":
        "+drawn +attack_severity ~in_city +mounted_least -mounted_exponent +carried_least "
        "-carried_exponent",
    "attacks.killed": "+harmed +drawn +fatal",
    "attacks.offered": "+exposed +capacity +present",
    "attacks.sanctuary": "~forces ~peaceful",
    "attacks.in_held": "+held +concentration",
    "attacks.beyond": "+men -in_held",
    "attacks.next_network": "+network +pull +network_speed",
    "attacks.carried_share": "+pull +network +reach",
    "attacks.inside": "+each +men +in_held",
    "attacks.outside": "+each +beyond -carried_share",
    "attacks.carried": "+each +beyond +carried_share +drawn_to_city",
    "attacks.on_target": "+mean ~soft ~civilians",
    "attacks.as_pay": "+fee",
    "attacks.for_hire": "+poverty +acceptance +pay_share +offers",
    "attacks.is_hired": "-asked +for_hire",
    "attacks.sent_from": "+sent +from_here ~from_all",
    "attacks.attackers_lost": "+sent +men_lost",
    "attacks.bill": "+outside +hired +attack_price +price +fee",
    "attacks.fell_attacking": "-left +lost",
    "attacks.after_attackers": "+left -lost",
    "attention.visibility": "+men +violence -men_scale -violence_scale",
    "attention.next_attention": "+attention +visible +rise -fade",
    "attention.paid": "+attention +required",
    "attention.routine_fire": "+routine +attention",
    "brand.next_momentum": "+momentum +growth ~memory ~growth_scale",
    "brand.resting_brand":
        "+base +centre +momentum +media +command +centre_weight ~momentum_weight ~media_weight "
        "~command_weight",
    "brand.standing_behind": "+health +behind",
    "brand.centre_behind": "+health +brand",
    "brand.growth": "+men ~men_before",
    "cohesion.next_cohesion": "+cohesion +base -shock ~recovery",
    "cohesion.shock": "~head_lost ~leaders_lost ~posts +head_shock +leader_shock",
    "cohesion.joined": "+one +other",
    "cohesion.headless": "+fell +went",
    "cohesion.disputed": "+dispute +rise",
    "cohesion.settled": "+dispute -dispute_fade",
    "displacement.nearness": "-distance +border +length -half_border",
    "displacement.beyond_reach": "+pressure_here -following",
    "displacement.drive":
        "+nearness +pressure_here -pressure_there +sanctuary +welcome -closed +sanctuary_weight",
    "displacement.homing": "+nearness -held_here +held_there -pressure_there -closed +homing_weight",
    "displacement.returns": "~entered_at ~there",
    "displacement.hazard": "+total_drive +rate +highest",
    "displacement.killed_hazard": "+offensives +killed",
    "displacement.driven_out_hazard": "+offensives +driven_out",
    "displacement.pressure": "+effort +offensive +effort_weight",
    "displacement.spared": "+spared -share",
    "displacement.borne": "-spared",
    "displacement.closed": "+control_here +control_there +international",
    "displacement.may_move": "~since ~arrived ~week",
    "finance.paid": "+due +pay_share",
    "finance.paid_together": "+men +wage +pay_share",
    "finance.armed": "+men +others",
    "finance.taxes": "+people_held +tax",
    "finance.crime": "+men +each +population -armed -people_a_man",
    "finance.cost": "+men +pay +overhead",
    "finance.able": "+income ~men -overhead",
    "finance.elsewhere": "+paid ~men +outside_wage",
    "finance.got_elsewhere": "+men +elsewhere",
    "finance.elsewhere_on_average": "+got ~men",
    "finance.custom_moves": "+men",
    "finance.sought_wage": "+able +pay +elsewhere",
    "finance.next_wage": "~wage +sought +wage_speed -wage_cut_speed",
    "finance.spent_first": "-given -bill",
    "finance.pay_share": "+reserve +income -due +savings_spent",
    "finance.left_over": "+reserve +income -due +savings_spent",
    "finance.next_reserve": "+reserve +income -paid",
    "finance.transfers": "+centre_money ~health +worth",
    "finance.received": "+amount +kept",
    "finance.arriving": "+kept -stopped",
    "founding.reach": "+near +far",
    "founding.crossing_share": "+share +reach",
    "founding.asked": "~nth ~posts",
    "founding.leader_goes": "+expected -gone",
    "founding.turn": "+rank +group +groups",
    "founding.promised": "~week -since +founding_week",
    "founding.has_its_men": "+event -asked_by",
    "founding.crosses_over": "-drawn +share",
    "founding.near": "+founding_place +beside",
    "intelligence.level":
        "+best +attention -support -cover +resistance ~support_weight ~cover_weight "
        "+locals_weight",
    "leaving.desertion_hazard":
        "-pay_share -morale +hired -tie +highest +tendency +arrears_weight ~morale_weight "
        "+hired_weight",
    "leaving.seasoned": "+with_founding +came_over",
    "leaving.newness": "-seasoned -weeks_served +settling",
    "leaving.tie":
        "+like_minded +abroad -forced -newness +like_minded_tie +foreign_tie -forced_weight "
        "-newcomer_weight",
    "leaving.surrender_hazard":
        "-morale +amnesty +surrender_highest +surrender_tendency ~morale_weight +amnesty_weight",
    "leaving.slice_stop": "+beginning +width",
    "leaving.end_comes": "-drawn +beginning +hazard",
    "media.next_media": "~media +pay_share +brand -struck -countered +build -decay -strike_weight",
    "media.heard": "+media +men",
    "morale.resting_morale":
        "+pay_share +momentum +command -risk +tendency -pay_weight ~momentum_weight "
        "-command_weight -losses_weight",
    "morale.at_work": "+men +voice +held +supporters",
    "morale.towards": "+level +target ~speed",
    "pledges.received": "+founded",
    "pledges.command_follows": "-drawn +share",
    "pledges.lifted_brand": "+brand +lift",
    "predation.within_reach": "+held -pressure",
    "predation.to_be_taken": "+population -gone +fit",
    "predation.men_taken": "+men +abduction +within_reach +left",
    "predation.taken_into": "+taken +men ~here",
    "predation.looted": "+attacks +loot -in_city",
    "predation.wrong_of_taking": "+men_taken +taking_weight",
    "predation.wrong_of_looting": "+looted +looting_weight",
    "recruitment.appeal":
        "+brand +momentum +command +cohesion +ground +pay_share +support -risk ~brand_weight "
        "~momentum_weight -command_weight -cohesion_weight -ground_weight -money_weight "
        "~support_weight -risk_weight",
    "recruitment.acceptance": "+score",
    "recruitment.poor_score": "+poor_tendency +appeal +pay -outside_wage ~poor_appeal_weight ~wage_weight",
    "recruitment.pool": "+population +share +reach",
    "recruitment.freedom": "+held +cover +local_institutions -full +least_freedom +outside",
    "recruitment.untaken": "+pool -taken",
    "recruitment.joining": "+recruiters +pace +untaken +acceptance",
    "recruitment.taken_on": "+left_over -dues",
    "recruitment.taken_in": "-coming +men +absorption",
    "recruitment.admitted": "+coming +share",
    "recruitment.foreign": "+best +brand +centre -border_control",
    "recruitment.recruiters": "+men +media +sympathy +media_men",
    "recruitment.pace": "+recruitment +freedom +rate",
    "recruitment.like_minded_score": "+appeal +drawn_by_violence +like_minded_tendency",
    "recruitment.taken": "+openness +men",
    "recruitment.arriving_here": "+arrivals +men -total",
    "recruitment.leading_faction": "+first",
    "resistance.next_resistance":
        "~resistance +local_institutions +offended +engagement +rise +engaged_rise -fade",
    "resistance.left": "+amount -resistance -refusal",
    "rivalry.men_lost": "+men +rivals +hostility +deadliness",
    "rivalry.hostility": "+one +other -truce",
    "rivalry.facing": "+hostility +men",
    "rivalry.killed_by_rivals": "-drawn -hit +rival_hit",
    "rivalry.after_rivals": "+drawn +hit -rival_hit",
    "succession.successor_standing": "+predecessor +drawn +inheritance ~spread",
    "succession.command": "+standing -posts",
    "succession.empty_for": "-rank +posts +vacancy +seniority",
    "succession.filled": "+weeks_empty -stands_empty",
    "succession.due": "+men -leaders",
    "succession.length_of_service": "-identity",
    "support.usual_support":
        "+sympathy -outsider +home +usual_base +usual_sympathy +stranger -outsider_loss",
    "support.drawn_supporters": "+drawing +support +each",
    "support.next_supporters": "+supporters +resting ~supporters_speed",
    "support.next_support": "+support +usual +gained -lost -offended +mending -fading",
    "support.nearby": "+held -districts +heard",
    "support.loss_by_rule": "+held -nearby +outsider +local_institutions +outsider_weight",
    "support.heard_of": "+at_group +by_force +nearby",
    "support.own_harm": "+harmed +wronged",
    "support.loss_by_harm": "+harmed -population -nearby +weight",
    "support.blamed": "+cost +outsider +kin_blame",
    "support.offended": "+by_harm +by_rule",
    "support.moved_by_force": "+loss ~taken ~outsider",
    "support.towards": "+moved",
    "support.away": "-moved",
    "switching.contact": "+men +men_near -contact_scale",
    "switching.pull": "+brand +pay +momentum +brand_weight +pay_weight ~decline_weight",
    "switching.hold": "+pull +cohesion +cohesion_weight",
    "switching.openness": "~belief ~other_belief -hostility -belief_weight -hostility_weight",
    "switching.courtship": "+courts +courting_weight",
    "switching.grievance": "+discontent +dispute +tendency +discontent_weight",
    "switching.unpromised": "+grievance -promised",
    "switching.weight": "+contact +pull +courtship +openness -hold +grievance",
    "switching.hazard": "+total_weight +highest",
    "switching.commanded": "+men -smallest_command",
    "switching.command_leaves": "-drawn +hazard",
    "switching.loyalty": "+leads +follow",
    "switching.follows": "-drawn +loyalty",
    "switching.brings_men": "-drawn +gathers",
    "switching.drawn_among": "+drawn ~gathers",
    "switching.gathering": "+men ~of_all",
    "switching.leaving_soon": "+share +men",
    "switching.staying": "+men -leaving",
    "switching.drawing_newcomers": "+men",
    "switching.near_by": "+nearness +men",
    "targeting.deployed": "+stated +scale",
    "targeting.known_of": "+intelligence +men",
    "targeting.men_hit": "+capacity +effort +intelligence +men -population",
    "targeting.worthwhile": "-fire -intelligence +men +highest",
    "targeting.civilians_harmed": "+capacity +effort -intelligence -men +population +harm",
    "targeting.hazard": "+hit ~men +exposure +highest",
    "targeting.struck": "+hit ~men",
    "targeting.fire_hazard": "-spared +fire_highest",
    "targeting.exposed_to": "+hit +exposure",
    "targeting.exposure": "-support ~stranger ~outsider_weight",
    "targeting.at_peace": "+spares -strongest",
    "targeting.drawing_fire": "+intelligence +men -known_of_all +resistance -local",
    "targeting.routine_effort": "+routine +engagement +resistance ~local",
    "targeting.under_act": "+drawing +strength",
    "targeting.asked_here": "+drawing +effort",
    "targeting.share_of_fire": "+drawing ~of_all",
    "targeting.falling_here": "+effort +share",
    "targeting.engages": "+drawing",
    "targeting.asked_with": "+asked +effort",
    "targeting.stretch": "+asked",
    "targeting.given": "+effort -stretched",
    "targeting.fire_of": "+capacity +effort",
    "targeting.fired": "+effort +worthwhile",
    "targeting.all_fire": "+usual +directed +offensive",
    "targeting.effort_at_fighters": "+usual ~directed -at_leaders -at_finance -at_media",
    "targeting.fire_at_leaders": "+capacity +directed +at_leaders +intelligence +leader_worth",
    "targeting.searching_with": "+searching +raid",
    "targeting.men_captured": "+arrests +effort +intelligence",
    "targeting.effort_spent": "+capacity +effort +arrests +searching",
    "targeting.spared": "-week +dated",
    "targeting.leader_falls": "+doomed -spared -drawn +risk",
    "targeting.standing_weight": "+routine +strike",
    "targeting.weight_on": "+strength +brought -men -half_fire",
    "targeting.weight_awaiting": "+strength +capacity",
    "targeting.men_met": "+fire +men",
    "targeting.force_lost": "+met +spent +exposed +return_fire +toll",
    "targeting.aimed_at": "+strike +aimed",
    "targeting.aimed_fire": "+capacity +intelligence",
    "targeting.reaching": "+strike +aimed_fire -half_aimed",
    "targeting.strongest_strike": "+strongest +strike",
    "targeting.ahead": "+so_far +strength -other",
    "targeting.outdoes": "+strength +ahead",
    "territory.resting_share":
        "+men +command +support -pressure -rivals -districts -population -men_a_district -police "
        "-state_weight",
    "territory.next_share": "+held +target +gain_speed -loss_speed",
    "territory.held_districts": "+held +districts",
    "territory.ground": "+held +districts",
    "territory.people_held": "+population +held",
    "territory.most": "+most +in_all",
    "territory.ground_left": "+in_all -most",
    "territory.in_sight": "+men +supporters +drawn",
    "territory.reported": "+affiliates -unseen",
    "violence.next_notoriety": "+notoriety +harmed ~memory -harm_scale",
    "violence.attraction": "+notoriety +draw",
}  # fmt: skip


def test_a_direction_is_said_of_every_argument() -> None:
    said = {name: {way[1:] for way in ways.split()} for name, ways in DIRECTIONS.items()}
    assert said == {name: {*rule.arguments} for name, rule in RULES.items()}


@pytest.mark.parametrize("name", DIRECTIONS)
def test_a_rule_goes_the_way_it_says(name: str) -> None:
    """Up to rounding. What goes either way is seen to."""
    pairs = [pair for ends in (0.1, 0.6) for pair in batched(drawn(name, 2 * PAIRS, ends=ends), 2)]
    for said, argument in ((way[0], way[1:]) for way in DIRECTIONS[name].split()):
        seen = {way for stated, other in pairs if (way := direction(name, argument, stated, other))}
        assert seen <= {said} if said != "~" else seen == {"+", "-"}, argument


def direction(name: str, argument: str, stated: dict[str, float], other: dict[str, float]) -> str:
    """Which way the rule goes from the lower to the higher of two values of an argument; "" for none."""
    low, high = sorted((stated[argument], other[argument]))
    first, then = (float(call(name, **{**stated, argument: value})) for value in (low, high))
    rounding = 1e-9 * max(1.0, abs(first)) + 1e-15 * max(abs(high), *map(abs, stated.values()))
    return "+" if then - first > rounding else "-" if first - then > rounding else ""
