"""Forces that are deployed anew by date, and multinational ones."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario, check, load
from ebbtide.scenario.deployments import deployed
from ebbtide.scenario.summary import scenario_lines
from ebbtide.show.chronicle import chronicle

Written = Callable[..., Scenario]
WEEK = 20  # the first that a deployment is felt in
DAY = "date = 2001-05-27"
BEGIN = """extends = "minimal.toml"
policy = "policies/nothing.toml"
[groups.league]
places = { highland = 1, lowland = 1 }
[rules.switching]
on = false
"""
ABROAD = '[places.lowland]\ncountry = "XB"\n[borders.pass]\ninternational = true\n'


def deployment(says: str, name: str = "change") -> str:
    return f'[events.{name}]\nkind = "deployment"\n{DAY}\nforce = "garrison"\n{says}\n'


def lived(written: Written, text: str, weeks: int = 60) -> Insurgency:
    model = Insurgency(written(BEGIN + text), rng=2)
    model.run_until(weeks)
    return model


def effort(model: Insurgency) -> pd.Series:
    """What the garrison spends, by week."""
    return model.force_series().groupby("date")["effort"].sum().to_numpy()


def killed(model: Insurgency, place: str) -> int:
    """The fighters whom forces have killed in a place."""
    p = model.place_names.index(place)
    return int(model.state.place_series.men_killed[:, :, p].sum())


@pytest.mark.parametrize(
    "says", ['places = ["lowland"]', "places = []", "scale = 0.5", "scale = 3"]
)
def test_nothing_is_felt_before_its_week_and_something_from_it_on(
    written: Written, says: str
) -> None:
    as_ever, other = (lived(written, text).series() for text in ("", deployment(says)))
    same = (as_ever == other).all(axis=1).groupby(as_ever["date"]).all().to_numpy()
    assert same[:WEEK].all()
    assert not same[WEEK:].all()


def test_the_scale_is_of_capacity_and_arrests(written: Written) -> None:
    """A force at half scale does what one of half the capacity and arrests would."""
    half = deployment("scale = 0.5").replace(DAY, "date = 2001-01-08")
    stated = "[forces.garrison]\ncapacity = 20\narrests = 2.5\n"
    pd.testing.assert_frame_equal(
        lived(written, half).series(), lived(written, stated).series(), check_exact=True
    )


def test_a_force_that_goes_home_spends_nothing_and_comes_back(written: Written) -> None:
    back = deployment('places = ["XA"]', "back").replace(DAY, "date = 2001-10-14")
    spent = effort(lived(written, deployment("places = []") + back))
    assert (spent[1:WEEK] > 0).all()
    assert (spent[WEEK:40] == 0).all()
    assert (spent[41:] > 0).all()


def test_a_force_may_come_late(written: Written) -> None:
    text = "[forces.garrison]\nplaces = []\n" + deployment('places = ["XA"]')
    spent = effort(lived(written, text))
    assert (spent[:WEEK] == 0).all()
    assert (spent[WEEK:] > 0).all()


def test_fire_falls_where_the_force_was_sent(written: Written) -> None:
    text = "[forces.garrison]\nplaces = []\ncapacity = 200\n"
    model = lived(written, text + deployment('places = ["lowland"]'), 80)
    assert killed(model, "lowland") > 0 == killed(model, "highland")


CONTINGENTS = """[forces.garrison]
capacity = 0
arrests = 0
places = ["XA", "XB"]
[forces.garrison.contingents]
XA = { capacity = 20, arrests = 3 }
XB = { capacity = 30, arrests = 1 }
"""


def test_contingents_are_forces_of_their_own_under_one_attention(written: Written) -> None:
    """Where all that differs is whose attention it is, two forces spend what two contingents do."""
    of_one = "[rules.attention]\non = false\n" + ABROAD + CONTINGENTS
    of_two = (
        "[rules.attention]\non = false\n"
        + ABROAD
        + '[forces.garrison]\ncapacity = 20\narrests = 3\nplaces = ["XA"]\n'
        + '[forces.guests]\nname = "Guests"\nplaces = ["XB"]\ncapacity = 30\narrests = 1\n'
        + "routine = 0.3\nattention = 0.7\nattention_new = 0.2\nintelligence = 0.5\nharm = 0.4\n"
        + "taken = 0.3\n"
    )
    one, two = (lived(written, text, 1) for text in (of_one, of_two))
    assert one.state.effort.sum() == pytest.approx(two.state.effort.sum())
    assert one.state.effort.sum() > 0
    assert one.state.pressure == pytest.approx(two.state.pressure)
    assert one.state.hit == pytest.approx(two.state.hit)
    assert one.state.caught == pytest.approx(two.state.caught)


def test_no_contingent_fights_in_another_country(written: Written) -> None:
    """With men in one country alone, what the other's contingent has makes no difference."""
    begin = BEGIN.replace("places = { highland = 1, lowland = 1 }", "places = { highland = 1e6 }")
    spent = []
    for abroad in (30, 0):
        contingents = CONTINGENTS.replace("capacity = 30", f"capacity = {abroad}")
        model = Insurgency(written(begin + ABROAD + contingents), rng=2)
        model.step()
        spent.append(float(model.state.effort.sum()))
    assert spent[0] == spent[1] > 0


