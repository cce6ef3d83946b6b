"""The schemas for editors are fresh, take every shipped file, and refuse a spoilt one."""

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ebbtide.rules import MECHANISMS
from ebbtide.scenario.schema import Group

from .written import ROOT, experiment

SCHEMAS = {
    path.name.partition(".")[0]: json.loads(path.read_text(encoding="utf-8"))
    for path in (ROOT / "schemas").glob("*.schema.json")
}
SCENARIOS = sorted((ROOT / "scenarios").glob("*.toml"))
POLICIES = sorted((ROOT / "scenarios" / "policies").glob("*.toml"))
FILES = [("scenario", path) for path in SCENARIOS] + [("policy", path) for path in POLICIES]


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
    script = experiment("schemas")
    for kind, schema in script.schemas().items():
        written = (ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")
        assert written == script.text_of(schema), "run `uv run python experiments/schemas.py`"


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
    "act", [{"kind": "striking"}, {"strength": 2}, {"against": []}, {"place": ["XA"]}]
)
def test_a_spoilt_policy_does_not(act: dict[str, Any]) -> None:
    data = read(ROOT / "scenarios" / "policies" / "record.toml")
    next(iter(data["acts"].values())).update(act)
    with pytest.raises(jsonschema.ValidationError):
        check("policy", data)


def test_editors_are_told_what_keys_mean() -> None:
    definitions = SCHEMAS["scenario"]["$defs"]
    pay = definitions["Group"]["properties"]["pay"]
    assert pay["description"] == Group.model_fields["pay"].description
    highest = definitions["switching"]["properties"]["highest"]
    assert highest["description"] == MECHANISMS["switching"].PARAMETERS["highest"]["meaning"]
