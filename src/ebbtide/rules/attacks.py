"""Attacks: how many, on whom, where, and how bad.

Attacks are Poisson in the men who can mount them (Kaplan, Mintz, Mishal and Samban 2005). They are
of two kinds, each with a severity of its own: those mounted where the men are, most of them ambushes
that harm few, and those carried into cities, bombs with a heavy tail. A weaker group turns from hard
targets to civilians; it strikes cities that it does not hold. Groups differ in whom they attack, how
badly and at what price, as far as the scenario says so.
"""

import math

from ebbtide.rules.declaration import Parameter, rule

WHEN_OFF = "no attacks"

PARAMETERS = {
    "soft_tendency": Parameter(
        "logits", -10.0, 10.0, "score of choosing civilians of a group in full force"
    ),
    "soft_weight": Parameter("logits", 0.0, 20.0, "rise of that score from full to no capability"),
    "city_softness": Parameter(
        "logits",
        0.0,
        20.0,
        "rise of that score where an attack is carried into a city, whose hard targets are guarded",
    ),
    "capability_weight": Parameter(
        "ratio", 0.0, 5.0, "power of capability to which the rate of attacks is proportional"
    ),
    "reach": Parameter(
        "share",
        0.0,
        1.0,
        "share of their attacks that men outside held ground carry into cities by a full network",
    ),
    "people_power": Parameter(
        "exponent",
        0.0,
        2.0,
        "power of the people of a city by which it draws attacks, among those in reach of the same men",
    ),
    "network_speed": Parameter(
        "1/week",
        0.0,
        1.0,
        "how fast a group's network into cities in reach is built, and falls apart",
    ),
    "concentration": Parameter(
        "ratio",
        1.0,
        1e3,
        "men in a district that the group holds for each man in another one of the same place",
    ),
    "mounted_exponent": Parameter(
        "exponent",
        1.5,
        5.0,
        "power-law exponent of the number harmed in one attack mounted where the men are",
    ),
    "mounted_least": Parameter(
        "people",
        0.1,
        100.0,
        "scale of the number harmed by it: the least of the power law before rounding",
    ),
    "carried_exponent": Parameter(
        "exponent", 1.5, 5.0, "the same exponent of one attack carried into a city"
    ),
    "carried_least": Parameter("people", 0.1, 100.0, "the same scale of it"),
    "fatal": Parameter(
        "share", 0.0, 1.0, "share of the members of state forces harmed who are killed"
    ),
    "men_lost": Parameter(
        "men/attack", 0.0, 10.0, "attackers lost in an attack outside held ground, in expectation"
    ),
    "price": Parameter(
        "thousand USD/attack", 0.0, 1e3, "money spent on an attack outside held ground"
    ),
    "fee": Parameter("USD/attack", 1.0, 1e5, "paid to a poor man who is hired for one attack"),
    "offers": Parameter(
        "people/attack", 0.0, 1e3, "people of the place to whom it is offered before a fighter goes"
    ),
}

LARGEST_HARM = 5000.0


@rule("(command + cohesion + pay_share) / 3", within=(0.0, 1.0))
def capability(command: float, cohesion: float, pay_share: float) -> float:
    """A group's capability to operate: its leaders, its organisation and its money alike."""
    return (command + cohesion + pay_share) / 3.0


@rule(
    "logistic(soft_tendency + civilian_targeting + soft_weight * (1 - capability)"
    " + city_softness * in_city)",
    within=(0.0, 1.0),
    literature=(
        "Abrahms and Mierau (2017): in Afghanistan and Pakistan civilians are attacked more after "
        "leaders are lost; Weinstein (2007) and Wood (2010), cited from memory: some groups kill "
        "civilians far more than others, whatever their strength"
    ),
)
def soft_share(
    capability: float, in_city: float, civilian_targeting: float, soft_tendency: float,
    soft_weight: float, city_softness: float,
) -> float:  # fmt: skip
    """The share of attacks that go at civilians; `in_city` is 1 for those carried into cities.

    What raises it is what the group lacks of full capability. That this is what matters is assumed too.
    What one group chooses more or less than others, at any capability, is its `civilian_targeting`.
    """
    score = (
        soft_tendency
        + civilian_targeting
        + soft_weight * (1.0 - capability)
        + city_softness * in_city
    )
    return 1.0 / (1.0 + math.exp(-score))


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


