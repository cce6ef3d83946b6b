"""A group that splits off: men of named factions and places, and leaders with their posts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Faults, Scenario

Written = Callable[..., Scenario]
WEEK = 4  # of the split
LEAGUE = """extends = "minimal.toml"
policy = "policies/nothing.toml"
[groups.league]
places = { highland = 1, lowland = 1 }
posts = 10
[rules.displacement]
on = false
"""


def newcomer(group: str, dynamics: str = "full", posts: int = 4, attacks: int = 5) -> str:
    """A group that a founding is to bring."""
    return f"""[groups.{group}]
name = "The {group.title()}"
dynamics = "{dynamics}"
fighters = 0
supporters = 1.5
belief = 0.9
outsider = 0.5
pay = 200
money = 0
crime = 90
brand = 0.6
media = 0.6
cohesion = 0.6
standing = 0.3
posts = {posts}
recruitment = 1
foreign = 0
attacks = {attacks}
"""


def founding(group: str, event: str = "split", date: str = "2001-02-04") -> str:
    """The event that does; whose men and leaders it asks is to follow."""
    return f"""[events.{event}]
kind = "founding"
date = {date}
group = "{group}"
men = 0
money = 0
"""


BEGIN = LEAGUE + newcomer("sparks") + founding("sparks")


def split(written: Written, says: str, weeks: int = WEEK, **changes: object) -> Insurgency:
    model = Insurgency(written(BEGIN + says), rng=14, **changes)
    while model.week < weeks:
        model.step()
    return model


def posts_of(model: Insurgency, group: str) -> np.ndarray:
    return np.flatnonzero(model.world.post_group == model.group_names.index(group))


def holders(model: Insurgency, group: str) -> list[int]:
    """The ids of who holds the group's posts, by rank; 0 for an empty one."""
    rows = model.state.post_row[posts_of(model, group)]
    return [int(model.state.fighter_id[row]) if row >= 0 else 0 for row in rows]


def before_and_after(
    written: Written, says: str, **changes: object
) -> tuple[list[int], Insurgency]:
    """Who held the league's posts in the week before, and the model after the week of the split."""
    model = split(written, says, WEEK - 1, **changes)
    before = holders(model, "league")
    model.step()
    return before, model


def test_only_men_of_named_places_cross_and_by_their_shares(written: Written) -> None:
    says = "seed = { league = 0.8 }\nseed_places = { lowland = 0.5 }\n"
    model = split(written, says, WEEK - 1)
    p = model.place_names.index("lowland")
    before = model.state.men[:2].sum(axis=0)
    model.step()
    came = int(model.state.joined_from[2].sum())
    assert came == pytest.approx(0.4 * before[p], abs=4 * np.sqrt(0.24 * before[p]))
    assert model.state.men[:2, 1 - p].sum() == pytest.approx(before[1 - p], rel=0.1)


@pytest.mark.parametrize(("date", "weeks"), [("2001-02-04", WEEK), ("2001-02-11", WEEK + 1)])
def test_of_two_foundings_of_a_week_the_last_of_the_file_has_a_factions_men(
    written: Written, date: str, weeks: int
) -> None:
    """In a week of its own each has them."""
    cinders = newcomer("cinders", "simple", posts=1, attacks=0)
    cinders += founding("cinders", "split-too", date) + 'seed = { "league.restless" = 0.5 }\n'
    says = "seed = { league = 0.5 }\n" + cinders
    model = split(written, says, WEEK - 1)
    league = [model.faction_names.index(f"league.{name}") for name in ("loyal", "restless")]
    came = []
    for _ in range(weeks - WEEK + 1):
        before = model.state.men[league].sum(axis=1)
        model.step()
        came.append(model.state.joined_from[[2, 3], 0].copy())
    to_sparks, to_cinders = came[0]
    assert (to_cinders > 0) == (weeks == WEEK)
    loyal_alone = 0.5 * before[0]
    assert (to_sparks < 1.2 * loyal_alone) == (weeks == WEEK)
    assert came[-1][1] > 0


def test_who_splits_off_stays_where_he_is_unless_the_group_gathers(written: Written) -> None:
    stays = written(BEGIN + "seed = { league = 0.5 }\n")
    gathers = written(BEGIN + "seed = { league = 0.5 }\nplaces = { highland = 1 }\n")
    for scenario, by_place in ((stays, True), (gathers, False)):
        model = Insurgency(scenario, rng=3)
        model.run_until(WEEK)
        own = model.faction_names.index("sparks")
        assert model.state.men[own].sum() > 100
        assert (model.state.men[own, model.place_names.index("lowland")] > 0) == by_place


def test_leaders_go_with_their_posts_by_rank_and_the_head_last(written: Written) -> None:
    before, model = before_and_after(
        written, "seed = { league = 0.2 }\nleaders = { league = 0.3 }\n"
    )
    went = [who for who in before if who in holders(model, "sparks")]
    assert len(went) == 3
    assert holders(model, "sparks")[:3] == went
    assert before[0] not in went
    assert set(before) - set(went) <= set(holders(model, "league"))


