"""What a scenario file may say: every table, key, unit and allowed range.

Keys are strict: an unknown one is a fault. Who and what (`places`, `groups`, `forces`,
`centres`, `events`, `acts`) are tables keyed by id, so that `extends` and `--set` reach
every value by its dotted path (`groups.<id>.pay`).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from ebbtide.scenario.levers import AIMS, KINDS_BY_KEY, LEVERS
from ebbtide.scenario.naming import NamesOf
from ebbtide.scenario.quantity import SHARE, Measure, Men, OneDraw, Quantity, Share

Names = Annotated[tuple[str, ...], Field(strict=False)]
Claims = Names  # ids of claims
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
GroupName = Annotated[str, NamesOf("groups")]
FactionName = Annotated[str, NamesOf("groups and factions")]
ForceName = Annotated[str, NamesOf("forces")]
CentreName = Annotated[str, NamesOf("centres")]
GroupNames = Annotated[tuple[str, ...], Field(strict=False, min_length=1), NamesOf("groups")]
PlaceNames = Annotated[
    tuple[str, ...], Field(strict=False, min_length=1), NamesOf("places and countries")
]
Weight = Annotated[float, Field(gt=0, le=1e9)]
Weights = Annotated[dict[str, Weight], NamesOf("places")]
UsdMonth = Annotated[Quantity, Measure("USD/month", 0.0, 1e5)]
THOUSAND_USD_WEEK = Measure("thousand USD/week", -1e5, 1e5)
ThousandUsdWeek = Annotated[Quantity, THOUSAND_USD_WEEK]
ShareByDate = Annotated[dict[str, Share], OneDraw()]
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

    places: str | None = Field(
        default=None, description="CSV, one row a place: `id` and the keys of Place"
    )
    borders: str | None = Field(
        default=None,
        description="CSV, one row a border: a, b, international (0 or 1), length; id a_b",
    )
    columns: dict[str, ColumnNote] = Field(
        default={}, description="notes by column of the places file"
    )
    outlines: str | None = Field(
        default=None, description="GeoJSON, a feature a place, property `code` = the place's id"
    )
    credit: str = Field(default="", description="whom to thank for the map")


class Place(Table):
    """A province, agency or the like."""

    name: str = Field(description="name on maps")
    country: str = Field(description="country, which acts and forces may name for all its places")
    lon: float = Field(ge=-180, le=180, description="longitude of its middle (degrees east)")
    lat: float = Field(ge=-90, le=90, description="latitude of its middle (degrees north)")
    population: Annotated[Quantity, Measure("people", 1.0, 2e9)] = Field(
        description="people who live there"
    )
    districts: Annotated[Quantity, Measure("districts", 1.0, 1e4)] = Field(
        description="number of districts"
    )
    poverty: Share = Field(description="share of households below the poverty line")
    cover: Share = Field(
        description="how far terrain hides armed men: 0 flat and open, 1 high mountains"
    )
    tribal: Share = Field(description="how far customary tribal institutions order life")
    sympathy: Share = Field(description="reach of existing armed networks and their recruiters")
    city: Share = Field(description="share of people in large cities")
    note: str | None = None


class Border(Table):
    """Two places that touch."""

    between: Annotated[tuple[str, str], Field(strict=False), NamesOf("places")] = Field(
        description="the two places"
    )
    international: bool = Field(default=False, description="whether it parts two countries")
    length: Annotated[Quantity, Measure("km", 0.0, 1e5)] = Field(
        description="length of the shared border"
    )


class Faction(Table):
    """A part of a group with commanders of its own, who can take their men along."""

    name: str = Field(description="name of the faction")
    share: Share = Field(description="share of the group's men at the start; its factions sum to 1")
    places: Weights | None = Field(
        default=None, description="weights of its men at the start; else the group's"
    )
    discontent: Share = Field(
        description="discontent with the group's leadership when it is disputed"
    )
    source: str | None = None


class Alliance(Table):
    """What an ally sends to the group that lists him, each week, while the tie lasts.

    Money leaves the sender's reserve; men come from the ally's supporters, not from his fighters.
    """

    men: Annotated[Quantity, Measure("men/week", 0.0, 1e4)] = Field(
        description="men whom the ally sends at best"
    )
    money: ThousandUsdWeek = Field(
        description="money the ally sends at best; below zero: the group pays its ally"
    )
    start: dt.date | None = Field(
        default=None, description="first day of the tie; else the scenario's"
    )
    lifeline: bool = Field(
        default=True, description="whether the tie crosses the border and can be cut"
    )
    source: str | None = None
    claims: Claims = ()


class Group(Table):
    """An insurgent group."""

    name: str = Field(description="name of the group")
    dynamics: Literal["full", "simple"] = Field(
        description="full, or simple: it holds no ground and mounts no attacks"
    )
    fighters: Men = Field(description="fighters at the start; 0 for a group founded later")
    places: Weights = Field(
        default={}, description="weights of its men at the start; they are its own places, its home"
    )
    factions: dict[Identifier, Faction] = {}
    supporters: Annotated[Quantity, Measure("supporters/fighter", 0.0, 50.0)] = Field(
        description="supporters for each fighter where half of the people are behind the group"
    )
    belief: Share = Field(
        description="what it fights for: 0 national or tribal aims, 1 global caliphate"
    )
    outsider: Share = Field(description="how foreign its rule seems to the places it fights in")
    pay: UsdMonth = Field(
        description="wage that a fighter is promised, to which its men are used at the start"
    )
    money: Annotated[Quantity, Measure("thousand USD", 0.0, 1e7)] = Field(
        description="money in reserve at the start"
    )
    crime: UsdMonth = Field(
        description="income from smuggling, kidnapping and extortion, for each fighter where few are armed"
    )
    brand: Share = Field(description="what its name promises before anything has happened")
    media: Share = Field(description="media reach at the start")
    cohesion: Share = Field(description="how far it holds together when nothing shakes it")
    standing: Share = Field(description="standing of its leaders at the start")
    posts: int = Field(ge=1, le=99, description="leaders: the first post is the head")
    recruitment: Ratio = Field(description="rate of recruiting, relative to the rules' rate")
    foreign: Annotated[Quantity, Measure("men/week", 0.0, 1e4)] = Field(
        description="men who come from abroad, at best"
    )
    attacks: Annotated[Quantity, Measure("attacks/1000 fighters/week", 0.0, 1e3)] = Field(
        description="attacks at middling capability"
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
    allies: dict[str, Alliance] = {}
    source: str | None = None
    claims: Claims = ()
    note: str | None = None


class Centre(Table):
    """An outside actor on whom groups depend."""

    name: str = Field(description="name of the centre")
    brand: Share = Field(description="what its name promises")
    health: ShareByDate = Field(
        description="how well it stands, by date; linear in between, flat outside; "
        "a run takes the priors of all dates at the same quantile"
    )
    source: str | None = None
    claims: Claims = ()


class Force(Table):
    """A state force, an ally of the state, or armed locals."""

    name: str = Field(description="name of the force")
    local: bool = Field(
        default=False,
        description="whether it is armed locals, whose strength follows tribal resistance",
    )
    places: PlaceNames = Field(description="where it operates: place ids or countries")
    capacity: Annotated[Quantity, Measure("men hit/week", 0.0, 1e4)] = Field(
        description="insurgents hit at full effort and full intelligence"
    )
    arrests: Annotated[Quantity, Measure("men captured/week", 0.0, 1e4)] = Field(
        description="insurgents captured by raids at full strength and full intelligence"
    )
    routine: Share = Field(description="effort without any act of policy")
    attention: Share = Field(description="attention to groups that are there at the start")
    attention_new: Share = Field(description="attention to a group on the day of its founding")
    intelligence: Share = Field(description="share of its fire that is aimed, at best")
    harm: Annotated[Quantity, Measure("civilians harmed/man hit", 0.0, 1e3)] = Field(
        description="civilians harmed for each man whom its fire could hit, when it is blind"
    )
    exposed: Share = Field(
        default=Measure("share", 0.0, 1.0).read(1),
        description="how far its men stand where insurgents can reach them: 0 for fire from far off",
    )
    taken: Signed = Field(
        description="how its harm moves support for insurgents; above zero: towards them"
    )
    source: str | None = None
    claims: Claims = ()


class Founding(Table):
    """A group is founded by men of others (`seed`: shares of factions) and seed money."""

    kind: Literal["founding"]
    date: dt.date = Field(description="day of the founding")
    group: GroupName = Field(description="the group that is founded")
    places: Weights = Field(description="where all of them gather, by weight")
    seed: dict[str, Share] = Field(
        default={}, description="share of its men who cross over, by `group` or `group.faction`"
    )
    promised: dict[str, dt.date] = Field(
        default={}, description="days on which sources of `seed` promised to come, if before"
    )
    men: Men = Field(description="men who come from elsewhere")
    money: Annotated[Quantity, Measure("thousand USD", 0.0, 1e7)] = Field(
        description="money at the founding"
    )
    source: str | None = None
    claims: Claims = ()
    note: str | None = None


class Pledge(Table):
    """A group or faction pledges to another: part of its men come over."""

    kind: Literal["pledge"]
    date: dt.date = Field(description="day of the pledge")
    group: FactionName = Field(description="who pledges: `group` or `group.faction`")
    to: GroupName = Field(description="the group that is joined")
    share: Share = Field(description="share of its local commands that follow")
    brand: Share = Field(description="what the pledge adds to the brand of the group joined")
    source: str | None = None
    claims: Claims = ()
    note: str | None = None


class LeaderLoss(Table):
    """A leader's death becomes known or felt: the succession is disputed."""

    kind: Literal["leader_loss"]
    date: dt.date = Field(description="day on which the death is known or felt")
    group: GroupName = Field(description="the group that lost its leader")
    shock: Share = Field(description="share of cohesion lost")
    source: str | None = None
    claims: Claims = ()
    note: str | None = None


