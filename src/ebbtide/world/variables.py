"""The state variables: what the weeks change, as columns (fighters, cells, groups, forces, flows)."""

from __future__ import annotations

from ebbtide.world.codes import Kind
from ebbtide.world.columns import (
    Codes,
    Columns,
    Flags,
    Integers,
    Numbers,
    SmallIntegers,
    column,
    weekly,
)
from ebbtide.world.flows import Since
from ebbtide.world.posts import GOES_WITHOUT_POST, NEVER_FILLED, NO_POST, STAYS


class Variables(Columns):
    """Everything that a week changes. `men` is always exact; `men_before` is as the week began."""

    fighter_id: Integers = column(
        "fighter", unit="id", meaning="week, place, faction, kind and number of his first entry "
        "into any group, kept for good; 0 marks a free row",
    )  # fmt: skip
    fighter_faction: SmallIntegers = column(
        "fighter", unit="faction", meaning="his faction", start=-1.0
    )
    fighter_place: SmallIntegers = column("fighter", unit="place", meaning="where he is")
    fighter_origin: Codes = column(
        "fighter", unit="kind", start=float(Kind.FOUNDING),
        meaning=", ".join(kind.label for kind in Kind),
    )  # fmt: skip
    fighter_abroad: Flags = column(
        "fighter", unit="yes/no", meaning="whether he came from abroad, kept for good"
    )
    fighter_came_from: SmallIntegers = column(
        "fighter", unit="group", meaning="the group he left for this one, -1 for none", start=-1.0
    )
    fighter_since: SmallIntegers = column(
        "fighter", unit="week", meaning="when he joined his group"
    )
    fighter_arrived: SmallIntegers = column("fighter", unit="week", meaning="when he last moved")
    fighter_post: SmallIntegers = column(
        "fighter", unit="post", meaning="the post he holds, -1 for none", start=float(NO_POST)
    )
    free_rows: Integers = column("fighter", unit="row", meaning="rows left by others", of_rows=True)
    rows: Integers = column("slot", unit="rows", meaning="free, used, noted", of_rows=True)

    men: Integers = column(
        "faction", "place", unit="men", meaning="men of a faction in a place", start=None
    )
    men_before: Integers = column(
        "faction", "place", unit="men", meaning="the same as the week began", start=None
    )
    hazards: Numbers = column(
        "faction", "place", "hazard", unit="1/week",
        meaning="hazards that the men there read when they face the week; of going home, which is "
        "each man's own, the bound",
    )  # fmt: skip
    origins: Integers = column(
        "group", "kind", unit="men", meaning="men of a group by origin", start=None
    )
    enlisted: Integers = column(
        "group", "kind", "place", unit="men", start=None,
        meaning="men of a group by how and where they first entered any group",
    )  # fmt: skip

    group_men: Integers = column(
        "group", "place", unit="men", meaning="men when the group mustered", start=None
    )
    supporters: Numbers = column(
        "group", "place", unit="people", meaning="supporters, not whole", start=None
    )
    morale: Numbers = column("group", "place", unit="share", meaning="mood of the men", start=0.5)
    support: Numbers = column(
        "group", "place", unit="share", meaning="local support for the group", start="usual_support"
    )
    resistance: Numbers = column(
        "group", "place", unit="share", meaning="local resistance to the group"
    )
    held: Numbers = column(
        "group", "place", unit="share", meaning="share of the place's districts held", start=None
    )
    most_held: Numbers = column(
        "group", unit="districts", meaning="the most districts held so far, not whole", start=None
    )
    ground: Numbers = column(
        "group", unit="share", meaning="what it holds of the most it has held", start=1.0
    )
    contact: Numbers = weekly(
        "group", "place", unit="share", meaning="how far the group is within reach of others"
    )
    pressure: Numbers = column("group", "place", unit="share", meaning="state pressure on its men")
    onslaught: Numbers = column("group", "place", unit="share", meaning="weight of offensives")
    hit: Numbers = weekly(
        "group", "place", unit="men/week", meaning="men hit by forces, by rivals and in own attacks"
    )
    caught: Numbers = weekly("group", "place", unit="men/week", meaning="men captured by forces")
    rival_hit: Numbers = weekly(
        "group", "place", unit="men/week", meaning="those of them hit by rivals"
    )
    risk: Numbers = column("group", "place", unit="1/week", meaning="a local man's risk of death")
    drive: Numbers = weekly("group", "place", unit="share", meaning="what drives men to move on")

    founded: Flags = column(
        "group", unit="yes/no", meaning="whether the group exists yet", start=None
    )
    strength: Integers = column(
        "group", unit="men", meaning="men when the group mustered, in all places", start=None
    )
    greatest: Integers = column(
        "group", unit="men", meaning="the greatest number of men so far", start=None
    )
    worth: Numbers = column(
        "group", unit="share", start=1.0,
        meaning="what it is worth to those behind it, of what it was at its best",
    )  # fmt: skip
    armed: Numbers = column(
        "group", "place", unit="men", meaning="armed men of all groups where it has men"
    )
    wage: Numbers = column(
        "group", unit="USD/month", meaning="wage that its men are used to", start=None
    )
    elsewhere: Numbers = column(
        "group", unit="USD/month", meaning="what its men would have got elsewhere last week"
    )
    money: Numbers = column("group", unit="thousand USD", meaning="money in reserve", start="money")
    backed_by: Integers = column(
        "group", unit="centre", meaning="centre behind it, -1 for none", start="centre"
    )
    behind: Numbers = column(
        "group", unit="share", meaning="how far that centre stands behind it", start=1.0
    )
    hostility: Numbers = column(
        "group", "group", unit="share", meaning="hostility towards another group", start="hostility"
    )
    openness: Numbers = column(
        "group",
        "group",
        unit="share",
        meaning="how open its men are to another group",
        start="openness",
    )
    alliance: Numbers = column(
        "group", "group", unit="share", meaning="how far its tie to an ally holds", start=1.0
    )
    promised: Numbers = column(
        "group", "group", unit="thousand USD/week", meaning="set aside for an ally this week"
    )
    kept: Numbers = column(
        "group", unit="share", meaning="share of its promises to allies that it keeps", start=1.0
    )
    income: Numbers = weekly(
        "group", "source", unit="thousand USD/week", meaning="income by source"
    )
    wages_paid: Numbers = column(
        "group", unit="thousand USD/week", meaning="paid for men and running costs"
    )
    pay_share: Numbers = column(
        "group", unit="share", meaning="share paid of what is due at the customary wage", start=1.0
    )
    left_over: Numbers = column(
        "group", unit="thousand USD/week", meaning="what it could spend on more men this week"
    )
    attack_bill: Numbers = column(
        "group", unit="thousand USD", meaning="price of last week's attacks", since=Since.ATTACKS
    )
    looted: Numbers = column(
        "group",
        unit="thousand USD",
        meaning="what last week's attacks brought",
        since=Since.ATTACKS,
    )
    brand: Numbers = column("group", unit="share", meaning="what its name promises", start="brand")
    momentum: Numbers = column("group", unit="-1 to 1", meaning="sense of winning or losing")
    media: Numbers = column("group", unit="share", meaning="media reach", start="media")
    cohesion: Numbers = column(
        "group", unit="share", meaning="how far a group holds together", start="cohesion"
    )
    command: Numbers = column(
        "group",
        unit="share",
        start="standing",
        meaning="mean standing of its posts, empty ones counting zero",
    )
    capability: Numbers = column(
        "group", unit="share", meaning="mean of command, cohesion and pay share", start=0.5
    )
    notoriety: Numbers = column("group", unit="share", meaning="name made by violence")
    pull: Numbers = column("group", unit="ratio", meaning="what draws men to it", start=1.0)
    hold: Numbers = column("group", unit="ratio", meaning="what keeps its men", start=1.0)
    dispute: Numbers = column("group", unit="share", meaning="how far it is disputed who leads")
    leaving_soon: Numbers = column(
        "group", unit="men", meaning="men promised to a group to come, when it mustered"
    )
    grievance: Numbers = column(
        "faction", unit="ratio", meaning="weight of changing sides that its discontent gives"
    )
    promised_share: Numbers = weekly(
        "faction", unit="share", meaning="share of its men promised to a group to come"
    )
    shock: Numbers = column(
        "group",
        unit="-1 to 1",
        meaning="shock to cohesion by this week's events",
        since=Since.STOCK,
    )
    leaders: Integers = column("group", unit="men", meaning="leaders in post when it took stock")
    leaders_in_place: Integers = column(
        "group", "place", unit="men", meaning="those of them who stood there"
    )
    leaders_lost: Integers = column(
        "group",
        "loss",
        unit="men",
        meaning="leaders lost since it last took stock, by how",
        since=Since.STOCK,
    )
    attackers_lost: Numbers = column(
        "group", "place", unit="men", since=Since.ATTACKS,
        meaning="attackers lost last week, by where they came from",
    )  # fmt: skip

    post_row: Integers = column("post", unit="row", meaning="its holder, -1 for none", start=-1.0)
    post_standing: Numbers = column(
        "post", unit="share", meaning="its last holder's standing", start=None
    )
    post_vacant_since: Integers = column(
        "post", unit="week", meaning="when it fell empty", start=float(NEVER_FILLED)
    )
    post_first: Flags = column(
        "post", unit="yes/no", meaning="its holder is the first it had in the run"
    )
    post_doomed: Flags = column("post", unit="yes/no", meaning="a dated act waits for its holder")

    stationed: Integers = column(
        "force", "place", unit="contingent", start="stationed",
        meaning="which contingent of the force operates in the place, -1 for none",
    )  # fmt: skip
    scale: Numbers = column(
        "contingent", unit="ratio", meaning="what it has of its stated capacity and arrests",
        start=1.0,
    )  # fmt: skip
    attention: Numbers = column(
        "force", "group", unit="share", meaning="attention to a group", start=None
    )
    attention_paid: Numbers = column(
        "force",
        "group",
        unit="share",
        meaning="attention to the group, or what policy asks if that is more",
        start=None,
    )
    intelligence: Numbers = weekly(
        "force", "group", "place", unit="share", meaning="aimed share of fire"
    )
    force_hit: Numbers = weekly("force", "group", "place", unit="men/week", meaning="men it hits")
    force_caught: Numbers = weekly(
        "force", "group", "place", unit="men/week", meaning="men it captures"
    )
    force_pressure: Numbers = weekly(
        "force", "group", "place", unit="share", meaning="pressure it brings"
    )
    force_onslaught: Numbers = weekly(
        "force", "group", "place", unit="share", meaning="what its offensive weighs there"
    )
    leader_fire: Numbers = weekly(
        "force", "group", "place", unit="men/week", meaning="fire at leaders"
    )
    harmed: Integers = weekly(
        "force", "group", "place", unit="people/week", meaning="civilians harmed by fire at a group"
    )
    harmed_by: Integers = weekly(
        "force", "place", unit="people/week", meaning="civilians harmed by a force"
    )
    effort: Numbers = weekly(
        "force", "group", unit="men hit/week", meaning="what it spends on the group, at full aim"
    )

    seed_to: Integers = weekly(
        "faction", unit="group", meaning="whose founders it joins", start=-1.0
    )
    seed_share: Numbers = column("faction", unit="share", meaning="share who cross to founders")
    seed_event: Integers = weekly("faction", unit="event", meaning="the founding", start=-1.0)
    post_joins: Integers = weekly(
        "post", unit="post", start=float(STAYS),
        meaning=f"the post that its holder takes among founders: {STAYS} where he does not go, "
        f"{GOES_WITHOUT_POST} where none is left for him",
    )  # fmt: skip
    pledge_to: Integers = weekly("faction", unit="group", meaning="whom it pledges to", start=-1.0)
    pledge_share: Numbers = column(
        "faction", unit="share", meaning="share of local commands that follow"
    )
    command_to: Integers = weekly(
        "faction", "place", unit="group", meaning="where a local command goes over to", start=-1.0
    )
    command_base: Integers = weekly(
        "faction", "place", unit="place", meaning="where it brings its men, -1 for where they are",
        start=-1.0,
    )  # fmt: skip
    alarms: Integers = weekly("alarm", unit="yes/no", meaning="orders to look at", of_rows=True)
    intake: Integers = weekly("faction", "place", "kind", unit="men/week", meaning="who will enter")

    entries: Integers = weekly("group", "kind", unit="men/week", meaning="men who came")
    exits: Integers = weekly("group", "end", unit="men/week", meaning="men who left")
    joined_from: Integers = weekly("group", "group", unit="men/week", meaning="came from whom")
    killed_by: Integers = weekly(
        "force",
        "group",
        unit="men/week",
        meaning="fighters of the group whom its fire and offensives kill, leaders hunted down "
        "left out",
    )
    lost: Integers = weekly(
        "force",
        "group",
        unit="men/week",
        meaning="members of the force whom the group kills, in its attacks and in clashes",
    )
    killed_in: Integers = weekly(
        "group",
        "place",
        unit="men/week",
        meaning="fighters whom fire and offensives of all forces kill there, leaders "
        "hunted down left out",
    )
    killed_by_rivals_in: Integers = weekly(
        "group", "place", unit="men/week", meaning="fighters whom rivals kill there"
    )
    fled: Numbers = weekly(
        "group", "place", unit="people/week",
        meaning="civilians who flee fighting there, in expectation, by whose fight they flee",
    )  # fmt: skip
    away: Numbers = column(
        "group", "place", unit="people",
        meaning="civilians of the place away from home, by whose fight they fled",
    )  # fmt: skip
    moved: Integers = weekly(
        "group",
        "all_or_across",
        unit="men/week",
        meaning="men driven on; over international borders",
    )
    attacks: Integers = weekly(
        "group", "place", "target", unit="attacks/week", meaning="attacks by target"
    )
    attacks_outside: Integers = weekly(
        "group", unit="attacks/week", meaning="attacks outside held ground"
    )
    attacks_in_cities: Integers = weekly(
        "group", "place", unit="attacks/week", meaning="attacks carried into the cities there"
    )
    attackers_hired: Integers = weekly(
        "group",
        unit="men/week",
        meaning="poor men hired for one attack outside held ground",
    )
    network: Numbers = column(
        "group", unit="share", meaning="how far its network into cities is built", start=None
    )
    civilians_harmed: Integers = column(
        "group",
        "place",
        unit="people/week",
        meaning="civilians killed or injured there in attacks",
        since=Since.ATTACKS,
    )
    wronged: Numbers = column(
        "group",
        "place",
        unit="people/week",
        meaning="what its looting and taking men by force weigh with the people there, as people harmed",
        since=Since.ATTACKS,
    )
    state_harmed: Integers = weekly(
        "group", unit="people/week", meaning="members of state forces killed or injured in attacks"
    )
