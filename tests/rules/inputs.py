"""Every rule with the ranges of what it takes, to be called with numbers by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from ebbtide.rules import MECHANISMS
from ebbtide.rules.declaration import Parameter, Rule
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.quantity import measure_of
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.groups import Faction, Group
from ebbtide.scenario.schema.places import Place
from ebbtide.scenario.schema.policy import Act
from ebbtide.world.state import State

# Largest values of what is no share and of what no parameter, field, lever or variable is called, but
# for `supporters` and `taken`, which are men here. Names are the rules' own.
LARGEST = {
    "men": 1e7, "men_near": 1e7, "people_held": 2e9,
    "pool": 2e8, "taken": 1e7, "recruiters": 1e7, "hit": 1e6, "fire": 1e6, "spent": 1e6,
    "exposure": 12.0, "harmed": 500.0, "leaders_lost": 99.0,
    "wronged": 500.0, "by_force": 1e6, "by_harm": 1e3, "by_rule": 1.0,
    "violence": 1e5, "reserve": 1e9, "income": 1e7, "due": 1e7, "paid": 1e7, "each": 1e5,
    "others": 1e7, "got": 1e9, "given": 1e6, "bill": 1e6, "leaving": 1e7,
    "distance": 2e4, "total_drive": 4e3, "total_weight": 1e12, "rivals": 1e7,
    "supporters": 1e8, "drawing": 1e7, "best": 1e4, "gained": 1e6, "lost": 1e6, "pull": 1e9,
    "hold": 1e9, "grievance": 1e6, "drawn": 1 - 2**-53, "border": 1e5, "men_at_start": 1e7,
    "offended": 1e3, "known_of_all": 1e7, "of_all": 1e7, "stretched": 50.0, "asked": 50.0,
    "entered_at": 48.0, "there": 48.0, "beyond": 1e7, "brought": 1e4, "met": 1e7,
    "week": 4000.0, "start": 4000.0, "total": 1e7, "sent": 1e4,
    "men_of_ally": 1e7, "men_before": 1e7, "head_lost": 9.0,
    "mean": 1e6, "outside": 1e6, "hired": 1e6, "offers": 100.0,
    "weeks_empty": 4000.0, "arrivals": 1e4, "resting": 1e8,
    "drawn_by_violence": 10.0, "rival_hit": 1e6, "since": 4000.0, "arrived": 4000.0,
    "first": 99.0, "voice": 1e4, "pace": 1e4, "here": 1e9, "draw": 1e9,
    "armed": 1e7, "able": 1e7, "wage": 1e5, "elsewhere": 1e5, "sought": 1e7,
    "courtship": 1e6, "rank": 98.0, "nth": 98.0,
    "weeks_served": 4000.0, "weight": 1e6, "tie": 20.0, "leaders": 99.0, "stands_empty": 1e4,
    "dated": 4000.0, "founding_week": 4000.0, "nearby": 1.0, "cost": 10.0, "amount": 2e9,
    "affiliates": 1e8, "dues": 1e6, "coming": 1e6, "left_over": 1e7, "allied": 1e7, "forces": 99.0,
    "peaceful": 99.0, "at_group": 1e6, "event": 99.0, "asked_by": 99.0, "identity": 2.0**60 - 2**8,
    "fell": 9.0, "went": 9.0, "stated": 1e4, "scale": 1e4, "expected": 99.0, "gone": 1e8,
    "left": 1e9, "greatest": 1e7, "men_taken": 1e7, "looted": 1e7,
    "group": 98.0, "groups": 99.0,
    "by_group": 500.0, "by_forces": 500.0, "fallen": 500.0, "fallen_to_rivals": 500.0, "own": 500.0,
    "at_home": 2e9, "fleeing": 2e9, "away": 2e9, "fled": 2e9, "returned": 2e9,
    "most": 1e5, "in_all": 1e5, "aimed_fire": 1e4, "from_here": 1e4, "from_all": 1e4, "for_hire": 1.0,
}  # fmt: skip
WHOLE = {
    "entered_at",
    "there",
    "week",
    "start",
    "men_of_ally",
    "men",
    "greatest",
    "harmed",
    "posts",
    "leaders_lost",
    "taken",
    "recruiters",
    "rivals",
    "near",
    "rank",
    "nth",
    "identity",
    "leaders",
    "dated",
    "since",
    "founding_week",
    "leads",
    "doomed",
    "spared",
    "arrived",
    "first",
    "founding_place",
    "beside",
    "forces",
    "peaceful",
    "spares",
    "fell",
    "went",
    "gone",
    "with_founding",
    "came_over",
    "event",
    "asked_by",
    "group",
    "groups",
    "so_far",
    "first_holder",
    "split_off",
    "headed",
    "had_head",
    "named",
}
SMALLEST = {
    "asked_by": -1.0,
    "nearby": 1e-3,
    "stretched": 1.0,
    "total": 1.0,
    "men_of_ally": 1.0,
    "hold": 1e-9,
    "pull": 1e-9,
}
SIGNED = {
    "momentum": 1.0,
    "growth": 10.0,
    "score": 300.0,
    "appeal": 300.0,
    "loss": 10.0,
    "moved": 10.0,
    "stated_money": 1e4,
    "income": 1e7,
    "shock": 1.0,
    "so_far": 1.0,
    "ahead": 1.0,
}

# Shares, probabilities and answers (0 no, 1 yes) that none of those is called.
SHARES = {
    "abroad", "acceptance", "aimed", "ally_strength", "at_finance", "at_leaders", "at_media",
    "base", "beginning", "beside", "came_over", "carried_share", "centre", "civilians", "closed",
    "control_here", "control_there", "countered", "cut", "directed", "doomed", "drawn_to_city",
    "effort", "engagement", "fear", "following", "founding_place", "freedom", "full", "hazard",
    "health", "held_here", "held_there",
    "hired", "home", "in_city", "in_held", "international", "leads", "level",
    "lifeline", "lift", "like_minded", "loyalty", "near", "nearness", "newness",
    "offensives", "one", "other", "other_belief", "predecessor", "present",
    "pressure_here", "pressure_there", "promised", "raid", "reach", "required", "sanctuary", "searching",
    "forced", "seasoned", "soft", "within_reach", "spared", "spares", "stopped", "stranger", "strike",
    "strongest", "struck", "target", "untaken", "usual", "visible", "welcome", "width",
    "with_founding", "worthwhile",
    "first_holder", "had_head", "headed", "named", "split_off",
}  # fmt: skip
UNITS_OF_SHARES = ("share", "1/week", "yes/no")

RULES: dict[str, Rule] = {
    f"{mechanism.name}.{name}": rule
    for mechanism in MECHANISMS.values()
    for name, rule in mechanism.rules.items()
}
PARAMETERS: dict[str, Parameter] = {
    f"{mechanism.name}.{name}": parameter
    for mechanism in MECHANISMS.values()
    for name, parameter in mechanism.parameters.items()
}


def interval(name: str, argument: str) -> tuple[float, float]:
    """The range of a rule's argument: its parameters', else by what its name says.

    Raises LookupError for a name that is in no table here and that nothing declares.
    """
    mechanism = MECHANISMS[name.partition(".")[0]]
    stands_for = RULES[name].parameters.get(argument, (argument,))
    paths = [each if "." in each else f"{mechanism.name}.{each}" for each in stands_for]
    declared = [PARAMETERS[path] for path in paths if path in PARAMETERS]
    if declared:
        return min(each.low for each in declared), max(each.high for each in declared)
    if argument in SIGNED:
        return -SIGNED[argument], SIGNED[argument]
    if argument in LARGEST:
        return SMALLEST.get(argument, 0.0), LARGEST[argument]
    if argument in SHARES:
        return 0.0, 1.0
    return named(argument)


def named(argument: str) -> tuple[float, float]:
    """The range of what a field of the schema, a lever or a variable of the state declares."""
    fields = (kind.model_fields.get(argument) for kind in (Place, Group, Faction, Force, Act))
    ranges = [found for field in fields if field and (found := stated_range(field))]
    if ranges:
        return min(low for low, _ in ranges), max(high for _, high in ranges)
    variable = State.declared.get(argument)
    if argument in LEVERS or (variable and variable.unit in UNITS_OF_SHARES):
        return 0.0, 1.0
    raise LookupError(f'no range is known of the argument "{argument}": tests/rules/inputs.py')


def stated_range(field: FieldInfo) -> tuple[float, float] | None:
    """The range of a field that is a quantity, an answer, or a whole number between two ends."""
    if field.annotation is bool:
        return 0.0, 1.0
    if measure := measure_of(field):
        return measure.low, measure.high
    ends = {type(each): each for each in field.metadata}
    if Ge in ends and Le in ends:
        return float(ends[Ge].ge), float(ends[Le].le)
    return None


def numbers(argument: str, low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers from an interval, its ends often among them, since rules break at corners."""
    ends = st.sampled_from([low, high])
    whole = argument in WHOLE
    return ends | (st.integers(int(low), int(high)).map(float) if whole else st.floats(low, high))


