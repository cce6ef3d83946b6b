"""Section 7.1 of docs/odd.md, followed by hand with the rules alone, gives the engine's numbers."""

from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import ebbtide as eb
from ebbtide.engine import random_numbers
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import (
    attacks,
    cohesion,
    displacement,
    finance,
    leaving,
    morale,
    recruitment,
    rivalry,
    support,
    switching,
    targeting,
    territory,
    violence,
)
from ebbtide.world.codes import NO_POST, TARGETS, DecisionMaker, Ground, Kind, Target
from ebbtide.world.identity import pack

LAST_WEEK = ("wage", "pay_share", "resistance", "held", "money", "morale", "supporters", "support",
             "notoriety", "cohesion", "dispute", "leaders_lost", "attack_bill",
             "attackers_lost", "lost", "strain", "network", "civilians_harmed",
             "fighter_id", "fighter_faction", "fighter_place", "fighter_origin", "fighter_post",
             "fighter_since", "fighter_came_from")  # fmt: skip


@pytest.fixture(scope="module", params=["2016-02-21", "2016-08-07"])
def world(request: pytest.FixtureRequest) -> SimpleNamespace:
    """A week with strikes, raids, an offensive and tribal engagement, and what it began with."""
    both_signs = {"forces.us_counterterrorism.taken": -0.5}
    model = eb.Insurgency("khorasan", rng=6, **both_signs)
    while str(model.scenario.dates[model.week + 1]) < request.param:
        model.step()
    before = {name: getattr(model.state, name).copy() for name in LAST_WEEK}
    model.step()
    state = model.state
    return SimpleNamespace(
        week=model.week, fixed=model.world, rules=model.parameters, state=state,
        before=SimpleNamespace(**before), men=state.group_men,
        now=state.men - state.intake.sum(axis=2),
    )  # fmt: skip


def cells(world: SimpleNamespace) -> list[tuple[int, int]]:
    return [(g, p) for g in range(world.fixed.groups) for p in range(world.fixed.places)]


def drawn(world: SimpleNamespace, decision: int, who: int) -> float:
    return random_numbers.uniform(world.fixed.key0, world.fixed.key1, decision, who, world.week)


def hostility(world: SimpleNamespace, g: int, other: int) -> float:
    own, others = world.fixed.hostility[g, other], world.fixed.hostility[other, g]
    return rivalry.hostility(own, others, world.state.levers.truce[g, other])


def weights_of(kind: Any, mechanism: str, rules: Any) -> Any:
    return kind(**{name: getattr(rules, f"{mechanism}_{name}") for name in kind._fields})


def weight_on(
    strength: float, among: float, *, capacity: float, drawing: float, known: float, men: float,
    people: float, half_fire: float,
) -> float:  # fmt: skip
    """What an effort weighs on the men in a place, of `among` whom it is aimed at."""
    if men == 0:
        return strength
    met = drawing / among if among > 0 else 0
    brought = targeting.men_hit(capacity, met, known, men, people)
    return targeting.weight_on(strength, brought, men, half_fire)


