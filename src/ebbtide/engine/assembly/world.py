"""What one run never changes, as columns."""

from __future__ import annotations

from functools import cache

import numpy as np

from ebbtide.engine.assembly.acts import acts_of
from ebbtide.engine.assembly.events import centre_health, events_of
from ebbtide.engine.assembly.rows import Rows, Values, numbers, stationed
from ebbtide.engine.parameters import Parameters
from ebbtide.rules import attacks, displacement, support, switching
from ebbtide.scenario import Policy, Scenario
from ebbtide.scenario.deployments import deployed
from ebbtide.scenario.measuring import kilometres
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.weeks import tie_begins
from ebbtide.world.codes import ATTACK_KINDS, KINDS, DecisionMaker
from ebbtide.world.columns import Numbers
from ebbtide.world.dimensions import lengths
from ebbtide.world.identity import pack
from ebbtide.world.levers import Levers
from ebbtide.world.world import STATED_NAMES, World

kilometres_apart = cache(kilometres)  # once, for all runs


def world_of(
    scenario: Scenario,
    policy: Policy,
    values: Values,
    parameters: Parameters,
    rows: Rows,
    key: tuple[int, int],
    levers: Levers,
) -> World:
    """Everything that one run never changes; `key` is the random numbers'."""
    sizes = rows.sizes
    acts = acts_of(scenario, policy, rows, levers)
    counts = rows.counts | {"acts": len(policy.file.acts), "cells_of_acts": acts["act_cell"].size}
    columns: dict[str, object] = {
        "key0": key[0], "key1": key[1],
        **{name: count for name, count in counts.items() if name in World.declared},
        **stated(scenario.file, values, rows),
        **borders(scenario.file, values, rows, parameters, reached(scenario.file, rows)),
        **groups_of(scenario.file, values, rows, parameters),
        **ties_of(scenario, values, rows, parameters),
        **forces_of(scenario, values, rows),
        "usual_support": usual_support(scenario.file, values, rows, parameters),
        "city_draw": city_draw(values, rows, parameters),
        "centre_health": centre_health(scenario, values, rows),
        **who_draws(sizes["force"], sizes["group"], sizes["faction"], sizes["place"]),
        **events_of(scenario, values, rows, parameters),
        **acts,
    }  # fmt: skip
    return World.allocate(lengths(counts), **columns)


def stated(file: ScenarioFile, values: Values, rows: Rows) -> dict[str, np.ndarray]:
    """What places, groups and forces state, under the scenario's names."""

    def each(table: str, name: str) -> np.ndarray:
        said = ((i, getattr(getattr(file, table)[i], name)) for i in getattr(rows, table))
        found = [yes if isinstance(yes, bool) else values[f"{table}.{i}.{name}"] for i, yes in said]
        return np.array(found, World.declared[name].dtype)

    found = {name: each(table, name) for table, names in STATED_NAMES.items() for name in names}
    return found | {"centre_brand": numbers(values[f"centres.{i}.brand"] for i in rows.centres)}


def groups_of(
    file: ScenarioFile, values: Values, rows: Rows, parameters: Parameters
) -> dict[str, np.ndarray]:
    """Factions, posts and centres of the groups."""
    groups = list(file.groups.items())
    posts = np.array(rows.posts)
    discontents = (
        values.get(f"groups.{name}.factions.{faction}.discontent", 0.0)
        for name, group in groups
        for faction in (group.factions or [""])
    )
    courtships = (
        switching.courtship(values[f"groups.{name}.courts"], parameters.switching_courting_weight)
        for name, _ in groups
    )
    return {
        "faction_group": np.repeat(np.arange(len(groups)), np.diff(rows.group_start)),
        "discontent": numbers(discontents),
        "courtship": numbers(courtships),
        "group_start": np.array(rows.group_start),
        "full": np.array([group.dynamics == "full" for _, group in groups], np.uint8),
        "group_posts": posts,
        "post_start": np.append(0, np.cumsum(posts)),
        "post_group": np.repeat(np.arange(len(groups)), posts),
        "post_rank": np.concatenate([np.arange(count) for count in posts]),
        "centre": np.array(
            [-1 if group.centre is None else rows.centres[group.centre] for _, group in groups]
        ),
    }


def ties_of(
    scenario: Scenario, values: Values, rows: Rows, parameters: Parameters
) -> dict[str, np.ndarray]:
    """What every group is to every other: open, hostile, an ally."""
    ties = {
        name: World.blank(name, rows.sizes)
        for name, declared in World.declared.items()
        if declared.dimensions == ("group", "group")
    }
    for name, group in scenario.file.groups.items():
        g = rows.groups[name]
        for other in group.hostility:
            ties["hostility"][g, rows.groups[other]] = values[f"groups.{name}.hostility.{other}"]
        for other, alliance in group.allies.items():
            a = rows.groups[other]
            ties["ally_men"][g, a] = values[f"groups.{name}.allies.{other}.men"]
            ties["ally_money"][g, a] = values[f"groups.{name}.allies.{other}.money"]
            ties["ally_start"][g, a] = tie_begins(scenario.file, alliance)
            ties["ally_lifeline"][g, a] = alliance.lifeline
    for name, g in rows.groups.items():
        for other, h in rows.groups.items():
            ties["openness"][g, h] = switching.openness(
                values[f"groups.{name}.belief"],
                values[f"groups.{other}.belief"],
                ties["hostility"][g, h],
                parameters.switching_belief_weight,
                parameters.switching_hostility_weight,
            )
    return ties


