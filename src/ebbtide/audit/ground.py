"""Ground held on the first day, beside what the group's men could hold there for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.rules import territory
from ebbtide.scenario.weeks import A_YEAR

if TYPE_CHECKING:
    from ebbtide.model import Insurgency

BEYOND = (
    1.25  # times what its men could hold, from which on ground is told as held beyond their means
)


@dataclass(frozen=True, slots=True)
class GroundHeld:
    """Shares of a place's districts that a group holds: on the first day, and after a year.

    `could` is what its men of the first day could hold there for good, with no force and no rival
    against them: with any, less.
    """

    group: str
    place: str
    held: float
    could: float
    after: float

    @property
    def beyond_its_men(self) -> bool:
        """Whether it is more than they can hold."""
        return self.held > BEYOND * self.could


def ground_at_start(model: Insurgency) -> Iterator[GroundHeld]:
    """The ground that groups hold on the first day, out of a whole run."""
    state, world, parameters = model.state, model.world, model.parameters
    in_places, file = state.place_series, model.scenario.stands_for.file
    year = min(A_YEAR, model.week)
    if parameters.territory_on == 0:
        return
    for g, name in enumerate(model.group_names):
        for p, place in enumerate(model.place_names):
            if file.groups[name].held.get(place) is None:
                continue
            could = territory.resting_share(
                float(in_places.fighters[0, g, p]),
                float(state.series.command[0, g]),
                float(in_places.support[0, g, p]),
                0.0,
                0.0,
                float(world.districts[p]),
                float(world.population[p]),
                parameters.territory_men_a_district,
                parameters.territory_police,
                parameters.territory_state_weight,
            )
            yield GroundHeld(
                file.groups[name].name,
                file.places[place].name,
                float(in_places.held[0, g, p]),
                could,
                float(in_places.held[year, g, p]),
            )
