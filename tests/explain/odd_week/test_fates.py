"""Fighters face the week."""

from collections import Counter
from types import SimpleNamespace

import numpy as np

from ebbtide.engine import random_numbers
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import displacement, leaving, switching, targeting
from ebbtide.world.codes import NO_POST, Kind


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
