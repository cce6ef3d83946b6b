"""Files: what can be read, what is a fault, and which file a fault names."""

import subprocess

import pytest

from ebbtide.scenario import Faults, check, load, load_policy
from faults_found import faults_of


def test_a_sound_project_is_read(project):
    scenario = load(project.write_all())
    assert (scenario.id, scenario.title, scenario.policy.id) == ("valleys", "Two valleys", "usual")
    assert list(scenario.file.places) == ["upper", "lower"]
    assert scenario.quantities["groups.old.fighters"].median == pytest.approx(200)
    assert scenario.quantities["centres.patron.health.2001-01-07"].median == 0.9
    assert scenario.quantities["rules.drift.reach"].unit == "km"
    assert set(scenario.uncertainties) == {"groups.old.fighters"}
    assert scenario.rules_on == {"drift": True}
    assert scenario.outlines is None
    assert scenario.evidence_tables() == {}


def test_the_focus_is_the_first_group_where_none_is_stated(project):
    project.scenario.pop("focus", None)
    scenario = load(project.write_all())
    last = list(scenario.file.groups)[-1]
    assert scenario.focus == next(iter(scenario.file.groups))
    assert scenario.with_overrides({"focus": last}).focus == last


def test_a_name_that_is_shipped_nowhere_lists_those_that_are():
    (fault,) = faults_of("minimol")
    assert fault.nearest == "minimal"


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"title = 'x'\nstart = = 3\n", 2, "invalid value"),
        (b"title = 'x'\nstart = 2001-02-30\n", 2, ""),
        (b"title = 'x'\ntitle = 'y'\n", 2, "overwrite"),
        (b"title = 'x'\n# caf\xe9\n", 2, "not UTF-8"),
        (b"a = " + b"[" * 5000, 0, "deep"),
    ],
)
def test_a_broken_file_is_a_fault_with_its_line(project, content, line, says):
    path = project.folder / "broken.toml"
    path.write_bytes(content)
    (fault,) = faults_of(path)
    assert "broken.toml" + (f":{line}" if line else "") in fault.file
    assert says in fault.found


def test_missing_files_and_folders_are_faults(project):
    path = project.write_all()
    (fault,) = faults_of(path.with_name("vallys.toml"))
    assert fault.nearest == "valleys.toml"
    assert "folder" in faults_of(project.folder)[0].found


def test_a_child_wins_and_each_value_keeps_its_own_file(project):
    (project.folder / "pyproject.toml").touch()
    project.write_all()
    child = project.write(
        "child/child.toml",
        {
            "extends": "../valleys.toml",
            "title": "Changed",
            "groups": {"old": {"fighters": {"value": 50}, "pay": -5}, "young": {"payy": 3}},
            "rules": {"drift": {"rate": 7}},
        },
    )
    project.scenario["groups"]["young"]["media"] = 7
    project.write("valleys.toml", project.scenario)
    found = {fault.key: fault.file.split("/")[-1] for fault in faults_of(child)}
    assert found == {
        "groups.old.pay": "child.toml",
        "groups.young.payy": "child.toml",
        "groups.young.media": "valleys.toml",
        "rules.drift.rate": "child.toml",
    }


def test_extended_paths_are_relative_to_their_own_file_and_a_restated_prior_is_whole(project):
    (project.folder / "pyproject.toml").touch()
    project.write_all()
    child = project.write(
        "child/child.toml",
        {"extends": "../valleys.toml", "groups": {"old": {"fighters": {"value": 50}}}},
    )
    scenario = load(child)
    assert scenario.policy.id == "usual"
    assert scenario.medians()["groups.old.fighters"] == 50
    assert "groups.old.fighters" not in scenario.uncertainties
    assert scenario.medians()["groups.old.pay"] == 100


def test_a_cycle_is_a_fault(project):
    project.write("a.toml", {"extends": "b.toml"})
    project.write("b.toml", {"extends": "a.toml"})
    (fault,) = faults_of(project.folder / "a.toml")
    assert "a.toml -> b.toml -> a.toml" in fault.found


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (1, None),
        (2, "found 2; allowed: 1, .* a newer Ebbtide reads it"),
        ("one", 'found "one"'),
        (0, "found 0"),
    ],
)
def test_a_file_of_another_format_is_told_and_the_present_one_changes_nothing(
    project, stated, told
):
    digest = load(project.write_all()).digest
    project.scenario["format"] = project.policy["format"] = stated
    file = project.write_all()
    if told is None:
        assert load(file).digest == digest
        return
    with pytest.raises(Faults, match=rf"valleys\.toml: format: {told}"):
        load(file)


