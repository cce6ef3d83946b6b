"""How hard policy holds every lever this week, as columns under the levers' own names."""

from __future__ import annotations

from ebbtide.scenario.levers import LEVERS
from ebbtide.world.columns import Block, Column, Integers


def _columns() -> dict[str, Column]:
    """A column a lever, and one behind it for each of its aims (`strikes_leaders`)."""
    found = {}
    for name, lever in LEVERS.items():
        dimensions = tuple("group" if each == "rival" else each for each in lever.held_by)
        found[name] = Column(dimensions, "share", lever.meaning)
        for aim in lever.aims:
            found[f"{name}_{aim}"] = Column(dimensions, "share", f"share of it aimed at {aim}")
    return found


class Levers(Block, derived=_columns()):
    """Strength by force, group, rival, place or post, as each lever declares (`held_by`)."""

    def cells_of(self, name: str) -> Integers:
        """Where each cell of a lever stands in `flat`, in the shape of its column."""
        import numpy as np

        before = list(self.declared)[: list(self.declared).index(name)]
        first = sum(getattr(self, each).size for each in before)
        table = getattr(self, name)
        return np.arange(first, first + table.size).reshape(table.shape)
