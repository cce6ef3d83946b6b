"""Outlines of places: GeoJSON, and what GeoPandas reads, read strictly."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ebbtide.scenario.faults import MISSING, Fault, Faults, listed, nearest, shown
from ebbtide.scenario.fixed_table import FixedTable, fixed_json
from ebbtide.scenario.project import label, read_text

GEOJSON = (".geojson", ".json")
POLYGONS = ("Polygon", "MultiPolygon")
DEGREES = "longitude (-180 to 180) and latitude (-90 to 90), in degrees (EPSG:4326)"
LEAST = 4  # positions of a ring, of which the last is the first


@dataclass(frozen=True)
class Outlines:
    """The outlines in a file: its name as messages show it, and a geometry by code."""

    name: str
    geometries: Mapping[str, dict[str, Any]]

    @property
    def geojson(self) -> dict[str, Any]:
        """A feature collection, property `code` of each the code of its place; its lists are tuples."""
        features = [
            {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
            for code, geometry in self.geometries.items()
        ]
        collection: dict[str, Any] = fixed_json({"type": "FeatureCollection", "features": features})
        return collection

    def notes(self, places: Mapping[str, object]) -> Iterator[str]:
        """A line for places that cannot be drawn, and for outlines of no place."""
        without = [place for place in places if place not in self.geometries]
        others = [code for code in self.geometries if code not in places]
        if without:
            yield (
                f"{self.name}: no outline of {listed(without)}: hatched and named in maps, not drawn"
            )
        if others:
            near = {near for code in others if (near := nearest(code, without))}
            meant = f"; did you mean {listed(near)}?" if near else ""
            yield f"{self.name}: outlines of no place, not drawn: {listed(others)}{meant}"


def read_outlines(path: Path, code: str, faults: list[Fault]) -> Outlines | None:
    """The outlines in a file, the property `code` of each naming its place; None with faults."""
    name = label(path)
    try:
        text = read_text(path) if path.suffix.lower() in GEOJSON else _by_geopandas(path)
    except Faults as found:
        faults.extend(found.faults)
        return None
    outlines, wrong = _outlines_of(text, name, code)
    faults.extend(wrong)
    return outlines


@lru_cache(maxsize=8)  # a scenario is read anew with every value that is set beside it
def _outlines_of(text: str, name: str, code: str) -> tuple[Outlines | None, tuple[Fault, ...]]:
    """The outlines in a text of GeoJSON, and what is wrong with it."""
    faults: list[Fault] = []
    features = _features(text, name, faults)
    geometries: dict[str, dict[str, Any]] = {}
    if features and all(_code(feature, code) is None for feature in features):
        known = {key for feature in features for key in _properties(feature)}
        allowed = f"a property of the features: {listed(known)}"
        found = f'"{code}" by `geography.code`, which no feature has'
        faults.append(Fault(name, "properties", found, allowed, nearest(code, known)))
        return None, tuple(faults)
    for number, feature in enumerate(features or ()):
        where = f"features[{number}]"
        feature = feature if isinstance(feature, dict) else {}
        stated, geometry = _code(feature, code), feature.get("geometry")
        if not isinstance(stated, str) or not stated:
            known = {*_properties(feature)}
            allowed = f'a place\'s id: `geography.code` is "{code}"; it has: {listed(known)}'
            found = MISSING if stated is None else shown(stated)
            faults.append(Fault(name, f"{where}.properties.{code}", found, allowed))
            continue
        if (wrong := _wrong(geometry)) is not None:
            faults.append(Fault(name, f"{where}.geometry of {stated}", *wrong))
        if isinstance(geometry, dict):
            geometries.setdefault(stated, fixed_json(geometry))
    stated_codes = Counter(_code(feature, code) for feature in features or ())
    faults.extend(
        Fault(name, f"properties.{code}", f"{shown(twice)} {times} times", "one outline a place")
        for twice, times in stated_codes.items()
        if times > 1 and isinstance(twice, str)
    )
    return None if faults else Outlines(name, FixedTable(geometries)), tuple(faults)


def _features(text: str, name: str, faults: list[Fault]) -> list[Any] | None:
    """The features of a text of GeoJSON."""
    try:
        collection = json.loads(text)
    except (ValueError, RecursionError) as error:
        faults.append(Fault(name, None, f"no proper JSON: {error}", "GeoJSON"))
        return None
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        faults.append(Fault(name, "features", MISSING, "a list of GeoJSON features"))
        return None
    if not features:
        faults.append(Fault(name, "features", "none", "a feature a place"))
    return features


def _by_geopandas(path: Path) -> str:
    """What GeoPandas reads (GeoPackage, shapefile and more), in degrees, as GeoJSON."""
    name = label(path)
    try:
        import geopandas
    except ImportError:
        found = f"a file of kind {path.suffix or 'unknown'}"
        allowed = (
            'GeoJSON (.geojson); others are read with the extra `geo`: pip install "ebbtide[geo]"'
        )
        raise Faults([Fault(name, None, found, allowed)]) from None
    try:
        frame = geopandas.read_file(path)
        if not isinstance(frame, geopandas.GeoDataFrame):
            raise Faults([Fault(name, None, "a table without geometry", "polygons")])
        frame = frame if frame.crs is None else frame.to_crs(4326)
        return str(frame.to_json())
    except Faults:
        raise
    except Exception as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Faults([Fault(name, None, f"what GeoPandas cannot read: {said}")]) from error


def _code(feature: Any, code: str) -> object:
    return _properties(feature).get(code)


def _properties(feature: Any) -> dict[str, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties if isinstance(properties, dict) else {}


def _wrong(geometry: Any) -> tuple[str, str] | None:
    """What is wrong with a geometry: what was found, and what is allowed."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in POLYGONS:
        found = f"a {kind}" if isinstance(kind, str) else "no geometry"
        return found, " or ".join(POLYGONS)
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        return "no coordinates", "at least one ring"
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            return "no coordinates", "at least one ring"
        for ring in polygon:
            if (wrong := _wrong_ring(ring)) is not None:
                return wrong
    return None


def _wrong_ring(ring: Any) -> tuple[str, str] | None:
    if not isinstance(ring, list) or len(ring) < LEAST:
        number = len(ring) if isinstance(ring, list) else 0
        return f"a ring of {number} positions", f"at least {LEAST}, the last as the first"
    for position in ring:
        if not _is_position(position):
            return f"the position {shown(position)}", DEGREES
    if ring[0] != ring[-1]:
        return "a ring whose last position is not its first", "a closed ring"
    return None


def _is_position(found: Any) -> bool:
    if not isinstance(found, list) or len(found) < 2:
        return False
    numbers = [x for x in found if isinstance(x, int | float) and not isinstance(x, bool)]
    if len(numbers) < len(found) or not all(map(math.isfinite, numbers)):
        return False
    return abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90