def kind_of(table: type[Table]) -> str:
    """What an event's table is told by: its `kind`."""
    (kind,) = get_args(table.model_fields["kind"].annotation)
    return str(kind)


Event = Annotated[Founding | Pledge | LeaderLoss, Field(discriminator="kind")]
RuleTable = dict[str, object]  # read against the rules' own declarations


CLAIM_KINDS = {
    "R": "rule: it exists, and switching it off moves the outcome by a size worth the sentence",
    "C": "dated figure of a publisher",
    "Q": "the author's adjective, checked by sign",
    "P": "pattern to which nothing is fitted; what is built in cannot be judged",
    "F": "forecast of the text; the model's own probability",
}
if TYPE_CHECKING:
    ClaimKind = str
else:
    ClaimKind = Literal[tuple(CLAIM_KINDS)]


class Claim(Table):
    """One claim of the text that a scenario retells, in our own words."""

    paragraphs: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(strict=False)]
    kinds: Annotated[tuple[ClaimKind, ...], Field(strict=False)]
    says: str
    shows: str = Field(description="what the model must show")
    null: str | None = Field(
        default=None, description="what a model of one curve with all else proportional would show"
    )
    carried_by: Names = Field(
        default=(), description="mechanisms, rules and parameters: `switching.hazard` and the like"
    )
    shows_in: Names = Field(
        default=(), description="outcomes; of places and forces as `places.` and `forces.`"
    )
    levers: Names = Field(default=(), description="levers of a policy that act on it")


