"""Two policies meet the same random numbers until they differ, and what the difference does not reach."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bookkeeping import assert_same, by_identity, live_rows
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.codes import End
from ebbtide.world.state import State

PLACE = """
[places.{0}]
name = "{0}"
country = "X{0}"
lon = {1}
lat = 0
population = 200_000
districts = 6
poverty = 0.5
cover = 0.5
local_institutions = 0.5
sympathy = 0.3
city = 0
[groups.{0}]
name = "{0}"
dynamics = "full"
fighters = 300
places = {{ {0} = 1 }}
supporters = 1
belief = 0.5
outsider = 0.3
pay = 200
money = 200
crime = 90
brand = 0.5
media = 0.4
cohesion = 0.6
standing = 0.7
posts = 3
recruitment = 1
foreign = 1
attacks = 5
[forces.{0}]
name = "{0}"
places = ["{0}"]
capacity = 20
arrests = 5
routine = 0.3
attention = 0.7
attention_new = 0.2
intelligence = 0.5
harm = 0.4
taken = 0.3
"""
APART = (
    """
extends = "parameters.toml"
title = "Two worlds in one"
start = 2001-01-07
end = 2003-03-02
policy = "policies/nothing.toml"
"""
    + PLACE.format("east", 0)
    + PLACE.format("west", 50)
)
ONE_SIDED = """
title = "Everything against one side"
[acts.strikes]
kind = "strikes"
force = "east"
against = ["east"]
start = 2001-03-04
strength = 1
leaders = 0.4
finance = 0.2
media = 0.2
[acts.offensive]
kind = "offensive"
force = "east"
against = ["east"]
start = 2001-05-06
strength = 0.3
[acts.raids]
kind = "raids"
force = "east"
against = ["east"]
start = 2001-03-04
strength = 0.7
[acts.amnesty]
kind = "amnesty"
against = ["east"]
start = 2001-03-04
strength = 1
"""


def side(model: Insurgency, row: int) -> dict[str, np.ndarray]:
    """Everything that belongs to one group with one faction in one place, and to its force."""
    state = model.state
    kept = by_identity(state)
    columns = {
        "men": kept[:, kept[1] == row], "series": state.series.table[:, :, row],
        "places": state.place_series.table[:, :, row, row], "attention": state.attention[row, row],
        "posts": state.post_standing[model.world.post_group == row],
    }  # fmt: skip
    cells = {name: getattr(state, name)[row, row] for name in ("morale", "support", "pressure")}
    levels = {name: getattr(state, name)[row] for name in ("money", "brand", "media", "cohesion")}
    return columns | cells | levels


def test_an_unlinked_place_stays_the_same_for_ever(written: Callable[..., Scenario]) -> None:
    # Without media, which reach everywhere, nothing links the two.
    apart = written(APART, acts=ONE_SIDED).with_overrides({"rules.recruitment.media_men": 0})
    quiet, struck = Insurgency(apart, rng=4), Insurgency(apart, rng=4, policy="acts")
    quiet.run_until_end()
    struck.run_until_end()
    killed = [m.state.series.exits[End.KILLED, :, 0].sum() for m in (quiet, struck)]
    assert killed[1] > killed[0]
    for (name, before), after in zip(side(quiet, 1).items(), side(struck, 1).values(), strict=True):
        np.testing.assert_array_equal(before, after, err_msg=name)


def test_more_men_in_one_place_change_no_random_number_in_another(
    written: Callable[..., Scenario],
) -> None:
    # Without media, whose supporters elsewhere hear of what forces do there, nothing links the two.
    apart = written(APART).with_overrides({"rules.recruitment.media_men": 0})
    few = Insurgency(apart, rng=4)
    many = Insurgency(apart, rng=4, **{"groups.east.fighters": 900, "groups.east.foreign": 9})
    few.run_until_end()
    many.run_until_end()
    for (name, before), after in zip(side(few, 1).items(), side(many, 1).values(), strict=True):
        np.testing.assert_array_equal(before, after, err_msg=name)


def test_policies_share_their_random_numbers_until_they_differ(minimal: Scenario) -> None:
    acting = Insurgency(minimal, rng=6, policy="minimal")
    quiet = Insurgency(minimal, rng=6, policy="nothing")
    first = int(acting.world.act_start.min())
    assert 0 < first < minimal.weeks
    for week in range(1, first + 1):
        acting.step()
        quiet.step()
        if week < first:
            assert_same(acting.state, quiet.state)
    with pytest.raises(AssertionError):
        assert_same(acting.state, quiet.state)


CROWDED = {
    "groups.league.fighters": 5000, "groups.smugglers.fighters": 2000,
    "forces.garrison.capacity": 400, "forces.garrison.arrests": 200, "forces.garrison.routine": 0.6,
    "rules.switching.tendency": 5, "rules.switching.command_highest": 0,
    "forces.garrison.places": ["lowland"],
    "rules.displacement.rate": 1, "rules.displacement.effort_weight": 1,
    "rules.leaving.tendency": 2, "rules.leaving.surrender_tendency": 2,
    # or the fire of the same week would move the other ends through mood and support
    "rules.morale.losses_weight": 0, "rules.support.state_harm_weight": 0,
}  # fmt: skip
# Rule: whether a fate, (faction, place) before and after, can be its doing.
DOINGS = {
    "leaving": lambda before, after: after is None,
    "targeting": lambda before, after: after is None,
    "switching": lambda before, after: after is not None and after[0] != before[0],
    "displacement": lambda before, after: after is not None and after[1] != before[1],
}
OWN_EXITS = {
    "leaving": ("exits_deserted", "exits_surrendered"),
    "targeting": ("exits_killed", "exits_captured"),
    "switching": ("exits_switched",),
}


def first_week(scenario: Scenario, **overrides: object) -> tuple[dict, dict, dict[str, float]]:
    """Where every man stood before his first week and after it, and how many left how."""
    model = Insurgency(scenario, rng=12, **overrides)
    before = standing(model.state)
    model.step()
    after = standing(model.state)
    week = model.series().query("date == date.max()").filter(like="exits_").sum()
    return before, {man: after.get(man) for man in before}, week.to_dict()


def standing(state: State) -> dict[int, tuple[int, int]]:
    rows = live_rows(state)
    where = zip(
        state.fighter_faction[rows].tolist(), state.fighter_place[rows].tolist(), strict=True
    )
    return dict(zip(state.fighter_id[rows].tolist(), where, strict=True))


@pytest.mark.parametrize("rule", DOINGS)
def test_switching_one_end_off_leaves_the_others_their_random_numbers(
    rule: str, busy: Scenario
) -> None:
    crowded = busy.with_overrides(CROWDED)
    before, fates, exits = first_week(crowded)
    _, spared, fewer_exits = first_week(crowded, **{f"rules.{rule}.on": False})
    other = [man for man in fates if fates[man] != spared[man]]
    assert len(other) > 5
    for man in other:
        assert DOINGS[rule](before[man], fates[man])
        assert spared[man] == before[man]
    own = OWN_EXITS.get(rule, ())
    assert fewer_exits == {end: 0 if end in own else men for end, men in exits.items()}
    if own:
        assert len(other) == sum(exits[end] for end in own)


def test_the_slices_of_all_ends_fit_into_one_draw() -> None:
    """Even where every bound stands at the top of its allowed range."""
    from ebbtide.engine.parameters import gather
    from ebbtide.engine.plain import plain
    from ebbtide.engine.slices import laid_out
    from ebbtide.rules import MECHANISMS

    highest = {
        f"rules.{mechanism.name}.{name}": said.high
        for mechanism in MECHANISMS.values()
        for name, said in mechanism.parameters.items()
    }
    parameters = gather(highest, dict.fromkeys(MECHANISMS, True))
    assert 0 < max(plain(laid_out)(parameters).stop) <= 1