@rule("(city * population) ** people_power if city * population > 0 else 0", within=(0.0, math.inf))
def city_draw(city: float, population: float, people_power: float) -> float:
    """How much a city draws attacks: by its people, a share `city` of those of its place.

    Assumed: a city of ten times the people offers more to strike, and hardly ten times as much.
    """
    people = city * population
    return math.exp(people_power * math.log(people)) if people > 0.0 else 0.0


@rule("draw * nearness", within=(0.0, math.inf))
def city_pull(draw: float, nearness: float) -> float:
    """How much a city draws the men of one place: the less the farther away they stand.

    `nearness` is 1 where they stand themselves, and else the tie of the two places: nobody carries an
    attack into a city that is neither his own place's nor a neighbour's. It parts attacks among cities and
    makes none fewer: how many are carried at all from where any city is in reach, `reach` says.
    """
    return draw * nearness


@rule("here / pull if pull > 0 else 0", within=(0.0, math.inf))
def share_of_pull(here: float, pull: float) -> float:
    """The share of the attacks that the men of a place carry into cities which goes to one of them."""
    return here / pull if pull > 0.0 else 0.0


@rule(
    "least = carried_least if in_city == 1 else mounted_least;"
    " exponent = carried_exponent if in_city == 1 else mounted_exponent;"
    " floor(min(5000, attack_severity * least * (1 - drawn) ** (-1 / (exponent - 1))))",
    within=(0.0, LARGEST_HARM),
    source="Bohorquez and others (2009), who find exponents near 2.5 in nine insurgencies",
    literature="Clauset and Gleditsch (2012): severity does not grow with the size of the group",
)
def harmed(
    drawn: float, attack_severity: float, in_city: int, mounted_least: float,
    mounted_exponent: float, carried_least: float, carried_exponent: float,
) -> int:  # fmt: skip
    """People killed or injured in one attack: a power law by inversion of a uniform draw.

    Scale and exponent are those of its kind, carried into a city (`in_city` 1) or mounted where the men
    are; a group's `attack_severity` stretches the scale, however strong it is. Where that comes to less
    than 1 some attacks harm nobody.
    """
    least = carried_least if in_city == 1 else mounted_least
    exponent = carried_exponent if in_city == 1 else mounted_exponent
    exact = attack_severity * least * math.exp(-math.log(1.0 - drawn) / (exponent - 1.0))
    return math.floor(min(exact, LARGEST_HARM))


@rule("floor(harmed * fatal + drawn)", within=(0.0, math.inf))
def killed(harmed: int, drawn: float, fatal: float) -> int:
    """Members of state forces killed among those whom an attack harmed: `fatal` of them, a draw rounds."""
    return math.floor(harmed * fatal + drawn)


@rule("exposed * capacity if present == 1 else 0", within=(0.0, math.inf))
def offered(exposed: float, capacity: float, present: int) -> float:
    """How far a force offers itself to attacks in a place: by its size, and its men's exposure.

    The dead of an attack on state forces are of one force, drawn by this.
    """
    return exposed * capacity if present == 1 else 0.0


@rule(
    "forces > 0 and peaceful == forces",
    literature="Salehyan (2007) and (2009), cited from memory: rebels use the territory of neighbouring "
    "states to escape the reach of their own, where the host does not act against them",
)
def sanctuary(forces: int, peaceful: int) -> bool:
    """Whether a place is a group's sanctuary: forces are there, and all of them are at peace with it.

    It attacks nobody there, neither forces nor civilians, and carries no attack into its city.
    """
    return forces > 0 and peaceful == forces


@rule("concentration * held / (concentration * held + (1 - held))", within=(0.0, 1.0))
def in_held(held: float, concentration: float) -> float:
    """The share of a group's men in a place who stand in districts that it holds.

    Men gather there: each such district has `concentration` times the men of another.
    """
    return concentration * held / (concentration * held + (1.0 - held))


@rule("men * (1 - in_held)", within=(0.0, "men"))
def beyond(men: float, in_held: float) -> float:
    """A group's men in a place who stand outside the ground that it holds."""
    return men * (1.0 - in_held)


@rule(
    "network + network_speed * ((1 if pull > 0 else 0) - network)",
    within=(0.0, 1.0),
    literature="Johnson and others (2011): attacks come faster as a group learns",
)
def next_network(network: float, pull: float, network_speed: float) -> float:
    """How far a group's network into cities is built, a week later.

    A new group has none; one whose men are out of every city's reach loses it as slowly.
    """
    return network + network_speed * ((1.0 if pull > 0.0 else 0.0) - network)


