"""JSON schemas of scenario, policy, study and price files, for editors.

The schemas come from the types that reading checks against. What a file must say that builds on no
other is `json_needed`'s; `ebbtide check` says what else is wrong.
"""

from __future__ import annotations

import json
import re
from typing import Any, override

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from ebbtide.explain.json_needed import needed
from ebbtide.rules import MECHANISMS
from ebbtide.scenario.document import FILE_FORMAT
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import PolicyFile
from ebbtide.scenario.schema.prices import PricesFile
from ebbtide.scenario.validation import rules_model
from ebbtide.study.study_file import StudyFile
from ebbtide.world.outcomes import OUTCOMES

EXTENDS_KEY = {"type": "string", "description": "the file that this one builds on"}
FORMAT_MEANING = (
    "the format that the file is written in; left out, that of the Ebbtide that reads it"
)
KEPT = {"value", "prior", "low", "high"}  # needed wherever they are
NULL = {"type": "null"}


class Readable(GenerateJsonSchema):
    """JSON Schema without the titles that only repeat a key's name."""

    @override
    def encode_default(self, dft: Any) -> Any:
        return dft.median if isinstance(dft, Quantity) else super().encode_default(dft)

    @override
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def files() -> dict[str, str]:
    """The schemas as files hold them, by file name."""
    return {
        f"{kind}.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for kind, schema in schemas().items()
    }


def schemas() -> dict[str, JsonSchemaValue]:
    """The schemas by kind of file: `scenario`, `policy`, `study` and `prices`."""
    scenario = _schema(ScenarioFile)
    rules = _schema(rules_model(MECHANISMS))
    scenario["$defs"] |= rules.pop("$defs")
    for name, mechanism in MECHANISMS.items():
        table = scenario["$defs"][name]
        table["description"] = mechanism.meaning
        for parameter, said in mechanism.parameters.items():
            table["properties"][parameter]["description"] = said.meaning
    described = {"description": scenario["properties"]["rules"]["description"]}
    scenario["properties"]["rules"] = rules | described
    study = _schema(StudyFile)
    outcomes = study["$defs"]["SeriesTable"]["properties"]["outcomes"]
    outcomes["anyOf"][0]["items"] = {"enum": list(OUTCOMES)}
    return {
        "scenario": _opened(scenario),
        "policy": _opened(_schema(PolicyFile)),
        "study": _opened(study),
        "prices": _opened(_schema(PricesFile)),
    }


def _schema(model: type[BaseModel]) -> JsonSchemaValue:
    schema: JsonSchemaValue = model.model_json_schema(schema_generator=Readable)
    return schema


def _opened(schema: JsonSchemaValue) -> JsonSchemaValue:
    """A file's schema, open to what files leave out, every range of numbers said once."""
    unless_built_on, whole = needed(schema)
    own = {"extends": EXTENDS_KEY, "format": {"const": FILE_FORMAT, "description": FORMAT_MEANING}}
    schema["properties"] = own | schema["properties"]
    ranges: dict[str, JsonSchemaValue] = {}
    found: JsonSchemaValue = _for_editors(schema, ranges)
    found["$defs"] |= ranges | whole
    found |= unless_built_on
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | found


def _for_editors(node: Any, ranges: dict[str, JsonSchemaValue]) -> Any:
    """A part of a schema with nothing missing, no null (TOML has none), tables by id closed."""
    if isinstance(node, list):
        return [_for_editors(each, ranges) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _for_editors(value, ranges) for key, value in node.items()}
    if isinstance(found.get("required"), list):
        found["required"] = [key for key in found["required"] if key in KEPT]
        if not found["required"]:
            del found["required"]
    if "patternProperties" in found:
        found["additionalProperties"] = False
    if "oneOf" in found:  # a file that builds on another may leave the kind to it
        found["anyOf"] = found.pop("oneOf")
    if found.get("default", 0) is None:
        del found["default"]
    if NULL in found.get("anyOf", ()):
        found["anyOf"].remove(NULL)
        if len(found["anyOf"]) == 1:
            found |= found.pop("anyOf")[0]
    return _said_once(found, ranges) if "anyOf" in found and "title" in found else found


def _said_once(quantity: JsonSchemaValue, ranges: dict[str, JsonSchemaValue]) -> JsonSchemaValue:
    """A reference to what a quantity of this unit and range is."""
    name = re.sub(r"\W+", "_", quantity["title"]).strip("_")
    ranges[name] = {key: quantity[key] for key in ("title", "anyOf")}
    rest = {key: value for key, value in quantity.items() if key not in ranges[name]}
    return {"$ref": f"#/$defs/{name}", **rest}
