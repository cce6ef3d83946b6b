"""What a check tells of a sound policy: acts that move nothing, or not yet, and broken peace."""

import datetime as dt

import pytest

from ebbtide.scenario import check, load
from ebbtide.scenario.levers import LEVERS

DAY = dt.date
STATED = {
    "force": "guard",
    "against": ["old"],
    "post": 1,
    "rival": "young",
}
BORN = DAY(2001, 3, 4)


def act(kind, **stated):
    needed = {key: STATED[key] for key in LEVERS[kind].needs}
    return {"kind": kind, "start": DAY(2001, 2, 4), "strength": 0.5} | needed | stated


def notes(project, tried):
    """What is told of the act `new`: by the check of its policy, and by that of the scenario with it."""
    project.policy["acts"]["new"] = tried
    scenario = load(project.write_all())
    of_policy = check(project.folder / "policies" / "usual.toml", scenario)
    of_scenario = check(scenario.path)
    told = [[line for line in lines if "acts." in line] for lines in (of_policy, of_scenario)]
    assert told[0] == told[1]
    return [line.strip().removeprefix("acts.new ") for line in told[0]]


@pytest.mark.parametrize("kind", [kind for kind, lever in LEVERS.items() if "force" in lever.keys])
def test_whether_an_act_breaks_a_peace_is_told_as_its_lever_declares(project, kind):
    assert notes(project, act(kind, force="guard")) == []
    project.scenario["forces"]["guard"]["spares"] = ["young"]
    del project.policy["acts"]["watch"]
    aimed = {"against": ["old", "young"]} if "against" in LEVERS[kind].keys else {}
    broken = "sends guard against young, which it spares otherwise"
    kept = "does not send guard against young, which it goes on sparing"
    told = [broken if LEVERS[kind].breaks_peace else kept] if aimed else []
    assert notes(project, act(kind, force="guard", **aimed)) == told


@pytest.mark.parametrize("kind", LEVERS)
def test_an_act_without_strength_is_told_and_breaks_no_peace(project, kind):
    project.scenario["forces"]["guard"]["spares"] = ["old"]
    del project.policy["acts"]["watch"]
    assert notes(project, act(kind, strength=0)) == ["has strength 0: it moves nothing"]
    lines = check(project.folder / "policies" / "usual.toml")  # in no scenario
    assert lines[-1] == "  acts.new has strength 0: it moves nothing"


@pytest.mark.parametrize(
    ("tried", "waits"),
    [
        (act("raids", against=["young"]), True),
        (act("raids", against=["young"], stop=DAY(2001, 5, 6)), True),
        (act("raids", against=["young"], start=BORN), False),
        (act("raids", against=["young"], start=DAY(2001, 2, 27)), False),  # in the same week
        (act("raids", against=["young"], start=DAY(2001, 2, 25)), True),
        (act("raids", against=["old", "young"]), False),
        (act("amnesty", against=["young"]), True),
        (act("truce"), True),
        (act("truce", start=BORN), False),
        (act("leader_killed", against=["young"], strength=1, start=BORN), False),
        (act("community_engagement"), False),
        (act("finance_interdiction"), False),
    ],
)
def test_an_act_that_waits_for_a_founding_is_told(project, tried, waits):
    said = f"moves nothing from {tried['start']} until {BORN}, when young is founded"
    assert notes(project, tried) == ([said] if waits else [])


def test_a_death_that_waits_for_its_group_is_told(project):
    tried = act("leader_killed", against=["young"], strength=1)
    said = f"of {tried['start']} waits in young until {BORN}, when that is founded"
    assert notes(project, tried) == [said]
    assert notes(project, tried | {"against": ["old", "young"]}) == [said]
    assert notes(project, tried | {"against": ["old"]}) == []


@pytest.mark.parametrize(
    ("group", "date", "told"),
    [
        ("old", DAY(2001, 2, 4), True),
        ("old", DAY(2001, 7, 1), True),
        ("old", DAY(2001, 9, 2), False),  # another death, of another season
        ("young", DAY(2001, 3, 11), False),
    ],
)
def test_a_leader_who_is_lost_by_an_event_and_by_an_act_is_told(project, group, date, told):
    loss = {"kind": "leader_loss", "group": group, "date": date, "shock": 0.2, "source": "a guess"}
    project.scenario["events"]["gone"] = loss
    said = (
        f"acts.new, of 2001-02-04, and events.gone, of {date}, both take a leader from old: a death that "
        "is told by both shakes it twice; state one of the two"
    )
    assert notes(project, act("leader_killed", strength=1)) == ([said] if told else [])


