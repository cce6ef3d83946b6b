"""What must fit together: each case spoils a sound project in one way and is named."""

import datetime as dt

import pytest

from ebbtide.scenario import Faults, Policy, load, load_policy
from ebbtide.scenario.levers import LEVERS

DAY = dt.date
BY_ALL = {"start": DAY(2001, 2, 4), "strength": 0.5}
AT_GROUPS = BY_ALL | {"against": ["old"]}
RAID = AT_GROUPS | {"kind": "raids", "force": "guard"}
DEATH = AT_GROUPS | {"kind": "leader_killed", "post": 1, "strength": 1}
TRUCE = AT_GROUPS | {"kind": "truce", "rival": "young"}
PRIOR = {"prior": "lognormal", "low": 1, "high": 9}
CONTROL = BY_ALL | {"kind": "border_control"}


def put(tables, path, value):
    *outer, last = path.split("/")
    for key in outer:
        tables = tables[key]
    tables[last] = value


ONE_FACTION = {"all": {"name": "All", "share": 1, "discontent": 0.5}}
SCENARIO_CASES = [
    ("end", DAY(2001, 1, 7), "end", None),
    ("end", DAY(2101, 1, 7), "end", None),
    ("end", DAY(9999, 12, 31), "end", None),
    ("start", dt.datetime(2001, 1, 7), "start", None),
    ("start", "2001-01-07", "start", None),
    ("cut", DAY(2002, 1, 1), "cut", None),
    ("focus", "yung", "focus", "young"),
    ("groups/old/places", {"uper": 1}, "groups.old.places.uper", "upper"),
    ("groups/old/places", {"upper": 0}, "groups.old.places.upper", None),
    ("groups/old/places", {}, "groups.old.places", None),
    ("groups/old/places", {"upper": "most"}, "groups.old.places.upper", None),
    ("groups/old/places", {"upper": PRIOR | {"low": -1}}, "groups.old.places.upper", None),
    ("groups/old/places", {"upper": PRIOR | {"lo": 1}}, "groups.old.places.upper.lo", "low"),
    ("groups/old/places", {"upper": PRIOR | {"unit": "men"}}, "groups.old.places.upper", None),
    ("groups/old/factions/wild/share", 0.5, "groups.old.factions", None),
    ("groups/old/factions/wild/places", {"x": 1}, "groups.old.factions.wild.places.x", None),
    ("groups/old/held", {"uper": 0.5}, "groups.old.held.uper", "upper"),
    ("groups/old/held", {"upper": 1.5}, "groups.old.held.upper", None),
    ("groups/young/held", {"upper": 0.5}, "groups.young.held", None),
    ("groups/young/foreigners", 0.5, "groups.young.foreigners", None),
    ("groups/young/factions", ONE_FACTION, "groups.young.factions", None),
    ("groups/old/hostility", {"yong": 1}, "groups.old.hostility.yong", "young"),
    ("groups/old/hostility", {"old": 1}, "groups.old.hostility.old", None),
    ("groups/old/dynamics", "ful", "groups.old.dynamics", "full"),
    ("groups/young/centre", "patrn", "groups.young.centre", "patron"),
    ("groups/young/fighters", 4, "groups.young.fighters", None),
    ("forces/guard/places", ["XXZ"], "forces.guard.places", "XX"),
    ("forces/guard/spares", ["yong"], "forces.guard.spares", "young"),
    ("borders/pass/between", ["upper", "upper"], "borders.pass.between", None),
    ("borders/pass/between", ["upper", "loer"], "borders.pass.between", "lower"),
    ("borders/pass/between", ["upper"], "borders.pass.between", None),
    ("borders/back", {"between": ["lower", "upper"], "length": 1}, "borders.back.between", None),
    ("centres/patron/health", {"2001-13-01": 1}, "centres.patron.health.2001-13-01", None),
    ("centres/patron/health", {}, "centres.patron.health", None),
    ("events/birth/date", DAY(2000, 1, 1), "events.birth.date", None),
    ("events/birth/kind", "foundin", "events.birth.kind", "founding"),
    ("events/birth/seed", {"old.wld": 0.5}, "events.birth.seed.old.wld", "old.wild"),
    ("events/birth/mens", 5, "events.birth.mens", "men"),
    ("events/birth/men", -5, "events.birth.men", None),
    ("events/loss", {"kind": "leader_loss", "group": "old", "shock": 1}, "events.loss.date", None),
    ("rules/drift/rate", {"value": 0.5, "unit": "km"}, "rules.drift.rate", None),
    ("rules/drift/rate", 5, "rules.drift.rate", None),
    ("rules/drift/rat", 0.5, "rules.drift.rat", "rate"),
    ("rules/drift/on", 1, "rules.drift.on", None),
    ("rules/drit", {}, "rules.drit", "drift"),
    ("rules", {}, "rules.drift", None),
    ("groupps", {}, "groupps", "groups"),
    ("groups/a.b", {}, "groups.a.b", None),
]
POLICY_CASES = [
    ("acts/watch/force", "gard", "acts.watch.force", "guard"),
    ("acts/watch/against", [], "acts.watch.against", None),
    ("acts/watch/places", ["uppr"], "acts.watch.places", "upper"),
    ("acts/watch/start", DAY(2000, 1, 1), "acts.watch.start", None),
    ("acts/watch/stop", DAY(2001, 2, 4), "acts.watch.stop", None),
    ("acts/watch/media", 0.9, "acts.watch", None),
    ("acts/watch/kind", "strike", "acts.watch.kind", "strikes"),
    ("acts/watch/post", 1, "acts.watch.post", None),
    ("acts/new", AT_GROUPS | {"kind": "leader_killed"}, "acts.new.post", None),
    ("acts/new", DEATH | {"strength": 0.5}, "acts.new.strength", None),
    ("acts/new", DEATH | {"post": 4}, "acts.new.post", None),
    ("acts/new", DEATH | {"stop": DAY(2001, 5, 6)}, "acts.new.stop", None),
    ("acts/new", AT_GROUPS | {"kind": "truce"}, "acts.new.rival", None),
    ("acts/new", TRUCE | {"rival": "yung"}, "acts.new.rival", "young"),
    ("acts/new", TRUCE | {"rival": "old"}, "acts.new.rival", None),
    ("acts/new", TRUCE | {"places": ["upper"]}, "acts.new.places", None),
    ("acts/new", TRUCE | {"stop": DAY(2001, 3, 4)}, "acts.new.stop", None),
    ("acts/new", AT_GROUPS | {"kind": "raids"}, "acts.new.force", None),
    ("acts/new", BY_ALL | {"kind": "raids", "force": "guard"}, "acts.new.against", None),
    ("acts/new", RAID | {"leaders": 0.1}, "acts.new.leaders", None),
    ("acts/new", RAID | {"places": []}, "acts.new.places", None),
    ("acts/new", CONTROL | {"force": "guard"}, "acts.new.force", None),
    ("acts/new", CONTROL | {"against": ["old"]}, "acts.new.against", None),
]
SOUND_ACTS = [
    RAID,
    RAID | {"against": ["old", "young"], "stop": DAY(2001, 2, 11)},
    RAID | {"against": ["young"]},
    DEATH,
    DEATH | {"against": ["young"]},
    TRUCE,
    TRUCE | {"stop": DAY(2001, 3, 5)},
    CONTROL,
    CONTROL | {"places": ["upper"], "stop": DAY(2001, 3, 4)},
    AT_GROUPS | {"kind": "attention"},
]


