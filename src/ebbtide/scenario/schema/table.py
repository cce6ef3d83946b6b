"""What every table of a scenario is, and the kinds of value that several of them hold."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from ebbtide.scenario.content import REMARKS, Remarked
from ebbtide.scenario.fixed_table import fix_tables
from ebbtide.scenario.naming import NamesOf
from ebbtide.scenario.quantity import Measure, OneDraw, Quantity, Share
from ebbtide.scenario.usual import Usual


def _listed(found: object) -> object:
    return [found] if isinstance(found, str) else found


_TEXT = {"type": "string"}
OneOrMore = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed),
    Field(strict=False, min_length=1),
    WithJsonSchema({"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}),
]
Identifiers = Annotated[tuple[str, ...], Field(strict=False)]
Claims = Annotated[
    tuple[str, ...],
    Field(strict=False, description="ids of the claims that it answers to"),
    Remarked(),
]
Sourcing = Annotated[str | None, Field(description="where it comes from"), Remarked()]
Remark = Annotated[str | None, Field(description="a remark"), Remarked()]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
GroupName = Annotated[str, NamesOf("groups")]
FactionName = Annotated[str, NamesOf("groups and factions")]
ForceName = Annotated[str, NamesOf("forces")]
CentreName = Annotated[str, NamesOf("centres")]
OneOrMoreGroups = Annotated[OneOrMore, NamesOf("groups")]
GroupNames = Annotated[tuple[str, ...], Field(strict=False, min_length=1), NamesOf("groups")]
AnyGroupNames = Annotated[tuple[str, ...], Field(strict=False), NamesOf("groups")]
AnyPlaceNames = Annotated[tuple[str, ...], Field(strict=False), NamesOf("places and countries")]
PlaceNames = Annotated[
    tuple[str, ...], Field(strict=False, min_length=1), NamesOf("places and countries")
]
Weight = Annotated[Quantity, Measure("weight", 1e-3, 1e6)]
WeightsByPlace = Annotated[dict[str, Weight], NamesOf("places")]
SharesByPlace = Annotated[dict[str, Share], NamesOf("places")]
UsdMonth = Annotated[
    Quantity,
    Measure("USD/month", 0.0, 1e5),
    Usual(20, 1000, "is it a day's or a week's?", "is it a year's, or of more than one fighter?"),
]
THOUSAND_USD_WEEK = Measure("thousand USD/week", -1e5, 1e5)
ThousandUsdWeek = Annotated[
    Quantity,
    THOUSAND_USD_WEEK,
    Usual(0.05, 3000, "are they millions?", "are they USD, or a year's?"),
]
ThousandUsd = Annotated[
    Quantity,
    Measure("thousand USD", 0.0, 1e7),
    Usual(1, 50_000, "are they millions?", "are they USD?"),
]
MEN_WEEK = Measure("men/week", 0.0, 1e4)
MenWeek = Annotated[Quantity, MEN_WEEK, Usual(0.01, 200, over="are they a month's, or a year's?")]
ShareByDate = Annotated[dict[str, Share], OneDraw()]
RATIO = Measure("ratio", 0.0, 1e4)
Ratio = Annotated[Quantity, RATIO, Usual(0.05, 10, over="is it percent? 1 is as the rules have it")]
Factor = Annotated[Quantity, Measure("ratio", 0.0, 10.0, "a factor, 1 is as stated")]
Signed = Annotated[
    Quantity,
    Measure("ratio", -1e3, 1e3),
    Usual(0.02, 4, over="is it percent? 1 is as the rules have it"),
]


class Table(BaseModel):
    """A strict table: unknown keys and wrong types are faults; once read it stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Raise TypeError for a remark under a name that would count as content."""
        super().__pydantic_init_subclass__(**kwargs)
        for name, field in cls.model_fields.items():
            if Remarked() in field.metadata and name not in REMARKS:
                remarks = ", ".join(sorted(REMARKS))
                raise TypeError(f"{cls.__name__}.{name}: a remark is called one of {remarks}")

    def model_post_init(self, context: Any) -> None:
        """Fix its tables; pydantic calls it."""
        fix_tables(self)