def test_watch_and_strike_shares_out_fire(world: SimpleNamespace) -> None:
    fixed, state, rules = world.fixed, world.state, world.rules
    for f in range(fixed.forces):
        mu = state.intelligence[f]
        seen = mu * world.men * fixed.force_here[f]
        if fixed.local[f]:
            seen = seen * world.before.resistance
        within = (world.men > 0) & (fixed.force_here[f] == 1)
        directed = max(1.0, (state.levers.strikes[f] * within).max(axis=1).sum())
        lost = world.before.lost[f].sum() / fixed.capacity[f]
        strain = world.before.strain[f]
        strain += rules.targeting_strain_memory * (min(1.0, lost) - strain)
        ready = 1 / (1 + rules.targeting_weariness * strain)
        assert state.readiness[f] == pytest.approx(ready)
        leaders, effort = np.zeros(fixed.groups), np.zeros(fixed.groups)
        lost = mourned(world)[f]
        for g, p in cells(world):
            s = seen[g, p]
            attention = max(state.attention[f, g], state.levers.attention[f, g])
            share = fixed.routine[f] * attention
            if fixed.local[f]:
                share = (
                    min(1, share + state.levers.tribal_engagement[g, p])
                    * world.before.resistance[g, p]
                )
            strike, raid = state.levers.strikes[f, g], state.levers.raids[f, g]
            storm = state.levers.offensive[f]
            capacity, men, known = fixed.capacity[f] * ready, world.men[g, p], mu[g, p]

            facing = {
                "capacity": capacity,
                "drawing": s,
                "known": known,
                "men": men,
                "people": fixed.population[p],
                "half_fire": rules.targeting_half_fire,
            }
            weight = weight_on(storm[g, p], seen[storm > 0].sum(), **facing)
            assert state.force_onslaught[f, g, p] == pytest.approx(weight)
            standing = targeting.standing_weight(
                weight_on(share, seen.sum(), **facing),
                weight_on(strike[p], seen[g, strike > 0].sum(), **facing),
            )
            pressed = displacement.pressure(standing, weight, rules.displacement_effort_weight)
            assert state.force_pressure[f, g, p] == pytest.approx(pressed * fixed.force_here[f, p])
            if s <= 0:
                assert state.force_hit[f, g, p] == 0
                continue
            u = share * s / seen.sum()
            k = strike[p] / directed * s / seen[g, strike > 0].sum() if strike[p] > 0 else 0
            q = raid[p] * s / seen[g, raid > 0].sum() if raid[p] > 0 else 0
            at_leaders = state.levers.strikes_leaders[f, g, p]
            at_men = 1 - at_leaders - state.levers.strikes_finance[f, g, p]
            at_men -= state.levers.strikes_media[f, g, p]
            w = targeting.worthwhile(capacity * (u + k), known, men, rules.targeting_highest)
            hit = targeting.men_hit(
                capacity, w * u + w * k * at_men, known, men, fixed.population[p]
            )
            assert state.force_hit[f, g, p] == pytest.approx(hit)
            assert state.force_caught[f, g, p] == pytest.approx(fixed.arrests[f] * (u + q) * known)
            o = storm[g, p] * s / seen[storm > 0].sum() if storm[g, p] > 0 else 0
            o *= targeting.worthwhile(capacity * o, known, men, rules.targeting_highest)
            leaders[g] += rules.targeting_leader_worth * capacity * w * k * at_leaders * known
            fire = capacity * (w * (u + k) + o)
            effort[g] += fire + fixed.arrests[f] * q
            clashes = targeting.force_lost(
                targeting.men_met(fire, men), fixed.exposed[f], rules.targeting_return_fire
            )
            who = int(fixed.harm_ids[f, g, p])
            lost[g] += random_numbers.poisson(clashes, drawn(world, Decision.LOSSES, who))
        assert state.leader_fire[f] == pytest.approx(leaders)
        assert state.effort[f] == pytest.approx(effort)
        assert state.lost[f].tolist() == lost.tolist()


def test_compare_pay_looks_at_the_neighbours(world: SimpleNamespace) -> None:
    fixed, state, before, rules = world.fixed, world.state, world.before, world.rules
    paid = before.wage * before.pay_share
    for g in range(fixed.groups):
        others = np.delete(world.men, g, axis=0)
        elsewhere = [
            finance.elsewhere(
                (others[:, p] * np.delete(paid, g)).sum(), others[:, p].sum(),
                rules.recruitment_outside_wage,
            )
            for p in range(fixed.places)
        ]  # fmt: skip
        men = world.men[g]
        assert state.elsewhere[g] == pytest.approx((men * elsewhere).sum() / max(1, men.sum()))
        assert (state.armed[g][men > 0] == world.men.sum(axis=0)[men > 0]).all()


