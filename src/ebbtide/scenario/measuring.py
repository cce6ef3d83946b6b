"""What outlines say that a scenario leaves out: middles of places, lengths of borders, which touch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.document import Document
from ebbtide.scenario.faults import listed
from ebbtide.scenario.outlines import Outlines
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.places import LEAST_KM, Border, Place

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MIDDLE, LENGTH = ("lon", "lat"), "length"  # of a place and of a border, where left out
OF_OUTLINES = {*MIDDLE, LENGTH}  # what a file with outlines need not state
EARTH_RADIUS_KM = 6371.0  # the mean
LEAST_TOLD = 1.0  # km; shorter touches are as likely the drawing's
FAR_APART = 1000.0  # km between the middles of places that touch: more are few on earth
POLAR = 66.5  # degrees of latitude beyond which hardly anybody lives
AS_IF_SWAPPED = 2.0  # times as far from what it touches as places usually are, and as if swapped


def complete(document: Document, outlines: Outlines | None) -> list[str]:
    """State in the document what it leaves out and what it has elsewhere says.

    `international` follows from the countries of a border's places; with outlines, `lon` and `lat` of
    places are their middles, and `length` of borders is measured where two of them share a line.
    Returns the paths of what was measured.
    """
    measured: list[str] = []
    places, borders = _tables(document, "places"), _tables(document, "borders")
    drawn = outlines.geometries if outlines else {}
    for name, place in places.items():
        if name in drawn and not {*MIDDLE} <= place.keys():
            for key, degrees in zip(MIDDLE, middle(drawn[name]), strict=True):
                if key not in place:
                    document.put(("places", name, key), degrees, outlines.name if outlines else "")
                    measured.append(f"places.{name}.{key}")
    for name, border in borders.items():
        ends = border.get("between")
        if (
            not isinstance(ends, list)
            or len(ends) != 2
            or not all(_is(end, places) for end in ends)
        ):
            continue
        where = document.origin(("borders", name))
        one, other = (places[end].get("country") for end in ends)
        if "international" not in border:
            document.put(("borders", name, "international"), one != other, where)
        if LENGTH not in border and all(end in drawn for end in ends):
            length = shared_length(*(drawn[end] for end in ends))
            if length > 0:
                document.put(("borders", name, LENGTH), max(LEAST_KM, round(length, 1)), where)
                measured.append(f"borders.{name}.{LENGTH}")
    return measured


def notes(outlines: Outlines | None, measured: list[str], file: ScenarioFile) -> Iterator[str]:
    """A line for what was measured, what is where it cannot be, is not drawn, or may lack."""
    yield from _far_apart(file)
    yield from _swapped(file)
    yield from _at_one_point(file)
    if outlines is None:
        return
    yield from _outside(outlines, file, measured)
    if measured:
        yield f"{outlines.name}: measured on outlines: {listed(measured, 6)}"
    yield from outlines.notes(file.places)
    yield from _unjoined(outlines, file.places, file.borders)


def _far_apart(file: ScenarioFile) -> Iterator[str]:
    """A line for places that a border joins and whose middles lie far apart."""
    far = []
    for name, border in file.borders.items():
        one, other = (file.places[end] for end in border.between)
        apart = kilometres(one.lon, one.lat, other.lon, other.lat)
        if apart > FAR_APART:
            far.append(f"{name} ({apart:,.0f} km)")
    if far:
        yield (
            f"borders whose places have middles over {FAR_APART:,.0f} km apart: {listed(far)}: are `lon` "
            "and `lat` of one of them swapped, or without a sign?"
        )


def _swapped(file: ScenarioFile) -> Iterator[str]:
    """A line for places that would lie far nearer to what they touch with `lon` and `lat` swapped.

    And for those where hardly anybody lives, as when the columns of all of them are swapped.
    """
    ends = [border.between for border in file.borders.values()]
    touching: dict[str, list[Place]] = {}
    for one, other in (*ends, *(pair[::-1] for pair in ends)):
        touching.setdefault(one, []).append(file.places[other])
    apart = {name: _away(file.places[name], others) for name, others in touching.items()}
    usual = median(apart.values()) if apart else 0.0
    swapped = []
    for name, others in touching.items():
        place, far = file.places[name], AS_IF_SWAPPED * usual < apart[name] <= FAR_APART
        if far and AS_IF_SWAPPED * _away(place, others, swapped=True) < apart[name]:
            swapped.append(f"{name} ({place.lon:g}, {place.lat:g})")
    if swapped:
        yield f"`lon` and `lat` look swapped, since what they touch lies far away: {listed(swapped)}"
    polar = [
        f"{name} ({place.lat:g})" for name, place in file.places.items() if abs(place.lat) > POLAR
    ]
    if polar:
        yield f"`lat` beyond {POLAR:g} degrees: {listed(polar)}: are `lon` and `lat` swapped?"


def _away(place: Place, others: Sequence[Place], *, swapped: bool = False) -> float:
    """Kilometres from the middle of a place to those of others, in the mean."""
    here = (place.lat, place.lon) if swapped else (place.lon, place.lat)
    return fmean(kilometres(*here, other.lon, other.lat) for other in others)


def _at_one_point(file: ScenarioFile) -> Iterator[str]:
    """A line for places whose middles are one point, as when a row was copied."""
    at: dict[tuple[float, float], list[str]] = {}
    for name, place in file.places.items():
        at.setdefault((place.lon, place.lat), []).append(name)
    same = [" and ".join(names) for names in at.values() if len(names) > 1]
    if same:
        yield f"places with the same `lon` and `lat`: {listed(same)}"


def _outside(outlines: Outlines, file: ScenarioFile, measured: list[str]) -> Iterator[str]:
    """A line for places whose stated middle lies outside the box around their outline."""
    outside = []
    for name, place in file.places.items():
        if name in outlines.geometries and f"places.{name}.lon" not in measured:
            west, south, east, north = _shape(outlines.geometries[name]).bounds
            if not (west <= place.lon <= east and south <= place.lat <= north):
                outside.append(f"{name} ({place.lon:g}, {place.lat:g})")
    if outside:
        yield (
            f"{outlines.name}: `lon`, `lat` lie outside the outline of {listed(outside)}: "
            "are they swapped?"
        )


def _unjoined(
    outlines: Outlines, places: Mapping[str, object], borders: Mapping[str, Border]
) -> Iterator[str]:
    """A line for places whose outlines touch and that no border joins, with what its length would be."""
    joined = {frozenset(border.between) for border in borders.values()}
    shapes = {
        name: _shape(outlines.geometries[name]) for name in places if name in outlines.geometries
    }
    touching = [
        f"{a}, {b} ({length:.0f} km)"
        for a, b in combinations(shapes, 2)
        if frozenset((a, b)) not in joined
        and shapes[a].intersects(shapes[b])
        and (length := _kilometres(shapes[a].boundary.intersection(shapes[b].boundary)))
        >= LEAST_TOLD
    ]
    if touching:
        number = "1 pair touches" if len(touching) == 1 else f"{len(touching)} pairs touch"
        yield f"{outlines.name}: {number} and no border joins them: {'; '.join(touching[:8])}" + (
            f" and {len(touching) - 8} more" if len(touching) > 8 else ""
        )


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Longitude and latitude of an outline's centroid; of a point inside where that lies outside."""
    shape = _shape(geometry)
    point = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    return round(point.x, 3), round(point.y, 3)


def shared_length(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """Kilometres of the line that two outlines share, on a sphere; 0 where they share none."""
    return _kilometres(_shape(one).boundary.intersection(_shape(other).boundary))


def kilometres(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """The great-circle distance between two points in degrees."""
    a1, a2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((a2 - a1) / 2) ** 2
    half += math.cos(a1) * math.cos(a2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def _kilometres(line: BaseGeometry) -> float:
    import shapely

    parts = (shapely.get_coordinates(part).tolist() for part in shapely.get_parts(line))
    return math.fsum(
        kilometres(*one, *other) for points in parts for one, other in pairwise(points)
    )


def _shape(geometry: Mapping[str, Any]) -> BaseGeometry:
    import shapely
    from shapely.geometry import shape

    return shapely.make_valid(shape(geometry))


def _tables(document: Document, kind: str) -> dict[str, dict[str, Any]]:
    """The tables of a kind that are tables; the schema says what is wrong with others."""
    found = document.data.get(kind)
    entries = found.items() if isinstance(found, dict) else ()
    return {name: table for name, table in entries if isinstance(table, dict)}


def _is(end: object, places: Mapping[str, object]) -> bool:
    return isinstance(end, str) and end in places
