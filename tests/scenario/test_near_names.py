"""Names that are nearly others are told with these, whatever they name."""

import datetime as dt

import pytest

from ebbtide.scenario import Faults, check, load, load_policy
from ebbtide.scenario.parting import notes_on_the_lost, notes_on_titles


@pytest.fixture
def child(project):
    """Write a file that extends the project's scenario, or its policy; returns the file."""

    def write(**tables):
        project.write_all()
        return project.write("child.toml", {"extends": "valleys.toml", **tables})

    return write


def asks(lines):
    return [line.strip() for line in lines if "is a new one" in line]


def test_an_id_that_is_nearly_one_of_the_file_extended_is_told(child, project):
    path = child(forces={"guarrd": project.scenario["forces"]["guard"]})
    assert asks(check(path)) == [
        "forces.guarrd is a new one; did you mean forces.guard, to change that?"
    ]
    assert asks(check(child(forces={"militia": project.scenario["forces"]["guard"]}))) == []
    assert asks(check(child(forces={"guard": {"capacity": 1}}))) == []
    assert asks(check(project.write_all())) == []


def test_an_act_that_is_nearly_one_of_the_policy_extended_is_told(project):
    scenario = load(project.write_all())
    for name, told in (("watchh", True), ("watch2", False), ("raid", False)):
        acts = {name: project.policy["acts"]["watch"] | {"strength": 0.7}}
        tables = {"extends": "usual.toml", "title": "More", "acts": acts}
        lines = check(project.write("policies/more.toml", tables), scenario)
        meant = f"acts.{name} is a new one; did you mean acts.watch, to change that?"
        assert asks(lines) == ([meant] if told else [])


def test_a_misspelt_id_whose_table_lacks_the_rest_is_told_with_the_one_meant(child, project):
    with pytest.raises(
        Faults, match=r"forces\.guarrd\.name is missing.*did you mean forces\.guard\?"
    ):
        load(child(forces={"guarrd": {"capacity": 3}}))
    with pytest.raises(
        Faults, match=r"events\.brith\.kind is missing.*did you mean events\.birth\?"
    ):
        load(child(events={"brith": {"men": 30}}))
    scenario = load(project.write_all())
    tables = {"extends": "usual.toml", "title": "More", "acts": {"watchh": {"strength": 0.7}}}
    with pytest.raises(Faults, match=r"acts\.watchh\.kind is missing.*did you mean acts\.watch\?"):
        check(project.write("policies/more.toml", tables), scenario)


@pytest.mark.parametrize(
    ("key", "found", "meant"),
    [
        ("against", ["Old"], "old"),
        ("against", ["Yuong"], "young"),
        ("places", ["Upper"], "upper"),
        ("places", ["XXY"], "XX"),
        ("force", "Guard", "guard"),
    ],
)
def test_what_figures_call_something_is_told_with_its_id(project, key, found, meant):
    project.scenario["groups"]["young"]["name"] = "Young"
    project.policy["acts"]["watch"][key] = found
    with pytest.raises(Faults, match=rf"acts\.watch\.{key}: .*did you mean {meant}\?"):
        load(project.write_all())


def test_a_display_name_that_is_nothing_like_the_id_is_told_with_it(project):
    project.scenario["groups"]["old"]["name"] = "The Army of the Hills"
    project.scenario["events"]["turns"] = {
        "kind": "hostility", "date": dt.date(2001, 4, 1), "group": "The Army of the Hills",
        "towards": "young", "hostility": 0.5, "source": "a guess",
    }  # fmt: skip
    with pytest.raises(Faults, match=r"events\.turns\.group: .*did you mean old\?"):
        load(project.write_all())


def test_a_country_of_one_place_that_is_nearly_anothers_is_told(project):
    places = project.scenario["places"]
    for name, place in places.items():
        place["country"] = "BELUMAR" if name == "upper" else "BELMUAR"
    project.scenario["forces"]["guard"]["places"] = ["BELUMAR"]
    lines = check(project.write_all())
    assert any('places.lower.country is "BELMUAR" alone; did you mean BELUMAR?' in x for x in lines)
    places["lower"]["country"] = "OSSARY"
    assert not any("alone; did you mean" in line for line in check(project.write_all()))


def test_a_number_of_people_that_all_places_have_is_told(project):
    places = project.scenario["places"]
    places["third"] = places["lower"] | {"lon": 5, "name": "Third"}
    copied = "  all 3 places have 9,000 people: was a cell copied down?"
    assert copied in check(project.write_all())
    places["third"]["population"] = 9001
    assert copied not in check(project.write_all())


def test_a_wrong_ending_of_a_name_is_told_with_the_policy_that_was_meant(
    project, tmp_path, monkeypatch
):
    scenario = load(project.write_all())
    meant = scenario.policy.id
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Faults, match=rf'no policy called "{meant}\.tml".*did you mean {meant}\?'):
        load_policy(f"{meant}.tml", scenario)


@pytest.mark.parametrize(("kind", "told"), [("raids", True), ("strikes", False)])
def test_an_act_in_the_place_of_one_of_another_kind_is_told(project, kind, told):
    scenario = load(project.write_all())
    act = {"kind": kind, "force": "guard", "against": ["old"], "start": dt.date(2001, 3, 4),
           "strength": 0.25}  # fmt: skip
    tables = {"extends": "usual.toml", "title": "More", "acts": {"watch": act}}
    path = project.write("policies/more.toml", tables)
    policy = load_policy(path, scenario)
    (note,) = notes_on_the_lost(policy, scenario.policy) if told else [""]
    said = f"acts.watch is of kind {kind}, and takes the place of that of kind strikes of"
    assert note.startswith(said) == told
    assert [said in line for line in check(path, scenario) if "takes the place" in line] == [
        True
    ] * told
    again = {"extends": "more.toml", "title": "Most", "acts": {"watch": act | {"kind": "strikes"}}}
    most = load_policy(project.write("policies/most.toml", again), scenario)
    assert [*notes_on_the_lost(most, scenario.policy)] == []


@pytest.mark.parametrize("title", ["More", None])
def test_policies_of_one_title_are_told(project, title):
    scenario = load(project.write_all())
    tables = {"extends": "usual.toml"} | ({} if title is None else {"title": title})
    more = load_policy(project.write("policies/more.toml", tables), scenario)
    told = [*notes_on_titles({"usual": scenario.policy, "more": more})]
    said = ['policies more, usual have one title, "As usual": is each to have its own?']
    assert told == (said if title is None else [])
