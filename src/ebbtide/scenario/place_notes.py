"""What is worth knowing of places: a country that one alone has, called nearly as another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ebbtide.scenario.faults import are_alike, nearest, shown
from ebbtide.scenario.schema.file import ScenarioFile


def notes_on_countries(file: ScenarioFile) -> Iterator[str]:
    """A line for each place whose country is nearly called as that of others."""
    of = Counter(place.country for place in file.places.values())
    for name, place in file.places.items():
        others = [country for country, number in of.items() if number > 1 or of[place.country] == 1]
        near = nearest(place.country, set(others) - {place.country})
        if of[place.country] == 1 and near is not None and are_alike(place.country, near):
            yield f"places.{name}.country is {shown(place.country)} alone; did you mean {near}?"
