"""What the week brings from outside: the levers that policy holds, and the scenario's events."""

from ebbtide.engine.chronicle import note
from ebbtide.rules import pledges
from ebbtide.world import identity
from ebbtide.world.compiled import compiled
from ebbtide.world.setting import EVENTS, LEVERS
from ebbtide.world.state import (
    NOTE_FOUNDED,
    NOTE_LEADER_LOSS,
    NOTE_PLEDGED,
    SEED_ALARM,
)

(STRIKES, OFFENSIVE, RAIDS, LEADER_KILLED, FINANCE_INTERDICTION, COUNTER_MEDIA, BORDER_CONTROL,
 CUT_ALLIES, AMNESTY, TRIBAL_ENGAGEMENT, TRUCE, ATTENTION) = range(len(LEVERS))  # fmt: skip
FOUNDING, PLEDGE, LEADER_LOSS = range(len(EVENTS))
FOUNDING_KIND = identity.FOUNDING


@compiled
def set_levers(setting, state, week):
    """Put every lever where the acts in force this week hold it, from [start, stop).

    Where several acts move one lever it stands at the strongest (of equally strong strikes, at
    the one aimed more at leaders).
    """
    for table in (state.strike, state.offensive, state.raid,
                  state.aim_leaders, state.aim_finance, state.aim_media):  # fmt: skip
        table[:, :, :] = 0.0
    for table in (state.truce, state.attention_floor):
        table[:, :] = 0.0
    for table in (state.interdiction, state.counter_media, state.border_control,
                  state.cut_allies, state.amnesty, state.engagement):  # fmt: skip
        table[:] = 0.0
    state.alarms[:] = 0
    for a in range(setting.acts):
        if week < setting.act_start[a] or week >= setting.act_stop[a]:
            continue
        kind = setting.act_kind[a]
        strength = setting.act_strength[a]
        f = setting.act_force[a]
        for p in range(setting.places):
            if setting.act_here[a, p] == 0:
                continue
            if kind == BORDER_CONTROL:
                state.border_control[p] = max(state.border_control[p], strength)
            if kind == TRIBAL_ENGAGEMENT:
                state.engagement[p] = max(state.engagement[p], strength)
        for g in range(setting.groups):
            if setting.act_against[a, g] == 0:
                continue
            if kind == FINANCE_INTERDICTION:
                state.interdiction[g] = max(state.interdiction[g], strength)
            elif kind == COUNTER_MEDIA:
                state.counter_media[g] = max(state.counter_media[g], strength)
            elif kind == CUT_ALLIES:
                state.cut_allies[g] = max(state.cut_allies[g], strength)
            elif kind == AMNESTY:
                state.amnesty[g] = max(state.amnesty[g], strength)
            elif kind == TRUCE:
                rival = setting.act_rival[a]
                state.truce[g, rival] = max(state.truce[g, rival], strength)
                state.truce[rival, g] = max(state.truce[rival, g], strength)
            elif kind == ATTENTION:
                for attentive in range(setting.forces):
                    if f < 0 or f == attentive:
                        state.attention_floor[attentive, g] = max(
                            state.attention_floor[attentive, g], strength
                        )
            elif kind == LEADER_KILLED:
                if week == setting.act_start[a]:
                    for k in range(setting.posts):
                        if (
                            state.post_group[k] == g
                            and state.post_rank[k] == setting.act_post[a] - 1
                        ):
                            state.post_doomed[k] = 1
            elif kind in (STRIKES, OFFENSIVE, RAIDS):
                for p in range(setting.places):
                    if setting.act_here[a, p] == 0 or setting.force_here[f, p] == 0:
                        continue
                    if kind == STRIKES:
                        stronger = strength > state.strike[f, g, p]
                        as_strong = strength > 0.0 and strength == state.strike[f, g, p]
                        if stronger or (
                            as_strong and setting.act_leaders[a] > state.aim_leaders[f, g, p]
                        ):
                            state.strike[f, g, p] = strength
                            state.aim_leaders[f, g, p] = setting.act_leaders[a]
                            state.aim_finance[f, g, p] = setting.act_finance[a]
                            state.aim_media[f, g, p] = setting.act_media[a]
                    elif kind == OFFENSIVE:
                        state.offensive[f, g, p] = max(state.offensive[f, g, p], strength)
                    else:
                        state.raid[f, g, p] = max(state.raid[f, g, p], strength)


@compiled
def happen(setting, parameters, state, week):
    """Let the scenario's events of this week happen: foundings, pledges, leaders' losses."""
    state.seed_to[:] = -1
    state.pledge_to[:] = -1
    state.intake[:, :, FOUNDING_KIND] = 0
    for e in range(setting.events):
        if setting.event_week[e] != week:
            continue
        kind = setting.event_kind[e]
        g = setting.event_group[e]
        if kind == FOUNDING and parameters.founding_on == 1:
            state.founded[g] = 1
            note(state, week, NOTE_FOUNDED, g, 0, 0, 0)
            state.money[g] += setting.event_money[e]
            for c in range(setting.factions):
                if setting.event_seed[e, c] > 0.0:
                    state.seed_to[c] = g
                    state.seed_share[c] = setting.event_seed[e, c]
                    state.seed_event[c] = e
                    state.alarms[SEED_ALARM] = 1
            for p in range(setting.places):
                state.intake[setting.group_start[g], p, FOUNDING_KIND] = setting.event_men[e, p]
        elif (
            kind == PLEDGE
            and parameters.pledges_on == 1
            and state.founded[setting.event_to[e]] == 1
        ):
            to = setting.event_to[e]
            note(state, week, NOTE_PLEDGED, g, to, 0, 0)
            state.brand[to] = pledges.lifted_brand(state.brand[to], setting.event_lift[e])
            for c in range(setting.factions):
                if setting.event_seed[e, c] > 0.0:
                    state.pledge_to[c] = to
                    state.pledge_share[c] = setting.event_seed[e, c]
        elif kind == LEADER_LOSS:
            note(state, week, NOTE_LEADER_LOSS, g, 0, 0, 0)
            state.shock[g] = 1.0 - (1.0 - state.shock[g]) * (1.0 - setting.event_lift[e])
