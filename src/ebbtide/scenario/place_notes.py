"""What is worth knowing of places: a country called nearly as another, a column that was copied down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ebbtide.scenario.faults import are_alike, nearest, shown
from ebbtide.scenario.schema.file import ScenarioFile

SEVERAL = 3  # places, from which on one number for all is told


def notes_on_countries(file: ScenarioFile) -> Iterator[str]:
    """A line for each place whose country is nearly called as that of others."""
    of = Counter(place.country for place in file.places.values())
    for name, place in file.places.items():
        others = [country for country, number in of.items() if number > 1 or of[place.country] == 1]
        near = nearest(place.country, set(others) - {place.country})
        if of[place.country] == 1 and near is not None and are_alike(place.country, near):
            yield f"places.{name}.country is {shown(place.country)} alone; did you mean {near}?"


def notes_on_copies(file: ScenarioFile) -> Iterator[str]:
    """A line where all places have as many people, which nobody has counted so."""
    people = {place.population.median for place in file.places.values()}
    if len(file.places) >= SEVERAL and len(people) == 1:
        yield f"all {len(file.places)} places have {people.pop():,.10g} people: was a cell copied down?"
