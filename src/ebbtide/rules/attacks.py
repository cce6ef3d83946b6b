"""Attacks: how many, on whom, where, and how bad.

Attacks are Poisson in the men who can mount them (Kaplan, Mintz, Mishal and Samban 2005). A weaker
group turns from hard targets to civilians; it strikes cities that it does not hold; casualties are
heavy-tailed.
"""

import math

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "no attacks"

PARAMETERS = {
    "soft_tendency": Parameter(
        "logits", -10.0, 10.0, "score of choosing civilians at middling capability"
    ),
    "soft_weight": Parameter("logits", 0.0, 20.0, "rise of that score from full to no capability"),
    "capability_weight": Parameter(
        "ratio", 0.0, 5.0, "power of capability to which the rate of attacks is proportional"
    ),
    "reach": Parameter(
        "share",
        0.0,
        1.0,
        "share of its attacks that a group carries into cities within its network's reach",
    ),
    "severity_exponent": Parameter(
        "exponent", 1.5, 5.0, "power-law exponent of the number harmed in one attack"
    ),
    "severity_least": Parameter(
        "people",
        0.1,
        100.0,
        "scale of the number harmed: the least of the power law before rounding",
    ),
    "men_lost": Parameter(
        "men/attack", 0.0, 10.0, "attackers lost in an attack outside held ground, in expectation"
    ),
    "price": Parameter(
        "thousand USD/attack", 0.0, 1e3, "money spent on an attack outside held ground"
    ),
}

LARGEST_HARM = 5000.0


@rule("(command + cohesion + pay_share) / 3", within=(0.0, 1.0))
def capability(command: float, cohesion: float, pay_share: float) -> float:
    """A group's capability to operate: its leaders, its organisation and its money alike."""
    return (command + cohesion + pay_share) / 3.0


@rule(
    "logistic(soft_tendency + soft_weight * (0.5 - capability))",
    within=(0.0, 1.0),
    literature=(
        "Abrahms and Mierau (2017): in Afghanistan and Pakistan civilians are attacked more after "
        "leaders are lost"
    ),
)
def soft_share(capability: float, soft_tendency: float, soft_weight: float) -> float:
    """The share of attacks that go at civilians.

    That capability is what matters is assumed too.
    """
    return 1.0 / (1.0 + math.exp(-(soft_tendency + soft_weight * (0.5 - capability))))


@rule(
    "each / 1000 * men * (2 * capability) ** capability_weight if capability > 0 else 0",
    within=(0.0, math.inf),
    source="Kaplan, Mintz, Mishal and Samban (2005)",
    literature="Clauset and Gleditsch (2012): bigger groups attack more often",
)
def rate(men: float, each: float, capability: float, capability_weight: float) -> float:
    """Attacks a week, in expectation.

    `each` counts attacks a week by 1,000 fighters at middling capability.
    """
    if men <= 0.0 or capability <= 0.0:
        return 0.0
    return each / 1000.0 * men * math.exp(capability_weight * math.log(2.0 * capability))


@rule("city * people * contact", within=(0.0, math.inf))
def city_pull(city: float, people: float, contact: float) -> float:
    """How much a city draws attacks: its share of the people, where the group has contact (0 to 1).

    Networks last longer than ground: contact depends on all men near by, not on what is held.
    """
    return city * people * contact


@rule("here / pull if pull > 0 else 0", within=(0.0, math.inf))
def share_of_pull(here: float, pull: float) -> float:
    """The share of the attacks carried into cities that one city draws: by its part of their pull."""
    return here / pull if pull > 0.0 else 0.0


@rule(
    "floor(min(5000, severity_least * (1 - drawn) ** (-1 / (severity_exponent - 1))))",
    within=(0.0, LARGEST_HARM),
    source="Bohorquez and others (2009), who find exponents near 2.5 in nine insurgencies",
    literature="Clauset and Gleditsch (2012): severity does not grow with the size of the group",
)
def harmed(drawn: float, severity_least: float, severity_exponent: float) -> int:
    """People killed or injured in one attack: a power law by inversion of a uniform draw.

    Where `severity_least` is below 1 some attacks harm nobody.
    """
    exact = severity_least * math.exp(-math.log(1.0 - drawn) / (severity_exponent - 1.0))
    return math.floor(min(exact, LARGEST_HARM))


@rule("reach if pull > 0 else 0", within=(0.0, 1.0))
def carried_share(pull: float, reach: float) -> float:
    """The share of its attacks that a group carries into cities: none where no city is in reach."""
    return reach if pull > 0.0 else 0.0


@rule("each * men * (1 - carried_share)", within=(0.0, math.inf))
def mounted(each: float, men: float, carried_share: float) -> float:
    """Attacks a week mounted where the men are, in expectation; `each` is a man's."""
    return each * men * (1.0 - carried_share)


@rule("each * men * carried_share * drawn_to_city", within=(0.0, math.inf))
def carried(each: float, men: float, carried_share: float, drawn_to_city: float) -> float:
    """Attacks a week carried into one city, in expectation, by its share of all cities' pull."""
    return each * men * carried_share * drawn_to_city


@rule("mounted * held", within=(0.0, math.inf))
def inside(mounted: float, held: float) -> float:
    """Of the attacks mounted in a place, those in districts that the group holds."""
    return mounted * held


@rule("mounted * (1 - held) + carried", within=(0.0, math.inf))
def outside(mounted: float, held: float, carried: float) -> float:
    """Attacks in a place outside held ground: the rest of those mounted there, and those carried in."""
    return mounted * (1.0 - held) + carried


@rule("mean * (soft if civilians == 1 else 1 - soft)", within=(0.0, "mean"))
def on_target(mean: float, soft: float, civilians: int) -> float:
    """Of attacks in expectation, those on civilians (`civilians` 1) or on state forces."""
    return mean * (soft if civilians == 1 else 1.0 - soft)


@rule("men_lost * outside", within=(0.0, math.inf))
def attackers_lost(outside: float, men_lost: float) -> float:
    """Attackers lost in so many attacks outside held ground, in expectation; they fall next week."""
    return men_lost * outside


@rule("price * outside", within=(0.0, math.inf))
def bill(outside: float, price: float) -> float:
    """Thousand USD that so many attacks outside held ground cost; they are paid next week."""
    return price * outside


@rule("lost / total * men if total > 0 else 0", within=(0.0, math.inf))
def lost_here(lost: float, total: float, men: float) -> float:
    """Of the attackers lost by a group of so many men in all, those from one place: by its men."""
    return lost / total * men if total > 0.0 else 0.0
