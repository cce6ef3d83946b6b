"""Columns: named arrays that Python and compiled code read by the same names.

A subclass lists its fields with their types. Python reads `state.brand[g]` on the object; compiled
code reads the same name on `state.compiled`, a Numba structure of the same arrays (made when first
asked for, left out of pickles). Neither copies.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numba.core import types
from numba.experimental import structref

from ebbtide.world.compiled import PLAIN, compiled

INTEGER = types.int64
NUMBER = types.float64
INTEGERS = types.int64[::1]
NUMBERS = types.float64[::1]
NUMBERS_2D = types.float64[:, ::1]
NUMBERS_3D = types.float64[:, :, ::1]
INTEGERS_2D = types.int64[:, ::1]
INTEGERS_3D = types.int64[:, :, ::1]
FLAGS = types.uint8[::1]
FLAGS_2D = types.uint8[:, ::1]
SMALL_INTEGERS = types.int16[::1]
CODES = types.uint8[::1]
SERIES_4D = types.float32[:, :, :, ::1]


def _constructor(name: str, struct_type: Any, fields: tuple[str, ...]) -> Any:
    """A compiled function that gathers arrays into one structure (source made from the fields)."""
    arguments = ", ".join(fields)
    lines = [f"def make_{name}({arguments}):", "    made = new(struct_type)"]
    lines += [f"    made.{field} = {field}" for field in fields]
    lines += ["    return made", ""]
    namespace = {"__name__": __name__, "new": structref.new, "struct_type": struct_type}
    # Compiled under this file's name, so that Numba can keep it in its disk cache.
    exec(compile("\n".join(lines), __file__, "exec"), namespace)
    return compiled(namespace[f"make_{name}"])


class _ShortNamed(types.StructRef):
    """A structure named by its class alone, whose fields are always the same.

    Numba would put every field into its name, and that name into the name of every function.
    """

    def __init__(self, fields: tuple[tuple[str, Any], ...]) -> None:
        super().__init__(fields)
        self.name = type(self).__name__


class Columns:
    """Base of the column sets; `fields` maps names to Numba types."""

    fields: ClassVar[dict[str, Any]]
    compiled_type: ClassVar[Any]  # what Numba calls the columns
    _construct: ClassVar[Any]
    _compiled: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        type_class = type(f"{cls.__name__}Type", (_ShortNamed,), {"__module__": cls.__module__})
        type_class = structref.register(type_class)
        structref.define_boxing(type_class, structref.StructRefProxy)
        # Numba's cache pickles the class by its name: in another process it must be the same one.
        setattr(sys.modules[cls.__module__], type_class.__name__, type_class)
        cls.compiled_type = type_class(tuple(cls.fields.items()))
        cls._construct = staticmethod(
            _constructor(cls.__name__, cls.compiled_type, tuple(cls.fields))
        )

    def __init__(self, **columns: Any) -> None:
        if columns.keys() != self.fields.keys():
            wrong = sorted(columns.keys() ^ self.fields.keys())
            raise TypeError(f"{type(self).__name__} columns do not match: {', '.join(wrong)}")
        for name, column in columns.items():
            setattr(self, name, column)
        self._compiled = None

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    @property
    def compiled(self) -> Any:
        """The same columns for compiled code."""
        if PLAIN:
            return self
        if self._compiled is None:
            self._compiled = self._construct(*(getattr(self, name) for name in self.fields))
        return self._compiled

    def replace(self, **columns: np.ndarray) -> None:
        """Put other arrays in the place of some (a longer one, say)."""
        for name, column in columns.items():
            setattr(self, name, column)
        self._compiled = None

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.fields}

    def __setstate__(self, columns: dict[str, Any]) -> None:
        self.__init__(**columns)  # type: ignore[misc]