IDLE = [
    (act("border_control"), "meets no international border"),
    (act("community_engagement", places=["lower"]), "meets no place with `local_institutions`"),
    (act("cut_allies", against=["young"], start=BORN), "is against young, with no ally across a border"),
    (act("truce", against=["third"], start=BORN), "is between groups without hostility to each other"),
    (act("amnesty", against=["ghost"]), "is against ghost, never there"),
]  # fmt: skip


@pytest.mark.parametrize(("tried", "why"), IDLE, ids=lambda part: str(part)[:24])
def test_an_act_that_nothing_answers_to_is_told(project, tried, why):
    groups = project.scenario["groups"]
    young = {
        key: said for key, said in groups["young"].items() if key not in ("hostility", "allies")
    }
    groups["young"] = young
    groups["third"] = young | {"fighters": 9, "places": {"upper": 1}}
    groups["ghost"] = young
    project.scenario["places"]["lower"]["local_institutions"] = 0
    assert notes(project, tried) == [f"{why}: it moves nothing"]


def test_whatever_a_lever_works_through_is_lacking_in_some_case():
    tried = {acted["kind"] for acted, said in IDLE if "never there" not in said}
    assert tried == {kind for kind, lever in LEVERS.items() if lever.through is not None}


def test_an_act_that_something_answers_to_is_not(project):
    project.scenario["places"]["lower"]["country"] = "YY"
    project.scenario["places"]["upper"]["local_institutions"] = 0
    project.scenario["borders"]["pass"].pop("international", None)
    answered = [act(kind) for kind in ("border_control", "cut_allies", "community_engagement")]
    for tried in (*answered, act("truce", start=BORN)):
        assert notes(project, tried) == []
    abroad = act("border_control", places=["YY"])
    assert notes(project, abroad) == []


IDLE_FORCE = "  forces.guard has routine 0, and no act sends it: it spends nothing"


@pytest.mark.parametrize("kind", LEVERS)
def test_a_force_that_no_act_makes_spend_anything_is_told(project, kind):
    guard = project.scenario["forces"]["guard"]
    project.policy["acts"] = {"new": act(kind, strength=1)}
    if "force" in LEVERS[kind].keys:
        project.policy["acts"]["new"]["force"] = "guard"
    assert IDLE_FORCE not in check(project.write_all())
    guard["routine"] = 0
    told = LEVERS[kind].spends is None
    scenario = load(project.write_all())
    policy = project.folder / "policies" / "usual.toml"
    assert [IDLE_FORCE in lines for lines in (check(scenario.path), check(policy, scenario))] == [
        told
    ] * 2
    project.policy["acts"]["new"]["strength"] = 0
    assert IDLE_FORCE in check(project.write_all())
    guard["local"] = True  # it answers to communities that are won over
    assert IDLE_FORCE not in check(project.write_all())


@pytest.mark.parametrize(("strength", "told"), [(0.004, True), (0.4, False), (0.01, False)])
def test_a_strength_that_moves_hardly_anything_is_told(project, strength, told):
    project.policy["acts"]["watch"]["strength"] = strength
    lines = check(project.write_all())
    assert any("acts.watch.strength is" in line and "hardly" in line for line in lines) == told


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ({"title": "Other", "acts": {"new": act("strikes")}}, True),
        ({"title": "Other", "extends": "usual.toml", "acts": {"new": act("strikes")}}, False),
        ({"title": "Other", "acts": {"watch": act("strikes")}}, False),
        ({"title": "None at all"}, False),
    ],
)
def test_a_policy_that_has_lost_the_record_is_told(project, policy, told):
    scenario = load(project.write_all())
    lines = check(project.write("policies/other.toml", policy), scenario)
    assert any("leaves out 1 act of it (watch)" in line for line in lines) == told


def test_of_the_scenarios_own_policy_what_begins_after_the_cut_is_told(project):
    project.policy["acts"]["watch"] |= {"start": DAY(2001, 6, 3), "stop": DAY(2001, 9, 2)}
    told = "  acts.watch: after the cut, 2001-06-03: assumed"
    assert not any(line.startswith(told) for line in check(project.write_all()))
    project.policy["acts"]["watch"]["start"] = DAY(2001, 6, 10)
    assert any(line.startswith(told) for line in check(project.write_all()))
    del project.scenario["cut"]
    assert not any("after the cut" in line for line in check(project.write_all()))
