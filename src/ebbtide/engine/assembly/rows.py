"""Which row each of a scenario's ids has in the columns, and men put into rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ebbtide.scenario import Fault, Faults, Scenario
from ebbtide.scenario.deployments import REST, contingent_at
from ebbtide.scenario.project import label
from ebbtide.world.dimensions import lengths
from ebbtide.world.identity import MAX_ORDINALS

Values = Mapping[str, float]


class Rows:
    """The rows that the scenario's ids have in the columns.

    `counts` is how many there are of everything, `sizes` how long the dimensions are that follow.
    """

    def __init__(self, scenario: Scenario) -> None:
        file = scenario.file
        self.places = {name: i for i, name in enumerate(file.places)}
        self.groups = {name: i for i, name in enumerate(file.groups)}
        self.forces = {name: i for i, name in enumerate(file.forces)}
        self.centres = {name: i for i, name in enumerate(file.centres)}
        # "group" for a group's only faction, else "group.faction"
        self.factions: dict[str, int] = {}
        self.group_start = [0]
        for name, group in file.groups.items():
            for faction in group.factions or [None]:
                key = name if faction is None else f"{name}.{faction}"
                self.factions[key] = len(self.factions)
            self.group_start.append(len(self.factions))
        # "force" for what is of no country, else "force.country"
        self.contingents: dict[str, int] = {}
        self.contingent_start = [0]
        for name, force in file.forces.items():
            for country in [REST, *force.contingents]:
                self.contingents[contingent(name, country)] = len(self.contingents)
            self.contingent_start.append(len(self.contingents))
        self.posts = [group.posts for group in file.groups.values()]
        self.counts = {
            "places": len(self.places), "groups": len(self.groups), "factions": len(self.factions),
            "forces": len(self.forces), "posts": sum(self.posts), "centres": len(self.centres),
            "contingents": len(self.contingents), "borders": len(file.borders), "events": len(file.events),
            "weeks": scenario.weeks,
        }  # fmt: skip
        self.sizes = lengths(self.counts)

    def factions_of(self, name: str) -> list[int]:
        """Rows of "group" (all its factions) or "group.faction"."""
        if name in self.groups:
            g = self.groups[name]
            return list(range(self.group_start[g], self.group_start[g + 1]))
        return [self.factions[name]]


def contingent(force: str, country: str) -> str:
    """What a force's contingent from a country, or the rest of it, goes by in `Rows.contingents`."""
    return force if country == REST else f"{force}.{country}"


def stationed(scenario: Scenario, rows: Rows, force: str, places: Iterable[str]) -> np.ndarray:
    """Which contingent of a force operates in each place, -1 for none, if it does in these."""
    file, found = scenario.file, np.full(len(rows.places), -1)
    for place in scenario.places_in(places):
        country = contingent_at(file, file.forces[force], place)
        found[rows.places[place]] = rows.contingents[contingent(force, country)]
    return found


def weights_at(values: Values, path: str, places: Iterable[str]) -> list[float]:
    """The weights that the scenario states by place at a dotted path."""
    return [values[f"{path}.{place}"] for place in places]


def numbers(found: Iterable[float]) -> np.ndarray:
    """A column of numbers."""
    return np.array(list(found), dtype=np.float64)


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Split `total` men by weights to whole men, by largest remainders (ties to the first)."""
    whole = math.fsum(weights)
    exact = [total * weight / whole for weight in weights]
    counts = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[: total - sum(counts)]:
        counts[i] += 1
    return counts


def must_fit(scenario: Scenario, key: str, men: np.ndarray) -> None:
    """An id has room for so many men who enter at once. Raises Faults."""
    if men.max() > MAX_ORDINALS:
        found = f"{men.max()} men of one faction in one place"
        raise Faults([Fault(label(scenario.path), key, found, f"at most {MAX_ORDINALS}")])
