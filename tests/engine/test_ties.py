"""Ties that change by date: a hostility, an alliance, a centre behind a group."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ebbtide.model import Insurgency
from ebbtide.rules import switching
from ebbtide.scenario import Faults, Scenario
from ebbtide.show.chronicle import chronicle

Written = Callable[..., Scenario]
WEEK = 20  # the first that a change is felt in
DAY = "date = 2001-05-27"
BEGIN = """extends = "minimal.toml"
policy = "policies/nothing.toml"
[centres.capital]
name = "The capital"
brand = 0.8
health = { "2001-01-07" = 0.9 }
[groups.league]
places = { highland = 1, lowland = 1 }
money = 1000
[groups.league.allies.embers]
men = 5
money = 0
[events.embers-founded]
date = 2001-01-14
men = 400
"""


def changed(event: str) -> str:
    return f"{BEGIN}[events.change]\n{DAY}\n{event}\n"


def lived(written: Written, text: str, weeks: int = 60) -> Insurgency:
    model = Insurgency(written(text), rng=2)
    model.run_until(weeks)
    return model


FEUD = 'kind = "hostility"\ngroup = "league"\ntowards = "embers"\nhostility = 0.9'
ALONE = 'kind = "alliance"\ngroup = "league"\nally = "embers"\nholds = 0'
BACKED = 'kind = "centre"\ngroup = "embers"\ncentre = "capital"\nbehind = 1'


@pytest.mark.parametrize("event", [FEUD, ALONE, BACKED])
def test_nothing_is_felt_before_its_week_and_something_from_it_on(
    written: Written, event: str
) -> None:
    as_ever, other = (lived(written, text).series() for text in (BEGIN, changed(event)))
    same = (as_ever == other).all(axis=1).groupby(as_ever["date"]).all().to_numpy()
    assert same[:WEEK].all()
    assert not same[WEEK:].all()


def test_of_one_week_no_two_changes_of_one_tie_are_taken(written: Written) -> None:
    """Whatever their days: one of them would do nothing."""
    second = "\n".join(["[events.sooner]", "date = 2001-05-25", FEUD.replace("0.9", "0.4")])
    with pytest.raises(Faults, match="in the same week"):
        written(f"{changed(FEUD)}{second}\n")


def test_a_feud_begins_and_ends_with_its_events(written: Written) -> None:
    truce = 'kind = "hostility"\ndate = 2001-10-14\ngroup = "{}"\ntowards = "{}"\nhostility = 0'
    ends = "".join(
        f"[events.end-{one}]\n{truce.format(one, other)}\n"
        for one, other in (("league", "embers"), ("embers", "league"))
    )
    model = lived(written, changed(FEUD) + ends, 80)
    killed = model.series().groupby("date")["exits_killed_by_rivals"].sum().to_numpy()
    assert killed[WEEK:40].sum() > 2 * killed[1:WEEK].sum() > 0
    assert killed[42:].sum() == 0
    league, embers = 0, 1
    parameters = model.parameters
    assert model.state.hostility[league, embers] == 0.0
    assert model.state.openness[league, embers] == switching.openness(
        *model.world.belief[[league, embers]], 0.0,
        parameters.switching_belief_weight, parameters.switching_hostility_weight,
    )  # fmt: skip


@pytest.mark.parametrize("holds", [0.0, 0.3, 1.0])
def test_an_ally_sends_the_share_that_the_tie_holds(written: Written, holds: float) -> None:
    def sent(event: str) -> float:
        text = (changed(event) if event else BEGIN) + "[rules.switching]\non = false\n"
        series = lived(written, text, 100).series().query("group == 'league'")
        return float(series["entries_allies"].iloc[WEEK:].sum())

    assert sent("") > 50
    assert sent(ALONE.replace("= 0", f"= {holds}")) == pytest.approx(
        holds * sent(""), abs=5 * sent("") ** 0.5
    )
    if holds == 0.0:
        assert sent(ALONE) == 0.0


def test_a_centre_that_turns_away_sends_no_more(written: Written) -> None:
    text = (
        changed(BACKED)
        + """[events.leaves]
kind = "centre"
date = 2001-10-14
group = "embers"
behind = 0
[groups.embers]
centre_money = 10
[rules.alliances]
worth_power = 0
"""
    )
    income = (
        lived(written, text, 80).series().query("group == 'embers'")["income_centre"].to_numpy()
    )
    assert (income[2:WEEK] == 0).all()
    assert income[WEEK:40] == pytest.approx(9.0)
    assert (income[42:] == 0).all()


def test_what_changes_is_told_in_the_log_of_either_side(written: Written) -> None:
    model = lived(written, changed(FEUD))
    for group in ("league", "embers"):
        assert "hostility of The League towards The Embers is 0.90" in "\n".join(
            chronicle(model, group)
        )
    assert "The capital stands behind it by 100%" in "\n".join(
        chronicle(lived(written, changed(BACKED)), "embers")
    )


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (FEUD.replace('"embers"', '"league"'), "events.change.towards: .* to itself"),
        (ALONE.replace('"league"', '"ember"'), "events.change.group.*mean embers"),
        (ALONE.replace('"embers"', '"league"'), "events.change.ally: .*allowed: allies of league"),
        ('kind = "centre"\ngroup = "embers"\nbehind = 1', "events.change.centre: found no centre"),
        (FEUD.replace("0.9", "1.9"), "events.change.hostility: found 1.9"),
    ],
)
def test_a_tie_that_cannot_be_is_chronicle(written: Written, event: str, says: str) -> None:
    with pytest.raises(Faults, match=says):
        written(changed(event))
