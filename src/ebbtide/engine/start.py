"""The state on the first day, as columns."""

from __future__ import annotations

import numpy as np

from ebbtide.engine.leaders import NEVER_FILLED
from ebbtide.engine.rows import Rows, Values, apportion, must_fit, numbers
from ebbtide.scenario import Scenario
from ebbtide.scenario.schema import Founding
from ebbtide.world.flows import ENDS, SOURCES
from ebbtide.world.identity import FOUNDING, KINDS, pack
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES
from ebbtide.world.setting import Setting
from ebbtide.world.state import CHRONICLE_LENGTH, HAZARDS, NO_POST, State


def state_at_start(scenario: Scenario, values: Values, setting: Setting, world: Rows) -> State:
    """Men in their rows and all levels as they stand before the first week."""
    file = scenario.file
    P, G, C, F = setting.places, setting.groups, setting.factions, setting.forces
    men = men_at_start(scenario, values, world)
    total = int(men.sum())
    capacity = total + total // 4 + 1024
    ids = np.zeros(capacity, np.int64)
    faction = np.full(capacity, -1, np.int16)
    place = np.zeros(capacity, np.int16)
    row = 0
    # In the order of their ids, which `longest_serving` relies on.
    for p, c in zip(*np.nonzero(men.T), strict=True):
        count = int(men[c, p])
        first = pack(0, int(p), int(c), FOUNDING, 0)
        ids[row : row + count] = np.arange(first, first + count)
        faction[row : row + count] = c
        place[row : row + count] = p
        row += count

    group_men = np.add.reduceat(men, np.array(world.group_start[:-1]), axis=0)
    strength = group_men.sum(axis=1)
    founded_later = {e.group for e in file.events.values() if isinstance(e, Founding)}
    founded = np.array([name not in founded_later for name in world.groups], np.uint8)
    origins = np.zeros((G, KINDS), np.int64)
    origins[:, FOUNDING] = strength
    posts = [(g, rank) for g, x in enumerate(file.groups.values()) for rank in range(x.posts)]
    standing = [values[f"groups.{name}.standing"] for name in world.groups]
    attention = np.array(
        [
            [
                values[f"forces.{f}.attention" if founded[g] else f"forces.{f}.attention_new"]
                for g in range(G)
            ]
            for f in world.forces
        ]
    ).reshape(F, G)

    def by(*shape: int) -> np.ndarray:
        return np.zeros(shape)

    def counts(*shape: int) -> np.ndarray:
        return np.zeros(shape, np.int64)

    return State(
        fighter_id=ids, fighter_faction=faction, fighter_place=place,
        fighter_origin=np.full(capacity, FOUNDING, np.uint8),
        fighter_came_from=np.full(capacity, -1, np.int16),
        fighter_since=np.zeros(capacity, np.int16),
        fighter_arrived=np.zeros(capacity, np.int16),
        fighter_post=np.full(capacity, NO_POST, np.int16),
        free_rows=counts(capacity), rows=np.array([0, row, 0]),
        men=men, men_before=men.copy(), origins=origins, group_men=group_men.astype(np.int64),
        supporters=group_men * setting.supporters_each[:, None] * 2.0 * setting.usual_support,
        morale=np.full((G, P), 0.5), support=setting.usual_support.copy(), held=by(G, P),
        contact=by(G, P), pressure=by(G, P), onslaught=by(G, P),
        hit=by(G, P), caught=by(G, P), risk=by(G, P),
        hazards=by(C, P, HAZARDS), drive=by(G, P), rival_hit=by(G, P), resistance=by(G, P),
        founded=founded, strength_before=strength.astype(np.int64),
        money=numbers(values[f"groups.{g}.money"] for g in world.groups),
        promised=by(G, G), income=by(G, SOURCES), wages_paid=by(G), pay_share=np.ones(G),
        brand=setting.base_brand.copy(), momentum=by(G),
        media=numbers(values[f"groups.{g}.media"] for g in world.groups),
        cohesion=setting.base_cohesion.copy(), command=numbers(standing),
        pull=np.ones(G), hold=np.ones(G), leaders_lost=counts(G, 2), shock=by(G),
        notoriety=by(G), capability=np.full(G, 0.5), attackers_lost=by(G), attack_bill=by(G),
        post_group=np.array([g for g, _ in posts]), post_rank=np.array([r for _, r in posts]),
        post_row=np.full(len(posts), -1), post_standing=numbers(standing[g] for g, _ in posts),
        post_vacant_since=np.full(len(posts), NEVER_FILLED),
        post_doomed=np.zeros(len(posts), np.uint8),
        attention=attention,
        attention_paid=attention.copy() if scenario.rules_on["attention"] else np.ones((F, G)),
        intelligence=by(F, G, P), force_hit=by(F, G, P),
        force_caught=by(F, G, P), force_pressure=by(F, G, P), leader_fire=by(F, G),
        harmed=counts(F, G, P), harmed_by=counts(F, P), effort=by(F, G),
        strike=by(F, G, P), offensive=by(F, G, P), raid=by(F, G, P), aim_leaders=by(F, G, P),
        aim_finance=by(F, G, P), aim_media=by(F, G, P), interdiction=by(G), counter_media=by(G),
        border_control=by(P), cut_allies=by(G), amnesty=by(G), engagement=by(P), truce=by(G, G),
        attention_floor=by(F, G),
        seed_to=np.full(C, -1), seed_share=by(C), seed_event=np.full(C, -1),
        pledge_to=np.full(C, -1), pledge_share=by(C), command_to=np.full((C, P), -1),
        alarms=counts(2), intake=counts(C, P, KINDS),
        entries=counts(G, KINDS), exits=counts(G, ENDS), joined_from=counts(G, G),
        killed_by=counts(F, G), moved=counts(G, 2), attacks=counts(G, P, 2),
        attacks_outside=counts(G), civilians_harmed=counts(G, P), state_harmed=counts(G),
        defections=counts(scenario.weeks + 1, G, G),
        series=by(scenario.weeks + 1, G, len(OUTCOMES)),
        chronicle=counts(CHRONICLE_LENGTH, 6),
        forces_series=np.zeros((scenario.weeks + 1, F, G, len(FORCE_OUTCOMES)), np.float32),
        places_series=np.zeros((scenario.weeks + 1, G, P, len(PLACE_OUTCOMES)), np.float32),
    )  # fmt: skip


def men_at_start(scenario: Scenario, values: Values, world: Rows) -> np.ndarray:
    """Men of each faction in each place, rounded as `apportion` does."""
    men = np.zeros((len(world.factions), len(world.places)), np.int64)
    for name, group in scenario.file.groups.items():
        total = round(values[f"groups.{name}.fighters"])
        factions = group.factions
        shares = [values[f"groups.{name}.factions.{f}.share"] for f in factions] or [1.0]
        first = world.group_start[world.groups[name]]
        for k, count in enumerate(apportion(total, shares)):
            homes = group.places
            if factions:
                homes = list(factions.values())[k].places or group.places
            if count and homes:
                rows = [world.places[place] for place in homes]
                men[first + k, rows] = apportion(count, list(homes.values()))
                must_fit(scenario, f"groups.{name}.fighters", men[first + k])
    return men
