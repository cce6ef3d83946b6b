"""Sizes of a sound scenario that are out of proportion to each other, as a slip of units makes them.

What is usual of one number alone stands beside its unit (`usual`); here numbers are held against others of
the same scenario. All thresholds are guesses, wide enough for the conflicts that ship.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.quantity import Uncertain
from ebbtide.scenario.scenario import Scenario
from ebbtide.scenario.schema.events import Founding
from ebbtide.scenario.schema.evidence import COUNTED
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.forces import CAN_DO

ABOVE_EVIDENCE = (
    20  # times the highest estimate of a group, from which on its men at the start are told
)
OF_PEOPLE = 0.02  # of all people, from which share on one group's fighters are told
OF_MEN = (
    0.5  # of all men of groups, from which share on what a force hits or captures a week is told
)
OF_PAY = 2.5  # times what a fighter is paid, from which on what he brings in by crime is told
OF_OTHERS = 5  # times what groups' fighters have in the median, or as many times less
OF_ALL_OTHERS = 10  # times the people of all other places, from which on those of one are told
SPAN = 1000  # times the lower end of a prior, from which on its upper end is told
SEVERAL = 3  # groups, or places, from which on one is held against the others


def notes_on_proportions(scenario: Scenario) -> Iterator[CheckNote]:
    """A note on each number that is out of proportion to others of the scenario and its evidence."""
    file = scenario.file
    yield from _of_men(scenario)
    yield from _of_forces(scenario)
    yield from _of_crime(file)
    for key in ("pay", "crime"):
        stated = {name: getattr(group, key).median for name, group in file.groups.items()}
        yield from _of_others(key, {name: number for name, number in stated.items() if number > 0})
    yield from _of_people(file)
    for path, quantity in scenario.uncertainties.items():
        prior = quantity.stated
        if isinstance(prior, Uncertain) and 0 < prior.low * SPAN < prior.high:
            said = f"{{}}: {prior.low:,.10g} to {prior.high:,.10g} spans more than {SPAN:,} times"
            yield CheckNote(
                f"{said} its lower end: is an end in another unit?", (path,), idle=False
            )


def _highest(scenario: Scenario) -> float:
    """The highest estimate that publishers have of those of whom they speak; 0 without any."""
    file = scenario.published.files.get("strength")
    rows = [] if file is None else [row for row in file.rows if row["counts"] in COUNTED]
    return float(max((row["high"] for row in rows), default=0))


def _of_men(scenario: Scenario) -> Iterator[CheckNote]:
    """Fighters at the start beside the highest estimate, and beside all people."""
    groups, highest = scenario.file.groups, _highest(scenario)
    of = [name for name in scenario.published.of if name in groups]
    men = sum(groups[name].fighters.median for name in of)
    if highest and men > ABOVE_EVIDENCE * highest:
        said = (
            f"{{}}: {men:,.0f} men at the start are over {ABOVE_EVIDENCE} times the highest estimate "
            f"of the evidence, {highest:,.0f}: are both in men?"
        )
        yield CheckNote(said, tuple(f"groups.{name}.fighters" for name in of), idle=False)
    people = sum(place.population.median for place in scenario.file.places.values())
    for name, group in groups.items():
        if group.fighters.median > OF_PEOPLE * people:
            share = group.fighters.median / people
            said = f"{{}}: {group.fighters.median:,.0f} men are {share:.0%} of all {people:,.0f} people"
            yield CheckNote(
                f"{said}: is one of them in another unit?", (f"groups.{name}.fighters",), idle=False
            )


def _of_forces(scenario: Scenario) -> Iterator[CheckNote]:
    """What forces can hit or capture in a week, beside the men of all groups."""
    file = scenario.file
    men = sum(group.fighters.median for group in file.groups.values())
    men += sum(event.men.median for event in file.events.values() if isinstance(event, Founding))
    men = max(men, _highest(scenario))
    for name, force in file.forces.items():
        for key in CAN_DO:
            parts = (force, *force.contingents.values())
            a_week = sum(getattr(part, key).median for part in parts)
            if a_week > OF_MEN * men > 0:
                said = (
                    f"{{}}: {a_week:,.10g} a week are over {OF_MEN:.0%} of the {men:,.0f} men of all "
                    "groups: is it a year's?"
                )
                yield CheckNote(said, (f"forces.{name}.{key}",), idle=False)


def _of_crime(file: ScenarioFile) -> Iterator[CheckNote]:
    """What a fighter brings in by crime, beside what he is paid."""
    for name, group in file.groups.items():
        if group.crime.median > OF_PAY * group.pay.median > 0:
            said = (
                f"{{}}: {group.crime.median:,.10g} a month for each fighter is over {OF_PAY:g} times his "
                f"pay, {group.pay.median:,.10g}: is it a year's, or of all of them?"
            )
            yield CheckNote(said, (f"groups.{name}.crime",), idle=False)


def _of_others(key: str, numbers: Mapping[str, float]) -> Iterator[CheckNote]:
    """A number of one group that is far from those of all others."""
    if len(numbers) < SEVERAL:
        return
    for name, number in numbers.items():
        usual = median(numbers.values())
        if not 1 / OF_OTHERS <= number / usual <= OF_OTHERS:
            far = f"over {OF_OTHERS} times" if number > usual else f"under 1/{OF_OTHERS} of"
            said = f"{{}}: {number:,.10g} is {far} what groups have in the median, {usual:,.10g}"
            yield CheckNote(f"{said}: is it in their unit?", (f"groups.{name}.{key}",), idle=False)


def _of_people(file: ScenarioFile) -> Iterator[CheckNote]:
    """A place with many times the people of all others together."""
    people = {name: place.population.median for name, place in file.places.items()}
    for name, number in people.items():
        others = sum(people.values()) - number
        if len(people) >= SEVERAL and number > OF_ALL_OTHERS * others > 0:
            said = (
                f"{{}}: {number:,.0f} people are over {OF_ALL_OTHERS} times those of all other places, "
                f"{others:,.0f}: is there a digit too many?"
            )
            yield CheckNote(said, (f"places.{name}.population",), idle=False)
