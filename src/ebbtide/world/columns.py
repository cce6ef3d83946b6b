"""Columns: named arrays that Python and compiled code read by the same names.

A subclass declares each column once, as an annotated attribute:

    support: Numbers = column("group", "place", unit="share", meaning="local support for the group")

The annotation gives its type, the dimensions its shape; allocation, the compiled structure and the
ODD's tables of variables follow from it. Python reads `state.support[g, p]` on the object; compiled
code reads the same name on `state.compiled`, a table of the same arrays (made when asked for after
a column was set, left out of pickles). It copies no arrays; scalars it does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_type_hints

from ebbtide.world.dimensions import must_be_known
from ebbtide.world.flows import Since
from ebbtide.world.units import must_be_a_unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Integers = NDArray[np.int64]
    SmallIntegers = NDArray[np.int16]
    Codes = NDArray[np.uint8]
    Flags = NDArray[np.uint8]
    SmallNumbers = NDArray[np.float32]
else:  # NumPy is loaded when columns are allocated: what only reads declarations needs none

    class Numbers:
        """Numbers with 53 bits."""

        dtype = "float64"

    class Integers:
        """Whole numbers."""

        dtype = "int64"

    class SmallIntegers:
        """Whole numbers up to 32,767."""

        dtype = "int16"

    class Codes:
        """Whole numbers up to 255."""

        dtype = "uint8"

    class Flags(Codes):
        """Yes (1) or no (0)."""

    class SmallNumbers:
        """Numbers with 24 bits."""

        dtype = "float32"


@dataclass(frozen=True, slots=True)
class Column:
    """What one column is: a scalar where it has no dimensions.

    `start` is the level at the start, or the name of a column of `World` with the same dimensions
    that holds it; None where the scenario gives it in some other way. Where a set's columns are all
    given, it is what stands where nothing is said (`Columns.blank`). `since` marks flows: what is
    added up anew, from when. `of_rows` marks columns that only keep rows in order: no state of the
    model.
    """

    dimensions: tuple[str, ...]
    unit: str
    meaning: str
    start: float | str | None = 0.0
    since: Since | None = None
    of_rows: bool = False
    dtype: str = "float64"

    def shape(self, sizes: Mapping[str, int]) -> tuple[int, ...]:
        """How many rows it has along each dimension, in a world of these sizes."""
        return tuple(sizes[dimension] for dimension in self.dimensions)


def column(
    *dimensions: str,
    unit: str,
    meaning: str,
    start: float | str | None = 0.0,
    since: Since | None = None,
    of_rows: bool = False,
) -> Any:
    """Declare a column; its annotation gives the type of its elements."""
    return Column(dimensions, unit, meaning, start, since, of_rows)


weekly = partial(column, since=Since.WEEK)


def part() -> Any:
    """Declare a set of columns within another, of the class that the annotation names."""
    return _PART


_PART = object()
_SCALARS = {int: "int64", float: "float64"}


def dtype_of(hint: Any) -> str:
    """The type of a column's elements, from its annotation."""
    return _SCALARS[hint] if hint in _SCALARS else str(hint.dtype)


