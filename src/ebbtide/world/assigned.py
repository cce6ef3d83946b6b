"""What is set on a column by hand, as compiled code reads it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.faults import nearest, shown
from ebbtide.world.dimensions import ALONE, COUNTED_DIMENSIONS

if TYPE_CHECKING:
    from ebbtide.world.columns import Column

SIZES = frozenset(
    counted.of for counted in COUNTED_DIMENSIONS.values()
)  # by which compiled code goes


def must_be_settable(
    called: str, name: str, declared: Mapping[str, Column], parts: Collection[str]
) -> None:
    """Raise AttributeError for a part, for what is no column, and for how many rows columns have."""
    if name in parts:
        said = f"write into the columns of {name}; it cannot be another"
    elif name not in declared:
        near = nearest(name, (*declared, *parts))
        hint = f"; did you mean {near}?" if near else ""
        said = f"there is no {called}: nothing would read it{hint}"
    elif name in SIZES and not declared[name].dimensions:
        said = f"{called} is only read: columns are as long as it says"
    else:
        return
    raise AttributeError(said, name=name)


def as_declared(name: str, declared: Column, value: Any, stands: tuple[int, ...]) -> Any:
    """A value as a column of this shape holds it: an array of its own, or a number.

    Rows of fighters may grow, all else stays as long as it is. Raises ValueError for another shape
    and for what is no number of the column's type.
    """
    import numpy as np

    try:
        found = np.array(value)
    except ValueError:  # lists of several lengths
        found = np.array(None)
    if found.dtype.kind not in "biuf":
        raise ValueError(f"{name} holds numbers, not {shown(value)}")
    grown = declared.dimensions == (ALONE,) and found.ndim == 1 and found.shape >= stands
    if found.shape != stands and not grown:
        raise ValueError(f"{name} is {found.shape}, not {stands}")
    with np.errstate(invalid="ignore", over="ignore"):  # which the next lines tell
        held = found.astype(declared.dtype, order="C")
    whole = held.dtype.kind in "iu"
    cannot = held != found if whole else np.isinf(held) & ~np.isinf(found)
    if cannot.any():
        most: Any = np.iinfo(held.dtype) if whole else np.finfo(held.dtype)
        kind, wrong = "whole numbers" if whole else "numbers", shown(found[cannot].flat[0].item())
        raise ValueError(f"{name} holds {kind}, {most.min} to {most.max}, not {wrong}")
    return held if declared.dimensions else held.item()