class Ledger(Table):
    """The file of claims that `evidence.claims` names."""

    source: str
    claims: dict[Identifier, Claim]


class Evidence(Table):
    """CSV files of publishers' claims, drawn beside the model; the ledger of claims, a TOML.

    `claim_tests` is a TOML too: what in runs and figures each claim is held to.
    """

    strength: str | None = None
    presence: str | None = None
    claims: str | None = None
    claim_tests: str | None = None
    of: GroupName | None = Field(default=None, description="the group they speak of")
    credit: str = Field(default="", description="whom to thank for the data")


class ScenarioFile(Table):
    """A scenario as written (after `extends` has been followed)."""

    title: str = Field(description="title of the scenario")
    start: dt.date = Field(description="first day")
    end: dt.date = Field(description="the day by which the simulation ends")
    cut: dt.date | None = Field(
        default=None, description="the last day known to who chose its numbers"
    )
    policy: str = Field(description="the default policy: a path, or a name in `policies/`")
    focus: GroupName | None = Field(
        default=None, description="the group that tables and plots put first"
    )
    geography: Geography = Geography()
    places: Annotated[dict[Identifier, Place], Field(min_length=1)]
    borders: dict[Identifier, Border] = {}
    groups: Annotated[dict[Identifier, Group], Field(min_length=1)]
    forces: dict[Identifier, Force] = {}
    centres: dict[Identifier, Centre] = {}
    events: dict[Identifier, Event] = {}
    rules: dict[Identifier, RuleTable]
    evidence: Evidence = Evidence()
    odd: str | None = Field(
        default=None, description="Markdown: what the ODD document says of this case alone"
    )

    @property
    def foundings(self) -> dict[str, str]:
        """The id of the event that founds a group, by group, of those founded during the run."""
        return {
            event.group: name for name, event in self.events.items() if isinstance(event, Founding)
        }


