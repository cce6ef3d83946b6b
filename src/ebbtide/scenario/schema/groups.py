"""What a scenario says of insurgent groups: factions, allies, and the centres behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from ebbtide.scenario.quantity import SHARE, Measure, Men, Quantity, Share
from ebbtide.scenario.schema.table import (
    MEN_WEEK,
    RATIO,
    THOUSAND_USD_WEEK,
    CentreName,
    Claims,
    Identifier,
    MenWeek,
    Ratio,
    Remark,
    ShareByDate,
    SharesByPlace,
    Sourcing,
    Table,
    ThousandUsd,
    ThousandUsdWeek,
    UsdMonth,
    WeightsByPlace,
)
from ebbtide.scenario.usual import Usual

LOGITS = Measure("logits", -20.0, 20.0)
THOUSAND_USD_ATTACK = Measure("thousand USD/attack", 0.0, 1e4)
ABDUCTION = Measure("1/week", 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class OfAttacks:
    """Declares what a group says of its attacks: one that mounts none, of simple dynamics, cannot."""


class Faction(Table):
    """A part of a group with commanders of its own, who can take their men along."""

    name: str = Field(description="name of the faction")
    share: Share = Field(description="share of the group's men at the start; its factions sum to 1")
    places: WeightsByPlace | None = Field(
        default=None, description="weights of its men at the start; else the group's"
    )
    discontent: Share = Field(
        description="discontent with the group's leadership when it is disputed"
    )
    source: Sourcing = None


class Alliance(Table):
    """What an ally sends to the group that lists him, each week, while the tie lasts.

    Money leaves the sender's reserve; men come from the ally's supporters, not from his fighters.
    """

    men: MenWeek = Field(description="men whom the ally sends at best")
    money: ThousandUsdWeek = Field(
        description="money the ally sends at best; below zero: the group pays its ally"
    )
    start: dt.date | None = Field(
        default=None, description="first day of the tie; else the scenario's"
    )
    lifeline: bool = Field(
        default=True, description="whether the tie crosses the border and can be cut"
    )
    source: Sourcing = None
    claims: Claims = ()


class Group(Table):
    """An insurgent group."""

    name: str = Field(description="name of the group")
    dynamics: Literal["full", "simple"] = Field(
        description="full, or simple: it holds no ground and mounts no attacks"
    )
    fighters: Annotated[Men, Usual(20, 300_000, "are they thousands?")] = Field(
        description="fighters at the start; 0 for a group founded later"
    )
    places: WeightsByPlace = Field(
        default={},
        description="weights of its men at the start, only their ratios count; "
        "they are its own places, its home",
    )
    held: SharesByPlace = Field(
        default={}, description="share of a place's districts that it holds at the start, by place"
    )
    factions: dict[Identifier, Faction] = Field(default={})
    supporters: Annotated[
        Quantity,
        Measure("supporters/fighter", 0.0, 50.0),
        Usual(0.05, 20, over="are they for all its fighters?"),
    ] = Field(
        description="supporters for each fighter where half of the people are behind the group"
    )
    belief: Share = Field(
        description="what it fights for: 0 local or national aims, 1 a cause without borders"
    )
    outsider: Share = Field(description="how foreign its rule seems to the places it fights in")
    pay: UsdMonth = Field(
        description="wage that a fighter is promised, to which its men are used at the start"
    )
    money: ThousandUsd = Field(description="money in reserve at the start")
    crime: UsdMonth = Field(
        description="income from smuggling, kidnapping and extortion, for each fighter where few are armed"
    )
    brand: Share = Field(description="what its name promises before anything has happened")
    media: Share = Field(description="media reach at the start")
    cohesion: Share = Field(description="how far it holds together when nothing shakes it")
    standing: Share = Field(description="standing of its leaders at the start")
    posts: int = Field(ge=1, le=99, description="leaders: the first post is the head")
    recruitment: Ratio = Field(description="rate of recruiting, relative to the rules' rate")
    foreign: Annotated[
        Quantity,
        MEN_WEEK,
        # all of Iraq's groups together were thought to receive some 25 a week in 2007
        Usual(0.01, 50, over="are they a month's, or a year's?"),
    ] = Field(description="men who come from abroad, at best")
    foreigners: Share = Field(
        default=SHARE.read(0), description="share of its men at the start who came from abroad"
    )
    attacks: Annotated[
        Quantity,
        Measure("attacks/1000 fighters/week", 0.0, 1e3),
        Usual(0.01, 30, over="are they a year's, or of all its fighters?"),
    ] = Field(description="attacks at middling capability")
    civilian_targeting: Annotated[
        Quantity,
        LOGITS,
        Usual(0.02, 6, over="are they percent? 6 logits multiply odds by 400"),
        OfAttacks(),
    ] = Field(
        default=LOGITS.read(0),
        description="how much more readily than others it attacks civilians; below zero: less",
    )
    attack_severity: Annotated[Ratio, OfAttacks()] = Field(
        default=RATIO.read(1),
        description="scale of the number harmed in one of its attacks, relative to the rules' scale",
    )
    attack_price: Annotated[Ratio, OfAttacks()] = Field(
        default=RATIO.read(1),
        description="money spent on one of its attacks outside held ground, relative to the rules' price",
    )
    loot: Annotated[
        Quantity, THOUSAND_USD_ATTACK, Usual(0.01, 500, over="are they USD?"), OfAttacks()
    ] = Field(
        default=THOUSAND_USD_ATTACK.read(0),
        description="money, arms and goods taken in an attack, those carried into cities left out",
    )
    abduction: Annotated[Quantity, ABDUCTION, Usual(1e-5, 0.05, over="is it a year's?")] = Field(
        default=ABDUCTION.read(0),
        description="men whom each of its fighters takes by force a week, where nothing keeps him from it",
    )
    centre: CentreName | None = Field(
        default=None, description="outside centre that stands behind it"
    )
    centre_money: ThousandUsdWeek = Field(
        default=THOUSAND_USD_WEEK.read(0), description="money from its centre at full health"
    )
    courts: Share = Field(
        default=SHARE.read(0),
        description="how far it tries to unite other groups under itself: 0 not at all",
    )
    hostility: dict[str, Share] = Field(
        default={}, description="hostility towards other groups, by group"
    )
    allies: dict[str, Alliance] = Field(default={})
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None


OF_ATTACKS = tuple(key for key, said in Group.model_fields.items() if OfAttacks() in said.metadata)


class Centre(Table):
    """An outside actor on whom groups depend."""

    name: str = Field(description="name of the centre")
    brand: Share = Field(description="what its name promises")
    health: ShareByDate = Field(
        description="how well it stands, by date; linear in between, flat outside; "
        "a run takes the priors of all dates at the same quantile"
    )
    source: Sourcing = None
    claims: Claims = ()