def test_where_every_second_goes_the_head_does_not(written: Written) -> None:
    """Asked first he would be the first to go: half of them is reached with one."""
    before, model = before_and_after(
        written, "seed = { league = 0.2 }\nleaders = { league = 0.5 }\n"
    )
    assert holders(model, "sparks") == before[1:8:2]


def test_all_leaders_go_with_the_head_at_their_head(written: Written) -> None:
    before, model = before_and_after(written, "seed = { league = 0.2 }\nleaders = { league = 1 }\n")
    assert holders(model, "sparks") == before[:4]
    rest = {int(who) for who in model.state.fighter_id[model.state.fighter_came_from >= 0]}
    assert set(before) <= rest  # those for whom no post is left go too
    assert not any(holders(model, "league"))


def test_leaders_are_those_of_the_places_and_factions_that_split(written: Written) -> None:
    says = 'seed = { "league.restless" = 0.5 }\nleaders = { "league.restless" = 1 }\n'
    says += "seed_places = { lowland = 1 }\n"
    model = split(written, says, WEEK - 1)
    rows = [int(row) for row in model.state.post_row[posts_of(model, "league")] if row >= 0]
    p, c = model.place_names.index("lowland"), model.faction_names.index("league.restless")
    due = {
        int(model.state.fighter_id[row]) for row in rows
        if model.state.fighter_faction[row] == c and model.state.fighter_place[row] == p
    }  # fmt: skip
    assert 0 < len(due) < 4
    model.step()
    assert set(holders(model, "sparks")[: len(due)]) == due


def test_a_leader_keeps_his_standing_and_the_group_is_led_from_the_day(written: Written) -> None:
    _, model = before_and_after(written, "seed = { league = 0.2 }\nleaders = { league = 0.2 }\n")
    week = model.series().query("date == date.max()").set_index("group").loc["sparks"]
    standing = model.state.post_standing[posts_of(model, "sparks")]
    assert standing == pytest.approx([0.7, 0.7, 0.3, 0.3])
    assert week.leaders == 4
    assert week.command == pytest.approx(0.5)


def test_leaders_who_are_not_called_stay_and_those_of_no_stated_share_cross_as_men_do(
    written: Written,
) -> None:
    before, stayed = before_and_after(
        written, "seed = { league = 0.9 }\nleaders = { league = 0 }\n"
    )
    _, crossed = before_and_after(written, "seed = { league = 0.9 }\n")
    assert len(set(before) & set(holders(crossed, "league"))) < 5
    assert set(before) == set(holders(stayed, "league"))


def test_what_the_source_loses_is_what_the_new_group_gets(written: Written) -> None:
    """Men are neither made nor lost by a split, and the posts that were left are vacant."""
    _, model = before_and_after(written, "seed = { league = 0.4 }\nleaders = { league = 0.5 }\n")
    series = model.series().query("date == date.max()").set_index("group")
    assert series.loc["league", "exits_switched"] == series.loc["sparks", "entries_switched"] > 0
    assert series.loc["league", "posts_vacant"] == 5


@pytest.mark.parametrize(
    ("says", "key"),
    [
        ("seed = { league = 0.2 }\nleaders = { leage = 0.3 }\n", "leaders.leage.*mean league"),
        ('seed = { "league.restless" = 0.2 }\nleaders = { league = 0.3 }\n', "leaders.league:"),
        (
            "seed = { league = 0.2 }\nseed_places = { higland = 1 }\n",
            "seed_places.higland.*highland",
        ),
        ("seed = { league = 0.2 }\nseed_places = { highland = 0 }\n", "a founding without men"),
        ("seed_places = { highland = 1 }\n", "places of no seed"),
        ("men = 10\n", "events.split.places: found no place"),
    ],
)
def test_a_split_that_cannot_be_is_told(written: Written, says: str, key: str) -> None:
    text = BEGIN.replace("men = 0\n", "") + ("" if "men" in says else "men = 0\n") + says
    with pytest.raises(Faults, match=key):
        written(text)


def test_agents_split_as_columns_do(written: Written) -> None:
    says = "seed = { league = 0.3 }\nleaders = { league = 0.4 }\nseed_places = { lowland = 1 }\n"
    ways = [split(written, says, agents_way=way) for way in (False, True)]
    assert holders(ways[0], "sparks") == holders(ways[1], "sparks")
    assert ways[0].series().equals(ways[1].series())


def test_two_splits_of_a_week_do_not_both_take_leaders(written: Written) -> None:
    """The leaders of one would go to the other."""
    says = "seed = { league = 0.2 }\nleaders = { league = 0.2 }\n"
    first = BEGIN + says + newcomer("flames")
    with pytest.raises(
        Faults, match=r"events\.another\.leaders: found leaders in the week in which split"
    ):
        written(first + founding("flames", "another") + says)
    written(first + founding("flames", "another", "2001-02-11") + says)
