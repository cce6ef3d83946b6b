"""What a scenario says of state forces, their allies, and armed locals."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ebbtide.scenario.naming import NamesOf
from ebbtide.scenario.quantity import Measure, Quantity, Share
from ebbtide.scenario.schema.table import (
    AnyGroupNames,
    AnyPlaceNames,
    Claims,
    Signed,
    Sourcing,
    Table,
)
from ebbtide.scenario.usual import Usual

MenHit = Annotated[
    Quantity,
    Measure("men hit/week", 0.0, 1e4),
    Usual(0.1, 2000, over="are they a year's, or the force's own men?"),
]
MenCaptured = Annotated[
    Quantity, Measure("men captured/week", 0.0, 1e4), Usual(0.01, 500, over="are they a year's?")
]


class Contingent(Table):
    """The part of a force that operates in one country, and nowhere else."""

    capacity: MenHit = Field(
        description="insurgents hit there at full effort and full intelligence"
    )
    arrests: MenCaptured = Field(
        description="insurgents captured there by raids at full strength and full intelligence"
    )
    source: Sourcing = None
    claims: Claims = ()


CAN_DO = tuple(key for key, said in Contingent.model_fields.items() if said.is_required())


class Force(Table):
    """A state force, an ally of the state, or armed locals."""

    name: str = Field(description="name of the force")
    local: bool = Field(
        default=False,
        description="whether it is armed locals, whose strength follows local people's resistance",
    )
    places: AnyPlaceNames = Field(
        description="where it operates: place ids or countries; none before a deployment sends it"
    )
    capacity: MenHit = Field(
        description="insurgents hit at full effort and full intelligence, contingents aside"
    )
    arrests: MenCaptured = Field(
        description="insurgents captured by raids at full strength and full intelligence, "
        "contingents aside"
    )
    contingents: Annotated[dict[str, Contingent], NamesOf("countries")] = Field(
        default={},
        description="of a multinational force, by country: what operates there alone, beside what "
        "`capacity` and `arrests` say of all other places",
    )
    routine: Share = Field(description="effort without any act of policy")
    attention: Share = Field(
        description="attention to groups that are there at the start; it fades while the force is nowhere"
    )
    attention_new: Share = Field(description="attention to a group on the day of its founding")
    intelligence: Share = Field(description="share of its fire that is aimed, at best")
    harm: Annotated[
        Quantity,
        Measure("civilians harmed/man hit", 0.0, 1e3),
        Usual(0.001, 10, over="are they percent, or a week's?"),
    ] = Field(description="civilians harmed for each man whom its fire could hit, when it is blind")
    exposed: Share = Field(
        default=Measure("share", 0.0, 1.0).read(1),
        description="how far its men stand where insurgents can reach them: 0 for fire from far off",
    )
    taken: Signed = Field(
        description="how its harm moves support for insurgents; above zero: towards them"
    )
    spares: AnyGroupNames = Field(
        default=(),
        description="groups that it leaves alone and that do not attack it, where policy does not "
        "send it against them",
    )
    source: Sourcing = None
    claims: Claims = ()
