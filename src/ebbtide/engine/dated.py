"""What has a date, as columns: the acts of a policy, the events and centres of a scenario."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np

from ebbtide.engine.rows import Rows, Values, apportion, must_fit, numbers
from ebbtide.scenario import Policy, Scenario
from ebbtide.scenario.schema import Founding, LeaderLoss, Pledge
from ebbtide.world.setting import EVENTS, LEVERS


def acts_of(scenario: Scenario, policy: Policy, world: Rows) -> dict[str, np.ndarray]:
    """The acts of a policy: weeks [start, stop), strengths, against whom and where."""
    acts = list(policy.file.acts.values())
    never = scenario.weeks + 1
    against = np.zeros((len(acts), len(world.groups)), np.uint8)
    here = np.ones((len(acts), len(world.places)), np.uint8)
    for a, act in enumerate(acts):
        for name in act.against:
            against[a, world.groups[name.partition(".")[0]]] = 1
        if act.places is not None:
            here[a] = 0
            for place in scenario.places_in(act.places):
                here[a, world.places[place]] = 1

    def shares(name: str) -> np.ndarray:
        stated = (getattr(act, name) for act in acts)
        return numbers(0.0 if share is None else share.median for share in stated)

    return {
        "act_kind": np.array([LEVERS.index(act.kind) for act in acts], np.int64),
        "act_force": np.array(
            [-1 if act.force is None else world.forces[act.force] for act in acts], np.int64
        ),
        "act_start": np.array([max(1, scenario.week_of(act.start)) for act in acts], np.int64),
        "act_stop": np.array(
            [never if act.stop is None else scenario.week_of(act.stop) for act in acts], np.int64
        ),
        "act_strength": shares("strength"),
        "act_leaders": shares("leaders"),
        "act_finance": shares("finance"),
        "act_media": shares("media"),
        "act_post": np.array([act.post or 0 for act in acts], np.int64),
        "act_rival": np.array(
            [-1 if act.rival is None else world.groups[act.rival] for act in acts], np.int64
        ),
        "act_against": against,
        "act_here": here,
    }


def events_of(scenario: Scenario, values: Values, world: Rows) -> dict[str, np.ndarray]:
    """The events of a scenario: weeks, groups, seed shares, men and places."""
    events = list(scenario.file.events.items())
    n = len(events)
    columns: dict[str, np.ndarray] = {
        "event_kind": np.zeros(n, np.int64), "event_week": np.zeros(n, np.int64),
        "event_group": np.zeros(n, np.int64), "event_to": np.full(n, -1, np.int64),
        "event_lift": np.zeros(n), "event_money": np.zeros(n),
        "event_seed": np.zeros((n, len(world.factions))),
        "event_men": np.zeros((n, len(world.places)), np.int64),
        "event_places": np.zeros((n, len(world.places))),
        "event_near": np.zeros((n, len(world.places)), np.int64),
    }  # fmt: skip
    for e, (name, event) in enumerate(events):
        columns["event_kind"][e] = EVENTS.index(event.kind)
        columns["event_week"][e] = max(1, scenario.week_of(event.date))
        columns["event_group"][e] = world.groups[event.group.partition(".")[0]]
        if isinstance(event, Founding):
            columns["event_money"][e] = values[f"events.{name}.money"]
            places = [world.places[place] for place in event.places]
            weights = list(event.places.values())
            men = apportion(round(values[f"events.{name}.men"]), weights)
            columns["event_men"][e, places] = men
            must_fit(scenario, f"events.{name}.men", columns["event_men"][e])
            columns["event_places"][e, places] = np.array(weights) / math.fsum(weights)
            for border in scenario.file.borders.values():
                if set(event.places).intersection(border.between):
                    columns["event_near"][e, [world.places[end] for end in border.between]] = 1
            columns["event_near"][e, places] = 1
            for source in event.seed:
                for c in world.factions_of(source):
                    columns["event_seed"][e, c] = values[f"events.{name}.seed.{source}"]
        elif isinstance(event, Pledge):
            columns["event_to"][e] = world.groups[event.to]
            columns["event_lift"][e] = values[f"events.{name}.brand"]
            for c in world.factions_of(event.group):
                columns["event_seed"][e, c] = values[f"events.{name}.share"]
        elif isinstance(event, LeaderLoss):
            columns["event_lift"][e] = values[f"events.{name}.shock"]
    return columns


def centre_health(scenario: Scenario, values: Values, world: Rows) -> np.ndarray:
    """Health of each centre by week, in straight lines between the dates that are stated."""
    weeks = np.arange(scenario.weeks + 1)
    found = np.zeros((scenario.weeks + 1, max(1, len(world.centres))))
    start = scenario.file.start
    for name, i in world.centres.items():
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
