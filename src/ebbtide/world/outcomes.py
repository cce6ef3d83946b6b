"""Outcomes: every weekly series, of groups, of their places and of forces, with unit and meaning.

Each is declared once. One that is a state variable says so (`recorded`, `total`,
`mean_over_fighters`) and is written by what `engine.recording` makes of that; any other (`computed`)
is written by name in the phase that records. Tables, plots, `explain` and the ODD read `OUTCOMES`,
`PLACE_OUTCOMES` and `FORCE_OUTCOMES`, which follow from the declarations.
"""

from __future__ import annotations

from ebbtide.world.codes import Move, Target
from ebbtide.world.columns import Numbers, SmallNumbers
from ebbtide.world.recorded import (
    Recorded,
    computed,
    mean_over_fighters,
    members,
    recorded,
    total,
)


class Series(Recorded, of=("group",)):
    """The weekly series of groups."""

    fighters: Numbers = computed("men", "fighters")
    affiliates: Numbers = computed("people", "fighters and supporters, whole ones place by place")
    leaders: Numbers = computed("men", "leaders in post")
    leaders_from_start: Numbers = computed(
        "men", "leaders in the post that they took when their group began or was founded"
    )
    posts_vacant: Numbers = computed("posts", "posts that nobody holds")
    dispute: Numbers = recorded("dispute")
    command: Numbers = recorded("command")
    cohesion: Numbers = recorded("cohesion")
    brand: Numbers = recorded("brand")
    momentum: Numbers = recorded("momentum")
    morale: Numbers = mean_over_fighters("morale", "mood of its men")
    support: Numbers = mean_over_fighters("support", "local support where its men are")
    media: Numbers = recorded("media")
    money: Numbers = recorded("money")
    income: Numbers = recorded("income", "income {}", family="source")
    wages_paid: Numbers = recorded("wages_paid")
    customary_wage: Numbers = recorded("wage")
    pay_share: Numbers = recorded("pay_share")
    places_reported: Numbers = computed(
        "places", "places where it would be reported, in expectation"
    )
    districts_held: Numbers = computed("districts", "districts held, whole ones, over all places")
    pressure: Numbers = mean_over_fighters("pressure", "state pressure on its men")
    attention: Numbers = computed("share", "highest attention of any force")
    intelligence: Numbers = computed(
        "share", "aimed share of fire on it, mean over all forces, 0 for one that meets none of it"
    )
    effort_against: Numbers = total(
        "effort", "what forces spend in fighting, at full aim, all of them together"
    )
    capability: Numbers = recorded("capability")
    notoriety: Numbers = recorded("notoriety")
    resistance: Numbers = mean_over_fighters("resistance", "local resistance where its men are")
    attacks_state: Numbers = total("attacks", "attacks on state forces", target=Target.STATE)
    attacks_civilians: Numbers = total("attacks", "attacks on civilians", target=Target.CIVILIANS)
    attacks_outside: Numbers = recorded("attacks_outside")
    attacks_in_cities: Numbers = total("attacks_in_cities", "attacks carried into cities")
    attackers_hired: Numbers = recorded("attackers_hired")
    civilians_harmed: Numbers = total("civilians_harmed", "civilians killed or injured in attacks")
    state_harmed: Numbers = recorded("state_harmed")
    forces_losses: Numbers = total(
        "lost", "members of state forces killed, in attacks and in clashes"
    )
    fighters_displaced: Numbers = recorded(
        "moved", "men driven to another place", all_or_across=Move.ALL
    )
    fighters_displaced_across_borders: Numbers = recorded(
        "moved", "men driven over an international border", all_or_across=Move.ACROSS
    )
    civilians_harmed_by_forces: Numbers = total(
        "harmed", "civilians killed or injured by forces in the fight"
    )
    civilians_displaced: Numbers = total(
        "fled", "civilians who flee fighting where they live, in expectation"
    )
    civilians_away: Numbers = total("away", "civilians away from home, who fled fighting")
    fighters_of: Numbers = recorded("origins", "fighters of origin: {}", family="entered")
    entries: Numbers = recorded("entries", "{}", family="entered")
    exits: Numbers = recorded("exits", "men {}", family="end")


class PlaceSeries(Recorded, of=("group", "place")):
    """The weekly series of groups in places."""

    fighters: SmallNumbers = computed("men", "fighters in the place")
    affiliates: SmallNumbers = computed("people", "fighters and supporters there")
    held: SmallNumbers = recorded("held")
    districts_held: SmallNumbers = computed("districts", "districts held there, whole ones")
    support: SmallNumbers = recorded("support")
    resistance: SmallNumbers = recorded("resistance")
    attacks: SmallNumbers = total("attacks", "attacks there")
    attacks_in_cities: SmallNumbers = recorded("attacks_in_cities")
    civilians_harmed: SmallNumbers = recorded("civilians_harmed")
    men_killed: SmallNumbers = recorded("killed_in")
    civilians_displaced: SmallNumbers = recorded("fled")
    reported: SmallNumbers = computed(
        "share", "probability that the group's presence there is reported"
    )


class ForceSeries(Recorded, of=("force", "group")):
    """The weekly series of forces towards groups."""

    attention: SmallNumbers = recorded("attention_paid")
    intelligence: SmallNumbers = computed(
        "share", "aimed share of its fire, mean over the fighters where it operates (0 if none)"
    )
    effort: SmallNumbers = recorded("effort")
    men_killed: SmallNumbers = recorded("killed_by")
    civilians_harmed: SmallNumbers = total("harmed", "civilians it harms meanwhile")
    losses: SmallNumbers = recorded("lost")


OUTCOMES = Series.outcomes
PLACE_OUTCOMES = PlaceSeries.outcomes
FORCE_OUTCOMES = ForceSeries.outcomes

ATTACKS = Series.taken_from("attacks")  # all attacks of a group, together


def labels(name: str) -> dict[str, str]:
    """The outcomes that a column of `Series` is spread over, each with its short label."""
    of = members(name, Series.declared[name])
    return {outcome: member.label for outcome, member in of.items()}
