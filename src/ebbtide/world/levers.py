"""How hard policy holds every lever this week, as columns under the levers' own names."""

from __future__ import annotations

from ebbtide.scenario.levers import LEVERS, columns_of
from ebbtide.world.columns import Block, Column, Integers


def _columns() -> dict[str, Column]:
    """A column a lever, and one for each of its aims (`strikes_leaders`)."""
    return {
        column: Column(lever.dimensions, "share", meaning)
        for name, lever in LEVERS.items()
        for column, meaning in zip(
            columns_of(name),
            (lever.meaning, *(f"share of it aimed at {aim}" for aim in lever.aims)),
            strict=True,
        )
    }


class Levers(Block, derived=_columns()):
    """Strength by force, group, place or post, as each lever declares (`held_by`)."""

    def cells_of(self, name: str) -> Integers:
        """Where each cell of a column stands in `flat`, in the column's shape."""
        import numpy as np

        before = list(self.declared)[: list(self.declared).index(name)]
        first = sum(getattr(self, each).size for each in before)
        table = getattr(self, name)
        return np.arange(first, first + table.size).reshape(table.shape)