def test_a_contingent_that_leaves_spends_no_more(written: Written) -> None:
    left = deployment("scale_in = { XB = 0 }")
    model, as_ever = (lived(written, ABROAD + CONTINGENTS + text, 60) for text in (left, ""))
    assert (effort(model)[WEEK:] < effort(as_ever)[WEEK:]).all()
    fallen = model.state.place_series.men_killed[WEEK:].sum(axis=(0, 1))
    assert fallen[0] > 0 == fallen[1]


def test_a_sanctuary_ends_where_the_force_follows(written: Written) -> None:
    """Whose reach ends at a border is asked of the deployment of the week, not of the start."""
    sent = lived(written, ABROAD + '[forces.garrison]\nplaces = ["highland"]\n'
                 + deployment('places = ["XA", "XB"]'), 60)  # fmt: skip
    assert sent.world.border_ends_reach.any()
    assert (sent.state.stationed[0] >= 0).all()


def test_a_deployment_is_told_in_the_log_of_every_group(written: Written) -> None:
    says = 'places = ["lowland", "XA"]\nscale = 0.5\nscale_in = { XB = 0.25 }'
    model = lived(written, ABROAD + CONTINGENTS + deployment(says))
    for group in ("league", "embers"):
        assert (
            "The garrison operates in Lowland, XA and has 0.5 times its stated capacity and arrests and "
            "has 0.25 times those of its contingent in XB from now on"
        ) in "\n".join(chronicle(model, group))


def test_agents_are_deployed_as_columns_are(written: Written) -> None:
    says = deployment("scale_in = { XB = 0 }").replace(DAY, "date = 2001-01-21")
    world = written(BEGIN + ABROAD + CONTINGENTS + says)
    ways = [Insurgency(world, rng=2, agents_way=way) for way in (False, True)]
    for model in ways:
        model.run_until(4)
    assert ways[0].series().equals(ways[1].series())
    assert ways[0].force_series().equals(ways[1].force_series())


def test_a_run_has_forces_where_the_checks_of_a_scenario_have_them() -> None:
    scenario = load("lake")
    model = Insurgency(scenario, rng=1)
    moved = 0
    for week in range(1, scenario.weeks + 1):
        model.step()
        for f, force in enumerate(scenario.file.forces):
            [stands] = [each for each in deployed(scenario.file, force) if week in each.weeks]
            found = {
                place
                for p, place in enumerate(model.place_names)
                if model.state.stationed[f, p] >= 0
            }
            assert found == stands.places
            moved += week == stands.weeks.start
    assert moved >= 5


@pytest.mark.parametrize(("weeks", "told"), [(19, True), (0, False)])
def test_a_force_that_comes_later_has_forgotten_what_check_tells(
    written: Written, weeks: int, told: bool
) -> None:
    """The garrison is nowhere until week 20: a known answer, and the words of the check."""
    absent = "[forces.garrison]\nplaces = []\n" + deployment('places = ["XA"]')
    scenario = written(BEGIN + (absent if weeks else ""))
    fade = scenario.quantities["rules.attention.fade"].median
    kept = (1 - fade) ** weeks
    model = Insurgency(scenario, rng=2)
    model.run_until(weeks)
    league = model.state.attention[0, 0]
    assert league == pytest.approx(0.7 * kept)
    words = (
        f"  forces.garrison operates nowhere from 2001-01-07 to 2001-05-20, and loses {1 - kept:.0%} of "
        "its attention to every group meanwhile (rules.attention.fade); an act of kind attention "
        "asks for more"
    )
    assert (words in check(scenario.path)) == told
    off = scenario.with_overrides({"rules.attention.on": False})
    assert not any("of its attention" in line for line in scenario_lines(off))
