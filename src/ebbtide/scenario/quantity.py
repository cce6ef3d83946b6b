"""A quantity: a number, or a prior over numbers, with unit and source.

In a file a quantity is written in one of three ways::

    pay = 250                                             # a bare number
    pay = { value = 250, unit = "USD/month", source = "guess: ..." }
    pay = { prior = "lognormal", low = 150, high = 400, unit = "USD/month", source = "..." }

`uniform` and `loguniform` never leave `low`..`high`; for `normal`, `lognormal` and
`logitnormal` the two are the 5% and 95% quantiles, and draws are cut at the allowed range.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


def _identity(x: float) -> float:
    return x


def _logit(x: float) -> float:
    return math.log(x / (1 - x))


def _logistic(x: float) -> float:
    return 0.5 * (1 + math.tanh(x / 2))


def _exp(x: float) -> float:
    return math.exp(min(x, 700.0))  # a far tail ends at the allowed range, not in an overflow


@dataclass(frozen=True, slots=True)
class Shape:
    """What a shape of prior is called, what it says in words, and the scale that it is even on.

    One with `tails` is normal on that scale, and its ends are quantiles; others stop at their ends. It
    lies `above` and `below` what has no place on the scale. The median of one that is `geometric` is
    the root of the product of its ends.
    """

    called: str
    says: str  # of `low` and `high`
    forward: Callable[[float], float] = _identity
    back: Callable[[float], float] = _identity
    above: float = -math.inf
    below: float = math.inf
    tails: bool = False
    geometric: bool = False

    @property
    def wanted(self) -> str:
        """Of `low` and `high`, where they have to lie."""
        if math.isinf(self.below):
            return f"low above {self.above:g}"
        return f"{self.above:g} < low < high < {self.below:g}"


TAIL = 0.05  # the probability beyond either end of a prior that stops at none
_TAILS = f"{TAIL:.0%} below {{low:g}} and {TAIL:.0%} above {{high:g}}"
PRIORS = {
    "uniform": Shape("uniform", "anywhere from {low:g} to {high:g}, all alike"),
    "loguniform": Shape(
        "log-uniform",
        "anywhere from {low:g} to {high:g}, all magnitudes alike",
        math.log,
        _exp,
        above=0.0,
        geometric=True,
    ),
    "normal": Shape("normal", f"normal, {_TAILS}", tails=True),
    "lognormal": Shape(
        "log-normal", f"lognormal, {_TAILS}", math.log, _exp, above=0.0, tails=True, geometric=True
    ),
    "logitnormal": Shape(
        "logit-normal",
        f"logit-normal, {_TAILS}",
        _logit,
        _logistic,
        above=0.0,
        below=1.0,
        tails=True,
    ),
}
if TYPE_CHECKING:
    Prior = str
else:
    Prior = Literal[tuple(PRIORS)]
_REACH = NormalDist().inv_cdf(1 - TAIL)


class Sourced(BaseModel):
    """What any stated number may carry: unit, source, claim ids and a remark."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    unit: str | None = Field(default=None, description="its unit, as a check on what was meant")
    source: str | None = Field(default=None, description="where the number comes from")
    claims: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        default=(), description="ids of the claims that it answers to"
    )
    note: str | None = Field(default=None, description="a remark")


class Fixed(Sourced):
    """A number that is not uncertain."""

    value: float = Field(description="the number itself, which is not uncertain")


class Uncertain(Sourced):
    """A number known only by a prior."""

    prior: Prior = Field(description="shape of the prior")
    low: float = Field(description="its lower end, or the 5% quantile where it has tails")
    high: float = Field(description="its upper end, or the 95% quantile where it has tails")

    @model_validator(mode="after")
    def _ordered(self) -> Uncertain:
        if not self.low < self.high:
            raise PydanticCustomError(
                "range_order",
                "low below high",
                {"found": f"low = {self.low:g}, high = {self.high:g}"},
            )
        shape = PRIORS[self.prior]
        if not (shape.above < self.low and self.high < shape.below):
            found = f"low = {self.low:g}"
            if self.low > shape.above:
                found = f"high = {self.high:g}"
            raise PydanticCustomError(
                "range_place",
                "{wanted} for a {prior} prior",
                {"wanted": shape.wanted, "prior": self.prior, "found": found},
            )
        return self

    def quantile(self, probability: float) -> float:
        """The value below which a share `probability` of the prior lies."""
        shape = PRIORS[self.prior]
        if probability == 0.5 and shape.geometric:
            square = self.low * self.high
            if 0 < square < math.inf:
                return math.sqrt(square)  # through logarithms 4 would be a little more than 4
        low, high = shape.forward(self.low), shape.forward(self.high)
        if not shape.tails:
            return shape.back(low + probability * (high - low))
        middle, spread = (low + high) / 2, (high - low) / (2 * _REACH)
        bounded = min(max(probability, 1e-12), 1 - 1e-12)
        return shape.back(middle + spread * NormalDist().inv_cdf(bounded))


