"""Forces that a policy deploys, beside what the scenario does with them under every policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Faults, Scenario, check, load_policy
from ebbtide.scenario.deployments import under
from ebbtide.show.chronicle import chronicle

Written = Callable[..., Scenario]
DAY = dt.date(2001, 5, 27)
BEGIN = 'extends = "minimal.toml"\npolicy = "policies/nothing.toml"\n'
HOME = '{table}.home]\n{kind}date = 2002-01-06\nforce = "garrison"\nscale = 0.5\n'
SENT = (
    '{table}.sent]\n{kind}date = 2001-05-27\nforce = "garrison"\nplaces = ["lowland"]\nscale = 2\n'
)


def events(text: str) -> str:
    return text.replace("{table}", "[events").replace("{kind}", 'kind = "deployment"\n')


def deployments(text: str) -> str:
    return text.replace("{table}", "[deployments").replace("{kind}", "")


def both_ways(written: Written) -> tuple[Scenario, Scenario]:
    """A world with deployments among its events, and one whose policy `sending` has them."""
    sending = 'title = "Sending"\n' + deployments(SENT + HOME)
    return written(BEGIN + events(SENT + HOME)), written(BEGIN, sending=sending)


def lived(scenario: Scenario, policy: str | None = None, **values: object) -> Insurgency:
    model = Insurgency(scenario, rng=2, policy=policy, **values)
    model.run_until_end()
    return model


def test_what_a_policy_deploys_is_as_if_the_scenario_did(written: Written) -> None:
    """To the last bit; and a world under another policy feels nothing of it."""
    by_event, by_policy = both_ways(written)
    sent = lived(by_policy, "sending").series()
    assert sent.equals(lived(by_event).series())
    as_ever = lived(by_policy).series()
    assert as_ever.equals(lived(written(BEGIN)).series())
    before = sent["date"] <= str(DAY - dt.timedelta(weeks=1))
    assert sent[before].equals(as_ever[before])
    assert not sent.equals(as_ever)


def test_one_with_the_id_of_an_event_takes_its_place(written: Written) -> None:
    """With its numbers, whatever the event's prior says."""
    prior = SENT.replace("scale = 2", 'scale = { prior = "uniform", low = 3, high = 9 }')
    other = deployments(SENT.replace("2001-05-27", "2001-12-30"))
    scenario = written(BEGIN + events(prior), later=f'title = "Later"\n{other}')
    later = written(BEGIN + events(SENT.replace("2001-05-27", "2001-12-30")))
    assert lived(scenario, "later").series().equals(lived(later).series())
    policy = load_policy("later", scenario)
    told = check(policy.path, scenario)
    assert "  deployments.sent takes the place of events.sent" in told
    assert "  0 acts, 1 deployment; fits own" in told


def test_its_values_are_set_as_those_of_acts_are(written: Written) -> None:
    _, scenario = both_ways(written)
    day = dt.date(2001, 9, 2)
    moved = {"policy.deployments.sent.date": day, "policy.deployments.sent.scale": 1}
    by_hand = SENT.replace("2001-05-27", f"{day}").replace("scale = 2", "scale = 1")
    other = written(BEGIN, sending=f'title = "Sending"\n{deployments(by_hand + HOME)}')
    assert lived(scenario, "sending", **moved).series().equals(lived(other, "sending").series())
    idle = {"policy.deployments.home.scale": 2}  # as it is by then: may be tried
    assert lived(scenario, "sending", **idle).week == scenario.weeks
    with pytest.raises(Faults, match=r"did you mean deployments.sent.scale\?"):
        lived(scenario, "sending", **{"policy.deployments.sent.scail": 1})


def test_the_log_tells_it(written: Written) -> None:
    by_event, by_policy = both_ways(written)
    told = [
        [line for line in chronicle(model, "league") if "from now on" in line]
        for model in (lived(by_event), lived(by_policy, "sending"))
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 2


RESERVE = """[forces.reserve]
name = "The reserve"
places = []
capacity = 20
arrests = 1
routine = 0.5
attention = 0.5
attention_new = 0.5
intelligence = 0.5
harm = 0.1
taken = 0.1
"""
CALLED = '[deployments.called]\ndate = 2001-06-03\nforce = "reserve"\nplaces = ["XA"]\n'
ACT = '[acts.raid]\nkind = "raids"\nforce = "reserve"\nagainst = ["league"]\nstrength = 1\nstart = {day}\n'


def test_a_force_that_policies_alone_deploy(written: Written) -> None:
    """Its acts reach where and when it is sent; under another policy it is told to be nowhere."""
    own = BEGIN.replace("nothing", "called") + RESERVE
    title = 'title = "Called"\n'
    scenario = written(own, called=title + CALLED + ACT.format(day="2001-06-03"))
    spent = lived(scenario).force_series().query("force == 'reserve'")
    by_week = spent.groupby("date")["effort"].sum()
    assert by_week[:"2001-05-27"].max() == 0 < by_week["2001-06-10":].min()
    nowhere = "  forces.reserve operates nowhere, and no deployment sends it: it spends nothing"
    assert nowhere in check(load_policy("nothing", scenario).path, scenario)
    assert nowhere not in check(scenario.path)
    with pytest.raises(Faults, match=r"forces\.reserve\.places: found no place"):
        written(own, called=title)
    early = ACT.format(day="2001-02-04") + "stop = 2001-04-01\n"
    with pytest.raises(Faults, match="operates nowhere while the act is in force"):
        written(own, called=title + CALLED + early)


def test_under_a_policy_that_deploys_nobody_the_scenario_is_taken_as_it_is(
    written: Written,
) -> None:
    """Nothing is built anew for it."""
    scenario = written(BEGIN)
    assert under(scenario.policy.file, scenario.file) is scenario.file
