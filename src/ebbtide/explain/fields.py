"""Who uses a field of a place, group, force or border: from the engine's parsed files."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel

from ebbtide.explain import engine
from ebbtide.explain.place import shown
from ebbtide.explain.week import week
from ebbtide.rules import MECHANISMS
from ebbtide.scenario.quantity import measure_of
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.groups import Group
from ebbtide.scenario.schema.places import Border, Place

WITH_FIELDS: dict[str, tuple[type[BaseModel], str]] = {
    "places": (Place, ""),
    "groups": (Group, ""),
    "forces": (Force, ""),
    "borders": (Border, "border_"),
}  # with what the name of a column begins, beside the field's


def uses(path: tuple[str, ...]) -> dict[str, list[str]]:
    """The rules and phases that use what stands at `TABLE.ID.FIELD`, and who reads it.

    A rule is told where its caller hands it the column. Nothing is told of a field whose column has
    another name, or that is read before the first week alone.
    """
    if len(path) != 3 or path[0] not in WITH_FIELDS:
        return {}
    table, begins = WITH_FIELDS[path[0]]
    field = table.model_fields.get(path[2])
    if field is None or (measure_of(field) is None and field.annotation is not bool):
        return {}
    return _of_column(f"{begins}{path[2]}")


@cache
def _of_column(column: str) -> dict[str, list[str]]:
    full = (*engine.WORLD_COLUMNS, column)
    readers = {name: each for name, each in engine.functions().items() if full in each.reads}
    given = {
        callee for each in readers.values() for callee, handed in each.hands if handed == column
    }
    return {
        "used_by": [
            f"{mechanism.name}.{rule}"
            for mechanism in MECHANISMS.values()
            for rule in mechanism.rules
            if ("ebbtide", "rules", mechanism.name, rule) in given
        ],
        "phases": [f"{each.number}. {each.says}" for each in week() if column in each.columns],
        "read_at": [f"{shown(each.file, each.line)} {name[-1]}" for name, each in readers.items()],
    }