@pytest.mark.parametrize(("path", "value", "key", "near"), SCENARIO_CASES)
def test_a_scenario_that_does_not_fit_together(project, path, value, key, near):
    put(project.scenario, path, value)
    expect(project, key, near, "valleys.toml")


@pytest.mark.parametrize(("path", "value", "key", "near"), POLICY_CASES)
def test_a_policy_that_does_not_fit(project, path, value, key, near):
    put(project.policy, path, value)
    expect(project, key, near, "usual.toml")


@pytest.mark.parametrize("end", [DAY(2001, 1, 7), DAY(2000, 1, 1), DAY(9999, 12, 31)])
def test_of_an_end_without_weeks_nothing_follows(project, end):
    """No event, act or force is at fault, though none can be within it."""
    project.scenario |= {"end": end, "cut": DAY(2001, 2, 4)}
    project.policy["acts"]["new"] = RAID
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    assert [fault.key for fault in caught.value.faults] == ["end"]


def test_an_act_after_the_end_is_told_its_dates_alone(project):
    end = project.scenario["end"]
    project.policy["acts"] = {"new": RAID | {"start": end + dt.timedelta(weeks=2)}}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    assert [fault.key for fault in caught.value.faults] == ["acts.new.start"]


@pytest.mark.parametrize("act", SOUND_ACTS)
def test_an_act_that_fits(project, act):
    project.policy["acts"]["new"] = act
    assert "new" in load(project.write_all()).policy.file.acts


