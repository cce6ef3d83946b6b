"""The world of one run: what its weeks never change, as columns."""

from __future__ import annotations

from pydantic import BaseModel

from ebbtide.scenario.quantity import measure_of
from ebbtide.scenario.schema.events import kind_of
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.groups import Group
from ebbtide.scenario.schema.places import Place
from ebbtide.world.codes import EventKind
from ebbtide.world.columns import Column, Columns, Flags, Integers, Numbers, column, dtype_of
from ebbtide.world.units import YES_NO


def _stated(dimension: str, table: type[BaseModel]) -> dict[str, Column]:
    """A column for every quantity, and every yes or no, that a table of the scenario states.

    Each has the name that it has there.
    """
    found = {}
    for name, field in table.model_fields.items():
        meaning = field.description or ""
        if (measure := measure_of(field)) is not None:
            found[name] = Column((dimension,), measure.unit, meaning)
        elif field.annotation is bool:
            found[name] = Column((dimension,), YES_NO, meaning, dtype=dtype_of(Flags))
    return found


STATED_COLUMNS = {
    "places": _stated("place", Place), "groups": _stated("group", Group),
    "forces": _stated("force", Force),
}  # fmt: skip
if len(set().union(*STATED_COLUMNS.values())) < sum(map(len, STATED_COLUMNS.values())):
    raise TypeError("two of places, groups and forces state quantities or answers of one name")
STATED_NAMES = {table: tuple(columns) for table, columns in STATED_COLUMNS.items()}


