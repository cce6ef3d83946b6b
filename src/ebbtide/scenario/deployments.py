"""Where each force operates, and with how much, from week to week: its entry, then its deployments.

A policy may deploy forces too: what is asked of a file here is asked under one by `under`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ebbtide.scenario.names import places_in
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.events import Deployment
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.forces import Contingent, Force
from ebbtide.scenario.schema.policy import PolicyFile
from ebbtide.scenario.weeks import as_they_come, week_felt, weeks_between

REST = ""  # stands for the country of what is no contingent


@dataclass(frozen=True, slots=True)
class Deployed:
    """How a force is deployed over some weeks: `scales` by contingent, None where as its entry states."""

    weeks: range
    stated: tuple[str, ...]  # places and countries
    places: frozenset[str]
    scales: Mapping[str, Quantity | None]
    event: str | None  # that began it


def under(policy: PolicyFile, file: ScenarioFile) -> ScenarioFile:
    """The file with what the policy deploys among its events; the file itself where that is nothing.

    A deployment with the id of an event takes its place.
    """
    if not policy.deployments:
        return file
    return file.model_copy(update={"events": {**file.events, **policy.deployments}})


def deployments_of(file: ScenarioFile, force: str) -> list[tuple[str, Deployment]]:
    """The events that deploy a force, with their ids, as they come."""
    events = as_they_come(file, Deployment)
    return [(name, event) for name, event in events if event.force == force]


def deployed(file: ScenarioFile, force: str) -> list[Deployed]:
    """How a force is deployed, in the order of weeks; of one week the file's last holds."""
    entry, last = file.forces[force], weeks_between(file.start, file.end) + 1
    events = deployments_of(file, force)
    first = [0, *(week_felt(file.start, event.date) for _, event in events)]
    stated, scales = entry.places, dict.fromkeys([REST, *entry.contingents], None)
    said: list[tuple[str | None, Deployment | None]] = [(None, None), *events]
    found = []
    for week, stop, (name, event) in zip(first, [*first[1:], last], said, strict=True):
        if event is not None:
            stated = stated if event.places is None else event.places
            scales = scaled(scales, event)
        places = frozenset(places_in(file.places, stated))
        found.append(Deployed(range(week, stop), stated, places, scales, name))
    return found


def scaled(scales: Mapping[str, Quantity | None], event: Deployment) -> dict[str, Quantity | None]:
    """The scales of a force's contingents as an event leaves them."""
    whole = {country: event.scale or scale for country, scale in scales.items()}
    return whole | {each: scale for each, scale in event.scale_in.items() if each in whole}


def contingent_at(file: ScenarioFile, force: Force, place: str) -> str:
    """Which contingent of a force a place is for: its country's, or the rest."""
    country = file.places[place].country
    return country if country in force.contingents else REST


def operates_in(file: ScenarioFile, force: str, weeks: range | None = None) -> frozenset[str]:
    """The places where a force operates in some of these weeks, or ever."""
    return frozenset[str]().union(*(each.places for each in during(file, force, weeks)))


def during(file: ScenarioFile, force: str, weeks: range | None = None) -> list[Deployed]:
    """How a force is deployed in these weeks, or ever: what holds in none of them is left out."""
    return [
        each
        for each in deployed(file, force)
        if each.weeks
        and (weeks is None or max(each.weeks.start, weeks.start) < min(each.weeks.stop, weeks.stop))
    ]


def can_spend(
    file: ScenarioFile, force: str, spent: str, weeks: range | None, places: Iterable[str] | None
) -> bool:
    """Whether it may have any `spent` (capacity or arrests) in these weeks and places, or ever."""
    entry, named = file.forces[force], None if places is None else set(places)
    for each in during(file, force, weeks):
        for place in each.places if named is None else each.places & named:
            country = contingent_at(file, entry, place)
            part: Force | Contingent = entry.contingents.get(country, entry)
            scale = each.scales[country]
            if getattr(part, spent).quantile(1.0) > 0 and (
                scale is None or scale.quantile(1.0) > 0
            ):
                return True
    return False
