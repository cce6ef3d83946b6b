"""Prices of levers, and effort in one unit: the shipped ones, and a table worked by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from comparison.worlds import write_world
from ebbtide.comparison import priced_acts, prices
from ebbtide.comparison.information import above_noise
from ebbtide.comparison.lived import LivedRuns
from ebbtide.comparison.priced_acts import weeks_at_full
from ebbtide.comparison.report.money import in_money, levers_in_money
from ebbtide.comparison.report.said import left_out
from ebbtide.comparison.running import compare
from ebbtide.scenario import Faults, Scenario, check, load, load_policy
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.prices import Prices, prices_of
from ebbtide.scenario.project import label
from ebbtide.scenario.schema.prices import PER
from ebbtide.study.design import probability_of
from shipped import SHIPPED

AMNESTY = """extends = "minimal.toml"
title = "Amnesties"
[acts.half]
kind = "amnesty"
against = ["embers"]
start = 2001-10-07
stop = 2001-11-04
strength = 0.5
[acts.more]
kind = "amnesty"
against = ["embers", "league"]
start = 2001-10-21
stop = 2001-11-18
strength = 0.8
[acts.others]
kind = "amnesty"
against = ["league"]
start = 2002-01-06
strength = 1
[acts.villages]
kind = "community_engagement"
against = ["embers"]
places = ["highland"]
start = 2002-01-06
stop = 2002-01-13
strength = 0.5
[acts.villages-against-others]
kind = "community_engagement"
against = ["league"]
start = 2002-01-06
strength = 1
"""


@pytest.fixture
def world(tmp_path: Path) -> Scenario:
    file = write_world(tmp_path)
    (tmp_path / "minimal" / "policies" / "amnesty.toml").write_text(AMNESTY, encoding="utf-8")
    return load(file)


@pytest.mark.parametrize("scenario", ["minimal", "lake", "khorasan"])
def test_every_lever_is_booked_or_has_a_price_that_says_where_it_comes_from(scenario: str) -> None:
    found = prices_of(load(scenario))
    assert found.without == []
    assert {*found.file.prices} == {name for name, lever in LEVERS.items() if not lever.booked}
    for name, price in found.file.prices.items():
        assert price.effort.uncertain, f"{name}: a price is a guess"
        assert price.effort.stated.source or price.source


def test_a_case_builds_on_the_general_prices_and_weighs_its_forces() -> None:
    found = prices_of(load("khorasan"))
    assert found.path == SHIPPED / "khorasan" / "prices.toml"
    general = Prices.read(SHIPPED / "prices.toml")
    assert found.file.prices["truce"] == general.file.prices["truce"]
    assert found.file.prices["amnesty"] != general.file.prices["amnesty"]
    assert found.file.forces[found.file.standard].worth.median == 1


class Alone:
    """Replications of one policy, in which this strength is drawn."""

    replications = np.array([0, 1])

    def numbers(self, path: str) -> np.ndarray:
        """A strength by replication."""
        assert path == "policy.acts.half.strength"
        return np.array([[0.1], [0.9]])


def weeks_of(world: Scenario, lever: str, counted: np.ndarray) -> np.ndarray:
    """Weeks of a lever at full strength under the policy of these amnesties."""
    said = prices.stated(world, {"amnesty": load_policy("amnesty", world)})
    acts = said["acts"]["amnesty"][lever]
    return weeks_at_full(acts, said["shares"][lever], Alone(), 0, counted)  # type: ignore[arg-type]


def test_a_lever_moves_by_week_at_the_strongest_and_by_what_it_reaches(world) -> None:
    first = world.week_felt(pd.Timestamp("2001-10-07").date())
    for week, strength in enumerate([0, 0.5, 0.5, 0.8, 0.8, 0.8, 0.8, 0], first - 1):
        np.testing.assert_allclose(weeks_of(world, "amnesty", np.arange(120) == week), strength)
    whole = np.ones(120, bool)  # what is against others is not counted
    np.testing.assert_allclose(weeks_of(world, "amnesty", whole), 2 * 0.5 + 4 * 0.8)
    people = world.file.places["highland"].population.median / 1_300_000
    np.testing.assert_allclose(weeks_of(world, "community_engagement", whole), 0.5 * people)
    said = prices.stated(world, {"amnesty": load_policy("amnesty", world)})
    assert "strikes" not in said["acts"]["amnesty"]  # whose effort is booked


def test_a_strength_that_is_drawn_is_priced_as_it_was_drawn(world) -> None:
    """Of two acts the stronger holds the lever, in each replication by itself."""
    prior = 'strength = { prior = "uniform", low = 0, high = 1, unit = "share" }\nsource = "guess"'
    file = world.path.parent / "minimal" / "policies" / "amnesty.toml"
    file.write_text(AMNESTY.replace("strength = 0.5", prior, 1), encoding="utf-8")
    expected = [2 * 0.1 + 4 * 0.8, 4 * 0.9 + 2 * 0.8]
    np.testing.assert_allclose(weeks_of(world, "amnesty", np.ones(120, bool)), expected)


@pytest.mark.parametrize("per", PER)
def test_every_word_for_what_a_price_is_of_says_what_an_act_reaches_of_it(world, per: str) -> None:
    """An act without places, against the focus, reaches all of it, which is something."""
    lake = load("lake")
    act = load_policy("amnesty", world).file.acts["half"]
    act = act.model_copy(update={"against": lake.focus_groups})
    reached = priced_acts._reached(per, act, lake)
    assert reached
    assert reached == [True] * len(priced_acts.shares_of(per, lake))


def test_a_word_that_nobody_has_said_how_to_share_out_is_no_act(world) -> None:
    act = load_policy("amnesty", world).file.acts["half"]
    with pytest.raises(TypeError, match="per well"):
        priced_acts.shares_of("well", world)
    with pytest.raises(TypeError, match="per well"):
        priced_acts._reached("well", act, world)


def test_a_week_of_the_standard_force_says_what_effort_is_in_money() -> None:
    said = prices.stated(load("khorasan"), {})
    week = prices.money_of_week(said)
    assert week is not None
    assert week.of == "a week of Afghan forces"
    assert 80 < week.quantity.median < 115
    assert prices.money_of_week(prices.stated(load("minimal"), {})) is None


def test_own_acts_are_told_in_money_where_a_week_has_a_cost() -> None:
    week = {"prior": "uniform", "low": 50.0, "high": 150.0, "source": "a guess"}
    told = {"money": week, "unit": "a week of Guards"}
    compared = SimpleNamespace(
        results=SimpleNamespace(manifest={"comparison": {"prices": told}}),
        policies=("record", "harder"),
        effort=np.array([[0.0, 2.0]] * 2),
    )
    (said,) = in_money(compared)  # type: ignore[arg-type]
    assert "a week of Guards costs (100 million USD, 55 to 145: a guess)" in said
    assert "“harder” 200 (105 to 295)" in said  # the central 95% of the prior: effort is known
    compared.effort = np.array([[0.0, 1.0], [0.0, 3.0]] * 20)
    (said,) = in_money(compared)  # type: ignore[arg-type]
    low, high = (float(each) for each in re.findall(r"“harder” 200 \((\d+) to (\d+)\)", said)[0])
    assert low < 105  # how well the mean effort is known counts too
    assert high > 295
    told["money"] = None
    assert in_money(compared) == []  # type: ignore[arg-type]


@pytest.mark.slow
def test_what_has_been_said_of_a_lever_stands_beside_its_price(tmp_path) -> None:
    """Villages at half strength for a week, said to cost 8 a week; a unit is 100."""
    file = write_world(tmp_path)
    amnesty = tmp_path / "minimal" / "policies" / "amnesty.toml"
    amnesty.write_text(AMNESTY.replace("2002-01-13", "2002-01-20"), encoding="utf-8")
    (tmp_path / "minimal" / "prices.toml").write_text(
        'extends = "ebbtide:prices"\nstandard = "garrison"\n[forces.garrison]\nworth = 1\n'
        'money = { value = 100, unit = "million USD/week", source = "invented" }\n'
        "[prices.community_engagement]\neffort = 0.5\n"
        'money = { value = 8, unit = "million USD/week", source = "invented too" }\n',
        encoding="utf-8",
    )
    how = {"replications": 2, "until": "2002-03-03", "workers": 1}
    found = compare(file, "amnesty", out=tmp_path / "kept", **how)
    table = levers_in_money(found)
    assert table is not None
    ((policy, lever, weeks, said, priced, times),) = table.rows
    assert (policy.text, lever.text) == ("amnesty", "community_engagement")
    assert said.value == pytest.approx(8 * weeks.value)
    assert priced.value == pytest.approx(0.5 * 100 * weeks.value)
    assert times.text == "6.25 times"
    assert "community_engagement, invented too" in table.caption
    assert "at what has been said (million USD)" in found.report().read_text(encoding="utf-8")


def test_effort_is_weeks_of_forces_and_prices_of_levers_drawn_once_for_all_policies() -> None:
    class Kept:
        manifest = {  # noqa: RUF012 - a stand-in
            "seed": 5, "fixed": False,
            "comparison": {
                "prices": {
                    "forces": {
                        "guard": {"full": {"forces.guard.capacity": None, "forces.guard.arrests": 10},
                                  "worth": None},
                        "police": {"full": {"forces.police.capacity": 5.0}, "worth": {"value": 0.2}},
                        "nobody": {"full": {"forces.nobody.capacity": 0.0}, "worth": None},
                    },
                    "levers": {"amnesty": {"prior": "uniform", "low": 0.0, "high": 1.0}},
                    "shares": {"amnesty": [0.25, 0.75]},
                    "acts": {"one": {}, "two": {"amnesty": [
                        {"strength": 0.5, "drawn": None, "weeks": [2, 4], "reaches": [0, 1]}]}},
                    "sent": {"one": ["guard"], "two": ["police"]},
                }
            },
        }  # fmt: skip

    runs = pd.DataFrame({"forces.guard.capacity": [30.0, 30.0, 50.0, 50.0]})
    lived = LivedRuns(("one", "two"), np.array([0, 7]), 0, 0, runs, Kept())  # type: ignore[arg-type]
    spent = {"effort.guard": np.full((2, 2, 4), 20.0), "effort.police": np.full((2, 2, 4), 5.0),
             "effort.nobody": np.zeros((2, 2, 4))}  # fmt: skip
    found = prices.effort(lived, spent, np.array([False, True, True, False]))
    price = [probability_of(5, each, "prices.amnesty.effort") for each in (0, 7)]
    one = np.array([2 * 20 / 40, 2 * 20 / 60]) + 2 * 5 / 5 * 0.2
    np.testing.assert_allclose(found[:, 0], one)
    np.testing.assert_allclose(found[:, 1], one + 0.5 * np.array(price))
    spent["effort.guard"][:, 1] = 4.0  # what the policy spares whom it does not send
    spent["effort.police"][:, 1] = 10.0
    counted = np.array([False, True, True, False])
    drawn = prices.drawn_prices(lived, spent, counted, of_own_acts=False)
    assert set(drawn) == {
        "prices.amnesty.effort", "forces.guard.worth", "forces.police.worth",
    }  # fmt: skip
    np.testing.assert_allclose(drawn["prices.amnesty.effort"], price)
    of_own = prices.drawn_prices(lived, spent, counted, of_own_acts=True)
    assert set(of_own) == {"prices.amnesty.effort", "forces.police.worth"}
    before = np.array([False, True, False, False])  # the amnesty begins
    assert "prices.amnesty.effort" not in prices.drawn_prices(
        lived, spent, before, of_own_acts=True
    )
    own = prices.effort_of_own_acts(lived, spent, np.array([False, True, True, False]))
    np.testing.assert_allclose(own[:, 0], 0)
    np.testing.assert_allclose(own[:, 1], 2 * 5 / 5 * 0.2 + 0.5 * np.array(price))
    spent["effort.guard"][:] = 20.0
    spent["effort.police"][:] = 5.0
    Kept.manifest["fixed"] = True
    medians = prices.effort(lived, spent, np.array([False, True, True, False]))
    np.testing.assert_allclose(medians[:, 1] - medians[:, 0], 0.25)


def test_what_an_effort_hangs_on_are_prices_too_and_what_else_is_compared_on_none(
    world: Scenario, tmp_path: Path
) -> None:
    """Which of two policies is the cheaper hangs on their prices alone, which no datum updates."""
    policies = world.path.parent / "minimal" / "policies"
    (policies / "money.toml").write_text(
        'extends = "minimal.toml"\ntitle = "Money"\n[acts.money]\nkind = "finance_interdiction"\n'
        'against = ["embers"]\nstart = 2001-10-07\nstop = 2001-11-04\nstrength = 0.5\n',
        encoding="utf-8",
    )
    found = compare(
        world, ["amnesty", "money"], reference="amnesty", replications=60, until="2002-03-03",
        outcomes=["mean_strength", "effort_of_own_acts"], workers=1, out=tmp_path / "kept",
    )  # fmt: skip
    names = {f"prices.{lever}.effort" for lever in ("amnesty", "finance_interdiction")}
    names |= {"prices.community_engagement.effort"}
    stated = {*found.results.manifest["uncertainties"]}
    of_strength, of_effort = (
        found.information(name) for name in ("mean_strength", "effort_of_own_acts")
    )
    assert {*of_strength["quantity"]} <= stated
    assert {*of_effort["quantity"]} - stated == names
    prices_worth = of_effort[of_effort["quantity"].isin(names)]
    assert prices_worth["updated"].eq(False).all()
    assert above_noise(of_effort)["quantity"].iloc[0] in names
    reading = found.results.manifest["comparison"]
    reading["updated"] = {"draws": 1000, "distances": dict.fromkeys(stated, 0.9)}
    assert found.information("effort_of_own_acts").set_index("quantity")["updated"].sum() == len(
        of_effort
    ) - len(names)
    (parts,) = found.variance_parts("effort_of_own_acts").to_dict("records")
    assert parts["not_updated"] > 0.5
    assert parts["share"] > 0.9
    (others,) = found.variance_parts("mean_strength").to_dict("records")
    assert others["not_updated"] == 0
    assert "Nor do prices" in left_out(found)
    dearer = replace(found, outcomes={"effort_of_own_acts": found.outcomes["effort_of_own_acts"]})
    assert "Prices stand among the quantities" in left_out(dearer)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[prices.amnesti]\neffort = 1\nper = "act"\n', "did you mean amnesty?"),
        (
            '[prices.amnesty]\neffort = 1\nper = "man"\n',
            'found "man"; allowed: act, borders, group, people',
        ),
        ('[prices.amnesty]\nper = "act"\n', "prices.amnesty.effort is missing"),
        ('standard = "garison"\n[prices]\n', "did you mean garrison?"),
        ("[forces.guards]\nworth = 1\n[prices]\n", "forces.guards: found an unknown name"),
    ],
)
def test_wrong_prices_are_told(world, text, told) -> None:
    (world.path.parent / "prices.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Faults) as found:
        prices_of(load(world.path))
    assert told in str(found.value)


def test_own_prices_are_told_with_what_is_unusual_in_them(world) -> None:
    assert any("acts are priced by ebbtide:prices" in line for line in check(world.path))
    file = world.path.parent / "prices.toml"

    def told(effort: str, worth: str) -> str:
        file.write_text(
            f'standard = "garrison"\n[forces]\ngarrison = {{ worth = {worth} }}\n'
            f'[prices]\namnesty = {{ effort = {effort}, per = "act" }}\n',
            encoding="utf-8",
        )
        return "\n".join(check(world.path))

    usual = told("0.02", "1")
    assert f"acts are priced by {label(file)}" in usual
    assert "unusual" not in usual
    assert "is the standard" not in usual
    assert "costs nothing" not in usual
    assert "prices.amnesty.effort: 0, so that what is done by it costs nothing" in told("0", "1")
    assert "forces.garrison.worth: 0, so that" in told("0.02", "0")
    assert "prices.amnesty.effort is 20 effort-weeks/week; over 5 is unusual" in told("20", "1")
    assert "forces.garrison.worth: garrison is the standard, a week of which is 1" in told(
        "0.02", "4"
    )
    with pytest.raises(Faults, match=r"forces\.garrison\.worth"):
        told("0.02", '"much"')


def test_beside_a_standard_every_force_has_a_worth(tmp_path: Path) -> None:
    lake = load("lake")
    file = tmp_path / "prices.toml"
    file.write_text('standard = "army"\n[prices]\n', encoding="utf-8")
    with pytest.raises(Faults, match="is missing; needed: what a week of it is worth"):
        Prices.read(file, lake)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[prices]\nstrikes = { booked = true }\n",
            "prices.strikes: found a table; allowed: left out: a run books all that strikes costs, as "
            "effort of forces",
        ),
        (
            '[prices.raids]\neffort = 1\nper = "act"\n',
            "prices.raids: found a table; allowed: left out: a run books all that raids costs, as "
            "effort of forces",
        ),
        (
            '[prices.amnesty]\nbooked = false\neffort = 1\nper = "act"\n',
            "prices.amnesty.booked: found false; allowed: left out: which levers a run books, the model "
            "says itself",
        ),
    ],
)
def test_what_a_run_books_is_no_price(tmp_path: Path, text: str, told: str) -> None:
    """It is the model's own, said once: also who has a file from before is told so, in one line."""
    file = tmp_path / "prices.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Faults) as found:
        Prices.read(file)
    assert [told] == [str(fault).partition(": ")[2] for fault in found.value.faults]


def test_what_is_said_of_effort_that_is_booked_is_no_word_of_prices() -> None:
    for name, lever in LEVERS.items():
        assert ("prices.toml" in lever.cost) != lever.booked, name
