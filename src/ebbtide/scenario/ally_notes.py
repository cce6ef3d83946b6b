"""Alliances that give nothing, or more than the ally has."""

from __future__ import annotations

from collections.abc import Iterator

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.weeks import A_YEAR


def notes_on_allies(file: ScenarioFile) -> Iterator[CheckNote]:
    """Alliances that give nothing, and men of an ally beyond those that it has."""
    for name, group in file.groups.items():
        for ally, tie in group.allies.items():
            of = f"groups.{name}.allies.{ally}"
            moves = (tie.men, tie.money)
            if not any(each.uncertain or each.median != 0 for each in moves):
                yield CheckNote("{} gives neither men nor money: it moves nothing", (of,))
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
