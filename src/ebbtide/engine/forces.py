"""The forces' week: watch the groups, learn where they are, share out their fire."""

from ebbtide.engine import luck
from ebbtide.engine.compiled import compiled
from ebbtide.engine.identity import pack
from ebbtide.engine.rules import attention, displacement, intelligence, targeting
from ebbtide.world.identity import CELL


@compiled
def watch_and_strike(setting, parameters, state, week, f):
    """One force's week, group by group.

    It updates its attention to the group, knows so much of each of its places, spreads its effort
    over places by the men it sees there, and fires: aimed at fighters and leaders as far as it
    knows, blind for the rest, at civilians' cost. Writes only the force's own tables; men fall in
    later phases.
    """
    for g in range(setting.groups):
        men_here = 0
        for p in range(setting.places):
            if setting.force_here[f, p] == 1:
                men_here += state.group_men[g, p]
            state.force_hit[f, g, p] = 0.0
            state.force_caught[f, g, p] = 0.0
            state.force_pressure[f, g, p] = 0.0
            state.harmed[f, g, p] = 0
        state.leader_fire[f, g] = 0.0
        if state.founded[g] == 1:
            seen = attention.visibility(
                men_here, 0.0, parameters.attention_men_scale, parameters.attention_violence_scale
            )
            state.attention[f, g] = attention.next_attention(
                state.attention[f, g], seen, parameters.attention_rise, parameters.attention_fade
            )
        attentive = max(state.attention[f, g], state.attention_floor[f, g])
        if parameters.attention_on == 0:
            attentive = 1.0
        if men_here == 0:
            continue
        weight = 0.0
        for p in range(setting.places):
            if setting.force_here[f, p] == 0 or state.group_men[g, p] == 0:
                state.intelligence[f, g, p] = 0.0
                continue
            known = setting.intelligence_best[f]
            if parameters.intelligence_on == 1:
                known = intelligence.level(
                    setting.intelligence_best[f],
                    attentive,
                    state.support[g, p],
                    setting.cover[p],
                    0.0,
                    parameters.intelligence_support_weight,
                    parameters.intelligence_cover_weight,
                    parameters.intelligence_locals_weight,
                )
            state.intelligence[f, g, p] = known
            weight += known * state.group_men[g, p]
        if weight <= 0.0:
            continue
        at_leaders = state.aim_leaders[f, g]
        elsewhere = at_leaders + state.aim_finance[f, g] + state.aim_media[f, g]
        for p in range(setting.places):
            men = state.group_men[g, p]
            if setting.force_here[f, p] == 0 or men == 0:
                continue
            known = state.intelligence[f, g, p]
            share = known * men / weight
            routine = setting.routine[f] * attentive
            strike = state.strike[f, g, p]
            effort = min(1.0, routine + strike * (1.0 - elsewhere))
            state.force_pressure[f, g, p] = displacement.pressure(
                min(1.0, routine + strike), state.offensive[f, g, p]
            )
            if parameters.targeting_on == 0:
                continue
            fire = setting.capacity[f] * share
            state.force_hit[f, g, p] = targeting.men_hit(
                fire, effort, known, men, setting.people[p]
            )
            state.force_caught[f, g, p] = (
                setting.arrests[f] * share * min(1.0, routine + state.raid[f, g, p]) * known
            )
            state.leader_fire[f, g] += (
                parameters.targeting_leader_worth * fire * strike * at_leaders * known
            )
            harm = targeting.civilians_harmed(
                fire, min(1.0, routine + strike), known, men, setting.people[p], setting.harm[f]
            )
            state.harmed[f, g, p] = luck.poisson(
                harm,
                luck.uniform(
                    setting.key0, setting.key1, luck.HARM, pack(0, p, g, CELL, f), week
                ),
            )