def test_keep_accounts_takes_in_and_pays(world: SimpleNamespace) -> None:
    fixed, state, before, rules = world.fixed, world.state, world.before, world.rules
    for g in range(fixed.groups):
        men, centre = world.men[g].sum(), fixed.centre[g]
        at_money = (state.levers.strikes[:, g] * state.levers.strikes_finance[:, g]).max(axis=1)
        kept = (1 - state.levers.finance_interdiction[g]) * np.prod(1 - at_money)
        health = fixed.centre_health[world.week, centre] if centre >= 0 else 0
        from_crime = sum(
            finance.crime(
                world.men[g, p], fixed.crime[g], fixed.population[p], world.men[:, p].sum(),
                rules.finance_people_a_man,
            )
            for p in range(fixed.places)
        )  # fmt: skip
        obeying = 1 - rules.resistance_refusal * before.resistance[g]
        people_held = (fixed.population * before.held[g] * obeying).sum()
        income = np.array([
            finance.transfers(fixed.centre_money[g], health, kept),
            kept * finance.taxes(people_held, rules.finance_tax),
            kept * from_crime,
            kept * state.promised[:, g].sum(),
        ])  # fmt: skip
        assert state.income[g] == pytest.approx(income)
        net = income.sum() - state.promised[g].sum() - before.attack_bill[g]
        wage = before.wage[g]
        if men > 0:
            sought = finance.sought_wage(
                finance.able(net, men, rules.finance_overhead), fixed.pay[g], state.elsewhere[g]
            )
            wage = finance.next_wage(
                wage, sought, rules.finance_wage_speed, rules.finance_wage_cut_speed
            )
        assert state.wage[g] == pytest.approx(wage)
        due = finance.cost(men, wage, rules.finance_overhead)
        paid = due * finance.pay_share(before.money[g], net, due, rules.finance_savings_spent)
        assert state.wages_paid[g] == pytest.approx(paid)
        left = finance.next_reserve(before.money[g], net, paid)
        assert state.money[g] == pytest.approx(left)


def test_feel_the_ground_updates_every_cell(world: SimpleNamespace) -> None:
    fixed, state, before, rules = world.fixed, world.state, world.before, world.rules
    for g, p in cells(world):
        men, strength = int(world.men[g, p]), world.men[g].sum()
        if strength == 0:
            continue
        others = [(hostility(world, g, o), int(world.men[o, p])) for o in range(fixed.groups)]
        hit = state.force_hit[:, g, p].sum() + before.attackers_lost[g] * men / strength
        hit += sum(rivalry.men_lost(men, o, h, rules.rivalry_deadliness) for h, o in others)
        near = max(min(1, rules.support_heard / fixed.districts[p]), before.held[g, p])
        people = fixed.population[p]
        blame = rules.support_kin_blame + (1 - rules.support_kin_blame) * fixed.outsider[g]
        offended = blame * support.loss_by_harm(
            before.civilians_harmed[g, p], people * near, 1, rules.support_own_harm_weight
        ) + support.loss_by_rule(
            before.held[g, p] / near,
            1,
            fixed.outsider[g],
            fixed.tribal[p],
            rules.support_outsider_weight,
        )
        by_forces = fixed.taken * support.loss_by_harm(
            state.harmed[:, :, p].sum(axis=1), people, 1, rules.support_state_harm_weight
        )
        by_forces = np.where(by_forces > 0, by_forces * (1 - fixed.outsider[g]), by_forces)
        gained, lost = by_forces[by_forces > 0].sum(), -by_forces[by_forces < 0].sum()
        assert state.support[g, p] == pytest.approx(
            support.next_support(
                before.support[g, p], fixed.usual_support[g, p], gained, lost + offended,
                rules.support_mending, rules.support_fading,
            )
        )  # fmt: skip
        pressure = 1 - np.prod(1 - state.force_pressure[:, g, p])
        assert state.pressure[g, p] == pytest.approx(pressure)
        exposed = targeting.exposure(state.support[g, p], 0, rules.targeting_outsider_weight)
        risk = targeting.hazard(hit, men, exposed, rules.targeting_highest)
        assert state.risk[g, p] == pytest.approx(risk)
        if men == 0:
            continue
        rest = morale.resting_morale(
            morale.Circumstances(state.pay_share[g], state.momentum[g], state.command[g], risk),
            weights_of(morale.Weights, "morale", rules),
        )
        assert state.morale[g, p] == pytest.approx(
            morale.towards(before.morale[g, p], rest, rules.morale_speed)
        )
        if fixed.full[g]:
            rest = territory.resting_share(
                men, state.command[g], state.support[g, p], pressure,
                sum(h * o for h, o in others), fixed.districts[p], fixed.population[p],
                rules.territory_men_a_district, rules.territory_police,
                rules.territory_state_weight,
            )  # fmt: skip
            speeds = rules.territory_gain_speed, rules.territory_loss_speed
            held = territory.next_share(before.held[g, p], rest, *speeds)
            assert state.held[g, p] == pytest.approx(held)


