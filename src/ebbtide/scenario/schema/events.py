"""What happens on a date: foundings, pledges, losses of leaders, ties and forces that change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field

from ebbtide.scenario.quantity import Men, Share
from ebbtide.scenario.schema.table import (
    AnyPlaceNames,
    CentreName,
    Claims,
    FactionName,
    Factor,
    ForceName,
    GroupName,
    Remark,
    SharesByPlace,
    Sourcing,
    Table,
    ThousandUsd,
    WeightsByPlace,
)


@dataclass(frozen=True, slots=True)
class ByFaction:
    """Declares a table of an event whose keys are `group` or `group.faction`."""


class Founding(Table):
    """A group is founded by men of others (`seed`: shares of factions) and seed money, or splits off."""

    kind: Literal["founding"]
    date: dt.date = Field(description="day of the founding")
    group: GroupName = Field(description="the group that is founded")
    places: WeightsByPlace = Field(
        default={},
        description="where all of them gather, by weight; only their ratios count; left out, where "
        "they are",
    )
    seed: Annotated[dict[str, Share], ByFaction()] = Field(
        default={}, description="share of its men who cross over, by `group` or `group.faction`"
    )
    seed_places: SharesByPlace = Field(
        default={},
        description="how much of that share holds, by place: none where a place is not named; left "
        "out, all near the founding and less far from it",
    )
    leaders: Annotated[dict[str, Share], ByFaction()] = Field(
        default={},
        description="share of the holders of posts who go over and hold posts of the new group at "
        "once, by source of `seed`; of a source that is left out they cross as other men do",
    )
    promised: Annotated[dict[str, dt.date], ByFaction()] = Field(
        default={}, description="days on which sources of `seed` promised to come, if before"
    )
    men: Men = Field(description="men who come from elsewhere")
    money: ThousandUsd = Field(description="money at the founding")
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


class Pledge(Table):
    """A group or faction pledges to another: part of its men come over."""

    kind: Literal["pledge"]
    date: dt.date = Field(description="day of the pledge")
    group: FactionName = Field(description="who pledges: `group` or `group.faction`")
    to: GroupName = Field(description="the group that is joined")
    share: Share = Field(description="share of its local commands that follow")
    brand: Share = Field(description="what the pledge adds to the brand of the group joined")
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


class LeaderLoss(Table):
    """A leader's death becomes known or felt: the succession is disputed."""

    kind: Literal["leader_loss"]
    date: dt.date = Field(description="day on which the death is known or felt")
    group: GroupName = Field(description="the group that lost its leader")
    shock: Share = Field(description="share of cohesion lost")
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


class HostilityChange(Table):
    """From a day on one group is more, or less, hostile to another."""

    kind: Literal["hostility"]
    date: dt.date = Field(description="first day of it")
    group: GroupName = Field(description="the group that is hostile")
    towards: GroupName = Field(description="the group that it is hostile to")
    hostility: Share = Field(description="its hostility towards that group from this day on")
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


class AllianceChange(Table):
    """From a day on an ally sends more, or less, of what a group's list of allies says."""

    kind: Literal["alliance"]
    date: dt.date = Field(description="first day of it")
    group: GroupName = Field(description="the group that lists the ally")
    ally: GroupName = Field(description="the ally")
    holds: Share = Field(
        description="share of the men and money that the tie is for, from this day on: 0 ends it"
    )
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


class CentreChange(Table):
    """From a day on a centre stands behind a group, another one does, or none any more."""

    kind: Literal["centre"]
    date: dt.date = Field(description="first day of it")
    group: GroupName = Field(description="the group")
    centre: CentreName | None = Field(
        default=None, description="the centre from this day on; left out, the one it has"
    )
    behind: Share = Field(
        description="how far that centre stands behind the group from this day on: 0 ends the tie"
    )
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


class Deployment(Table):
    """From a day on a force operates in other places, or with more or less than its entry states."""

    kind: Literal["deployment"] = "deployment"
    date: dt.date = Field(description="first day of it")
    force: ForceName = Field(description="the force")
    places: AnyPlaceNames | None = Field(
        default=None,
        description="where it operates from this day on: place ids or countries, none where it "
        "goes home; left out, where it did",
    )
    scale: Factor | None = Field(
        default=None,
        description="its capacity and arrests from this day on, contingents' too, relative to what "
        "its entry states: 1 is as stated; left out, as they were",
    )
    scale_in: dict[str, Factor] = Field(
        default={}, description="the same of single contingents, by country"
    )
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


def kind_of(table: type[Table]) -> str:
    """What one of several kinds of table is told by, such as an event's: its `kind`."""
    (kind,) = get_args(table.model_fields["kind"].annotation)
    return str(kind)


Event = Annotated[
    Founding | Pledge | LeaderLoss | HostilityChange | AllianceChange | CentreChange | Deployment,
    Field(discriminator="kind"),
]

BY_FACTION = tuple(
    key
    for table in get_args(get_args(Event)[0])
    for key, said in table.model_fields.items()
    if ByFaction() in said.metadata
)
