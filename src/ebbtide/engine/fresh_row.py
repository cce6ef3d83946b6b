"""A fighter's row as a new man finds it: every column at its start, whoever stood there before."""

from __future__ import annotations

from typing import Any

from ebbtide.compilation.generated import compiled_from
from ebbtide.world.state import State


def _clearing() -> Any:
    """A compiled function (state, row), made from the fighters' columns."""
    lines = [
        f"state.{name}[row] = {column.start}"
        for name, column in State.declared.items()
        if column.dimensions == ("fighter",) and not column.of_rows
    ]
    return compiled_from(__name__, "clear", ("state", "row"), lines)


clear = _clearing()
