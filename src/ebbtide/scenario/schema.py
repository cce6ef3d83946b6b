"""What a scenario file may say: every table, key, unit and allowed range.

Keys are strict: an unknown one is a fault. Who and what (`places`, `groups`, `forces`,
`centres`, `events`, `acts`) are tables keyed by id, so that `extends` and `--set` reach
every value by its dotted path (`groups.<id>.pay`).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ebbtide.scenario.quantity import Measure, Men, Quantity, Share

Claims = Annotated[tuple[str, ...], Field(strict=False)]  # ids of claims
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
Weight = Annotated[float, Field(gt=0, le=1e9)]
UsdMonth = Annotated[Quantity, Measure("USD/month", 0.0, 1e5)]
THOUSAND_USD_WEEK = Measure("thousand USD/week", -1e5, 1e5)
ThousandUsdWeek = Annotated[Quantity, THOUSAND_USD_WEEK]
Ratio = Annotated[Quantity, Measure("ratio", 0.0, 1e4)]
Signed = Annotated[Quantity, Measure("ratio", -1e3, 1e3)]


class Table(BaseModel):
    """A strict table: unknown keys and wrong types are faults."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class ColumnNote(Table):
    """Where the numbers in a column of the places file come from."""

    source: str | None = None
    claims: Claims = ()
    note: str | None = None


class Geography(Table):
    """Files of the scenario's project that add to `places` and `borders`, and draw the map.

    What `[places.*]` and `[borders.*]` in the scenario state wins over a file's cell.
    """

    places: str | None = None  # CSV, one row a place: `id` and the keys of Place
    borders: str | None = (
        None  # CSV, one row a border: a, b, international (0 or 1), length; id a_b
    )
    columns: dict[str, ColumnNote] = {}  # by column of the places file
    outlines: str | None = None  # GeoJSON, a feature a place, property `code` = the place's id
    credit: str = ""


class Place(Table):
    """A province, agency or the like."""

    name: str
    country: str
    lon: Annotated[float, Field(ge=-180, le=180)]
    lat: Annotated[float, Field(ge=-90, le=90)]
    population: Annotated[Quantity, Measure("people", 1.0, 2e9)]
    districts: Annotated[Quantity, Measure("districts", 1.0, 1e4)]
    poverty: Share  # share of households below the poverty line
    cover: Share  # how far terrain hides armed men: 0 flat and open, 1 high mountains
    tribal: Share  # how far customary tribal institutions order life
    sympathy: Share  # reach of existing networks of like mind
    city: Share  # share of people in large cities
    note: str | None = None


class Border(Table):
    """Two places that touch."""

    between: Annotated[tuple[str, str], Field(strict=False)]
    international: bool = False
    length: Annotated[Quantity, Measure("km", 0.0, 1e5)]


class Faction(Table):
    """A part of a group with commanders of its own, who can take their men along."""

    name: str
    share: Share  # of the group's men at the start; a group's factions sum to 1
    places: dict[str, Weight] | None = None  # weights; else the group's
    discontent: Share  # with the group's leadership when it is disputed
    source: str | None = None


class Alliance(Table):
    """What an ally sends to the group that lists him, each week, while the tie lasts.

    Money leaves the sender's reserve; men come from the ally's supporters, not from his fighters.
    """

    men: Annotated[Quantity, Measure("men/week", 0.0, 1e4)]
    money: ThousandUsdWeek  # below zero: the group pays its ally
    start: dt.date | None = None
    lifeline: bool = True  # crosses the border and can be cut
    source: str | None = None
    claims: Claims = ()


class Group(Table):
    """An insurgent group."""

    name: str
    dynamics: Literal[
        "full", "simple"
    ]  # simple: it holds no ground and mounts no attacks
    fighters: Men  # at the start of the scenario; 0 for a group founded later
    places: dict[str, Weight] = {}  # weights of its men at the start
    factions: dict[Identifier, Faction] = {}
    supporters: Annotated[Quantity, Measure("supporters/fighter", 0.0, 50.0)]
    belief: Share  # 0 national or tribal aims, 1 global caliphate
    outsider: Share  # how foreign its rule seems to the places it fights in
    pay: UsdMonth  # wage due to a fighter
    money: Annotated[Quantity, Measure("thousand USD", 0.0, 1e7)]  # reserve at the start
    crime: UsdMonth  # smuggling, kidnapping and extortion, a fighter
    brand: Share
    media: Share
    cohesion: Share
    standing: Share  # of its leaders at the start
    posts: Annotated[int, Field(ge=1, le=99)]  # leaders: the first post is the head
    recruitment: Ratio  # relative to the rules' rate
    foreign: Annotated[Quantity, Measure("men/week", 0.0, 1e4)]  # from abroad, at best
    attacks: Annotated[Quantity, Measure("attacks/1000 fighters/week", 0.0, 1e3)]
    centre: str | None = None
    centre_money: ThousandUsdWeek = THOUSAND_USD_WEEK.read(0)
    hostility: dict[str, Share] = {}  # towards other groups
    allies: dict[str, Alliance] = {}
    source: str | None = None
    claims: Claims = ()
    note: str | None = None


