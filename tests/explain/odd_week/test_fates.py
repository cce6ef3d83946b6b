"""Fighters face the week."""

from collections import Counter
from types import SimpleNamespace

import numpy as np

from ebbtide.engine import random_numbers
from ebbtide.engine.random_numbers import Decision
from ebbtide.rules import displacement, leaving, switching, targeting
from ebbtide.world.codes import Hazard, Kind
from ebbtide.world.posts import NO_POST

from .reading import fire


def hazards(
    world: SimpleNamespace, c: int, p: int, origin: int, abroad: int, served: int
) -> dict[Hazard, float]:
    """The hazards of a man of a faction in a place, by the slices that they fill.

    By how he came to his group, whether from abroad, and the weeks since.
    """
    fixed, state, rules = world.fixed, world.state, world.rules
    g = fixed.faction_group[c]
    men, storm = float(state.group_men[g, p]), state.onslaught[g, p]
    stranger = targeting.stranger(abroad, fixed.outsider[g])
    exposure = targeting.exposure(state.support[g, p], stranger, rules.targeting_outsider_weight)
    weights = [
        switching.weight(
            state.contact[other, p], state.pull[other], fixed.courtship[other],
            fixed.openness[g, other], state.hold[g], state.grievance[c],
        )
        for other in range(fixed.groups)
        if other != g
    ]  # fmt: skip
    seasoned = leaving.seasoned(int(origin == Kind.FOUNDING), int(origin == Kind.SWITCHED))
    tie = leaving.tie(
        int(origin == Kind.LIKE_MINDED), abroad, int(origin == Kind.FORCED),
        leaving.newness(seasoned, served, rules.leaving_settling),
        rules.leaving_like_minded_tie, rules.leaving_foreign_tie, rules.leaving_forced_weight,
        rules.leaving_newcomer_weight,
    )  # fmt: skip
    return {
        Hazard.FIRE: fire(world, g, p, exposure),
        Hazard.OFFENSIVE: storm * rules.displacement_killed,
        Hazard.CAPTURE: targeting.hazard(
            state.caught[g, p], men, 1.0, rules.targeting_arrest_highest
        ),
        Hazard.DESERTION: leaving.desertion_hazard(
            state.pay_share[g], state.morale[g, p], int(origin == Kind.LOCAL_POOR), tie,
            rules.leaving_highest, rules.leaving_tendency, rules.leaving_arrears_weight,
            rules.leaving_morale_weight, rules.leaving_hired_weight,
        ),
        Hazard.SURRENDER: leaving.surrender_hazard(
            state.morale[g, p], state.levers.amnesty[g], rules.leaving_surrender_highest,
            rules.leaving_surrender_tendency, rules.leaving_morale_weight,
            rules.leaving_amnesty_weight,
        ),
        Hazard.SWITCHING: switching.hazard(sum(weights), rules.switching_highest),
        Hazard.FLIGHT: storm * rules.displacement_driven_out,
        Hazard.MOVING: displacement.hazard(
            state.drive[g, p], rules.displacement_rate, rules.displacement_highest
        ),
    }  # fmt: skip


def test_face_the_week_decides_every_mans_fate(world: SimpleNamespace) -> None:
    fixed, state, rules, before = world.fixed, world.state, world.rules, world.before
    widths = {
        hazard: getattr(rules, hazard.fate.bound.replace(".", "_"))
        for hazard in Hazard
        if hazard.owner is hazard
    }
    rows = np.flatnonzero((before.fighter_id > 0) & (before.fighter_post == NO_POST))
    draws = np.empty(len(rows))
    ids = before.fighter_id[rows]
    random_numbers.uniforms(fixed.key0, fixed.key1, Decision.FATE, ids, world.week, draws)
    known: dict[tuple[int, ...], dict[Hazard, float]] = {}
    met = Counter[Hazard | None]()
    moved = 0
    for row, drawn in zip(rows.tolist(), draws.tolist(), strict=True):
        c, p = int(before.fighter_faction[row]), int(before.fighter_place[row])
        if state.seed_to[c] >= 0 or state.command_to[c, p] >= 0:
            continue
        origin = int(before.fighter_origin[row])
        served = 0 if origin == Kind.FOUNDING else world.week - int(before.fighter_since[row])
        man = c, p, origin, int(before.fighter_abroad[row]), served
        if man not in known:
            known[man] = hazards(world, *man)
        chances = known[man]
        left = drawn
        for hazard, width in widths.items():
            if left < width:
                comes = hazard if left < chances[hazard] else None
                break
            left -= width
        else:
            comes = None
        met[comes] += 1
        stays = state.fighter_id[row] == before.fighter_id[row]
        over, off = comes == Hazard.SWITCHING, comes in (Hazard.FLIGHT, Hazard.MOVING)
        assert stays == (comes is None or over or off)
        if stays:
            assert (state.fighter_faction[row] != c) == over
            drive = state.drive[fixed.faction_group[c], p]
            if state.fighter_place[row] != p:
                assert off
                assert drive > 0.0
            moved += state.fighter_place[row] != p
    rarest = Hazard.SWITCHING  # some two men in a week
    assert {None, *widths} - {rarest} <= met.keys() <= {None, *widths}
    assert moved > 0