@pytest.mark.parametrize(
    ("key", "spoil"),
    [
        ("policy", lambda tables, path: tables.update(policy=path)),
        ("extends", lambda tables, path: tables.update(extends=path)),
        ("geography.places", lambda tables, path: tables.update(geography={"places": path})),
        ("geography.outlines", lambda tables, path: tables.update(geography={"outlines": path})),
        ("evidence.strength", lambda tables, path: tables.update(evidence={"strength": path})),
    ],
)
@pytest.mark.parametrize("way", ["absolute", "upwards", "link", "missing", "nul"])
def test_no_path_leaves_the_project(project, key, spoil, way):
    outside = project.write("outside.toml", {})
    project.folder = project.folder / "inside"
    project.folder.mkdir()
    (project.folder / "link.toml").symlink_to(outside)
    path = {
        "absolute": str(outside),
        "upwards": "../outside.toml",
        "link": "link.toml",
        "missing": "usul/none.toml",
        "nul": "a\0.toml",
    }[way]
    spoil(project.scenario, path)
    (fault,) = faults_of(project.write_all())
    assert fault.key == key


def test_a_policy_is_found_by_name_and_checked_against_the_scenario(project):
    scenario = load(project.write_all())
    project.write("policies/none.toml", {"title": "None"})
    assert load_policy("none", scenario).file.acts == {}
    assert load_policy(project.folder / "policies" / "usual.toml", scenario) == scenario.policy
    with pytest.raises(Faults, match="did you mean usual"):
        load_policy("usuall", scenario)
    other = {"extends": "usual.toml", "acts": {"watch": {"against": ["oldd"], "leaders": 1.0}}}
    project.write("policies/other.toml", other)
    with pytest.raises(Faults, match=r"acts\.watch\.against.*oldd.*did you mean old\?"):
        load_policy("other", scenario)


def test_a_scenario_knows_its_own_policies_and_those_of_all_beside_it(project):
    path = project.write_all()
    own = f"{path.stem}/policies/mine.toml"
    project.write(own, {"title": "Mine"})
    project.write("policies/mine.toml", {"title": "Everybody's"})
    project.write("another/policies/theirs.toml", {"title": "Theirs"})
    scenario = load(path)

    assert load_policy("mine", scenario).title == "Mine"
    assert load_policy("usual", scenario) == scenario.policy
    assert load(path, {"policy": "mine"}).policy.title == "Mine"
    with pytest.raises(Faults, match=r'called "theirs"; allowed: a file, or mine, usual$'):
        load_policy("theirs", scenario)


def test_check_says_what_a_file_holds(project):
    del project.scenario["groups"]["old"]["source"]
    path = project.write_all()
    text = "\n".join(check(path))
    assert "2 places" in text
    assert "51 weeks" in text
    assert "1 with a prior, 1 of them without a source" in text
    project.scenario["groups"]["old"]["source"] = "a guess"
    assert "without a source" not in "\n".join(check(project.write_all()))
    policy = path.parent / "policies" / "usual.toml"
    assert "1 act" in "\n".join(check(policy))
    assert "fits valleys" in "\n".join(check(policy, load(path)))


def test_a_folder_of_git_is_a_project(project):
    subprocess.run(["git", "init", "-q", project.folder], check=True)
    project.write_all()
    deep = project.write("a/b/deep.toml", {"extends": "../../valleys.toml"})
    assert load(deep).title == "Two valleys"


def test_a_policy_for_another_scenario_is_called_that(project):
    scenario = load(project.write_all())
    act = project.policy["acts"]["watch"] | {"force": "navy", "against": ["rebels"]}
    project.policy["acts"] = {f"act{n}": act for n in range(9)}
    with pytest.raises(Faults) as caught:
        load_policy(project.write("other.toml", project.policy), scenario)
    first, *details, last = str(caught.value).splitlines()
    assert "a policy for another scenario than valleys" in first
    assert (len(details), last.strip()) == (5, "and 13 more")


