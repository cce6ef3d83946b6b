"""What the engine leaves out, the rules would not have changed: one property for each shortcut.

A comment `rests on` names the rules at the shortcut; the test of it bears its function's name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from inputs import RULES, arguments, call

from ebbtide import engine
from ebbtide.world import identity

FEW = settings(max_examples=50, deadline=None)
NONE = (0.0, 0.0)
SELDOM = st.sampled_from([0.0] * 5 + [1.0])
IDS = st.integers(0, identity.pack(identity.MAX_WEEKS, 0, 0, 0, 0) - 1)
ENGINE = Path(next(iter(engine.__path__)))


def shortcuts() -> Iterator[tuple[str, list[str]]]:
    """The function of every comment `rests on` in the engine, and the rules that it names."""
    for source in sorted(ENGINE.rglob("*.py")):
        text = source.read_text(encoding="utf-8")
        functions = [each for each in ast.parse(text).body if isinstance(each, ast.FunctionDef)]
        for line, said in enumerate(text.splitlines(), 1):
            if "# rests on " in said:
                inside = [f.name for f in functions if f.lineno <= line <= (f.end_lineno or 0)]
                yield inside[0], re.findall(r"`(\w+\.\w+)`", said)


def test_every_shortcut_names_rules_and_has_a_property() -> None:
    found = list(shortcuts())
    assert found
    for function, names in found:
        assert names, function
        assert set(names) <= RULES.keys(), function
        assert any(test.startswith(f"test_{function}_") for test in globals()), function


def test_who_brings_a_rule_of_his_own_is_told_what_is_left_out() -> None:
    page = (ENGINE.parents[2] / "docs" / "extending.md").read_text(encoding="utf-8")
    told = re.findall(
        r"`(\w+\.\w+)`", page.partition("a comment `rests on`")[2].partition("What they")[0]
    )
    assert told == sorted({name for _, names in shortcuts() for name in names})


@given(IDS, IDS)
def test_longest_serving_stops_at_the_first_man_of_the_start(one: int, other: int) -> None:
    """Rows of the start stand in the order of ids, which lie below all later ones."""
    assume(one != other)
    served = [call("succession.length_of_service", identity=each) for each in (one, other)]
    assert (served[0] > served[1]) == (one < other)


@FEW
@given(arguments("support.loss_by_harm"), arguments("support.moved_by_force"))
def test_hear_the_people_leaves_out_forces_that_harmed_nobody(
    harm: dict[str, float], force: dict[str, float]
) -> None:
    heard_of = call("support.heard_of", at_group=0.0, by_force=0.0, nearby=harm["nearby"])
    loss = call("support.loss_by_harm", **{**harm, "harmed": heard_of})
    moved = call("support.moved_by_force", **{**force, "loss": loss})
    assert call("support.towards", moved=moved) == call("support.away", moved=moved) == 0.0


@FEW
@given(arguments("finance.crime", men=NONE), arguments("finance.got_elsewhere", men=NONE))
def test_compare_pay_looks_at_others_where_a_group_has_men(
    crime: dict[str, float], elsewhere: dict[str, float]
) -> None:
    assert call("finance.crime", **crime) == 0.0
    assert call("finance.got_elsewhere", **elsewhere) == 0.0


@FEW
@given(arguments("rivalry.facing", hostility=NONE), arguments("rivalry.men_lost", hostility=NONE))
def test_meet_rivals_leaves_out_groups_without_hostility(
    facing: dict[str, float], lost: dict[str, float]
) -> None:
    assert call("rivalry.facing", **facing) == 0.0
    assert call("rivalry.men_lost", **lost) == 0.0


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries(dict.fromkeys(("men", "held", "supporters"), SELDOM)),
    arguments("recruitment.recruiters", men=NONE, media=NONE)
    | arguments("recruitment.recruiters", men=NONE),
    arguments("targeting.struck", hit=(1, 1e6)),
    arguments("support.drawn_supporters"),
    arguments("support.next_supporters"),
)
def test_hear_the_men_leaves_out_where_a_group_is_not_at_work(
    at: dict[str, float],
    media: dict[str, float],
    struck: dict[str, float],
    drawn: dict[str, float],
    following: dict[str, float],
) -> None:
    """Nobody is there to be hit, nobody draws supporters, and none are left who could go."""
    voice = call("recruitment.recruiters", **{**media, "sympathy": 1.0})
    if call("morale.at_work", **at, voice=voice):
        return
    assert call("targeting.struck", **{**struck, "men": at["men"]}) == 0.0
    drawing = call("recruitment.recruiters", **{**media, "men": at["men"]})
    resting = call("support.drawn_supporters", **{**drawn, "drawing": drawing})
    following |= {"supporters": at["supporters"], "resting": resting}
    assert call("support.next_supporters", **following) == 0.0


@given(st.lists(arguments("targeting.struck", hit=NONE), max_size=4), st.floats(0, 1))
def test_risk_of_fire_is_nil_where_nobody_is_hit(
    sides: list[dict[str, float]], bound: float
) -> None:
    spared = 1.0
    for side in sides:
        spared = call("displacement.spared", spared=spared, share=call("targeting.struck", **side))
    assert call("targeting.fire_hazard", spared=spared, fire_highest=bound) == 0.0


@given(arguments("attacks.carried"), arguments("attacks.beyond", men=NONE))
def test_attack_looks_for_no_city_where_a_group_has_no_man(
    carried: dict[str, float], beyond: dict[str, float]
) -> None:
    assert call("attacks.carried", **{**carried, "beyond": call("attacks.beyond", **beyond)}) == 0.0


@FEW
@given(arguments("targeting.reaching"))
def test_reached_by_strikes_looks_where_some_are_aimed_at_men_who_are_known(
    stated: dict[str, float],
) -> None:
    assert call("targeting.reaching", **{**stated, "strike": 0.0}) == 0.0
    assert call("targeting.reaching", **{**stated, "aimed_fire": 0.0}) == 0.0


@FEW
@given(arguments("attacks.sent_from"))
def test_lose_those_sent_passes_over_cities_to_which_nobody_went(stated: dict[str, float]) -> None:
    assert call("attacks.sent_from", **{**stated, "sent": 0.0}) == 0.0


@FEW
@given(arguments("displacement.drive"), st.floats(0, 1))
def test_sanctuary_along_leaves_out_borders_behind_which_no_less_presses(
    stated: dict[str, float], share: float
) -> None:
    here = share * stated["pressure_there"]
    assert call("displacement.drive", **{**stated, "pressure_here": here}) == 0.0


@FEW
@given(arguments("displacement.beyond_reach"))
def test_sanctuary_along_leaves_out_borders_over_which_all_forces_follow(
    stated: dict[str, float],
) -> None:
    followed = {**stated, "following": stated["pressure_here"]}
    assert call("displacement.beyond_reach", **followed) == 0.0


@given(arguments("leaving.tie"), arguments("leaving.desertion_hazard"))
def test_weigh_shared_risks_takes_nobody_for_looser_than_the_loosest(
    tied: dict[str, float], stated: dict[str, float]
) -> None:
    loosest = call(
        "leaving.tie", **{**tied, "like_minded": 0, "abroad": 0, "forced": 1, "newness": 1.0}
    )
    bound = call("leaving.desertion_hazard", **{**stated, "hired": 1, "tie": loosest})
    own = call("leaving.desertion_hazard", **{**stated, "tie": call("leaving.tie", **tied)})
    assert own <= bound * (1 + 1e-12)


@FEW
@given(arguments("predation.men_taken", abduction=NONE))
def test_take_by_force_leaves_out_who_takes_nobody(stated: dict[str, float]) -> None:
    assert call("predation.men_taken", **stated) == 0.0


@FEW
@given(arguments("predation.looted", loot=NONE))
def test_take_loot_leaves_out_who_loots_nothing(stated: dict[str, float]) -> None:
    assert call("predation.looted", **stated) == 0.0


@given(arguments("displacement.may_move"))
def test_add_up_drives_leaves_out_what_would_drive_men_who_come_this_week(
    stated: dict[str, float],
) -> None:
    assert not call("displacement.may_move", **{**stated, "arrived": stated["week"]})


@FEW
@given(arguments("switching.contact", men=NONE, men_near=NONE))
def test_muster_leaves_out_places_that_nobody_is_near(stated: dict[str, float]) -> None:
    assert call("switching.contact", **stated) == 0.0


@FEW
@given(arguments("switching.hazard"), st.floats(0, 1))
def test_decide_commands_leaves_out_draws_above_every_hazard(
    stated: dict[str, float], above: float
) -> None:
    hazard, highest = call("switching.hazard", **stated), stated["highest"]
    for drawn in (highest, highest + above):
        assert not call("switching.command_leaves", drawn=drawn, hazard=hazard)


@FEW
@given(arguments("targeting.drawing_fire", men=NONE))
def test_watch_and_strike_leaves_out_groups_out_of_reach(stated: dict[str, float]) -> None:
    """Neither does any of its men draw fire, nor is there any share or effort that no men draw."""
    assert call("targeting.drawing_fire", **stated) == 0.0
    assert not call("targeting.engages", drawing=0.0)


@FEW
@given(arguments("recruitment.joining", recruiters=NONE))
def test_recruit_poor_leaves_out_places_without_recruiters(stated: dict[str, float]) -> None:
    assert call("recruitment.joining", **stated) == 0.0


@FEW
@given(arguments("recruitment.joining", recruiters=NONE))
def test_recruit_like_minded_leaves_out_places_without_recruiters(
    stated: dict[str, float],
) -> None:
    assert call("recruitment.joining", **stated) == 0.0


@FEW
@given(arguments("recruitment.arriving_here", men=NONE))
def test_recruit_leaves_out_foreigners_where_nobody_is(stated: dict[str, float]) -> None:
    assert call("recruitment.arriving_here", **stated) == 0.0


@FEW
@given(arguments("alliances.sent_to", sent=NONE))
def test_take_in_from_allies_leaves_out_ties_along_which_nobody_comes(
    stated: dict[str, float],
) -> None:
    assert call("alliances.sent_to", **stated) == 0.0


@given(
    arguments("targeting.weight_on", strength=NONE),
    arguments("targeting.weight_awaiting", strength=NONE),
)
def test_weight_here_leaves_out_efforts_of_no_strength(
    met: dict[str, float], awaiting: dict[str, float]
) -> None:
    assert call("targeting.weight_on", **met) == 0.0
    assert call("targeting.weight_awaiting", **awaiting) == 0.0


@FEW
@given(arguments("targeting.at_peace"))
def test_leaves_alone_asks_for_no_act_where_nobody_is_spared(stated: dict[str, float]) -> None:
    assert call("targeting.at_peace", **{**stated, "spares": 0}) == 0
