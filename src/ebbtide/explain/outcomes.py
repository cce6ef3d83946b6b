"""Outcomes: what is recorded every week of groups, places and forces, and of a run as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import cast

import ebbtide.world.outcomes as declared
from ebbtide.explain import carried, place
from ebbtide.explain.entry import Entry
from ebbtide.explain.ledger import cited, cited_by, claims_of
from ebbtide.scenario import Scenario
from ebbtide.study.numbers import NUMBERS, Number
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES, Outcome

Tell = Callable[[], Entry]
_FILE = Path(declared.__file__)


def by_group(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each outcome of a group."""
    where = "model.series() and series/ of results: a number a week and group"
    return _told(scenario, "outcome", OUTCOMES, "OUTCOMES", where)


def by_place(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each outcome of a group in a place."""
    where = "model.places(): a number a week, group and place; places/ of results"
    return _told(scenario, "outcome by place", PLACE_OUTCOMES, "PLACE_OUTCOMES", where)


def by_force(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each outcome of a force towards a group."""
    where = "model.force_series(): a number a week, force and group"
    return _told(scenario, "outcome by force", FORCE_OUTCOMES, "FORCE_OUTCOMES", where)


def of_runs() -> dict[str, Tell]:
    """What tells of each number of a run."""
    return {name: partial(_of_run, name, number) for name, number in NUMBERS.items()}


def _of_run(name: str, number: Number) -> Entry:
    return Entry.of(
        "outcome of a run",
        name,
        meaning=number.meaning,
        unit=number.unit,
        recorded_in="runs/ of results: a number a run, of the scenario's focus group",
        declared_at=place.of_function(cast(FunctionType, number.of)),
    )


def _told(
    scenario: Scenario, kind: str, outcomes: Mapping[str, Outcome], table: str, where: str
) -> dict[str, Tell]:
    return {
        name: partial(_outcome, scenario, kind, name, outcome, table, where)
        for name, outcome in outcomes.items()
    }


def _outcome(
    scenario: Scenario, kind: str, name: str, outcome: Outcome, table: str, where: str
) -> Entry:
    within = {"PLACE_OUTCOMES": "places.", "FORCE_OUTCOMES": "forces."}.get(table, "")
    claims = claims_of(scenario, "shows_in", f"{within}{name}")
    file = place.of_text(_FILE, rf'^    "{name}": Outcome')
    if ":" not in file or table != "OUTCOMES":
        file = place.of_text(_FILE, rf"^{table}\b")
    return Entry.of(
        kind,
        name,
        meaning=outcome.meaning,
        unit=outcome.unit,
        recorded_in=where,
        article=cited(cited_by(scenario, claims)),
        claims=", ".join(claims),
        declared_at=file,
        tests=carried.by(rf'"{name}"') if kind == "outcome" else None,
    )
