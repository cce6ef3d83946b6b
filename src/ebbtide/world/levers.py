"""How hard policy holds every lever this week, as columns under the levers' own names."""

from __future__ import annotations

from ebbtide.scenario.levers import LEVERS, columns_of
from ebbtide.world.columns import Block, Column


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

    def numbered(self) -> Levers:
        """The same columns, where each cell holds its place in `flat`."""
        import numpy as np

        shapes = [getattr(self, name).shape for name in self.declared]
        return self._on(np.arange(self.flat.size), shapes)
