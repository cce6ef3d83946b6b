"""The forces' week: watch the groups, learn where they are, share out their fire."""

from ebbtide.engine import luck
from ebbtide.engine.identity import pack
from ebbtide.engine.rules import attention, displacement, intelligence, targeting
from ebbtide.world.compiled import compiled
from ebbtide.world.identity import CELL


@compiled
def look(setting, state, f, g, p, seen_of_all):
    """How much of a group in a place draws a force's fire: men it knows of, or all if it knows none."""
    if setting.force_here[f, p] == 0:
        return 0.0
    if seen_of_all > 0.0:
        return state.intelligence[f, g, p] * state.group_men[g, p]
    return float(state.group_men[g, p])


@compiled
def watch_and_strike(setting, parameters, state, week, f):
    """One force's week: it looks at every group, then shares out its fire.

    It updates its attention to each group and knows so much of each of its places. Its routine
    fire goes to all groups by the men it sees; fire that policy directs at one group goes to that
    group alone, and where several such acts ask for more than the force has, each gets less. What
    is aimed hits fighters and leaders, what is blind harms civilians. Writes only the force's own
    tables; men fall in later phases.
    """
    seen_of_all, men_of_all = 0.0, 0.0
    for g in range(setting.groups):
        men_here, violence = 0, 0
        for p in range(setting.places):
            if setting.force_here[f, p] == 1:
                men_here += state.group_men[g, p]
                violence += state.civilians_harmed[g, p]
            state.intelligence[f, g, p] = 0.0
            state.force_hit[f, g, p] = 0.0
            state.force_caught[f, g, p] = 0.0
            state.force_pressure[f, g, p] = 0.0
            state.harmed[f, g, p] = 0
        state.leader_fire[f, g] = 0.0
        state.effort[f, g] = 0.0
        state.killed_by[f, g] = 0
        if state.founded[g] == 1:
            visible = attention.visibility(
                float(men_here),
                float(violence),
                parameters.attention_men_scale,
                parameters.attention_violence_scale,
            )
            state.attention[f, g] = attention.next_attention(
                state.attention[f, g],
                visible,
                parameters.attention_rise,
                parameters.attention_fade,
            )
        if men_here == 0:
            continue
        attentive = max(state.attention[f, g], state.attention_floor[f, g])
        if parameters.attention_on == 0:
            attentive = 1.0
        for p in range(setting.places):
            if setting.force_here[f, p] == 0 or state.group_men[g, p] == 0:
                continue
            known = setting.intelligence_best[f]
            if parameters.intelligence_on == 1:
                known = intelligence.level(
                    setting.intelligence_best[f],
                    attentive,
                    state.support[g, p],
                    setting.cover[p],
                    state.resistance[g, p],
                    parameters.intelligence_support_weight,
                    parameters.intelligence_cover_weight,
                    parameters.intelligence_locals_weight,
                )
            state.intelligence[f, g, p] = known
            seen_of_all += known * state.group_men[g, p]
            men_of_all += state.group_men[g, p]
    directed = 0.0
    for g in range(setting.groups):
        strongest = 0.0
        for p in range(setting.places):
            strongest = max(strongest, state.strike[f, g, p])
        directed += strongest
    stretched = max(1.0, directed)
    for g in range(setting.groups):
        attentive = max(state.attention[f, g], state.attention_floor[f, g])
        if parameters.attention_on == 0:
            attentive = 1.0
        routine = setting.routine[f] * attentive
        seen_under_strike, seen_under_raid, seen_under_offensive = 0.0, 0.0, 0.0
        for p in range(setting.places):
            seen = look(setting, state, f, g, p, seen_of_all)
            if state.strike[f, g, p] > 0.0:
                seen_under_strike += seen
            if state.raid[f, g, p] > 0.0:
                seen_under_raid += seen
            if state.offensive[f, g, p] > 0.0:
                seen_under_offensive += seen
        strongest = 0.0
        for p in range(setting.places):
            men = state.group_men[g, p]
            seen = look(setting, state, f, g, p, seen_of_all)
            if seen <= 0.0:
                continue
            known = state.intelligence[f, g, p]
            state.force_pressure[f, g, p] = displacement.pressure(
                min(1.0, routine + state.strike[f, g, p]), state.offensive[f, g, p]
            )
            strongest = max(strongest, state.offensive[f, g, p])
            here = routine
            if setting.local[f] == 1:
                here = min(1.0, routine + state.engagement[p]) * state.resistance[g, p]
            usual = here * seen / (seen_of_all if seen_of_all > 0.0 else men_of_all)
            strike, raid = 0.0, 0.0
            if state.strike[f, g, p] > 0.0:
                strike = state.strike[f, g, p] / stretched * seen / seen_under_strike
            if state.raid[f, g, p] > 0.0:
                raid = state.raid[f, g, p] * seen / seen_under_raid
            at_leaders = state.aim_leaders[f, g, p]
            at_men = 1.0 - at_leaders - state.aim_finance[f, g, p] - state.aim_media[f, g, p]
            worth = targeting.worthwhile(
                setting.capacity[f] * (usual + strike),
                known,
                float(men),
                parameters.targeting_highest,
            )
            state.force_caught[f, g, p] = setting.arrests[f] * (usual + raid) * known
            usual *= worth
            strike *= worth
            state.effort[f, g] += setting.capacity[f] * (usual + strike) + setting.arrests[f] * raid
            if parameters.targeting_on == 0:
                state.force_caught[f, g, p] = 0.0
                continue
            state.force_hit[f, g, p] = targeting.men_hit(
                setting.capacity[f], usual + strike * at_men, known, men, setting.people[p]
            )
            state.leader_fire[f, g] += (
                parameters.targeting_leader_worth
                * setting.capacity[f]
                * strike
                * at_leaders
                * known
            )
            rolling = 0.0
            if state.offensive[f, g, p] > 0.0:
                rolling = state.offensive[f, g, p] * seen / seen_under_offensive
            harm = targeting.civilians_harmed(
                setting.capacity[f],
                usual + strike + rolling,
                known,
                men,
                setting.people[p],
                setting.harm[f],
            )
            state.harmed[f, g, p] = luck.poisson(
                harm,
                luck.uniform(setting.key0, setting.key1, luck.HARM, pack(0, p, g, CELL, f), week),
            )
        state.effort[f, g] += setting.capacity[f] * strongest
