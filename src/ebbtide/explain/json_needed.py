"""Which keys the JSON schemas call needed: those that no other file may state.

A file that builds on another leaves to it what it says; on the rules' own numbers (`parameters`), all
but those. Places and borders may stand in tables beside the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ebbtide.scenario.file_kind import NO_BASE
from ebbtide.scenario.measuring import OF_OUTLINES

BASE = r"(^|[:/])parameters(\.toml)?$"  # what states nothing but the rules' numbers
SUFFIX = "_whole"
BEGUN = (*NO_BASE, "acts", "scenario")  # what no base for other files says
Node = dict[str, Any]


def needed(schema: Node) -> tuple[Node, dict[str, Node]]:
    """A condition on a file's schema, and the definitions that it refers to.

    It is: unless the file builds on another, or is there to be built on (no title, no dates, no acts), all
    is there that reading asks for.
    """
    definitions: dict[str, Node] = {}
    properties = {key: said for key, said in schema["properties"].items() if key != "rules"}
    whole = _whole({**schema, "properties": properties}, schema["$defs"], definitions)
    properties = whole.get("properties", {})
    in_tables = {name: properties.pop(name) for name in ("places", "borders") if name in properties}
    whole["required"] = [
        key for key in whole.get("required", ()) if key not in {"rules", *in_tables}
    ]
    if in_tables:
        tabled = {"required": ["geography"], "properties": {"geography": {"required": ["places"]}}}
        stated = {"required": ["places"], "properties": in_tables}
        whole["allOf"] = [{"if": tabled, "else": stated}]
    builds_on = {"required": ["extends"], "properties": {"extends": {"not": {"pattern": BASE}}}}
    begun = [{"required": [key]} for key in BEGUN if key in schema["properties"]]
    to_build_on = [{"not": {"anyOf": begun}}] if begun else []
    return {"if": {"anyOf": [builds_on, *to_build_on]}, "else": whole}, definitions


def _whole(node: Mapping[str, Any], known: Mapping[str, Node], made: dict[str, Node]) -> Node:
    """What of a part of a schema says that keys are needed; empty where nothing does."""
    if "$ref" in node:
        return _of_table(node["$ref"].rpartition("/")[2], known, made)
    if kinds := node.get("discriminator", {}).get("mapping"):
        return _of_kinds(node["discriminator"]["propertyName"], kinds, known, made)
    found: Node = {}
    if required := [key for key in node.get("required", ()) if key not in OF_OUTLINES]:
        found["required"] = required
    inner = {key: _whole(said, known, made) for key, said in node.get("properties", {}).items()}
    if inner := {key: said for key, said in inner.items() if said}:
        found["properties"] = inner
    for key in ("additionalProperties", "patternProperties"):
        said = node.get(key)
        if key == "patternProperties" and said:
            entries = [_whole(each, known, made) for each in said.values()]
            said = entries[0] if entries else None
        elif isinstance(said, dict):
            said = _whole(said, known, made)
        if isinstance(said, dict) and said:
            found["additionalProperties"] = said
    return found


def _of_table(name: str, known: Mapping[str, Node], made: dict[str, Node]) -> Node:
    """A reference to what a table needs."""
    if name + SUFFIX not in made:
        made[name + SUFFIX] = {}
        made[name + SUFFIX] = _whole(known[name], known, made)
    if not made[name + SUFFIX]:
        del made[name + SUFFIX]
        return {}
    return {"$ref": f"#/$defs/{name}{SUFFIX}"}


def _of_kinds(
    key: str, kinds: Mapping[str, str], known: Mapping[str, Node], made: dict[str, Node]
) -> Node:
    """What each kind of table needs, and that it says which it is."""
    branches = []
    for kind, reference in kinds.items():
        table = _of_table(reference.rpartition("/")[2], known, made)
        if table:
            is_it = {"required": [key], "properties": {key: {"const": kind}}}
            branches.append({"if": is_it, "then": table})
    return {"required": [key], **({"allOf": branches} if branches else {})}
