"""How compiled code sees a set of columns: a table of where each of them stands in memory.

Compiled code borrows the arrays, which the table keeps until the call is over. So it counts no
references to them, and need not look a place up again each time round a loop. What it makes of a
column must therefore not outlive the call: no compiled function returns a part of one.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    register_model,
    unbox,
)
from numba.np.arrayobj import populate_array
from numba.np.numpy_support import as_dtype

from ebbtide.compilation.sources import digest_of

if TYPE_CHECKING:
    from ebbtide.world.columns import Column


class Structure(types.Type):
    """What Numba calls a set of columns: the types of its fields by name, and where each begins.

    An array takes a word (of 64 bits) for its place and one for each length; all else takes one.
    The fields and this file's code are in its name: machine code kept on disk for other ones is not
    taken for its.
    """

    def __init__(self, name: str, fields: dict[str, Any]) -> None:
        self.fields = fields
        self.starts: dict[str, int] = {}
        words = 0
        for each, kind in fields.items():
            self.starts[each] = words
            words += 1 + getattr(kind, "ndim", 0)
        everything = f"{fields} {digest_of(['world/structure.py'])}"
        super().__init__(f"{name}_{sha256(everything.encode()).hexdigest()[:12]}")


register_model(Structure)(models.OpaqueModel)


class Addresses:
    """Where each of a set of columns stands, in a table of words; it keeps the arrays."""

    address: int

    def __init__(self, structure: Structure, columns: list[Any]) -> None:
        """Raise TypeError for an array that is not as its column declares."""
        self._numba_type_ = structure
        self._columns = columns
        words: list[int] = []
        for (name, kind), column in zip(structure.fields.items(), columns, strict=True):
            if isinstance(column, Addresses):
                words.append(column.address)
            elif isinstance(kind, types.Array):
                if not _is(kind, column):
                    raise TypeError(f"{structure}.{name} is {numba.typeof(column)}, not {kind}")
                words += (column.__array_interface__["data"][0], *column.shape)
            else:
                words.append(int(np.array(column, _dtype(kind)).view(np.int64)))
        self._words = np.array(words, np.int64)
        self.address = self._words.ctypes.data


def _is(kind: Any, column: Any) -> bool:
    """Whether compiled code that is told of this type of array may read and write this one."""
    is_plain = column.flags.c_contiguous and column.flags.writeable and column.flags.aligned
    return is_plain and (column.ndim, column.dtype) == (kind.ndim, _dtype(kind.dtype))


_dtype = cache(as_dtype)


@unbox(Structure)  # type: ignore[untyped-decorator]
def _unbox(structure: Structure, table: Any, c: Any) -> Any:
    address = c.pyapi.object_getattr_string(table, "address")
    pointer = c.pyapi.long_as_voidptr(address)
    c.pyapi.decref(address)
    return NativeValue(pointer)


@infer_getattr
class _Fields(AttributeTemplate):
    key = Structure

    def generic_resolve(self, structure: Structure, name: str) -> Any:  # type: ignore[override]
        return structure.fields.get(name)


@lower_getattr_generic(Structure)  # type: ignore[untyped-decorator]
def _read(context: Any, builder: Any, structure: Structure, table: Any, name: str) -> Any:
    kind = structure.fields[name]
    whole = ir.IntType(64)
    words = builder.bitcast(table, whole.as_pointer())

    def word(number: int, read_as: Any) -> Any:
        place = cgutils.gep_inbounds(builder, words, structure.starts[name] + number)
        found = builder.load(builder.bitcast(place, read_as.as_pointer()))
        # A table stays as it is while compiled code runs, so that one look will do.
        found.set_metadata("invariant.load", builder.module.add_metadata([]))
        return found

    if not isinstance(kind, types.Array):
        return word(0, context.get_value_type(kind))
    element = context.get_data_type(kind.dtype)
    size = context.get_constant(types.intp, context.get_abi_sizeof(element))
    shape = [word(1 + axis, whole) for axis in range(kind.ndim)]
    strides = [size]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    array = context.make_array(kind)(context, builder)
    populate_array(
        array,
        data=word(0, element.as_pointer()),
        shape=cgutils.pack_array(builder, shape),
        strides=cgutils.pack_array(builder, strides),
        itemsize=size,
        meminfo=None,
    )
    return array._getvalue()


@cache
def structure_of(columns: Any) -> Structure:
    """What Numba calls a set of columns (a subclass of `Columns`)."""
    fields = {name: _column_type(column) for name, column in columns.compiled_columns().items()}
    fields |= {name: structure_of(part) for name, part in columns.parts.items()}
    return Structure(columns.__name__, fields)


def _column_type(column: Column) -> Any:
    element = numba.from_dtype(np.dtype(column.dtype))
    return types.Array(element, len(column.dimensions), "C") if column.dimensions else element
