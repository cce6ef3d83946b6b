"""A fighter's row as a new man finds it: every column at its start, whoever stood there before."""

from __future__ import annotations

from typing import Any

from ebbtide.compilation.compiled import compiled
from ebbtide.world.state import State


def _clearing() -> Any:
    """A compiled function (state, row), made from the fighters' columns."""
    lines = ["def clear(state, row):"]
    for name, column in State.declared.items():
        if column.dimensions == ("fighter",) and not column.of_rows:
            lines.append(f"    state.{name}[row] = {column.start}")
    used: dict[str, Any] = {"__name__": __name__}
    exec(compile("\n".join([*lines, ""]), "<clear>", "exec"), used)
    return compiled(used["clear"])


clear = _clearing()
