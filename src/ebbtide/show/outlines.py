"""Shapes of places from GeoJSON: what a map fills, where it marks, which lines are borders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.path import Path as Shape

CREDIT = "Boundaries are illustrative."  # stands below every map
Ring = list[list[float]]


@dataclass(frozen=True)
class Outline:
    """One place: its polygons, each an outer ring and its holes, in degrees."""

    place: str
    polygons: list[list[Ring]]

    def shape(self) -> Shape:
        """All rings as one fillable path."""
        from matplotlib.path import Path as Shape

        return Shape.make_compound_path(
            *(Shape(np.asarray(ring)[:, :2], closed=True) for ring in self._rings())
        )

    def middle(self) -> tuple[float, float]:
        """Centroid of the largest polygon's outer ring, in degrees."""
        largest = max((polygon[0] for polygon in self.polygons), key=lambda r: abs(_area(r)))
        return _centroid(largest)

    def edges(self) -> list[frozenset[tuple[float, float]]]:
        """Every edge as the set of its two ends."""
        return [
            frozenset(((a[0], a[1]), (b[0], b[1])))
            for ring in self._rings()
            for a, b in pairwise(ring)
        ]

    def _rings(self) -> list[Ring]:
        return [ring for polygon in self.polygons for ring in polygon]


def read_outlines(geojson: Mapping[str, Any]) -> list[Outline]:
    """The polygons of a GeoJSON feature collection, a feature a place (`properties.code`)."""
    outlines = []
    for feature in geojson["features"]:
        geometry = feature["geometry"]
        if geometry["type"] not in ("Polygon", "MultiPolygon"):
            continue
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        outlines.append(Outline(feature["properties"]["code"], polygons))
    return outlines


def country_borders(
    outlines: list[Outline], country_of: Mapping[str, str]
) -> list[list[tuple[float, float]]]:
    """Edges at which a country ends: those that no two places of one country share."""
    owners: dict[frozenset[tuple[float, float]], list[str]] = defaultdict(list)
    for outline in outlines:
        for edge in outline.edges():
            owners[edge].append(country_of.get(outline.place, outline.place))
    return [
        list(edge)
        for edge, countries in owners.items()
        if len(edge) == 2 and (len(countries) == 1 or len(set(countries)) > 1)
    ]


def _area(ring: Ring) -> float:
    x, y = np.asarray(ring)[:, :2].T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def _centroid(ring: Ring) -> tuple[float, float]:
    points = np.asarray(ring)[:, :2]
    origin = points[0]  # near the ring, so that the products below stay small
    x, y = (points - origin).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() / 2
    if area == 0:
        return (float(points[:, 0].mean()), float(points[:, 1].mean()))
    middle_x = ((x[:-1] + x[1:]) * cross).sum() / (6 * area)
    middle_y = ((y[:-1] + y[1:]) * cross).sum() / (6 * area)
    return (float(middle_x + origin[0]), float(middle_y + origin[1]))
