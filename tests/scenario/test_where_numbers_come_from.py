"""Where a number comes from is told of that number, and not of one that stood there before."""

import pytest

from ebbtide.scenario import check, load
from ebbtide.scenario.schema.table import Remark, Table
from ebbtide.scenario.sources import BESIDE

PRIOR = {"prior": "lognormal", "low": 100, "high": 400, "unit": "men", "source": "a census"}
TOLD = "none: changed in child.toml. Source of the former number: "


@pytest.fixture
def parent(project):
    """Of `old` the men have a source of their own, all else that of its table."""
    old = project.scenario["groups"]["old"]
    old |= {"fighters": dict(PRIOR), "source": "a guess"}
    del project.scenario["groups"]["young"]["source"]
    project.write_all()
    return project


def child(project, **groups):
    said = {"extends": "valleys.toml", "groups": groups}
    return load(project.write("child.toml", said))


def told(scenario, path):
    return str(scenario.sources.of(path)).replace(str(scenario.path), "child.toml")


@pytest.mark.parametrize("part", [{"low": 90}, {"high": 500}])
def test_of_a_prior_that_is_restated_in_part_the_source_is_of_the_former(parent, part):
    scenario = child(parent, old={"fighters": part})
    assert told(scenario, "groups.old.fighters") == f"{TOLD}a census"
    assert scenario.origin("groups.old.fighters") == scenario.path
    assert told(scenario, "groups.old.pay") == "a guess"
    scenario = child(parent, old={"fighters": part | {"source": "a newer one"}})
    assert told(scenario, "groups.old.fighters") == "a newer one"


def test_a_remark_on_a_number_does_not_change_it(parent):
    assert (
        told(child(parent, old={"fighters": {"note": "so"}}), "groups.old.fighters") == "a census"
    )


def test_the_source_of_a_table_is_of_the_numbers_that_its_file_knew(parent):
    scenario = child(parent, old={"pay": 3})
    assert told(scenario, "groups.old.pay") == f"{TOLD}a guess"
    assert told(scenario, "groups.old.money") == "a guess"
    scenario = child(parent, old={"pay": 3, "source": "another guess"})
    assert told(scenario, "groups.old.pay") == "another guess"
    assert told(child(parent, young={"pay": 3}), "groups.young.pay") == "None"  # none was said


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("groups.old.fighters", 300),
        ("groups.old.fighters.low", 90),
        ("groups.old.fighters", {"value": 300}),
        ("groups.old.pay", 3),
    ],
)
def test_what_is_set_beside_the_scenario_has_no_source_of_its_file(parent, path, value):
    scenario = load(parent.write_all(), {path: value})
    assert scenario.sources.of(path.removesuffix(".low")).changed_in == BESIDE
    assert scenario.sources.of("groups.old.money").changed_in is None
    if isinstance(value, dict):
        scenario = load(scenario.path, {path: value | {"source": "a trial"}})
        assert told(scenario, path) == "a trial"


def test_check_tells_which_numbers_were_changed_without_a_source(parent):
    said = {"extends": "valleys.toml", "groups": {"old": {"pay": 3, "fighters": {"low": 90}}}}
    lines = check(parent.write("child.toml", said))
    assert "  changed without a source of its own: groups.old.fighters, groups.old.pay" in lines
    assert any("1 with a prior, 1 of them without a source" in line for line in lines)
    assert not any("them without a source" in line for line in check(parent.write_all()))


def test_a_number_of_a_place_does_not_have_the_source_of_the_column_that_it_replaces(parent):
    parent.scenario["geography"] = {
        "places": "places.csv",
        "columns": {"population": {"source": "a count"}},
    }
    columns = "id,name,country,lon,lat,population,districts,poverty,cover,local_institutions,sympathy,city"
    rows = [f"{place},X,XX,3,1.5,9000,3,0.1,0.1,0.1,0.1,0.1" for place in ("upper", "lower")]
    (parent.folder / "places.csv").write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
    parent.scenario["places"] = {"lower": {"population": 8000}}
    scenario = load(parent.write_all())
    assert told(scenario, "places.upper.population") == "a count"
    assert told(scenario, "places.lower.population") == "None"


def test_numbers_without_a_source_are_told_by_the_table_that_asks_for_one(project):
    """Of fixed numbers too; places and borders have no `source` of their own."""
    assert not any(": in " in each for each in check(project.write_all()))
    for kind in ("forces", "groups"):
        for table in project.scenario[kind].values():
            del table["source"]
    (line,) = [each for each in check(project.write_all()) if ": in " in each]
    assert line.endswith("numbers without a source: in forces.guard, groups.old, groups.young")


@pytest.mark.parametrize(
    ("reach", "told"),
    [(300, True), ({"value": 300, "source": "a survey"}, False), (None, False)],
)
def test_a_plain_number_over_one_with_a_source_is_told(parent, reach, told):
    rules = {} if reach is None else {"rules": {"drift": {"reach": reach}}}
    path = parent.write("child.toml", {"extends": "valleys.toml", **rules})
    lines = check(path)
    changed = "  changed without a source of its own: rules.drift.reach"
    assert (changed in lines) == told


def test_a_remark_by_a_name_that_would_be_content_is_refused() -> None:
    """Else words would move a scenario's digest, and no folder could be resumed after them."""
    with pytest.raises(TypeError, match=r"Ruin.caveat: a remark is called one of claims, credit"):
        type("Ruin", (Table,), {"__annotations__": {"caveat": Remark}, "caveat": None})
