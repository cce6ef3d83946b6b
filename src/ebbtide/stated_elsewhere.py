"""Names that mean something of a model, a group or a force, and where they are set: not on the object.

They follow from the schema of scenarios and from the columns that are declared.
"""

from __future__ import annotations

from collections.abc import Collection

from pydantic import BaseModel

from ebbtide.scenario.content import may_be_felt
from ebbtide.world.assigned import SIZES
from ebbtide.world.state import State
from ebbtide.world.world import World

OTHERWISE = 'another value is set beside the scenario: Insurgency(..., **{{"{}": ...}})'


def of_row(dimension: str, table: type[BaseModel] | None, held: Collection[str]) -> dict[str, str]:
    """What is set elsewhere of those who have a row along a dimension, but for what they hold."""
    columns = {
        name: f"the rules read model.{where}.{name}[{dimension}.row]"
        for where, kind in (("world", World), ("state", State))
        for name, declared in kind.declared.items()
        if declared.dimensions[:1] == (dimension,)
    }
    keys = _felt(table) if table is not None else ()
    stated = {name: OTHERWISE.format(f"{dimension}s.ID.{name}") for name in keys}
    return {name: said for name, said in {**columns, **stated}.items() if name not in held}


def of_run(table: type[BaseModel], held: Collection[str]) -> dict[str, str]:
    """What is set elsewhere of a whole run, but for what it holds."""
    follows = "it follows from the scenario; " + OTHERWISE.format("TABLE.ID.KEY")
    said = dict.fromkeys(SIZES & World.declared.keys(), follows)
    said |= {name: OTHERWISE.format(_path(table, name)) for name in _felt(table)}
    return {name: where for name, where in said.items() if name not in held}


def _felt(table: type[BaseModel]) -> list[str]:
    return [key for key in table.model_fields if may_be_felt((key,), table)]


def _path(table: type[BaseModel], key: str) -> str:
    is_table = "dict" in str(table.model_fields[key].annotation)
    return f"{key}.ID.KEY" if is_table else key