def test_an_unknown_kind_of_act_is_told_the_levers(project):
    project.policy["acts"]["watch"] = TRUCE | {"kind": "truse"}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = caught.value.faults  # nothing rests on what stands in for it
    assert (fault.key, fault.nearest) == ("acts.watch.kind", "truce")
    assert fault.allowed == ", ".join(sorted(LEVERS))


def test_what_an_act_lacks_is_told_in_the_words_of_the_schema(project):
    del project.policy["acts"]["watch"]["force"]
    needed = (
        r"a.*watch\.force is missing; needed: text in quotes: the force that acts; left out in "
    )
    with pytest.raises(Faults, match=needed):
        load(project.write_all())


SPENDERS = [("strikes", "capacity"), ("offensive", "capacity"), ("raids", "arrests")]


@pytest.mark.parametrize(("kind", "spent"), SPENDERS)
def test_a_force_acts_only_by_what_it_has(project, kind, spent):
    guard = project.scenario["forces"]["guard"]
    project.scenario["forces"]["idle"] = guard | {spent: 0}
    project.policy["acts"]["new"] = RAID | {"kind": kind, "force": "idle"}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = caught.value.faults
    assert (fault.key, fault.found) == ("acts.new.force", f'"idle", whose {spent} is 0')
    assert fault.allowed == f"forces with {spent}: guard"


def test_a_force_acts_only_where_it_operates(project):
    project.scenario["forces"]["guard"]["places"] = ["upper"]
    project.policy["acts"]["new"] = RAID | {"places": ["XX", "lower"]}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = caught.value.faults
    assert fault.key == "acts.new.places"
    assert fault.found == '"lower", where guard does not operate'
    assert fault.allowed == "the places of guard: upper"
    project.policy["acts"]["new"] = CONTROL | {"force": "guard", "places": ["lower"]}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    assert [fault.key for fault in caught.value.faults] == ["acts.new.force"]


@pytest.mark.parametrize("kind", ["raids", "attention", "amnesty"])
def test_an_act_meets_a_group_that_is_there(project, kind):
    act = (RAID if kind == "raids" else AT_GROUPS) | {"kind": kind, "against": ["young"]}
    project.policy["acts"]["new"] = act | {"stop": DAY(2001, 3, 4)}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = caught.value.faults
    assert (fault.key, fault.found) == (
        "acts.new.stop",
        "2001-03-04, not after the week of the founding of young",
    )
    assert fault.allowed == "a date after 2001-03-04"


@pytest.mark.parametrize(
    ("founded", "stop", "from_then_on"),
    [
        (DAY(2001, 3, 5), DAY(2001, 3, 7), DAY(2001, 3, 12)),  # later in one week
        (DAY(2001, 3, 5), DAY(2001, 3, 11), DAY(2001, 3, 12)),  # that week's last day
        (DAY(2001, 3, 4), DAY(2001, 3, 5), None),  # founded on the last day of the week before
        (DAY(2001, 3, 5), DAY(2001, 3, 12), None),
    ],
)
def test_an_act_meets_a_group_by_weeks_and_not_by_days(project, founded, stop, from_then_on):
    project.scenario["events"]["birth"]["date"] = founded
    project.policy["acts"]["new"] = RAID | {"against": ["young"], "stop": stop}
    if from_then_on is None:
        assert load(project.write_all()).policy.file.acts["new"].stop == stop
        return
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = caught.value.faults
    assert fault.key == "acts.new.stop"
    assert fault.found == f"{stop}, not after the week of the founding of young"
    assert fault.allowed == f"a date after {from_then_on - dt.timedelta(days=1)}"
    project.policy["acts"]["new"]["stop"] = from_then_on
    assert load(project.write_all()).policy.file.acts["new"].stop == from_then_on


@pytest.mark.parametrize("tried", [RAID, DEATH])
def test_a_strength_may_be_a_prior_unless_it_happens_or_does_not(project, tried):
    project.policy["acts"]["new"] = tried | {"strength": PRIOR | {"low": 0.25, "high": 0.5}}
    for read in (load, lambda scenario: Policy.read(scenario.parent / project.scenario["policy"])):
        file = project.write_all()
        if tried is RAID:
            read(file)
            continue
        with pytest.raises(Faults) as caught:
            read(file)
        (fault,) = caught.value.faults
        assert (fault.key, fault.found) == ("acts.new.strength", "a prior")
        assert fault.allowed == LEVERS["leader_killed"].strength


