"""Numbers that travel together to a rule: gathered by the names of their fields."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType
from typing import Any

from ebbtide.compilation.compiled import compiled
from ebbtide.world.variables import Variables

_ROWS = {("group",): "[g]", ("group", "place"): "[g, p]"}


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
    fields, rows, handed = [], ["g"], []
    for field in mechanism.Circumstances._fields:
        if field not in Variables.declared:
            handed.append(field)
            fields.append(field)
            continue
        dimensions = Variables.declared[field].dimensions
        if dimensions not in _ROWS:
            raise TypeError(f"{mechanism.__name__}.Circumstances.{field} is of {dimensions}")
        fields.append(f"state.{field}{_ROWS[dimensions]}")
        if "place" in dimensions:
            rows = ["g", "p"]
    name = mechanism.__name__.rpartition(".")[2]
    taken = ["state", *rows, *handed]
    return _gathering(f"{name}_circumstances", taken, mechanism.Circumstances, fields)


def _gathering(name: str, taken: Iterable[str], kind: type, fields: Iterable[str]) -> Any:
    used: dict[str, Any] = {"__name__": __name__, "Gathered": kind}
    source = f"def {name}({', '.join(taken)}):\n    return Gathered({', '.join(fields)})\n"
    exec(compile(source, f"<{name}>", "exec"), used)
    return compiled(used[name])