def arguments(name: str, **intervals: tuple[float, float]) -> st.SearchStrategy[dict[str, float]]:
    """Numbers for a rule, by argument; some from other intervals than their whole range."""
    found = {each: intervals.get(each) or interval(name, each) for each in RULES[name].arguments}
    return st.fixed_dictionaries({each: numbers(each, *ends) for each, ends in found.items()})


def drawn(name: str, count: int, *, ends: float = 0.1) -> Iterator[dict[str, float]]:
    """Numbers for a rule, drawn over each argument's range and as often close to its lower end.

    A share of them, `ends`, is one of the two ends, since rules break at corners.
    """
    generator = np.random.default_rng(list(name.encode()))
    kinds = [(1 - ends) / 2, (1 - ends) / 2, ends]
    columns = [np.zeros(count)]  # of a rule that takes nothing too
    for each in RULES[name].arguments:
        low, high = interval(name, each)
        even = generator.uniform(low, high, count)
        near = low + (high - low) * 10.0 ** generator.uniform(-9, 0, count)
        corner = generator.choice([low, high], count)
        column = np.choose(generator.choice(3, count, p=kinds), [even, near, corner])
        columns.append(np.rint(column) if each in WHOLE else column)
    for _, *row in np.stack(columns, axis=1).tolist():
        yield dict(zip(RULES[name].arguments, row, strict=True))


def gathered(rule: Rule, stated: dict[str, float]) -> list[Any]:
    """The arguments of a rule's function, with the numbers that travel together as one."""
    kinds = {name: kind for name, kind in rule.function.__annotations__.items() if name != "return"}
    return [
        kind(*(stated[each] for each in kind._fields)) if hasattr(kind, "_fields") else stated[name]
        for name, kind in kinds.items()
    ]


def call(name: str, **stated: float) -> float:
    """A rule's result for numbers by name."""
    assert stated.keys() == set(RULES[name].arguments), name
    return RULES[name].function(*gathered(RULES[name], stated))
