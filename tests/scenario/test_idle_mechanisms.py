"""Numbers of mechanisms that find nothing to work on are told where a file of its own states them."""

from ebbtide.rules import MECHANISMS
from ebbtide.scenario import check, load
from ebbtide.scenario.idle_mechanisms import WORKS_ON, idle_mechanisms, notes_on_rules

# What finds something to work on in every scenario: places, their people, and a group with men.
ALWAYS_AT_WORK = {
    "brand", "cohesion", "displacement", "finance", "leaving", "media", "morale", "recruitment",
    "resistance", "succession", "support", "territory", "violence",
}  # fmt: skip


def test_of_every_mechanism_is_said_what_it_works_on():
    """Else what a file states of one that finds nothing would be idle in silence."""
    assert WORKS_ON.keys() | ALWAYS_AT_WORK == MECHANISMS.keys()
    assert not WORKS_ON.keys() & ALWAYS_AT_WORK


def test_a_mechanism_is_idle_where_nothing_sets_it_in_motion(project):
    project.scenario["groups"]["old"]["allies"] = {}
    idle = idle_mechanisms(load(project.write_all()).file)
    assert idle.keys() == {
        "predation",
        "pledges",
    }  # what a group is worth, its centre feels as well
    for group in project.scenario["groups"].values():
        for key in [each for each in group if each.startswith("centre")]:
            del group[key]
    idle = idle_mechanisms(load(project.write_all()).file)
    assert idle.keys() == {"predation", "alliances", "pledges"}
    project.scenario["groups"]["old"]["loot"] = 1
    project.scenario["forces"] = {}
    project.policy["acts"] = {}
    del project.scenario["groups"]["old"]["hostility"]
    idle = idle_mechanisms(load(project.write_all()).file)
    assert idle.keys() == {
        "alliances", "pledges", "rivalry", "attention", "intelligence", "targeting",
    }  # fmt: skip


def test_numbers_of_idle_mechanisms_are_told_with_why(project):
    file = load(project.write_all()).file
    stated = ["rules.predation.fit", "rules.predation.taking_weight", "rules.founding.far"]
    (note,) = notes_on_rules(stated, file)
    assert str(note) == (
        "rules.predation.fit, rules.predation.taking_weight move nothing: no group abducts or loots"
    )


def test_what_the_file_itself_states_is_told_and_no_base(project):
    base = project.write_all()
    tables = {"extends": base.name, "title": "More", "rules": {"drift": {"on": False, "rate": 0.2}}}
    off = "  rules.drift.rate moves nothing: rules.drift is off"
    assert off in check(project.write("more.toml", tables))
    tables["rules"] = {"drift": {"rate": 0.2}}
    assert not any("moves nothing" in line for line in check(project.write("more.toml", tables)))
    tables["rules"] = {"drift": {"on": False}}
    assert not any("moves nothing" in line for line in check(project.write("more.toml", tables)))


def test_numbers_of_a_group_that_it_can_never_use_are_told(project):
    project.scenario["groups"]["old"] |= {"attacks": 0, "loot": 2, "attack_price": 1.5}
    lines = check(project.write_all())
    unused = (
        "  nothing comes of groups.old.attack_price, groups.old.loot: the group's `attacks` is 0"
    )
    assert unused in lines
