"""The groups keep accounts: income by source, what is due and paid, and the media it buys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.pressure import capacity_of
from ebbtide.engine.ties import centre_behind
from ebbtide.rules import finance, media, resistance, targeting, territory
from ebbtide.world.codes import SOURCES, Source

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World


@compiled
def reached_by_strikes(
    world: World, parameters: Parameters, state: State, g: int, kept: float
) -> tuple[float, float]:
    """What strikes leave of the share of its income that is `kept`, and how hard its media are struck.

    They reach where the group has men whom the force knows of.
    """
    levers = state.levers
    struck = 0.0
    for f in range(world.forces):
        on_finance = 0.0
        strikes, at_finance = levers.strikes[f, g], levers.strikes_finance[f, g]
        at_media, known = levers.strikes_media[f, g], state.intelligence[f, g]
        for p in range(world.places):
            k = state.stationed[f, p]
            if k >= 0 and strikes[p] > 0.0 and known[p] > 0.0:  # rests on `targeting.reaching`
                aimed = targeting.aimed_fire(capacity_of(world, state, k), known[p])
                money = targeting.reaching(
                    targeting.aimed_at(strikes[p], at_finance[p]),
                    aimed,
                    parameters.targeting_half_aimed,
                )
                outlets = targeting.reaching(
                    targeting.aimed_at(strikes[p], at_media[p]),
                    aimed,
                    parameters.targeting_half_aimed,
                )
                on_finance = targeting.strongest_strike(on_finance, money)
                struck = targeting.strongest_strike(struck, outlets)
        kept = finance.arriving(kept, on_finance)
    return kept, struck


@compiled
def compare_pay(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """See what others pay where the group's men are, and how many armed men live off the people there.

    The pay is last week's, in the mean over the group's men.
    """
    men, armed = state.group_men[g], state.armed[g]
    total, elsewhere = 0.0, 0.0
    for p in range(world.places):
        others, paid = 0.0, 0.0
        if men[p] > 0:  # rests on `finance.crime` and `finance.got_elsewhere`: nobody makes nothing
            for other in range(world.groups):
                if other != g and state.group_men[other, p] > 0:
                    here = float(state.group_men[other, p])
                    others += here
                    paid += finance.paid_together(here, state.wage[other], state.pay_share[other])
            total += men[p]
            elsewhere += finance.got_elsewhere(
                float(men[p]),
                finance.elsewhere(paid, others, parameters.recruitment_outside_wage),
            )
        armed[p] = finance.armed(float(men[p]), others)
    state.elsewhere[g] = finance.elsewhere_on_average(elsewhere, total)


@compiled
def keep_accounts(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Take in money, pay what is customary as far as it goes, and keep the media running.

    Interdiction and strikes on finance stop a share of all that comes in. What is sent to allies and the
    bill of last week's attacks go out first.
    """
    if state.founded[g] == 0:
        return
    levers = state.levers
    kept, struck = reached_by_strikes(
        world, parameters, state, g, finance.arriving(1.0, levers.finance_interdiction[g])
    )
    men = state.strength[g]
    if state.backed_by[g] >= 0:
        sent = finance.transfers(
            world.centre_money[g], centre_behind(world, state, week, g), state.worth[g]
        )
        state.income[g, Source.CENTRE] = finance.received(sent, kept)
    people_held, from_crime = 0.0, 0.0
    for p in range(world.places):
        people_held += resistance.left(
            territory.people_held(world.population[p], state.held[g, p]),
            state.resistance[g, p],
            parameters.resistance_refusal,
        )
        from_crime += finance.crime(
            float(state.group_men[g, p]),
            world.crime[g],
            world.population[p],
            state.armed[g, p],
            parameters.finance_people_a_man,
        )
    taxes = finance.taxes(people_held, parameters.finance_tax)
    state.income[g, Source.TAXES] = finance.received(taxes, kept)
    state.income[g, Source.CRIME] = finance.received(from_crime, kept)
    state.income[g, Source.LOOT] = finance.received(state.looted[g], kept)
    given = 0.0
    for other in range(world.groups):
        state.income[g, Source.ALLIES] += finance.received(state.promised[other, g], kept)
        given += state.promised[g, other]
    income = finance.spent_first(given, state.attack_bill[g])
    for source in range(SOURCES):
        income += state.income[g, source]
    if parameters.finance_on == 1 and finance.custom_moves(float(men)):
        sought = finance.sought_wage(
            finance.able(income, float(men), parameters.finance_overhead),
            world.pay[g],
            state.elsewhere[g],
        )
        state.wage[g] = finance.next_wage(
            state.wage[g],
            sought,
            parameters.finance_wage_speed,
            parameters.finance_wage_cut_speed,
        )
    due = finance.cost(men, state.wage[g], parameters.finance_overhead)
    state.pay_share[g] = finance.pay_share_without()
    if parameters.finance_on == 1:
        state.pay_share[g] = finance.pay_share(
            state.money[g], income, due, parameters.finance_savings_spent
        )
        state.left_over[g] = finance.left_over(
            state.money[g], income, due, parameters.finance_savings_spent
        )
    state.wages_paid[g] = finance.paid(due, state.pay_share[g])
    state.money[g] = finance.next_reserve(state.money[g], income, state.wages_paid[g])
    if parameters.media_on == 0:
        state.media[g] = media.media_without()
        return
    state.media[g] = media.next_media(
        state.media[g],
        state.pay_share[g],
        state.brand[g],
        struck,
        levers.counter_media[g],
        parameters.media_build,
        parameters.media_decay,
        parameters.media_strike_weight,
    )
