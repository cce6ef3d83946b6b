"""Flows begin anew, by what their columns declare: nothing that is added up is put back by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ebbtide.compilation.generated import compiled_from
from ebbtide.world.flows import Since
from ebbtide.world.variables import Variables


def _beginning(since: Since, name: str) -> Any:
    """A compiled function that puts back the flows that begin then: (state), or (state, g).

    With the week begin those of all rows, else those of one group.
    """
    takes = ["state"] if since is Since.WEEK else ["state", "g"]
    return compiled_from(__name__, name, takes, _lines(since))


def _lines(since: Since) -> Iterator[str]:
    """The lines that put back the columns; raises TypeError where that cannot be."""
    for name, column in Variables.declared.items():
        if column.since is not since:
            continue
        if not isinstance(column.start, int | float):
            raise TypeError(f"{name} begins anew {since.value} and has no level to start from")
        if since is not Since.WEEK and column.dimensions[0] != "group":
            raise TypeError(f"{name} begins anew {since.value} and is none of a group's columns")
        rows = (
            "..." if since is Since.WEEK else ", ".join(["g", *":" * (len(column.dimensions) - 1)])
        )
        start = column.start if column.dtype.startswith("float") else int(column.start)
        yield f"state.{name}[{rows}] = {start}"


begin_weekly = _beginning(Since.WEEK, "begin_weekly")
begin_with_attacks = _beginning(Since.ATTACKS, "begin_with_attacks")
begin_after_stock = _beginning(Since.STOCK, "begin_after_stock")
