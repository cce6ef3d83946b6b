"""What a scenario says of places: where they lie, who lives there, which of them touch."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ebbtide.scenario.naming import NamesOf
from ebbtide.scenario.quantity import Measure, Quantity, Share
from ebbtide.scenario.schema.table import (
    Claims,
    Remark,
    Sourcing,
    Table,
)
from ebbtide.scenario.usual import Usual

LEAST_KM = 0.1  # of a border: one without length is none
CODE = "code"  # the property of an outline that names its place, if no other is stated


class ColumnNote(Table):
    """Where the numbers in a column of the places file come from."""

    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


class Geography(Table):
    """Files of the scenario's project that add to `places` and `borders`, and draw the map.

    What `[places.*]` and `[borders.*]` in the scenario state wins over a file's cell.
    """

    places: str | None = Field(
        default=None,
        description="CSV, one row a place: `id` and, in any order, keys of a place (`name`, `country`, "
        "`population`, ...), each a column; an empty cell says nothing",
    )
    borders: str | None = Field(
        default=None,
        description="CSV, one row a border: `a` and `b`, the ids of the two places; perhaps `length` (km) "
        "and `international` (0 or 1). Its id is a_b",
    )
    columns: dict[str, ColumnNote] = Field(
        default={}, description="notes by column of the places file"
    )
    outlines: str | None = Field(
        default=None,
        description="GeoJSON, a feature a place (a polygon, in degrees); GeoPackage, shapefile and the "
        "like with the extra `geo`",
    )
    code: str = Field(
        default=CODE, description="the property of outlines that is the id of their place"
    )
    credit: str = Field(default="", description="whom to thank for the map")


class Place(Table):
    """A province, agency or the like."""

    name: str = Field(description="name on maps")
    country: str = Field(description="country, which acts and forces may name for all its places")
    lon: float = Field(
        ge=-180,
        le=180,
        description="longitude of its middle (degrees east); that of its outline if left out",
    )
    lat: float = Field(
        ge=-90,
        le=90,
        description="latitude of its middle (degrees north); that of its outline if left out",
    )
    population: Annotated[
        Quantity,
        Measure("people", 1.0, 2e9),
        Usual(5_000, 3e8, "are they thousands?", "are they the country's?"),
    ] = Field(description="people who live there")
    districts: Annotated[
        Quantity,
        Measure("districts", 1.0, 1e4),
        Usual(1, 300, over="are they villages, or people?"),
    ] = Field(description="number of districts")
    poverty: Share = Field(description="share of households below the poverty line")
    cover: Share = Field(
        description="how far terrain hides armed men: 0 flat and open, 1 high mountains"
    )
    local_institutions: Share = Field(
        description="how far people's own institutions order life and call them together: tribes, "
        "clans, village councils, vigilantes"
    )
    sympathy: Share = Field(description="reach of existing armed networks and their recruiters")
    city: Share = Field(description="share of people in large cities")
    note: Remark = None


class Border(Table):
    """Two places that touch."""

    between: Annotated[tuple[str, str], Field(strict=False), NamesOf("places")] = Field(
        description="the two places"
    )
    international: bool = Field(
        default=False,
        description="whether it parts two countries; as those of its places are if left out",
    )
    length: Annotated[
        Quantity, Measure("km", LEAST_KM, 1e5), Usual(LEAST_KM, 3000, over="are they metres?")
    ] = Field(
        description="length of the shared border; measured if left out and its places have outlines"
    )
