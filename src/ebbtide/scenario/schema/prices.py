"""What a file of prices may say: what acts cost that a run books no effort for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ebbtide.scenario.levers import PRICED
from ebbtide.scenario.naming import NamesOf
from ebbtide.scenario.quantity import Measure, Quantity
from ebbtide.scenario.schema.table import Claims, ForceName, Remark, Sourcing, Table
from ebbtide.scenario.usual import Usual

EFFORT_WEEKS = Measure("effort-weeks/week", 0.0, 1e3)
EffortWeeks = Annotated[Quantity, EFFORT_WEEKS]
OF_A_WEEK = Usual(0.0005, 5, over="1 is all that the standard force can do in a week")
MILLION_USD_WEEK = Measure("million USD/week", 0.0, 1e5)
MillionUsdWeek = Annotated[Quantity, MILLION_USD_WEEK]

PER = {
    "act": "however far acts of it reach",
    "group": "for each group of the focus",
    "people": "among all people; of those of named places their share",
    "borders": "at all international borders; of those of named places their share",
}
if TYPE_CHECKING:
    Per = str
    PricedLever = str
else:
    Per = Literal[tuple(PER)]
    PricedLever = Literal[PRICED]


class Price(Table):
    """What a lever costs at full strength, beside the effort that a run books for it."""

    effort: Annotated[EffortWeeks, OF_A_WEEK] = Field(
        description="in effort-weeks of the standard force, for each week at full strength; of an act "
        "that is moved at its start alone, once",
    )
    per: Per = Field(
        default="act",
        description="what it is the price of: "
        + ", ".join(f"{name}, {words}" for name, words in PER.items()),
    )
    money: MillionUsdWeek | None = Field(
        default=None, description="the same in money, where anybody has said it"
    )
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


class ForceWeek(Table):
    """What a week of all that a force can do is worth."""

    worth: Annotated[EffortWeeks, OF_A_WEEK] = Field(
        description="in effort-weeks of the standard force"
    )
    money: MillionUsdWeek | None = Field(
        default=None, description="what it costs in money, where anybody has said it"
    )
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


class PricesFile(Table):
    """A file of prices as written (after `extends` has been followed)."""

    standard: ForceName | None = Field(
        default=None,
        description="the force whose week is the unit of all prices; left out, a week of any force is",
    )
    forces: Annotated[dict[str, ForceWeek], NamesOf("forces")] = Field(
        default={}, description="what weeks of forces are worth in those of the standard one"
    )
    prices: dict[PricedLever, Price] = Field(
        description="by lever, of those for which a run books no effort, or not all"
    )
