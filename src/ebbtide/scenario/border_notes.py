"""What is worth knowing of borders: places that none joins, and those that may have lost theirs."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from statistics import fmean

from ebbtide.scenario.faults import listed
from ebbtide.scenario.measuring import kilometres
from ebbtide.scenario.schema.events import Founding
from ebbtide.scenario.schema.file import ScenarioFile

FAR_TOO_LONG = (
    10.0  # times the way between the middles of its places, from which on a border is told
)
FAR_TOO_SHORT = 0.01  # of that way: a guess as well, since two places may meet at a corner


def notes_on_borders(file: ScenarioFile, drawn: Collection[str]) -> Iterator[str]:
    """A line for places that no border joins to others, that may lack one, and for lengths that cannot be.

    `drawn` are the places that have an outline.
    """
    parts = joined_parts(file)
    if len(parts) > 1:
        yield from _alone(parts, file)
        several = sorted((part for part in parts if len(part) > 1), key=len)
        if len(several) > 1:
            less = "; ".join(listed(part) for part in several[:-1])
            yield f"no border joins {less} to the other places: nobody moves between them"
    yield from _nearest_unjoined(file, drawn)
    yield from _too_long_or_short(file)


def joined_parts(file: ScenarioFile) -> list[set[str]]:
    """The places in parts within which borders join them."""
    joined: dict[str, set[str]] = {place: set() for place in file.places}
    for border in file.borders.values():
        one, other = border.between
        joined[one].add(other)
        joined[other].add(one)
    parts: list[set[str]] = []
    found: set[str] = set()
    for place in file.places:
        part, ahead = set[str](), {place} - found
        while ahead:
            part |= ahead
            ahead = set[str]().union(*(joined[each] for each in ahead)) - part
        found |= part
        parts += [part] if part else []
    return parts


def _alone(parts: list[set[str]], file: ScenarioFile) -> Iterator[str]:
    """Places without any border: with men of theirs, and without."""
    men = places_with_men(file)
    alone = [place for place in file.places if {place} in parts]
    if apart := [place for place in alone if place in men]:
        yield f"no border joins {listed(apart)} to any place: nobody moves in or out"
    if empty := [place for place in alone if place not in men]:
        yield (
            f"no border joins {listed(empty)} to any place, and no group has men there: nobody ever "
            "comes, and nothing happens"
        )


def places_with_men(file: ScenarioFile) -> set[str]:
    """The places where a group has men at the start, or gathers at its founding."""
    found: set[str] = set()
    for group in file.groups.values():
        if group.fighters.quantile(1.0) > 0:
            homes = [faction.places or group.places for faction in group.factions.values()]
            found.update(*(homes or [group.places]))
    for event in file.events.values():
        if isinstance(event, Founding):
            found.update(event.places)
    return found


def _nearest_unjoined(file: ScenarioFile, drawn: Collection[str]) -> Iterator[str]:
    """Places that lie nearest to each other of all, and that no border joins.

    Whether two that are `drawn` touch, their outlines say.
    """
    if len(file.places) < 3 or not file.borders:
        return
    from shapely import STRtree
    from shapely.geometry import Point

    names = list(file.places)
    flat = math.cos(math.radians(fmean(place.lat for place in file.places.values())))
    tree = STRtree([Point(place.lon * flat, place.lat) for place in file.places.values()])
    ones, others = tree.query_nearest(tree.geometries, exclusive=True).tolist()
    nearest = set(zip(ones, others, strict=True))
    borders = [{*border.between} for border in file.borders.values()]
    pairs = [
        f"{names[one]} and {names[other]}"
        for one, other in sorted(nearest)
        if one < other and (other, one) in nearest
        and {names[one], names[other]} not in borders
        and not {names[one], names[other]} <= set(drawn)
        and {names[one], names[other]} <= set().union(*borders)
    ]  # fmt: skip
    if pairs:
        yield f"no border joins {listed(pairs)}, of all places the nearest to each other: is one missing?"


def _too_long_or_short(file: ScenarioFile) -> Iterator[str]:
    """Borders that are many times as long, or as short, as the way between the middles of their places."""
    long, short = [], []
    for name, border in file.borders.items():
        one, other = (file.places[end] for end in border.between)
        apart = kilometres(one.lon, one.lat, other.lon, other.lat)
        told = f"{name} ({border.length.median:g} km, of middles {apart:.0f} km apart)"
        if border.length.median > FAR_TOO_LONG * apart > 0:
            long.append(told)
        elif 0 < border.length.median < FAR_TOO_SHORT * apart:
            short.append(told)
    for far, ratio, borders in (("long", FAR_TOO_LONG, long), ("short", 1 / FAR_TOO_SHORT, short)):
        if borders:
            yield (
                f"borders over {ratio:g} times as {far} as their places' middles lie apart: "
                f"{listed(borders)}: is `length` in km?"
            )