@rule(
    "reach * network if pull > 0 else 0",
    within=(0.0, 1.0),
    literature=(
        "de la Calle and Sanchez-Cuenca (2015), cited from memory: who holds ground fights where it "
        "stands, who holds none turns to terror"
    ),
)
def carried_share(pull: float, network: float, reach: float) -> float:
    """The share of their attacks that men beyond held ground carry into cities, if any is in reach.

    The network is the group's; the reach is that of the men of one place.
    """
    return reach * network if pull > 0.0 else 0.0


@rule("each * men * in_held", within=(0.0, math.inf))
def inside(each: float, men: float, in_held: float) -> float:
    """Attacks a week mounted in held ground of a place, in expectation; `each` is a man's."""
    return each * men * in_held


@rule("each * beyond * (1 - carried_share)", within=(0.0, math.inf))
def outside(each: float, beyond: float, carried_share: float) -> float:
    """Attacks a week mounted in a place outside held ground, in expectation, by the men there."""
    return each * beyond * (1.0 - carried_share)


@rule("each * beyond * carried_share * drawn_to_city", within=(0.0, math.inf))
def carried(each: float, beyond: float, carried_share: float, drawn_to_city: float) -> float:
    """Attacks a week that the men of one place carry into one city, in expectation.

    `beyond` are the group's men there outside held ground; the city draws its share of their pull.
    """
    return each * beyond * carried_share * drawn_to_city


@rule("mean * (soft if civilians == 1 else 1 - soft)", within=(0.0, "mean"))
def on_target(mean: float, soft: float, civilians: int) -> float:
    """Of attacks in expectation, those on civilians (`civilians` 1) or on state forces."""
    return mean * (soft if civilians == 1 else 1.0 - soft)


@rule("fee", within=(0.0, math.inf))
def as_pay(fee: float) -> float:
    """What a fee for one attack weighs with a poor man, in USD of monthly pay: as much. A guess."""
    return fee


@rule("1 - (1 - poverty * acceptance) ** offers if pay_share > 0 else 0", within=(0.0, 1.0))
def for_hire(poverty: float, acceptance: float, pay_share: float, offers: float) -> float:
    """The share of the attacks outside held ground in a place for which a poor man is hired.

    It is offered to so many people of the place, one after the other; each is poor as often as the
    place is, and says yes as `recruitment.poor_score` has it, with the fee for pay (`as_pay`).
    A fee is paid at once, before any wages, so that a group in arrears hires for attacks when nobody
    enlists for its pay any more; one that can pay nothing hires nobody. To how many it is offered and
    what is paid are guesses.
    """
    return 1.0 - (1.0 - poverty * acceptance) ** offers if pay_share > 0.0 else 0.0


@rule("asked < for_hire")
def is_hired(asked: float, for_hire: float) -> bool:
    """Whether somebody is hired for an attack: by a draw, as often as `for_hire` says."""
    return asked < for_hire


@rule("sent * from_here / from_all if from_all > 0 else 0", within=(0.0, math.inf))
def sent_from(sent: float, from_here: float, from_all: float) -> float:
    """Of the attacks carried into a city by men of the group, those mounted from one place.

    By what was to be expected from there (`carried`), of all that was from anywhere.
    """
    return sent * from_here / from_all if from_all > 0.0 else 0.0


@rule("men_lost * sent", within=(0.0, math.inf))
def attackers_lost(sent: float, men_lost: float) -> float:
    """Fighters lost in so many attacks outside held ground, in expectation.

    They are of the place from which the attack was mounted, and fall next week. An attack for which
    somebody was hired is none of these: no man of the group goes.
    """
    return men_lost * sent


@rule("attack_price * price * outside + fee / 1000 * hired", within=(0.0, math.inf))
def bill(outside: float, hired: float, attack_price: float, price: float, fee: float) -> float:
    """Thousand USD that so many attacks outside held ground cost; they are paid next week.

    `attack_price` is the group's, relative to the rules' price.
    """
    return attack_price * price * outside + fee / 1000.0 * hired


@rule("left < lost")
def fell_attacking(left: float, lost: float) -> bool:
    """Whether a man who fell to fire, not to rivals, fell in an attack of his own group.

    `left` is how far into the men hit his draw fell, of whom `lost` are the attackers of his place.
    """
    return left < lost


@rule("left - lost")
def after_attackers(left: float, lost: float) -> float:
    """How far into the men hit by forces the draw of a man falls who fell to one of them (men)."""
    return left - lost
