"""Numbers that travel together to a rule: gathered by the names of their fields."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import Any

from ebbtide.compilation.generated import ROWS, compiled_from
from ebbtide.world.variables import Variables

_OF_A_GROUP = {("group",), ("group", "place")}


def weights_of(mechanism: ModuleType) -> Any:
    """A compiled function (parameters): a mechanism's `Weights`, which are parameters of its own."""
    name = mechanism.__name__.rpartition(".")[2]
    fields = [f"parameters.{name}_{field}" for field in mechanism.Weights._fields]
    return _gathering(f"{name}_weights", ["parameters"], mechanism.Weights, fields)


def circumstances_of(mechanism: ModuleType) -> Any:
    """A compiled function (state, g, p, ...): a mechanism's `Circumstances`.

    They are the state variables of that name, of a group or of it in a place; where none is of a
    place it takes no `p`. A field that is no state variable is handed over, in its order. Raises
    TypeError for a variable of anything else.
    """
    fields, rows, handed = [], [ROWS["group"]], []
    for field in mechanism.Circumstances._fields:
        if field not in Variables.declared:
            handed.append(field)
            fields.append(field)
            continue
        dimensions = Variables.declared[field].dimensions
        if dimensions not in _OF_A_GROUP:
            raise TypeError(f"{mechanism.__name__}.Circumstances.{field} is of {dimensions}")
        of = [ROWS[dimension] for dimension in dimensions]
        fields.append(f"state.{field}[{', '.join(of)}]")
        rows = max(rows, of, key=len)
    name = mechanism.__name__.rpartition(".")[2]
    taken = ["state", *rows, *handed]
    return _gathering(f"{name}_circumstances", taken, mechanism.Circumstances, fields)


def _gathering(name: str, taken: Iterable[str], kind: type, fields: Iterable[str]) -> Any:
    gathered = f"return Gathered({', '.join(fields)})"
    return compiled_from(__name__, name, taken, [gathered], Gathered=kind)