def test_a_scenario_is_no_policy_and_a_policy_no_scenario(project):
    scenario = load(project.write_all())
    with pytest.raises(Faults, match="found a scenario file"):
        load_policy(scenario.path, scenario)
    with pytest.raises(Faults, match="--policy"):
        load(project.folder / "policies" / "usual.toml")


def test_a_base_can_be_checked_and_not_run(project):
    base = project.write("base.toml", {"rules": project.scenario["rules"]})
    assert "nothing to run" in check(base)[0]
    with pytest.raises(Faults, match="nothing to run"):
        load(base)
    with pytest.raises(Faults, match=r"rules\.drift\.rate"):
        check(project.write("bad.toml", {"rules": {"drift": {"rate": 9, "reach": 2}}}))


def test_a_syntax_error_is_shown_with_line_and_column(project):
    path = project.folder / "a.toml"
    path.write_text('title = "x"\n[groups\n')
    with pytest.raises(Faults, match=r"a.toml:2:8: found `\[groups`"):
        load(path)


def test_a_missing_base_names_the_shipped_one(project):
    path = project.folder / "a.toml"
    path.write_text('extends = "parameters.toml"\n')
    with pytest.raises(Faults, match='that folder, or what is shipped, "ebbtide:parameters"'):
        load(path)


@pytest.mark.parametrize(
    ("table", "key"), [("geography", "places"), ("geography", "borders"), ("evidence", "strength")]
)
def test_no_case_is_told_to_take_the_data_of_another(project, table, key):
    (project.folder / "placs.csv").touch()
    project.scenario[table] = {key: "places.csv"}  # a case that is shipped has one of that name
    with pytest.raises(Faults) as caught:
        load(project.write_all())
    [fault] = caught.value.faults
    assert "copy" not in fault.allowed
    assert "khorasan" not in fault.allowed
    assert fault.nearest == "placs.csv"


@pytest.mark.parametrize(
    ("asked", "nearest"), [("scenaro.tml", "scenario.toml"), ("scenaro", "scenario.toml")]
)
def test_a_name_that_is_none_hints_at_the_file_that_is_meant(tmp_path, monkeypatch, asked, nearest):
    (tmp_path / "scenario.toml").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Faults) as caught:
        load(asked)
    assert caught.value.faults[0].nearest == nearest


def test_a_missing_key_says_what_is_needed(project):
    del project.scenario["groups"]["old"]["pay"]
    with pytest.raises(Faults, match=r"pay is missing; needed: a number, 0 to 100000 \(USD/month"):
        load(project.write_all())


def test_large_numbers_of_keys_are_written_digit_by_digit(project):
    project.scenario["places"]["upper"]["population"] = 1_325_659
    lines = check(project.write_all(), keys=True)
    assert "  places.upper.population = 1325659 people" in lines
    assert "  borders.pass.length = 12.5 km" in lines


def test_keys_are_listed_with_value_and_unit(project):
    lines = check(project.write_all(), keys=True)
    assert "  groups.old.fighters = 200 (lognormal) men" in lines


def test_a_fault_of_a_number_that_a_file_changed_a_part_of_is_that_files(project):
    project.write_all()
    child = {"extends": "valleys.toml", "groups": {"old": {"fighters": {"low": 900}}}}
    [fault] = faults_of(project.write("child.toml", child))
    assert (fault.file.rpartition("/")[2], fault.found) == ("child.toml", "low = 900, high = 400")
    child = {"extends": "valleys.toml", "title": "Again"}
    project.scenario["groups"]["old"]["fighters"]["low"] = 900
    project.write_all()
    [fault] = faults_of(project.write("child.toml", child))
    assert fault.file.endswith("valleys.toml")


def test_a_list_is_shown_as_its_file_would_write_it(project):
    project.scenario["title"] = ["Two", 1.5, True]
    [fault] = faults_of(project.write_all())
    assert fault.found == '["Two", 1.5, true]'


def test_a_key_below_the_header_of_a_table_within_its_own_is_told_once(project):
    guard = project.scenario["forces"]["guard"]
    guard["contingents"] = {"XX": {"capacity": 5, "arrests": 1}, "spares": ["old"]}
    [fault] = faults_of(project.write_all())
    assert fault.key == "forces.guard.contingents.spares"
    assert (fault.allowed, fault.nearest) == ("a table", "forces.guard.spares")