def test_take_stock_hears_of_harm(world: SimpleNamespace) -> None:
    rules, before = world.rules, world.before
    for g in range(world.fixed.groups):
        assert world.state.notoriety[g] == pytest.approx(
            violence.next_notoriety(
                before.notoriety[g], before.civilians_harmed[g].sum(),
                rules.violence_memory, rules.violence_harm_scale,
            )
        )  # fmt: skip


def test_take_stock_settles_disputes(world: SimpleNamespace) -> None:
    """In weeks in which no event tells of a leader's death."""
    fixed, state, before, rules = world.fixed, world.state, world.before, world.rules
    for g in range(fixed.groups):
        heads, others = (int(lost) for lost in before.leaders_lost[g])
        shock = cohesion.shock(
            heads, others, fixed.group_posts[g],
            rules.cohesion_head_shock, rules.cohesion_leader_shock,
        )  # fmt: skip
        assert state.cohesion[g] == pytest.approx(
            cohesion.next_cohesion(
                before.cohesion[g], fixed.cohesion[g], shock, rules.cohesion_recovery
            )
        )
        dispute = before.dispute[g] * (1 - rules.cohesion_dispute_fade)
        if heads > 0:
            dispute = cohesion.disputed(dispute, rules.cohesion_dispute_rise)
        assert state.dispute[g] == pytest.approx(dispute)
        for c in range(fixed.group_start[g], fixed.group_start[g + 1]):
            assert state.grievance[c] == pytest.approx(
                switching.grievance(
                    fixed.discontent[c], dispute, rules.switching_tendency,
                    rules.switching_discontent_weight,
                )
            )  # fmt: skip
    assert state.dispute.max() > 0
    assert before.leaders_lost.sum() > 0


