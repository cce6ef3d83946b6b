"""The state on the first day, as columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.assembly.levels import STARTS, FirstDay
from ebbtide.engine.assembly.rows import Rows, Values, apportion, must_fit, weights_at
from ebbtide.engine.service import enlist
from ebbtide.scenario import Scenario
from ebbtide.world.codes import Kind
from ebbtide.world.columns import Integers
from ebbtide.world.dimensions import lengths
from ebbtide.world.levers import Levers
from ebbtide.world.outcomes import ForceSeries, PlaceSeries, Series
from ebbtide.world.state import State
from ebbtide.world.world import World


def state_at_start(
    scenario: Scenario, values: Values, rows: Rows, world: World, levers: Levers
) -> State:
    """Men in their rows and all levels as they stand before the first week."""
    men = men_at_start(scenario, values, rows)
    day = FirstDay(scenario, values, rows, world, men)
    given: dict[str, Any] = {name: start.at(day) for start in STARTS for name in start.variables}
    for name, column in State.declared.items():
        if isinstance(column.start, str):
            given[name] = getattr(world, column.start).copy()
    total = int(men.sum())
    sizes = lengths(rows.counts | {"rows_of_fighters": total + total // 4 + 1024})
    state = State.allocate(
        sizes, **given, levers=levers, series=Series.allocate(sizes),
        place_series=PlaceSeries.allocate(sizes), force_series=ForceSeries.allocate(sizes),
    )  # fmt: skip
    enter_men(state.compiled, men, men_abroad(world, men))
    return state


@compiled
def enter_men(state: State, men: Integers, abroad: Integers) -> None:
    """Give the men who stand at the start their rows, in the order of their ids."""
    factions, places = men.shape
    for p in range(places):
        for c in range(factions):
            enlist(state, 0, p, c, Kind.FOUNDING, men[c, p], abroad[c, p])


def men_abroad(world: World, men: Integers) -> Integers:
    """Of the men of each faction in each place those from abroad, by their group's share."""
    share = world.foreigners[world.faction_group][:, None]
    return np.rint(men * share).astype(np.int64)


def men_at_start(scenario: Scenario, values: Values, rows: Rows) -> Integers:
    """Men of each faction in each place, rounded as `apportion` does."""
    men = State.blank("men", rows.sizes)
    for name, group in scenario.file.groups.items():
        total = round(values[f"groups.{name}.fighters"])
        factions = group.factions
        shares = [values[f"groups.{name}.factions.{f}.share"] for f in factions] or [1.0]
        first = rows.group_start[rows.groups[name]]
        for k, count in enumerate(apportion(total, shares)):
            homes, stated_at = group.places, f"groups.{name}.places"
            if factions:
                faction, stated = list(factions.items())[k]
                if stated.places:
                    homes, stated_at = stated.places, f"groups.{name}.factions.{faction}.places"
            if count and homes:
                homes_rows = [rows.places[place] for place in homes]
                weights = weights_at(values, stated_at, homes)
                men[first + k, homes_rows] = apportion(count, weights)
                must_fit(scenario, f"groups.{name}.fighters", men[first + k])
    return men