class World(
    Columns,
    all_given=True,
    derived={name: said for columns in STATED_COLUMNS.values() for name, said in columns.items()},
):
    """What the scenario, the policy and one draw of the quantities say, under the scenario's names.

    `border_*` list each border twice, once from each side, in the order of the place it starts
    from: those of place p are border_start[p] to border_start[p + 1]. A group's factions are
    group_start[g] to group_start[g + 1], and its posts likewise. `*_ids` hold who draws, place by
    place, for the harm done, attacks and recruits.
    """

    key0: int = column(unit="integer", meaning="first word of the random numbers' key")
    key1: int = column(unit="integer", meaning="second word of the key")
    weeks: int = column(unit="weeks", meaning="weeks of the scenario")
    places: int = column(unit="places", meaning="how many places there are")
    groups: int = column(unit="groups", meaning="how many groups there are")
    factions: int = column(unit="factions", meaning="how many factions there are")
    forces: int = column(unit="forces", meaning="how many forces there are")
    contingents: int = column(unit="contingents", meaning="how many parts forces have")
    posts: int = column(unit="posts", meaning="how many posts there are")
    acts: int = column(unit="acts", meaning="how many acts the policy has")
    events: int = column(unit="events", meaning="how many events the scenario has")

    border_start: Integers = column("place_bound", unit="row", meaning="first border of a place")
    border_to: Integers = column("border", unit="place", meaning="where a border leads")
    border_nearness: Numbers = column("border", unit="share", meaning="tie of the two places")
    border_international: Flags = column("border", unit="yes/no", meaning="parts two countries")
    border_ends_reach: Flags = column(
        "border",
        unit="yes/no",
        meaning="some time a force that operates on this side does not beyond",
    )

    faction_group: Integers = column("faction", unit="group", meaning="whose faction it is")
    discontent: Numbers = column(
        "faction", unit="share", meaning="its discontent where it is disputed who leads"
    )
    courtship: Numbers = column(
        "group", unit="ratio", meaning="weight of joining it that its courting gives"
    )
    group_start: Integers = column("group_bound", unit="row", meaning="first faction of a group")
    full: Flags = column("group", unit="yes/no", meaning="holds ground and mounts attacks")
    group_posts: Integers = column("group", unit="posts", meaning="posts of a group")
    post_start: Integers = column("group_bound", unit="row", meaning="first post of a group")
    post_group: Integers = column("post", unit="group", meaning="whose post it is")
    post_rank: Integers = column("post", unit="rank", meaning="rank in the group, 0 for the head")
    post_dated: Integers = column(
        "post",
        unit="week",
        meaning="last week for which the policy dates a death in it, -1 for none",
        start=-1.0,
    )
    centre: Integers = column(
        "group", unit="centre", meaning="centre behind it at the start, -1 for none"
    )
    centre_brand: Numbers = column("centre", unit="share", meaning="what a centre's name promises")
    centre_health: Numbers = column(
        "week", "some_centre", unit="share", meaning="how well a centre stands"
    )
    openness: Numbers = column(
        "group", "group", unit="share", meaning="how open its men are to another group at the start"
    )
    hostility: Numbers = column(
        "group", "group", unit="share", meaning="its hostility towards another at the start"
    )
    ally_men: Numbers = column(
        "group", "group", unit="men/week", meaning="men whom an ally sends a group at best"
    )
    ally_money: Numbers = column(
        "group",
        "group",
        unit="thousand USD/week",
        meaning="money an ally sends a group at best; below zero what the group pays that ally",
    )
    ally_start: Integers = column("group", "group", unit="week", meaning="when the tie begins")
    ally_lifeline: Flags = column("group", "group", unit="yes/no", meaning="the tie can be cut")
    city_draw: Numbers = column(
        "place", unit="ratio", meaning="how much its city draws attacks, by its people"
    )
    usual_support: Numbers = column(
        "group", "place", unit="share", meaning="support for a group in a place left alone"
    )
    contingent_start: Integers = column(
        "force_bound", unit="row", meaning="first contingent of a force: what is of no country's"
    )
    contingent_capacity: Numbers = column(
        "contingent", unit="men hit/week", meaning="its capacity, as the force's entry states it"
    )
    contingent_arrests: Numbers = column(
        "contingent", unit="men captured/week", meaning="its arrests, as that states them"
    )
    stationed: Integers = column(
        "force", "place", unit="contingent", meaning="which of the force's operates in the place at "
        "the start, -1 for none", start=-1.0,
    )  # fmt: skip
    spares: Flags = column(
        "force",
        "group",
        unit="yes/no",
        meaning="the force leaves the group alone of its own accord",
    )

    harm_ids: Integers = column("force", "group", "place", unit="id", meaning="who draws harm")
    attack_ids: Integers = column(
        "group", "attack_kind", "place", unit="id", meaning="who draws attacks"
    )
    intake_ids: Integers = column("faction", "kind", "place", unit="id", meaning="who draws intake")

    act_start: Integers = column("act", unit="week", meaning="first week of an act")
    act_stop: Integers = column("act", unit="week", meaning="first week after an act")
    act_strength: Numbers = column("act", unit="share", meaning="how hard it moves its lever")
    act_aims: Numbers = column("act", "aim", unit="share", meaning="shares with another aim")
    act_aimed: Integers = column("act", unit="aims", meaning="how many aims its lever has")
    act_aim_ahead: Integers = column(
        "act", "aim", unit="cells", meaning="how far from a cell of its lever that of an aim stands"
    )
    act_cell_start: Integers = column("act_bound", unit="row", meaning="first cell of an act")
    act_cell: Integers = column("act_cell", unit="cell", meaning="cells of the levers it moves")
    levers_change: Flags = column(
        "week", unit="yes/no", meaning="an act begins or ends in the week"
    )

    event_kind: Integers = column(
        "event",
        unit="kind",
        meaning=", ".join(kind_of(kind.table).replace("_", " ") for kind in EventKind),
    )
    event_week: Integers = column("event", unit="week", meaning="when it happens")
    event_group: Integers = column(
        "event", unit="group", meaning="to whom it happens, -1 for a force", start=-1.0
    )
    event_force: Integers = column(
        "event", unit="force", meaning="which force is deployed, -1 for none", start=-1.0
    )
    event_moves: Flags = column("event", unit="yes/no", meaning="it says where a force operates")
    event_stationed: Integers = column(
        "event", "place", unit="contingent", meaning="which one operates there from then on",
        start=-1.0,
    )  # fmt: skip
    event_scale: Numbers = column(
        "event", "contingent", unit="ratio", meaning="of its stated capacity and arrests, what it "
        "has from then on, -1 for no change", start=-1.0,
    )  # fmt: skip
    event_to: Integers = column(
        "event",
        unit="group",
        meaning="the other group, of a pledge or a tie, -1 for none",
        start=-1.0,
    )
    event_centre: Integers = column(
        "event", unit="centre", meaning="the centre behind the group from then on, -1 for none",
        start=-1.0,
    )  # fmt: skip
    event_level: Numbers = column(
        "event", unit="share", meaning="brand lifted, shock, or how far a tie is there from then on"
    )
    event_money: Numbers = column("event", unit="thousand USD", meaning="money at the founding")
    event_seed: Numbers = column("event", "faction", unit="share", meaning="share who come over")
    event_promised: Integers = column(
        "event", "faction", unit="week", meaning="when it promised that, -1 for no promise",
        start=-1.0,
    )  # fmt: skip
    event_men: Integers = column("event", "place", unit="men", meaning="men from elsewhere")
    event_places: Numbers = column("event", "place", unit="share", meaning="where founders gather")
    event_reach: Numbers = column(
        "event", "place", unit="share", meaning="how much of the seed share holds there"
    )
    event_leaders: Numbers = column(
        "event", "faction", unit="share", meaning="share of its holders of posts who take posts of the "
        "new group, -1 where they cross as other men do", start=-1.0,
    )  # fmt: skip
