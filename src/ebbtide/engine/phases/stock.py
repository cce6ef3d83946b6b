"""The groups take stock: how well they are led, hold together, and are thought of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.flows import begin_after_stock
from ebbtide.engine.gathering import circumstances_of, weights_of
from ebbtide.engine.ties import centre_behind
from ebbtide.rules import attacks, brand, cohesion, finance, morale, succession, switching, violence
from ebbtide.world.posts import Loss

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters
    from ebbtide.world.state import State
    from ebbtide.world.world import World

weights_of_brand = weights_of(brand)
what_brand_rests_on = circumstances_of(brand)


@compiled
def mind_the_brand(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Move the group's brand towards what its centre, its fortune, media and leaders make of it."""
    centre = 0.0
    if state.backed_by[g] >= 0:
        centre = brand.centre_behind(
            centre_behind(world, state, week, g), world.centre_brand[state.backed_by[g]]
        )
    state.brand[g] = morale.towards(
        state.brand[g],
        brand.resting_brand(
            what_brand_rests_on(state, g, world.brand[g], centre), weights_of_brand(parameters)
        ),
        parameters.brand_speed,
    )


@compiled
def see_who_leads(world: World, state: State, g: int) -> None:
    """Count the group's leaders, place by place, and how well they lead it."""
    standing, leaders = 0.0, 0
    in_place = state.leaders_in_place[g]
    in_place[:] = 0
    for k in range(world.post_start[g], world.post_start[g + 1]):
        row = state.post_row[k]
        if row >= 0:
            standing += state.post_standing[k]
            leaders += 1
            in_place[state.fighter_place[row]] += 1
    state.leaders[g] = leaders
    state.command[g] = succession.command(standing, float(world.group_posts[g]))


@compiled
def take_stock(world: World, parameters: Parameters, state: State, week: int, g: int) -> None:
    """Update the group's command, cohesion, brand, capability and notoriety, and what draws men to it."""
    see_who_leads(world, state, g)
    if parameters.cohesion_on == 1:
        lost = cohesion.shock(
            float(state.leaders_lost[g, Loss.HEAD]),
            float(state.leaders_lost[g, Loss.OTHER]),
            float(world.group_posts[g]),
            parameters.cohesion_head_shock,
            parameters.cohesion_leader_shock,
        )
        state.cohesion[g] = cohesion.next_cohesion(
            state.cohesion[g],
            world.cohesion[g],
            cohesion.joined(lost, state.shock[g]),
            parameters.cohesion_recovery,
        )
        dispute = cohesion.settled(state.dispute[g], parameters.cohesion_dispute_fade)
        if cohesion.headless(
            state.leaders_lost[g, Loss.HEAD], state.leaders_lost[g, Loss.HEAD_WENT]
        ):
            dispute = cohesion.disputed(dispute, parameters.cohesion_dispute_rise)
        state.dispute[g] = dispute
    begin_after_stock(state, g)
    for c in range(world.group_start[g], world.group_start[g + 1]):
        state.grievance[c] = switching.unpromised(
            switching.grievance(
                world.discontent[c],
                state.dispute[g],
                parameters.switching_tendency,
                parameters.switching_discontent_weight,
            ),
            state.promised_share[c],
        )
    if state.founded[g] == 0:
        return
    if parameters.brand_on == 1:
        mind_the_brand(world, parameters, state, week, g)
    state.pull[g] = switching.pull(
        state.brand[g],
        finance.paid(state.wage[g], state.pay_share[g]),
        state.momentum[g],
        parameters.switching_brand_weight,
        parameters.switching_pay_weight,
        parameters.switching_decline_weight,
    )
    state.hold[g] = switching.hold(
        state.pull[g], state.cohesion[g], parameters.switching_cohesion_weight
    )
    state.capability[g] = attacks.capability(
        state.command[g], state.cohesion[g], state.pay_share[g]
    )
    harm_done = 0
    for p in range(world.places):
        harm_done += state.civilians_harmed[g, p]
    state.notoriety[g] = violence.next_notoriety(
        state.notoriety[g],
        float(harm_done),
        parameters.violence_memory,
        parameters.violence_harm_scale,
    )