def hazards(
    world: SimpleNamespace, c: int, p: int, origin: int, served: int, former: int
) -> list[float]:
    """The hazards of a man of a faction in a place, in the order of the slices.

    By how he came to his group, the weeks since, and the group that he left for it.
    """
    abroad = int(origin == Kind.FOREIGN)
    fixed, state, rules = world.fixed, world.state, world.rules
    g = fixed.faction_group[c]
    men, storm = float(state.group_men[g, p]), state.onslaught[g, p]
    exposure = targeting.exposure(state.support[g, p], abroad, rules.targeting_outsider_weight)
    weights = [
        switching.drawn_back(
            switching.weight(
                state.contact[other, p], state.pull[other], fixed.courtship[other],
                fixed.openness[g, other], state.hold[g], state.grievance[c],
            ),
            int(other == former), rules.switching_return_weight,
        )
        for other in range(fixed.groups)
        if other != g
    ]  # fmt: skip
    seasoned = int(origin in (Kind.FOUNDING, Kind.SWITCHED))
    tie = leaving.tie(
        int(origin == Kind.LIKE_MINDED), abroad,
        leaving.newness(seasoned, served, rules.leaving_settling),
        rules.leaving_like_minded_tie, rules.leaving_foreign_tie, rules.leaving_newcomer_weight,
    )  # fmt: skip
    return [
        targeting.hazard(state.hit[g, p], men, exposure, rules.targeting_highest),
        storm * rules.displacement_killed,
        targeting.hazard(state.caught[g, p], men, 1.0, rules.targeting_arrest_highest),
        leaving.desertion_hazard(
            state.pay_share[g], state.morale[g, p], int(origin == Kind.LOCAL_POOR), tie,
            rules.leaving_highest, rules.leaving_tendency, rules.leaving_arrears_weight,
            rules.leaving_morale_weight, rules.leaving_hired_weight,
        ),
        leaving.surrender_hazard(
            state.morale[g, p], state.levers.amnesty[g], rules.leaving_surrender_highest,
            rules.leaving_surrender_tendency, rules.leaving_morale_weight,
            rules.leaving_amnesty_weight,
        ),
        switching.hazard(sum(weights), rules.switching_highest),
        storm * rules.displacement_driven_out,
        displacement.hazard(
            state.drive[g, p], rules.displacement_rate, rules.displacement_highest
        ),
    ]  # fmt: skip


def test_face_the_week_decides_every_mans_fate(world: SimpleNamespace) -> None:
    fixed, state, rules, before = world.fixed, world.state, world.rules, world.before
    widths = [
        rules.targeting_highest, rules.displacement_killed, rules.targeting_arrest_highest,
        rules.leaving_highest, rules.leaving_surrender_highest, rules.switching_highest,
        rules.displacement_driven_out, rules.displacement_highest,
    ]  # fmt: skip
    rows = np.flatnonzero((before.fighter_id > 0) & (before.fighter_post == NO_POST))
    draws = np.empty(len(rows))
    ids = before.fighter_id[rows]
    random_numbers.uniforms(fixed.key0, fixed.key1, Decision.FATE, ids, world.week, draws)
    known: dict[tuple[int, ...], list[float]] = {}
    met = Counter[int]()
    for row, drawn in zip(rows.tolist(), draws.tolist(), strict=True):
        c, p = int(before.fighter_faction[row]), int(before.fighter_place[row])
        if state.seed_to[c] >= 0 or state.command_to[c, p] >= 0:
            continue
        origin = int(before.fighter_origin[row])
        served = 0 if origin == Kind.FOUNDING else world.week - int(before.fighter_since[row])
        man = c, p, origin, served, int(before.fighter_came_from[row])
        if man not in known:
            known[man] = hazards(world, *man)
        chances = known[man]
        end, left = 0, drawn
        while end < len(widths) and left >= widths[end]:
            left -= widths[end]
            end += 1
        if end == len(widths) or left >= chances[end]:
            end = -1
        met[end] += 1
        stays = state.fighter_id[row] == before.fighter_id[row]
        assert stays == (end not in range(5))
        if stays:
            assert (state.fighter_faction[row] != c) == (end == 5)
            drive = state.drive[fixed.faction_group[c], p]
            assert (state.fighter_place[row] != p) == (end in (6, 7) and drive > 0.0)
    assert all(met[end] > 0 for end in range(-1, len(widths)))