if TYPE_CHECKING:
    LeverKind = str
else:
    LeverKind = Literal[tuple(LEVERS)]


def _key_of_some(key: str, meaning: str, default: object = None) -> Any:
    """A key that only acts of some levers may state."""
    kinds = KINDS_BY_KEY[key]
    few = len(kinds) <= len(LEVERS) / 2
    said = kinds if few else ["not", *(kind for kind in LEVERS if kind not in kinds)]
    text = ", ".join(said).replace("not, ", "not ")
    return Field(default=default, description=f"{meaning} ({text})")


def _only_with_their_levers(schema: dict[str, Any]) -> None:
    """For editors: a key of some levers stands only beside their kinds."""
    schema["dependentSchemas"] = {
        key: {"properties": {"kind": {"enum": list(kinds)}}} for key, kinds in KINDS_BY_KEY.items()
    }


class Act(Table):
    """One act of a policy: a lever moved from `start` until `stop`, or the scenario's end."""

    model_config = ConfigDict(json_schema_extra=_only_with_their_levers)

    kind: LeverKind = Field(description="the lever that is moved")
    force: ForceName | None = _key_of_some("force", "the force that acts")
    against: GroupNames = _key_of_some(
        "against", "groups that it is aimed at; left out in tribal_engagement: all", default=()
    )
    places: PlaceNames | None = _key_of_some(
        "places", "where: place ids or countries; left out: wherever its force operates, or all"
    )
    start: dt.date = Field(description="first day")
    stop: dt.date | None = _key_of_some("stop", "the day from which on it is not moved any more")
    strength: Share = Field(
        description="how hard the lever is moved, relative to all that could be done"
    )
    post: Annotated[int, Field(ge=1)] | None = _key_of_some("post", "which post, 1 is the head")
    rival: GroupName | None = _key_of_some("rival", "the group it is made with")
    source: str | None = None
    claims: Claims = ()
    note: str | None = None
    # A share for every aim of a lever, under the aim's name.
    __annotations__ |= dict.fromkeys(AIMS, "Share | None")
    locals().update({aim: _key_of_some(aim, words) for aim, words in AIMS.items()})


class PolicyFile(Table):
    """A policy as written (after `extends` has been followed)."""

    title: str = Field(description="title of the policy")
    acts: dict[Identifier, Act] = {}
