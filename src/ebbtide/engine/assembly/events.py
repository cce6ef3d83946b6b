"""The dated events of a scenario and the health of its centres, as columns."""

from __future__ import annotations

import datetime as dt
import math
from typing import assert_never

import numpy as np

from ebbtide.engine.assembly.rows import (
    Rows,
    Values,
    apportion,
    contingent,
    must_fit,
    stationed,
    weights_at,
)
from ebbtide.engine.parameters import Parameters
from ebbtide.rules import founding
from ebbtide.scenario import Scenario
from ebbtide.scenario.schema.events import (
    AllianceChange,
    CentreChange,
    Deployment,
    Founding,
    HostilityChange,
    LeaderLoss,
    Pledge,
)
from ebbtide.world.codes import EventKind
from ebbtide.world.world import World


def events_of(
    scenario: Scenario, values: Values, rows: Rows, parameters: Parameters
) -> dict[str, np.ndarray]:
    """The events of a scenario: weeks, groups, seed shares, men and places."""
    columns = {
        name: World.blank(name, rows.sizes)
        for name, declared in World.declared.items()
        if declared.dimensions[:1] == ("event",)
    }
    for e, (name, event) in enumerate(scenario.file.events.items()):
        columns["event_kind"][e] = EventKind.of(event)
        columns["event_week"][e] = scenario.week_felt(event.date)
        if not isinstance(event, Deployment):
            columns["event_group"][e] = rows.groups[event.group.partition(".")[0]]
        match event:
            case Founding():
                columns["event_money"][e] = values[f"events.{name}.money"]
                places = [rows.places[place] for place in event.places]
                weights = weights_at(values, f"events.{name}.places", event.places)
                if places:
                    men = apportion(round(values[f"events.{name}.men"]), weights)
                    columns["event_men"][e, places] = men
                must_fit(scenario, f"events.{name}.men", columns["event_men"][e])
                if places:
                    columns["event_places"][e, places] = np.array(weights) / math.fsum(weights)
                columns["event_reach"][e] = reach(scenario, event, values, name, parameters, rows)
                for source in event.seed:
                    for c in rows.factions_of(source):
                        columns["event_seed"][e, c] = values[f"events.{name}.seed.{source}"]
                for source in event.leaders:
                    for c in rows.factions_of(source):
                        columns["event_leaders"][e, c] = values[f"events.{name}.leaders.{source}"]
                for source, date in event.promised.items():
                    week = scenario.week_felt(date)
                    columns["event_promised"][e, rows.factions_of(source)] = week
            case Pledge():
                columns["event_to"][e] = rows.groups[event.to]
                columns["event_level"][e] = values[f"events.{name}.brand"]
                for c in rows.factions_of(event.group):
                    columns["event_seed"][e, c] = values[f"events.{name}.share"]
            case LeaderLoss():
                columns["event_level"][e] = values[f"events.{name}.shock"]
            case HostilityChange():
                columns["event_to"][e] = rows.groups[event.towards]
                columns["event_level"][e] = values[f"events.{name}.hostility"]
            case AllianceChange():
                columns["event_to"][e] = rows.groups[event.ally]
                columns["event_level"][e] = values[f"events.{name}.holds"]
            case CentreChange():
                if event.centre is not None:
                    columns["event_centre"][e] = rows.centres[event.centre]
                columns["event_level"][e] = values[f"events.{name}.behind"]
            case Deployment():
                force = event.force
                columns["event_force"][e] = rows.forces[force]
                if event.places is not None:
                    columns["event_moves"][e] = 1
                    columns["event_stationed"][e] = stationed(scenario, rows, force, event.places)
                if event.scale is not None:
                    first, stop = rows.contingent_start[rows.forces[force] :][:2]
                    columns["event_scale"][e, first:stop] = values[f"events.{name}.scale"]
                for country in event.scale_in:
                    row = rows.contingents[contingent(force, country)]
                    columns["event_scale"][e, row] = values[f"events.{name}.scale_in.{country}"]
            case _:
                assert_never(event)
    return columns


def reach(
    scenario: Scenario,
    event: Founding,
    values: Values,
    name: str,
    parameters: Parameters,
    rows: Rows,
) -> list[float]:
    """How much of the seed share of a founding holds in each place."""
    if event.seed_places:
        stated = f"events.{name}.seed_places"
        return [values.get(f"{stated}.{place}", 0.0) for place in rows.places]
    return [founding.reach(each, parameters.founding_far) for each in near(scenario, event, rows)]


def near(scenario: Scenario, event: Founding, rows: Rows) -> list[int]:
    """Which places are near a founding, by place; all where it has none of its own."""
    if not event.places:
        return [1] * len(rows.places)
    borders = (border.between for border in scenario.file.borders.values())
    beside = {end for ends in borders if set(event.places).intersection(ends) for end in ends}
    return [founding.near(place in event.places, place in beside) for place in rows.places]


def centre_health(scenario: Scenario, values: Values, rows: Rows) -> np.ndarray:
    """Health of each centre by week, in straight lines between the dates that are stated."""
    weeks = np.arange(scenario.weeks + 1)
    found = World.blank("centre_health", rows.sizes)
    start = scenario.file.start
    for name, i in rows.centres.items():
        stated = sorted(
            (
                (dt.date.fromisoformat(date) - start).days / 7,
                values[f"centres.{name}.health.{date}"],
            )
            for date in scenario.file.centres[name].health
        )
        days, level = zip(*stated, strict=True)
        found[:, i] = np.interp(weeks, days, level)
    return found