STATED = (
    Fixed.model_fields.keys() | Uncertain.model_fields.keys()
)  # what a table of a quantity may say
OF_NUMBER = STATED - Sourced.model_fields.keys()  # what of it makes another number


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a scenario says of one number: fixed, or a prior, within the allowed range."""

    stated: Fixed | Uncertain
    bounds: tuple[float, float] = (-math.inf, math.inf)
    unit: str = ""
    remark: str = ""  # on its unit

    @property
    def measure(self) -> Measure:
        """The unit and range that another number in its place must have."""
        return Measure(self.unit, *self.bounds, self.remark)

    @property
    def uncertain(self) -> bool:
        """Whether it has a prior."""
        return isinstance(self.stated, Uncertain)

    @property
    def median(self) -> float:
        """Its value, or the median of its prior."""
        return self.quantile(0.5)

    def says_the_same(self, other: Quantity) -> bool:
        """Whether both are the same number, or the same prior, wherever they have it from."""
        of_number = [
            {key: getattr(each.stated, key, None) for key in OF_NUMBER} for each in (self, other)
        ]
        return of_number[0] == of_number[1]

    def quantile(self, probability: float) -> float:
        """The value at `probability` of the prior, cut at the allowed range."""
        if isinstance(self.stated, Fixed):
            return self.stated.value
        low, high = self.bounds
        return min(max(self.stated.quantile(probability), low), high)


def _said(table: type[Sourced], key: str) -> str:
    return str(table.model_fields[key].description)


@dataclass(frozen=True, slots=True)
class Measure:
    """Declares a quantity's unit and allowed range: `Annotated[Quantity, Measure(...)]`.

    A `remark` tells with the range what the unit may be mistaken for.
    """

    unit: str
    low: float = 0.0
    high: float = math.inf
    remark: str = ""

    def __get_pydantic_core_schema__(
        self, source_type: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        ends = {"minimum": self.low, "maximum": self.high}
        number = {"type": "number"} | {k: end for k, end in ends.items() if math.isfinite(end)}
        remarks = {
            "unit": {"const": self.unit},
            "source": {"type": "string", "description": _said(Sourced, "source")},
            "claims": {
                "type": "array", "items": {"type": "string"},
                "description": _said(Sourced, "claims"),
            },
            "note": {"type": "string"},
        }  # fmt: skip
        fixed = {"value": number, **remarks}
        prior = {"enum": list(PRIORS), "description": _said(Uncertain, "prior")}
        uncertain = {"prior": prior, "low": number, "high": number, **remarks}
        strict = {"type": "object", "additionalProperties": False}
        return {
            "title": within(self),
            "anyOf": [
                number,
                {**strict, "properties": fixed, "required": ["value"]},
                {**strict, "properties": uncertain, "required": ["prior", "low", "high"]},
            ],
        }

    def read(self, found: object) -> Quantity:
        """Read a bare number or a table as a quantity of this unit and range."""
        if isinstance(found, Quantity):
            found = found.stated.model_dump(exclude_none=True)
        if isinstance(found, bool) or not isinstance(found, int | float | dict):
            raise PydanticCustomError(
                "quantity_type",
                "a number in {unit}, or a table with value, or with prior, low and high",
                {"unit": self.unit},
            )
        stated: Fixed | Uncertain
        if isinstance(found, dict):
            fixed = "value" in found or not found.keys() & {"prior", "low", "high"}
            stated = (Fixed if fixed else Uncertain).model_validate(found)
        else:
            stated = Fixed.model_validate({"value": self._inside(found)})
        if stated.unit is not None and stated.unit != self.unit:
            raise PydanticCustomError(
                "quantity_unit",
                'the unit "{unit}"',
                {"found": f'the unit "{stated.unit}"', "unit": self.unit},
            )
        ends = (stated.value,) if isinstance(stated, Fixed) else (stated.low, stated.high)
        for end in ends:
            self._inside(end)
        return Quantity(stated, (self.low, self.high), self.unit, self.remark)

    def _inside(self, number: int | float) -> float:
        """The number as a float, if it is within the allowed range."""
        if not self.low <= number <= self.high or math.isinf(number):
            raise PydanticCustomError(
                "quantity_range",
                "{range}",
                {
                    "found": f"{number:g}" if abs(number) < 1e300 else str(number)[:20],
                    "range": within(self),
                },
            )
        return float(number)


@dataclass(frozen=True, slots=True)
class OneDraw:
    """Declares that the priors in a table share one draw: `Annotated[dict[str, ...], OneDraw()]`.

    A run takes each of them at the same quantile: what is low at one date is low at all.
    """


def measure_of(field: FieldInfo) -> Measure | None:
    """Unit and range of a table's field that is a quantity; None for any other."""
    return next((said for said in field.metadata if isinstance(said, Measure)), None)


def within(measure: Measure) -> str:
    """The allowed range and unit in words."""
    low, high = measure.low, measure.high
    unit = f"{measure.unit}: {measure.remark}" if measure.remark else measure.unit
    if math.isinf(low) and math.isinf(high):
        return f"any number ({unit})"
    if math.isinf(high):
        return f"at least {low:g} ({unit})"
    if math.isinf(low):
        return f"at most {high:g} ({unit})"
    return f"{low:g} to {high:g} ({unit})"


SHARE = Measure("share", 0.0, 1.0)
Share = Annotated[Quantity, SHARE]
Men = Annotated[Quantity, Measure("men", 0.0, 1e7)]