class Columns:
    """Base of the column sets: `declared` maps names to columns, `parts` to sets within the set."""

    declared: ClassVar[dict[str, Column]]
    parts: ClassVar[dict[str, type[Columns]]]
    all_given: ClassVar[bool]
    _compiled: Any

    def __init_subclass__(
        cls, derived: Mapping[str, Column] | None = None, all_given: bool = False
    ) -> None:
        """Gather what the class declares, behind what it inherits; `derived` stand elsewhere.

        With `all_given` no column has a level to start from. Raises TypeError for a name that is
        declared twice, and for a unit that means nothing.
        """
        super().__init_subclass__()
        cls.all_given = all_given
        hints = get_type_hints(cls)
        stated = {name: value for name, value in vars(cls).items() if name in hints}
        cls.parts = {name: hints[name] for name, value in stated.items() if value is _PART}
        own = {
            name: replace(value, dtype=dtype_of(hints[name]))
            for name, value in stated.items()
            if isinstance(value, Column)
        }
        inherited: dict[str, Column] = getattr(super(cls, cls), "declared", {})
        elsewhere = inherited | dict(derived or {})
        if twice := own.keys() & elsewhere.keys():
            raise TypeError(f"{cls.__name__} declares {', '.join(sorted(twice))} twice")
        cls.declared = inherited | own | dict(derived or {})
        for name, declared in cls.declared.items():
            must_be_known(f"{cls.__name__}.{name}", declared.dimensions)
            must_be_a_unit(f"{cls.__name__}.{name}", declared.unit)
        for name in stated.keys() & (own.keys() | cls.parts.keys()):
            delattr(cls, name)

    @classmethod
    def compiled_columns(cls) -> dict[str, Column]:
        """The columns that compiled code reads, parts aside."""
        return cls.declared

    def __init__(self, **columns: Any) -> None:
        expected = self.declared.keys() | self.parts.keys()
        if columns.keys() != expected:
            wrong = sorted(columns.keys() ^ expected)
            raise TypeError(f"{type(self).__name__} columns do not match: {', '.join(wrong)}")
        for name, values in columns.items():
            object.__setattr__(self, name, values)
        object.__setattr__(self, "_compiled", None)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a column to a copy of what is given; compiled code reads it from now on.

        Parts are written into, not set. Raises AttributeError for what is no column, and for how many
        rows columns have; ValueError for what a column cannot hold.
        """
        from ebbtide.world.assigned import as_declared, must_be_settable

        called = f"{type(self).__name__}.{name}"
        must_be_settable(called, name, self.declared, self.parts)
        declared = self.declared[name]
        held = as_declared(called, declared, value, getattr(getattr(self, name), "shape", ()))
        object.__setattr__(self, name, held)
        object.__setattr__(self, "_compiled", None)

    def __delattr__(self, name: str) -> None:
        """Columns stay: the rules read them."""
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted", name=name)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Numbers: ...

    @classmethod
    def allocate(cls, sizes: Mapping[str, int], **given: Any) -> Self:
        """The set in a world of these sizes: with the columns given, the others at their start.

        Raises TypeError for a column of another shape than it declares, and for one that is not
        given and has no level to start from.
        """
        import numpy as np

        columns = {name: given.pop(name) for name in cls.parts}
        for name, declared in cls.declared.items():
            shape = declared.shape(sizes)
            has_start = isinstance(declared.start, int | float) and not cls.all_given
            if name not in given and not has_start:
                raise TypeError(f"{cls.__name__}.{name} is not given")
            if name not in given:
                columns[name] = np.full(shape, declared.start, declared.dtype)
            elif declared.dimensions:
                columns[name] = np.array(given.pop(name), declared.dtype, order="C")
                if columns[name].shape != shape:
                    found = columns[name].shape
                    raise TypeError(f"{cls.__name__}.{name} is {found}, not {shape}")
            else:
                columns[name] = given.pop(name)
        return cls(**columns, **given)

    @classmethod
    def blank(cls, name: str, sizes: Mapping[str, int]) -> NDArray[Any]:
        """An array for a column in a world of these sizes, for whoever fills it in: all at its start.

        Without a level to start from it is all zero.
        """
        import numpy as np

        declared = cls.declared[name]
        start = declared.start if isinstance(declared.start, int | float) else 0
        return np.full(declared.shape(sizes), start, declared.dtype)

    @property
    def compiled(self) -> Any:
        """The same columns for compiled code."""
        if self._compiled is None:
            from ebbtide.compilation.compiled import PLAIN
            from ebbtide.world.structure import Addresses, structure_of

            kind: Any = type(self)
            columns = [getattr(self, name) for name in (*self.compiled_columns(), *self.parts)]
            table = (
                self
                if PLAIN
                else Addresses(
                    structure_of(kind),
                    [each.compiled if isinstance(each, Columns) else each for each in columns],
                )
            )
            object.__setattr__(self, "_compiled", table)
        return self._compiled

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in (*self.declared, *self.parts)}

    def __setstate__(self, columns: dict[str, Any]) -> None:
        self.__init__(**columns)  # type: ignore[misc]


class Block(Columns):
    """Columns of one type that stand one behind the other in one array, `flat`."""

    flat: Any  # one array of the columns' type

    def __init_subclass__(cls, derived: Mapping[str, Column] | None = None) -> None:
        """Raise TypeError where the columns are not all of one type."""
        super().__init_subclass__(derived)
        if len(types := {declared.dtype for declared in cls.declared.values()}) > 1:
            raise TypeError(f"{cls.__name__} holds {', '.join(sorted(types))}: one type alone fits")

    def __setattr__(self, name: str, value: Any) -> None:
        """Columns of a block are written into, not set."""
        if name in self.compiled_columns():
            raise AttributeError(f"write into {name}[...]: it is a part of one array")
        super().__setattr__(name, value)

    @classmethod
    def compiled_columns(cls) -> dict[str, Column]:
        """The columns, and behind them the array that they stand in."""
        dtype = next(iter(cls.declared.values())).dtype
        flat = Column(("cell",), "", "all of them, one behind the other", dtype=dtype)
        return cls.declared | {"flat": flat}

    @classmethod
    def allocate(cls, sizes: Mapping[str, int], **given: Any) -> Self:
        """The block in a world of these sizes, all zero."""
        import numpy as np

        shapes = [declared.shape(sizes) for declared in cls.declared.values()]
        dtype = next(iter(cls.declared.values())).dtype
        return cls._on(np.zeros(sum(map(math.prod, shapes)), dtype), shapes)

    @classmethod
    def _on(cls, flat: NDArray[Any], shapes: list[tuple[int, ...]]) -> Self:
        import numpy as np

        ends = np.cumsum([math.prod(shape) for shape in shapes])
        slices = np.split(flat, ends[:-1])
        views = (each.reshape(shape) for each, shape in zip(slices, shapes, strict=True))
        block = cls(**dict(zip(cls.declared, views, strict=True)))
        object.__setattr__(block, "flat", flat)
        return block

    def __reduce__(self) -> tuple[Any, ...]:
        shapes = [getattr(self, name).shape for name in self.declared]
        return type(self)._on, (self.flat, shapes)