def mounted(world: SimpleNamespace) -> Iterator[tuple[int, int, int, Target, int]]:
    """Attacks of the week: whose, in which place, on which ground, on whom, and how many."""
    fixed, state, rules = world.fixed, world.state, world.rules
    here = np.add.reduceat(world.now, np.array(fixed.group_start[:-1]), axis=0)
    for g, p in cells(world):
        if not fixed.full[g]:
            continue
        capability = state.capability[g]
        pull = attacks.city_pull(fixed.city, fixed.population, state.contact[g])
        each = attacks.rate(1, fixed.attacks[g], capability, rules.attacks_capability_weight)
        soft, soft_in_city = (
            attacks.soft_share(
                capability, in_city, rules.attacks_soft_tendency, rules.attacks_soft_weight,
                rules.attacks_city_softness,
            )
            for in_city in (0.0, 1.0)
        )  # fmt: skip
        gathered = attacks.in_held(state.held[g], rules.attacks_concentration)
        network = attacks.next_network(
            world.before.network[g], pull.sum(), rules.attacks_network_speed
        )
        reach = attacks.carried_share(pull.sum(), network, rules.attacks_reach)
        carried = each * (here[g] * (1 - gathered)).sum() * reach
        grounds = (
            (each * here[g, p] * gathered[p], soft),
            (each * here[g, p] * (1 - gathered[p]) * (1 - reach), soft),
            (carried * pull[p] / pull.sum(), soft_in_city),
        )
        for where, (mean, civilian) in enumerate(grounds):
            for target in Target:
                share = civilian if target == Target.CIVILIANS else 1 - civilian
                who = pack(TARGETS * where + target, p, g, DecisionMaker.CELL, 0)
                count = random_numbers.poisson(mean * share, drawn(world, Decision.ATTACKS, who))
                yield g, p, where, target, count


def struck(world: SimpleNamespace) -> Iterator[tuple[int, int, Target, int, int]]:
    """Each attack of the week: whose, in which place, on whom, people harmed, and its id."""
    rules = world.rules
    for g, p, where, target, count in mounted(world):
        law = rules.attacks_mounted_least, rules.attacks_mounted_exponent
        if where == Ground.CITY:
            law = rules.attacks_carried_least, rules.attacks_carried_exponent
        for ordinal in range(count):
            who = pack(TARGETS * where + target, p, g, DecisionMaker.CELL, ordinal)
            yield g, p, target, attacks.harmed(drawn(world, Decision.SEVERITY, who), *law), who


def mourned(world: SimpleNamespace) -> np.ndarray:
    """Members of each force killed in each group's attacks."""
    fixed = world.fixed
    dead = np.zeros((fixed.forces, fixed.groups), int)
    for g, p, target, harmed, who in struck(world):
        if target == Target.STATE:
            rounding = drawn(world, Decision.FATAL, who)
            killed = attacks.killed(harmed, rounding, world.rules.attacks_fatal)
            offered = np.cumsum(fixed.exposed * fixed.capacity * fixed.force_here[:, p])
            left = offered[-1] * drawn(world, Decision.OF_FORCE, who)
            if offered[-1] > 0:
                dead[np.flatnonzero(left < offered)[0], g] += killed
    return dead


def test_attack_mounts_so_many(world: SimpleNamespace) -> None:
    fixed, state, rules = world.fixed, world.state, world.rules
    counted, beyond = np.zeros_like(state.attacks), np.zeros(fixed.groups)
    in_cities = np.zeros(fixed.groups)
    for g, p, where, target, count in mounted(world):
        counted[g, p, target] += count
        in_cities[g] += count * (where == Ground.CITY)
        beyond[g] += count * (where != Ground.INSIDE)
    assert counted.sum() > 0
    assert (state.attacks == counted).all()
    assert (state.attacks_in_cities == in_cities).all()
    assert state.attackers_lost == pytest.approx(rules.attacks_men_lost * beyond)
    assert state.attack_bill == pytest.approx(rules.attacks_price * beyond)


def test_attack_harms_so_many(world: SimpleNamespace) -> None:
    """Whom its attacks kill in forces stands in `lost`, with those who fall in clashes."""
    civilians = np.zeros_like(world.state.civilians_harmed)
    in_forces = np.zeros_like(world.state.state_harmed)
    for g, p, target, harmed, _ in struck(world):
        if target == Target.CIVILIANS:
            civilians[g, p] += harmed
        else:
            in_forces[g] += harmed
    assert (world.state.civilians_harmed == civilians).all()
    assert (world.state.state_harmed == in_forces).all()
    assert mourned(world).sum() > 0


