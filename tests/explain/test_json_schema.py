"""The schemas for editors are fresh, take every shipped file, and refuse a spoilt one."""

import datetime as dt
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ebbtide.explain import json_schema
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Faults
from ebbtide.scenario.levers import HELD_BY, LEVERS
from ebbtide.scenario.schema.groups import Group
from ebbtide.study.study import Study
from ebbtide.study.study_file import Varied

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "schemas"
SCHEMAS = {
    path.name.partition(".")[0]: json.loads(path.read_text(encoding="utf-8"))
    for path in FOLDER.glob("*.schema.json")
}
PRICES = sorted((ROOT / "scenarios").rglob("prices.toml"))
SCENARIOS = sorted({*(ROOT / "scenarios").glob("*.toml")} - {*PRICES})
POLICIES = sorted((ROOT / "scenarios").glob("**/policies/*.toml"))
STUDIES = sorted((ROOT / "experiments").glob("*.toml"))
FILES = [
    *(("scenario", path) for path in SCENARIOS),
    *(("policy", path) for path in POLICIES),
    *(("study", path) for path in STUDIES),
    *(("prices", path) for path in PRICES),
]


def plain(value: Any) -> Any:
    """TOML's values as JSON has them: dates as text, as editors check them."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def read(path: Path) -> Any:
    return plain(tomllib.loads(path.read_text(encoding="utf-8")))


def check(kind: str, data: Any) -> None:
    schema = SCHEMAS[kind]
    jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(data)


def test_they_are_fresh() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert json_schema.files() == kept, "run `uv run ebbtide schema`"


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_they_are_schemas(schema: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda part: getattr(part, "stem", part))
def test_every_shipped_file_passes(kind: str, path: Path) -> None:
    check(kind, read(path))


SPOILT = [
    (("groups", "embers", "brand"), 1.5),
    (("groups", "embers", "pay"), "much"),
    (("groups", "embers", "pay"), {"value": 100, "unit": "EUR/month"}),
    (("groups", "embers", "pay"), {"prior": "lognormal", "low": 100}),
    (("groups", "embers", "payy"), 100),
    (("groups", "embers", "dynamics"), "half"),
    (("start",), "next Sunday"),
    (("rules",), {"switching": {"highest": 0.5}}),
    (("rules",), {"switchin": {"highest": 0.01}}),
    (("places", "high land"), {"name": "Highland"}),
]


@pytest.mark.parametrize(("keys", "value"), SPOILT, ids=lambda part: str(part)[:40])
def test_a_spoilt_scenario_does_not(keys: tuple[str, ...], value: Any) -> None:
    data = read(ROOT / "scenarios" / "minimal.toml")
    table = data
    for key in keys[:-1]:
        table = table[key]
    table[keys[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        check("scenario", data)


@pytest.mark.parametrize(
    "act",
    [
        {"kind": "striking"},
        {"strength": 2},
        {"against": []},
        {"place": ["XA"]},
        {"kind": "amnesty"},  # of which the act's post means nothing
        {"places": ["AF"]},  # of a leader who is killed
    ],
)
def test_a_spoilt_policy_does_not(act: dict[str, Any]) -> None:
    data = read(ROOT / "scenarios" / "khorasan" / "policies" / "record.toml")
    next(iter(data["acts"].values())).update(act)
    with pytest.raises(jsonschema.ValidationError):
        check("policy", data)


SPOILT_STUDIES: list[tuple[str, Any]] = [
    ("replications", 0),
    ("replication", 5),
    ("until", "soon"),
    ("policies", []),
    ("others", "medium"),
    ("design", {"kind": "gird"}),
    ("design", {"points": 2.5}),
    ("series", {"outcomes": ["fighter"]}),
    ("series", {"every": 0}),
    ("vary", {"groups": {"iskp": {"pay": {"low": 1, "high": 2}}}}),
    ("vary", {"groups.iskp.pay": {"low": 1, "high": 2, "scale": "logarithmic"}}),
    ("vary", {"groups.iskp.pay": {"low": True, "high": 2}}),
    ("vary", {"groups.iskp.pay": {"low": 1, "high": 2, "values": [1, 2]}}),
    ("vary", {"groups.iskp.pay": {"prior": True, "low": 1, "high": 2}}),
    ("vary", {"groups.iskp.pay": {"prior": True, "values": [1]}}),
    ("vary", {"groups.iskp.pay": [1, 2]}),
]


@pytest.mark.slow
@pytest.mark.parametrize(("key", "value"), SPOILT_STUDIES, ids=lambda part: str(part)[:60])
def test_a_spoilt_study_does_not_nor_is_it_read(key: str, value: Any, tmp_path: Path) -> None:
    data = {"title": "Spoilt", "scenario": "khorasan", key: value}
    with pytest.raises(jsonschema.ValidationError):
        check("study", data)
    file = tmp_path / "study.toml"
    file.write_text("\n".join(f"{name} = {in_toml(said)}" for name, said in data.items()))
    with pytest.raises(Faults):
        Study.read(file)


@pytest.mark.parametrize(
    "varied",
    [
        {"low": 1, "high": 2.5, "scale": "log"},
        {"low": "2015-01-01", "high": "2016-01-01"},
        {"values": [0.1, True, "2015-01-01", "commander"]},
        {"prior": True},
        {"prior": False, "values": [1]},
        {"high": 3},  # the file that it extends says the rest
    ],
)
def test_a_sound_way_to_vary_passes(varied: dict[str, Any]) -> None:
    check("study", {"extends": "base.toml", "vary": {"groups.iskp.pay": varied}})


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.stem)
def test_shipped_studies_name_their_schema(path: Path) -> None:
    directive, _, place = path.read_text(encoding="utf-8").partition("\n")[0].partition(" ")
    assert directive == "#:schema"
    assert (path.parent / place).resolve() == ROOT / "schemas" / "study.schema.json"


def test_the_study_that_the_page_shows_is_sound(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
    text = page.partition("```toml\n")[2].partition("```")[0]
    check("study", plain(tomllib.loads(text)))
    file = tmp_path / "study.toml"
    file.write_text(text, encoding="utf-8")
    assert len(Study.read(file).file.vary) == 3


def in_toml(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {in_toml(said)}' for key, said in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_toml, value)) + "]"
    return json.dumps(value)


def test_editors_are_told_what_keys_mean() -> None:
    definitions = SCHEMAS["scenario"]["$defs"]
    pay = definitions["Group"]["properties"]["pay"]
    assert pay["description"] == Group.model_fields["pay"].description
    highest = definitions["switching"]["properties"]["highest"]
    assert highest["description"] == MECHANISMS["switching"].parameters["highest"].meaning
    varied = SCHEMAS["study"]["$defs"]["Varied"]["properties"]
    assert {name: said["description"] for name, said in varied.items()} == {
        name: field.description for name, field in Varied.model_fields.items()
    }


@pytest.mark.parametrize(
    "key", dict.fromkeys(key for held in HELD_BY.values() for key in held.keys)
)
def test_an_act_may_leave_out_what_its_lever_does_not_need(key: str) -> None:
    """What that means is told of every lever that lets it be left out, and of no other."""
    said = SCHEMAS["policy"]["$defs"]["Act"]["properties"][key]["description"]
    told = {
        kind: meant
        for kinds, meant in re.findall(r"left out in ([\w, ]+): (\w[\w ]*\w)", said)
        for kind in kinds.split(", ")
    }
    may = [name for name, lever in LEVERS.items() if key in lever.keys and key not in lever.needs]
    assert told == {name: LEVERS[name].left_out(key) for name in may}
    assert None not in told.values()


@pytest.mark.parametrize("kind", LEVERS)
def test_editors_know_what_a_strength_may_be(kind: str) -> None:
    whole = LEVERS[kind].all_or_nothing

    def takes(**stated: Any) -> bool:
        try:
            check("policy", EXTENDS | {"acts": {"new": {"start": "2001-07-01", **stated}}})
        except jsonschema.ValidationError:
            return False
        return True

    for strength in (0, 1, 1.0, {"value": 1, "source": "a guess"}):
        assert takes(kind=kind, strength=strength)
    for strength in (0.5, {"value": 0.5}, {"prior": "uniform", "low": 0.25, "high": 0.5}):
        assert takes(kind=kind, strength=strength) == (not whole)
        assert takes(strength=strength)  # a file that this one extends may state the kind


def test_editors_are_told_what_a_strength_means() -> None:
    said = SCHEMAS["policy"]["$defs"]["Act"]["properties"]["strength"]["description"]
    common = LEVERS["strikes"].strength
    rare = [name for name, lever in LEVERS.items() if lever.strength != common]
    assert rare == ["leader_killed"]
    assert said == f"{common}; in leader_killed {LEVERS['leader_killed'].strength}"


EXTENDS = {"extends": "another.toml"}  # which may state what is needed
LACKING = [
    ("scenario", "minimal", ("title",)),
    ("scenario", "minimal", ("groups", "embers", "pay")),
    ("scenario", "minimal", ("forces", "garrison", "harm")),
    ("scenario", "minimal", ("places", "highland", "local_institutions")),
    ("scenario", "minimal", ("places",)),
    ("scenario", "minimal", ("events", "FIRST", "date")),
    ("scenario", "minimal", ("events", "FIRST", "kind")),
    ("policy", "minimal/policies/minimal", ("title",)),
    ("policy", "minimal/policies/minimal", ("acts", "strikes", "strength")),
    ("study", "../experiments/strikes", ("scenario",)),
]


@pytest.mark.parametrize(("kind", "name", "path"), LACKING, ids=lambda part: ".".join(part[-2:]))
def test_an_editor_sees_what_is_missing(kind: str, name: str, path: tuple[str, ...]) -> None:
    data = read(ROOT / "scenarios" / f"{name}.toml")
    check(kind, data)
    *outer, last = path
    table = data
    for key in outer:
        table = table[next(iter(table)) if key == "FIRST" else key]
    del table[last]
    with pytest.raises(jsonschema.ValidationError, match=f"'{last}' is a required property"):
        check(kind, data)
    data["extends"] = "another.toml"  # which may state it
    check(kind, data)


def test_places_may_stand_in_a_table_beside_the_file() -> None:
    data = read(ROOT / "scenarios" / "minimal.toml")
    data["places"] = {"highland": {"name": "a name of its own"}}
    with pytest.raises(jsonschema.ValidationError, match="is a required property"):
        check("scenario", data)
    data["geography"] = {"places": "places.csv"}
    check("scenario", data)
