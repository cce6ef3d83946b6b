"""Alliances that give nothing, or more men or money than the giver has, or are fought over."""

from __future__ import annotations

from collections.abc import Iterator

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.weeks import A_YEAR

MONTHS = 12  # of a year
FOUGHT = 0.2  # hostility to an ally from which on it is told: a guess, since some friction is nothing odd


def notes_on_allies(file: ScenarioFile) -> Iterator[CheckNote]:
    """Alliances that give nothing, men of an ally beyond those that it has, and money likewise."""
    for name, group in file.groups.items():
        for ally, tie in group.allies.items():
            of = f"groups.{name}.allies.{ally}"
            moves = (tie.men, tie.money)
            if not any(each.uncertain or each.median != 0 for each in moves):
                yield CheckNote("{} gives neither men nor money: it moves nothing", (of,))
            payer = ally if tie.money.median > 0 else name  # below zero the group pays its ally
            yield from _of_money(abs(tie.money.median), payer, f"{of}.money", file)
            yield from _of_enemies(name, ally, file)
            other = file.groups.get(ally)
            if other is None or ally in file.foundings:
                continue
            behind = other.fighters.median * other.supporters.median
            a_year = tie.men.median * A_YEAR
            if a_year > behind:
                said = (
                    f"{{}}: {tie.men.median:g} men a week are {a_year:,.0f} in a year, of {ally}'s "
                    f"supporters, {behind:,.0f} at the start: more than there are"
                )
                yield CheckNote(said, (f"{of}.men",), idle=False)


def _of_enemies(name: str, ally: str, file: ScenarioFile) -> Iterator[CheckNote]:
    """Allies who fight each other from the start."""
    for one, other in ((name, ally), (ally, name)):
        hostility = file.groups[one].hostility.get(other) if one in file.groups else None
        if hostility is not None and hostility.median >= FOUGHT:
            said = (
                f"{{}}: {one} fights {other} by a hostility of {hostility.median:g} as well: an ally does "
                "both, sends and is fought"
            )
            yield CheckNote(said, (f"groups.{name}.allies.{ally}",), idle=False)


def _of_money(a_week: float, payer: str, of: str, file: ScenarioFile) -> Iterator[CheckNote]:
    """Money beyond what its payer has and takes in, by what the file states."""
    if payer not in file.groups or payer in file.foundings:
        return
    group = file.groups[payer]
    reserve, a_year = group.money.median, a_week * A_YEAR
    crime = group.fighters.median * group.crime.median * MONTHS / 1000
    takes_in = crime + max(0.0, group.centre_money.median) * A_YEAR
    if a_year > reserve + takes_in:
        said = (
            f"{{}}: {a_week:g} thousand USD a week are {a_year:,.0f} in a year; {payer} has "
            f"{reserve:,.0f} at the start and takes in some {takes_in:,.0f} a year, taxes aside: "
            "more than it has"
        )
        yield CheckNote(said, (of,), idle=False)