@pytest.mark.parametrize("kind", LEVERS)
def test_a_strength_is_all_or_nothing_where_its_lever_declares_that(project, kind):
    stated = {"force": "guard", "against": ["old"], "post": 1, "rival": "young"}
    needed = {key: stated[key] for key in LEVERS[kind].needs}
    project.policy["acts"]["new"] = BY_ALL | needed | {"kind": kind}
    if not LEVERS[kind].all_or_nothing:
        assert load(project.write_all()).policy.file.acts["new"].kind == kind
        return
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = caught.value.faults
    assert (fault.key, fault.found) == ("acts.new.strength", "0.5")
    assert fault.allowed == LEVERS[kind].strength == "0 or 1: it happens or does not"


def test_what_is_tried_beside_the_files_may_leave_an_act_without_effect(project):
    project.policy["acts"]["new"] = RAID | {"against": ["young"], "stop": DAY(2001, 3, 11)}
    scenario = load(project.write_all())
    scenario.with_overrides({"forces.guard.capacity": 0})
    for path, value in [("forces.guard.arrests", 0), ("events.birth.date", DAY(2001, 4, 1))]:
        tried = scenario.with_overrides({path: value})
        assert load_policy("usual", tried) == tried.policy == scenario.policy
    sooner = scenario.policy.with_overrides({"acts.new.stop": DAY(2001, 2, 11)})
    faults = []
    sooner.check(scenario.file, scenario.names, faults)
    assert faults == []


def expect(project, key, near, file):
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    named = [fault for fault in caught.value.faults if fault.key == key]
    assert named, str(caught.value)
    assert named[0].file.endswith(file)
    assert near is None or named[0].nearest == near


def test_all_faults_come_at_once(project):
    put(project.scenario, "groups/young/emblem", "red")
    put(project.scenario, "forces/guard/places", ["XY"])
    put(project.scenario, "rules/drift/rate", 5)
    put(project.policy, "acts/watch/against", ["nobody"])
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    keys = {fault.key for fault in caught.value.faults}
    assert keys == {
        "groups.young.emblem",
        "forces.guard.places",
        "rules.drift.rate",
        "acts.watch.against",
    }
    assert len(str(caught.value).splitlines()) == 4


def test_faults_of_values_do_not_hide_faults_of_names_and_dates(project):
    old, watch = project.scenario["groups"]["old"], project.policy["acts"]["watch"]
    old |= {"money": "lots", "cohesion": 1.6, "emblem": "red", "hostility": {"yong": 4}}
    old["places"] = {"uper": -1}
    project.scenario["events"]["birth"] |= {"group": "yung", "men": -5}
    watch |= {"force": "gard", "strength": 1.8, "against": "old", "stop": DAY(2001, 1, 14)}
    watch |= {"places": ["uppr"]}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    keys = {fault.key for fault in caught.value.faults}
    assert keys == {
        "groups.old.money",
        "groups.old.cohesion",
        "groups.old.emblem",
        "groups.old.hostility.yong",
        "groups.old.places.uper",
        "events.birth.group",
        "events.birth.men",
        "acts.watch.force",
        "acts.watch.strength",
        "acts.watch.against",
        "acts.watch.stop",
        "acts.watch.places",
    }
    named = [fault for fault in caught.value.faults if fault.nearest]
    near = {"young", "upper", "guard"}
    assert {fault.nearest for fault in named} == near


def test_what_stands_in_for_a_fault_is_no_fault(project):
    project.scenario["start"] = "soon"
    project.scenario["groups"]["old"]["factions"]["wild"]["share"] = 3
    project.scenario["events"]["birth"]["date"] = 5
    del project.scenario["groups"]["young"]["fighters"]
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    assert {fault.key for fault in caught.value.faults} == {
        "start",
        "groups.old.factions.wild.share",
        "events.birth.date",
        "groups.young.fighters",
    }


def test_what_is_inside_a_table_of_misspelt_kind_is_read(project):
    project.scenario["events"]["birth"] |= {"kind": "foundin", "group": "yung", "men": -1}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    keys = {fault.key for fault in caught.value.faults}
    assert keys == {"events.birth.kind", "events.birth.group", "events.birth.men"}


def test_one_place_named_by_an_unsound_table_is_still_a_place(project):
    del project.scenario["places"]["upper"]["lon"]
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    assert [fault.key for fault in caught.value.faults] == ["places.upper.lon"]