def forces_of(scenario: Scenario, values: Values, rows: Rows) -> dict[str, np.ndarray]:
    """Where forces operate and with what, and whom they leave alone."""
    forces = scenario.file.forces
    here, spares = (World.blank(name, rows.sizes) for name in ("stationed", "spares"))
    stated_at = []
    for name, force in forces.items():
        here[rows.forces[name]] = stationed(scenario, rows, name, force.places)
        for group in force.spares:
            spares[rows.forces[name], rows.groups[group]] = 1
        stated_at += [
            f"forces.{name}",
            *(f"forces.{name}.contingents.{c}" for c in force.contingents),
        ]
    return {
        "contingent_start": np.array(rows.contingent_start),
        "contingent_capacity": numbers(values[f"{at}.capacity"] for at in stated_at),
        "contingent_arrests": numbers(values[f"{at}.arrests"] for at in stated_at),
        "stationed": here, "spares": spares,
    }  # fmt: skip


def reached(file: ScenarioFile, rows: Rows) -> np.ndarray:
    """Whether a force operates in each place: a row for each force and each way it is deployed."""
    return np.array(
        [
            [place in each.places for place in rows.places]
            for force in rows.forces
            for each in deployed(file, force)
        ],
        bool,
    ).reshape(-1, len(rows.places))


def city_draw(values: Values, rows: Rows, parameters: Parameters) -> np.ndarray:
    """How much the city of each place draws attacks, its people known."""
    return numbers(
        attacks.city_draw(
            values[f"places.{place}.city"],
            values[f"places.{place}.population"],
            parameters.attacks_people_power,
        )
        for place in rows.places
    )


def usual_support(
    file: ScenarioFile, values: Values, rows: Rows, parameters: Parameters
) -> Numbers:
    """Support for each group in each place left alone."""
    homes = homes_of(file)
    return np.array(
        [
            [
                support.usual_support(
                    values[f"places.{place}.sympathy"],
                    values[f"groups.{name}.outsider"],
                    1.0 if place in homes[name] else 0.0,
                    parameters.support_usual_base,
                    parameters.support_usual_sympathy,
                    parameters.support_stranger,
                    parameters.support_outsider_loss,
                )
                for place in rows.places
            ]
            for name in rows.groups
        ]
    )


def homes_of(file: ScenarioFile) -> dict[str, set[str]]:
    """Each group's own places, which its entry names; where an event founds a group is no home."""
    return {
        name: set(group.places).union(*(f.places or () for f in group.factions.values()))
        for name, group in file.groups.items()
    }


def borders(
    file: ScenarioFile, values: Values, rows: Rows, parameters: Parameters, force_here: np.ndarray
) -> dict[str, np.ndarray]:
    """Each border twice, once from each side: how near it brings its places, and whose reach ends."""
    found: list[tuple[int, int, float, int]] = []
    for name, border in file.borders.items():
        a, b = (file.places[end] for end in border.between)
        near = displacement.nearness(
            kilometres_apart(a.lon, a.lat, b.lon, b.lat),
            values[f"borders.{name}.length"],
            parameters.displacement_length,
            parameters.displacement_half_border,
        )
        i, j = (rows.places[end] for end in border.between)
        found += [(i, j, near, border.international), (j, i, near, border.international)]
    found.sort()
    from_, to, near_, international = zip(*found, strict=True) if found else ((), (), (), ())
    here, beyond = np.array(from_, np.int64), np.array(to, np.int64)
    start = np.searchsorted(here, np.arange(len(rows.places) + 1))
    return {
        "border_start": start.astype(np.int64),
        "border_to": beyond,
        "border_nearness": numbers(near_),
        "border_international": np.array(international, np.uint8),
        "border_ends_reach": (force_here[:, here] > force_here[:, beyond]).any(axis=0),
    }


def who_draws(forces: int, groups: int, factions: int, places: int) -> dict[str, object]:
    """The ids under which a place's harm, attacks and recruits are drawn, row by row."""
    f, g, p = np.indices((forces, groups, places))
    harm_ids = pack(0, p, g, DecisionMaker.CELL, f)
    g, kind, p = np.indices((groups, ATTACK_KINDS, places))
    attack_ids = pack(kind, p, g, DecisionMaker.CELL, 0)
    c, kind, p = np.indices((factions, KINDS, places))
    intake_ids = pack(0, p, c, kind, 0)
    return {"harm_ids": harm_ids, "attack_ids": attack_ids, "intake_ids": intake_ids}
