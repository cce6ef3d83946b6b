"""How compiled code sees a set of columns: a Numba structure with the same fields."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
from numba.core import types
from numba.experimental import structref

from ebbtide.compilation.compiled import compiled

if TYPE_CHECKING:
    from ebbtide.world.columns import Column


class _ShortNamed(types.StructRef):
    """A structure named by its class alone, whose fields are always the same.

    Numba would put every field into its name, and that name into the name of every function.
    """

    def __init__(self, fields: tuple[tuple[str, Any], ...]) -> None:
        super().__init__(fields)  # type: ignore[no-untyped-call]
        self.name = type(self).__name__


@cache
def structure_of(columns: Any) -> Any:
    """What Numba calls a set of columns (a subclass of `Columns`)."""
    type_class = type(f"{columns.__name__}Type", (_ShortNamed,), {"__module__": columns.__module__})
    type_class = structref.register(type_class)
    structref.define_boxing(type_class, structref.StructRefProxy)
    # Numba's cache pickles the class by its name: in another process it must be the same one.
    setattr(sys.modules[columns.__module__], type_class.__name__, type_class)
    fields = {name: _column_type(column) for name, column in columns.compiled_columns().items()}
    fields |= {name: structure_of(part) for name, part in columns.parts.items()}
    return type_class(tuple(fields.items()))


@cache
def constructor_of(columns: Any) -> Any:
    """A compiled function that gathers arrays into one structure (source made from the fields)."""
    structure = structure_of(columns)
    fields = [name for name, _ in structure._fields]
    name = f"make_{columns.__name__}"
    lines = [f"def {name}({', '.join(fields)}):", "    made = new(struct_type)"]
    lines += [f"    made.{field} = {field}" for field in fields]
    lines += ["    return made", ""]
    used = {"__name__": __name__, "new": structref.new, "struct_type": structure}
    exec(compile("\n".join(lines), f"<{name}>", "exec"), used)
    return compiled(used[name])


def _column_type(column: Column) -> Any:
    element = numba.from_dtype(np.dtype(column.dtype))
    return types.Array(element, len(column.dimensions), "C") if column.dimensions else element