@pytest.mark.parametrize(
    ("stated", "key", "says"),
    [
        ({"old/dynamics": "simple", "old/held": {"upper": 0.5}}, "groups.old.held", "full"),
        ({"old/dynamics": "simple", "old/loot": 2}, "groups.old.loot", "mounts none"),
        (
            {"old/held": {"upper": 0.6}, "new/held": {"upper": 0.6}},
            "groups.new.held.upper",
            "up to 1.2",
        ),
    ],
)
def test_ground_of_the_first_day_is_there_to_be_held(project, stated, key, says):
    project.scenario["groups"]["new"] = dict(project.scenario["groups"]["old"], factions={})
    for path, value in stated.items():
        put(project.scenario["groups"], path, value)
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    (fault,) = (fault for fault in caught.value.faults if fault.key == key)
    assert says in str(fault)


def test_sizes_are_limited(project):
    wild = project.scenario["groups"]["old"]["factions"]["wild"]
    shares = {f"f{n}": wild | {"share": 1 / 250} for n in range(250)}
    project.scenario["groups"]["old"]["factions"] = shares
    with pytest.raises(Faults, match="251 factions in all; allowed: at most 250"):
        load(project.write_all())


@pytest.mark.parametrize("key", ["seed", "promised"])
def test_a_dotted_name_without_quotes_is_told_how_to_write(project, key):
    birth = project.scenario["events"]["birth"]
    value = 0.5 if key == "seed" else DAY(2001, 2, 2)
    birth["seed"] = {"old.wild": 0.5}
    birth[key] = {"old": {"wild": value}}  # what TOML makes of { old.wild = ... }
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    [fault] = caught.value.faults
    assert fault.key == f"events.birth.{key}.old.wild"
    assert fault.allowed == f'the name in quotes: {key} = {{ "old.wild" = ... }}'


def test_a_misspelt_key_of_a_quantity_is_no_dotted_name(project):
    project.scenario["events"]["birth"]["seed"] = {"old": {"valuue": 0.5}}
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    assert "value" in {fault.nearest for fault in caught.value.faults}


@pytest.mark.parametrize("path", ["acts.watch.strength", "policy.acts.watch.strength"])
def test_a_value_of_a_policy_among_those_of_a_scenario_is_told_where_it_is_written(project, path):
    with pytest.raises(Faults) as caught:
        load(project.write_all(), {path: 0.5})
    [fault] = caught.value.faults
    for way in ("`[acts.watch]` strength = ...", '[vary."policy.acts.watch.strength"]'):
        assert way in fault.allowed


def test_a_founding_brings_somebody(project):
    birth = project.scenario["events"]["birth"]
    birth |= {"men": 0, "seed": {"old.wild": 0.0}}
    with pytest.raises(Faults, match="found a founding without men; allowed: `men` above 0"):
        load(project.write_all())
    birth["seed"] = {"old.wild": 0.5}
    sound = load(project.write_all())
    assert sound.with_overrides({"events.birth.seed.old.wild": 0}).quantities  # may be tried


@pytest.mark.parametrize("kind", ["leader_loss", "pledge", "seed"])
def test_no_event_is_of_a_group_that_is_not_founded_yet(project, kind):
    scenario = project.scenario
    day = scenario["events"]["birth"]["date"] - dt.timedelta(days=1)
    event = {
        "leader_loss": {"kind": "leader_loss", "group": "young", "shock": 0.5},
        "pledge": {"kind": "pledge", "group": "young", "to": "old", "share": 0.5, "brand": 0.1},
        "seed": {"kind": "founding", "group": "third", "places": {"upper": 1}, "money": 0, "men": 0}
        | {"seed": {"young": 0.5}},
    }[kind]
    scenario["groups"]["third"] = scenario["groups"]["young"]
    scenario["events"]["early"] = event | {"date": day}
    with pytest.raises(
        Faults, match=r"events\.early\.date.*young is not founded yet.*events\.birth"
    ):
        load(project.write_all())
    scenario["events"]["early"]["date"] = scenario["events"]["birth"]["date"]
    load(project.write_all())


def test_an_unknown_claim_of_an_event_is_told_with_the_nearest(project):
    project.scenario["events"]["birth"]["claims"] = ["splitt"]
    with pytest.raises(Faults, match=r'"splitt"; allowed: none without `evidence\.claims`'):
        load(project.write_all())
    claim = {"paragraphs": [1], "kinds": ["Q"], "says": "it splits", "shows": "a split"}
    project.write("claims.toml", {"source": "a text", "claims": {"split": claim}})
    project.scenario["evidence"] = {"claims": "claims.toml"}
    with pytest.raises(Faults, match=r'"splitt"; allowed: claims: split; did you mean split\?'):
        load(project.write_all())
    project.scenario["events"]["birth"]["claims"] = ["split"]
    load(project.write_all())