class Centre(Table):
    """An outside actor on whom groups depend."""

    name: str
    brand: Share
    health: dict[str, Share]  # by date (ISO), linear in between, flat outside
    source: str | None = None
    claims: Claims = ()


class Force(Table):
    """A state force, an ally of the state, or armed locals."""

    name: str
    kind: Literal["army", "foreign", "local"]  # local: strength follows tribal resistance
    places: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]  # place ids or countries
    capacity: Annotated[
        Quantity, Measure("men hit/week", 0.0, 1e4)
    ]  # full effort, full intelligence
    arrests: Annotated[Quantity, Measure("men captured/week", 0.0, 1e4)]  # likewise
    routine: Share  # effort without any act of policy
    attention: Share  # to groups there at the start
    attention_new: Share  # to a group on the day of its founding
    intelligence: Share  # at best
    harm: Annotated[Quantity, Measure("civilians harmed/man hit", 0.0, 1e3)]  # without intelligence
    taken: Signed  # how its harm moves support for insurgents; above zero: towards them
    source: str | None = None
    claims: Claims = ()


class Founding(Table):
    """A group is founded by men of others (`seed`: shares of factions) and seed money."""

    kind: Literal["founding"]
    date: dt.date
    group: str
    places: dict[str, Weight]  # where all of them gather, by weight
    seed: dict[str, Share] = {}  # "group" or "group.faction" -> share of its men who cross over
    men: Men  # who come from elsewhere
    money: Annotated[Quantity, Measure("thousand USD", 0.0, 1e7)]
    source: str | None = None
    claims: Claims = ()
    note: str | None = None


class Pledge(Table):
    """A group or faction pledges to another: part of its men come over."""

    kind: Literal["pledge"]
    date: dt.date
    group: str  # "group" or "group.faction"
    to: str
    share: Share  # of its commands that follow
    brand: Annotated[
        Quantity, Measure("share", 0.0, 1.0)
    ]  # what the pledge adds to the brand of `to`
    source: str | None = None
    claims: Claims = ()
    note: str | None = None


class LeaderLoss(Table):
    """A leader's death becomes known or felt: the succession is disputed."""

    kind: Literal["leader_loss"]
    date: dt.date
    group: str
    shock: Share  # of cohesion lost
    source: str | None = None
    claims: Claims = ()
    note: str | None = None


Event = Annotated[Founding | Pledge | LeaderLoss, Field(discriminator="kind")]
RuleTable = dict[str, object]  # read against the rules' own declarations


class Claim(Table):
    """One claim of the text that a scenario retells, in our own words.

    Kinds: R a rule carries it, C a dated figure, Q an adjective checked by sign, P a pattern to
    which nothing is fitted, F a forecast.
    """

    paragraphs: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(strict=False)]
    kinds: Annotated[tuple[Literal["R", "C", "Q", "P", "F"], ...], Field(strict=False)]
    says: str
    shows: str  # what the model must show
    null: str | None = None  # what a model of one curve with all else proportional would show


class Ledger(Table):
    """The file of claims that `evidence.claims` names."""

    source: str
    claims: dict[Identifier, Claim]


class Evidence(Table):
    """CSV files of publishers' claims, drawn beside the model; the ledger of claims, a TOML."""

    strength: str | None = None
    presence: str | None = None
    claims: str | None = None
    of: str | None = None  # the group they speak of
    credit: str = ""


class ScenarioFile(Table):
    """A scenario as written (after `extends` has been followed)."""

    title: str
    start: dt.date
    end: dt.date
    cut: dt.date | None = None
    policy: str
    focus: str | None = None  # the group that tables and plots put first
    geography: Geography = Geography()
    places: Annotated[dict[Identifier, Place], Field(min_length=1)]
    borders: dict[Identifier, Border] = {}
    groups: Annotated[dict[Identifier, Group], Field(min_length=1)]
    forces: dict[Identifier, Force] = {}
    centres: dict[Identifier, Centre] = {}
    events: dict[Identifier, Event] = {}
    rules: dict[Identifier, RuleTable]
    evidence: Evidence = Evidence()


LeverKind = Literal[
    "strikes", "offensive", "raids", "leader_killed", "finance_interdiction", "counter_media",
    "border_control", "cut_allies", "amnesty", "tribal_engagement", "truce", "attention",
]  # fmt: skip


class Act(Table):
    """One act of a policy: a lever moved from `start` until `stop`, or the scenario's end."""

    kind: LeverKind
    force: str | None = None
    against: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    places: Annotated[tuple[str, ...], Field(strict=False)] | None = (
        None  # ids or countries; else the force's
    )
    start: dt.date
    stop: dt.date | None = None
    strength: Share  # of what the force could do
    leaders: Share | None = None  # strikes: share aimed at leaders
    finance: Share | None = None  # strikes: share aimed at money
    media: Share | None = None  # strikes: share aimed at media; the rest at fighters
    post: Annotated[int, Field(ge=1)] | None = None  # leader_killed: which post, 1 is the head
    rival: str | None = None  # truce: with whom
    source: str | None = None
    claims: Claims = ()
    note: str | None = None


class PolicyFile(Table):
    """A policy as written (after `extends` has been followed)."""

    title: str
    acts: dict[Identifier, Act] = {}