def test_recruit_wins_so_many(world: SimpleNamespace) -> None:
    fixed, state, rules = world.fixed, world.state, world.rules
    came = np.add.reduceat(state.intake, np.array(fixed.group_start[:-1]), axis=0)
    enlisted = state.enlisted - came.transpose(0, 2, 1)
    expected: dict[tuple[int, int, int], float] = {}
    for c in range(fixed.factions):
        g = fixed.faction_group[c]
        first = c == fixed.group_start[g]
        strength = world.now[fixed.group_start[g] : fixed.group_start[g + 1]].sum()
        centre = fixed.centre[g]
        health = fixed.centre_health[world.week, centre] if centre >= 0 else 1
        for p in range(fixed.places):
            men, backing = world.now[c, p], state.support[g, p]
            by_media = rules.recruitment_media_men * state.media[g] * fixed.sympathy[p]
            appeal = recruitment.appeal(
                recruitment.Circumstances(
                    state.brand[g], state.momentum[g], state.command[g], state.cohesion[g],
                    state.held[g, p], state.pay_share[g], backing, state.risk[g, p],
                ),
                weights_of(recruitment.Weights, "recruitment", rules),
            )  # fmt: skip
            rate = rules.recruitment_rate * fixed.recruitment[g] * recruitment.freedom(
                state.held[g, p], fixed.cover[p], fixed.tribal[p], fixed.full[g],
                rules.recruitment_least_freedom, rules.recruitment_outside,
            )  # fmt: skip
            rate *= 1 - rules.resistance_refusal * state.resistance[g, p]
            poor = recruitment.pool(
                fixed.population[p], rules.recruitment_pool_poor, fixed.poverty[p]
            )
            like = recruitment.pool(
                fixed.population[p], rules.recruitment_pool_like_minded, fixed.sympathy[p]
            )
            poor_says = recruitment.poor_score(
                rules.recruitment_poor_tendency, appeal, state.wage[g] * state.pay_share[g],
                rules.recruitment_outside_wage, rules.recruitment_poor_appeal_weight,
                rules.recruitment_wage_weight,
            )  # fmt: skip
            like_says = rules.recruitment_like_minded_tendency + appeal
            like_says += rules.violence_draw * state.notoriety[g]
            means = {
                Kind.LOCAL_POOR: recruitment.joining(
                    men, rate, recruitment.untaken(poor, enlisted[:, Kind.LOCAL_POOR, p].sum()),
                    recruitment.acceptance(poor_says),
                ),
                Kind.LIKE_MINDED: recruitment.joining(
                    men + (by_media if first and strength else 0), rate,
                    recruitment.untaken(
                        like, (fixed.openness[g] * enlisted[:, Kind.LIKE_MINDED, p]).sum()
                    ),
                    recruitment.acceptance(like_says),
                ),
                Kind.FOREIGN: recruitment.foreign(
                    fixed.foreign[g], state.brand[g], health, state.levers.border_control[p]
                ) * men / max(1, strength),
            }  # fmt: skip
            expected |= {(c, p, kind): mean for kind, mean in means.items()}
    for g in range(fixed.groups):
        hired = [
            key
            for key in expected
            if fixed.faction_group[key[0]] == g and key[2] == Kind.LOCAL_POOR
        ]
        cost = finance.cost(
            sum(expected[key] for key in hired), state.wage[g], rules.finance_overhead
        )
        for key in hired:
            expected[key] *= min(1, state.left_over[g] / cost) if cost > 0 else 1
    for (c, p, kind), mean in expected.items():
        draw = drawn(world, Decision.INTAKE, pack(0, p, c, kind, 0))
        assert state.intake[c, p, kind] == random_numbers.poisson(mean, draw)
