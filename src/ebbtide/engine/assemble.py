"""From a checked scenario, a policy and the values of one run to columns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ebbtide.engine.leaders import NEVER_FILLED
from ebbtide.engine.parameters import Parameters, gather
from ebbtide.rules import displacement, support, switching
from ebbtide.scenario import Fault, Faults, Policy, Scenario
from ebbtide.scenario.project import label
from ebbtide.scenario.schema import Founding, LeaderLoss, Pledge, ScenarioFile
from ebbtide.world.flows import ENDS, SOURCES
from ebbtide.world.identity import ATTACKS, CELL, FOUNDING, KINDS, MAX_ORDINALS, pack
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES
from ebbtide.world.setting import EVENTS, LEVERS, Setting
from ebbtide.world.state import CHRONICLE_LENGTH, HAZARDS, NO_POST, State

EARTH_RADIUS_KM = 6371.0
Values = Mapping[str, float]


def assemble(
    scenario: Scenario, policy: Policy, values: Values, key: tuple[int, int]
) -> tuple[Setting, Parameters, State]:
    """Columns of one run: its setting, its parameters and its state on the first day.

    `values` holds a number for every quantity of the scenario by dotted path; `key` is the
    generator's (two 32-bit words).
    """
    parameters = gather(values, scenario.rules_on)
    world = _Index(scenario.file)
    setting = _setting(scenario, policy, values, parameters, world, key)
    return setting, parameters, _state(scenario, values, setting, world)


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Split `total` men by weights to whole men, by largest remainders (ties to the first)."""
    whole = math.fsum(weights)
    exact = [total * weight / whole for weight in weights]
    counts = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[: total - sum(counts)]:
        counts[i] += 1
    return counts


class _Index:
    """The rows that the scenario's ids have in the columns."""

    def __init__(self, file: ScenarioFile) -> None:
        self.places = {name: i for i, name in enumerate(file.places)}
        self.groups = {name: i for i, name in enumerate(file.groups)}
        self.forces = {name: i for i, name in enumerate(file.forces)}
        self.centres = {name: i for i, name in enumerate(file.centres)}
        self.factions: dict[
            str, int
        ] = {}  # "group" for a group's only faction, else "group.faction"
        self.group_start = [0]
        for name, group in file.groups.items():
            for faction in group.factions or [None]:
                key = name if faction is None else f"{name}.{faction}"
                self.factions[key] = len(self.factions)
            self.group_start.append(len(self.factions))

    def factions_of(self, name: str) -> list[int]:
        """Rows of "group" (all its factions) or "group.faction"."""
        if name in self.groups:
            g = self.groups[name]
            return list(range(self.group_start[g], self.group_start[g + 1]))
        return [self.factions[name]]


def _kilometres(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    a1, a2 = math.radians(lat1), math.radians(lat2)
    half = math.sin((a2 - a1) / 2) ** 2
    half += math.cos(a1) * math.cos(a2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def _numbers(found: Iterable[float]) -> np.ndarray:
    return np.array(list(found), dtype=np.float64)


def _setting(
    scenario: Scenario,
    policy: Policy,
    values: Values,
    parameters: Parameters,
    world: _Index,
    key: tuple[int, int],
) -> Setting:
    file = scenario.file
    n_places, n_groups, n_factions = len(world.places), len(world.groups), len(world.factions)

    def each(table: str, ids: Iterable[str], name: str) -> np.ndarray:
        return _numbers(values[f"{table}.{i}.{name}"] for i in ids)

    columns: dict[str, object] = {
        "key0": key[0], "key1": key[1],
        "weeks": scenario.weeks, "places": n_places, "groups": n_groups, "factions": n_factions,
        "forces": len(world.forces), "posts": sum(g.posts for g in file.groups.values()),
        "acts": len(policy.file.acts), "events": len(file.events),
    }  # fmt: skip
    for column, name in (
        ("people", "population"), ("districts", "districts"), ("poverty", "poverty"),
        ("cover", "cover"), ("tribal", "tribal"), ("sympathy", "sympathy"), ("city", "city"),
    ):  # fmt: skip
        columns[column] = each("places", world.places, name)
    for column, name in (
        ("outsider", "outsider"), ("pay", "pay"), ("crime", "crime"),
        ("supporters_each", "supporters"), ("base_brand", "brand"), ("base_cohesion", "cohesion"),
        ("recruitment", "recruitment"), ("foreign_best", "foreign"), ("men_at_start", "fighters"),
        ("centre_money", "centre_money"), ("attack_rate", "attacks"),
    ):  # fmt: skip
        columns[column] = each("groups", world.groups, name)
    for column, name in (
        ("capacity", "capacity"), ("arrests", "arrests"), ("routine", "routine"),
        ("intelligence_best", "intelligence"), ("harm", "harm"), ("taken", "taken"),
    ):  # fmt: skip
        columns[column] = each("forces", world.forces, name)
    columns |= _borders(file, values, world, parameters)

    groups = list(file.groups.items())
    columns["faction_group"] = np.repeat(np.arange(n_groups), np.diff(world.group_start))
    columns["grievance"] = _numbers(
        switching.grievance(
            values.get(f"groups.{name}.factions.{faction}.discontent", 0.0),
            parameters.switching_tendency,
            parameters.switching_discontent_weight,
        )
        for name, group in groups
        for faction in (group.factions or [""])
    )
    columns["group_start"] = np.array(world.group_start)
    columns["full"] = np.array([g.dynamics == "full" for _, g in groups], np.uint8)
    posts = np.array([g.posts for _, g in groups])
    columns["group_posts"] = posts
    columns["post_start"] = np.append(0, np.cumsum(posts))
    columns["centre"] = np.array(
        [-1 if g.centre is None else world.centres[g.centre] for _, g in groups]
    )
    columns["centre_brand"] = each("centres", world.centres, "brand")
    columns["centre_health"] = _health(scenario, values, world)

    openness = np.zeros((n_groups, n_groups))
    hostility = np.zeros((n_groups, n_groups))
    ally_men = np.zeros((n_groups, n_groups))
    ally_money = np.zeros((n_groups, n_groups))
    ally_start = np.zeros((n_groups, n_groups), np.int64)
    ally_lifeline = np.zeros((n_groups, n_groups), np.uint8)
    for name, group in groups:
        g = world.groups[name]
        for other in group.hostility:
            hostility[g, world.groups[other]] = values[f"groups.{name}.hostility.{other}"]
        for other, alliance in group.allies.items():
            a = world.groups[other]
            ally_men[g, a] = values[f"groups.{name}.allies.{other}.men"]
            ally_money[g, a] = values[f"groups.{name}.allies.{other}.money"]
            ally_start[g, a] = 0 if alliance.start is None else scenario.week_of(alliance.start)
            ally_lifeline[g, a] = alliance.lifeline
    for name, g in world.groups.items():
        for other, h in world.groups.items():
            openness[g, h] = switching.openness(
                values[f"groups.{name}.belief"],
                values[f"groups.{other}.belief"],
                hostility[g, h],
                parameters.switching_belief_weight,
                parameters.switching_hostility_weight,
            )
    columns |= {
        "openness": openness, "hostility": hostility, "ally_men": ally_men,
        "ally_money": ally_money, "ally_start": ally_start, "ally_lifeline": ally_lifeline,
    }  # fmt: skip
    homes = _homes(file)
    columns["usual_support"] = np.array(
        [
            [
                support.usual_support(
                    values[f"places.{place}.sympathy"],
                    values[f"groups.{name}.outsider"],
                    1.0 if place in homes[name] else 0.0,
                    parameters.support_usual_base,
                    parameters.support_usual_sympathy,
                    parameters.support_stranger,
                )
                for place in world.places
            ]
            for name in world.groups
        ]
    )
    here = np.zeros((len(world.forces), n_places), np.uint8)
    for name, force in file.forces.items():
        for place in scenario.places_in(force.places):
            here[world.forces[name], world.places[place]] = 1
    columns["force_here"] = here
    columns["local"] = np.array([f.kind == "local" for f in file.forces.values()], np.uint8)
    columns |= _who_draws(len(world.forces), n_groups, n_factions, n_places)
    columns |= _acts(scenario, policy, world)
    columns |= _events(scenario, values, world)
    return Setting(**columns)


def _who_draws(forces: int, groups: int, factions: int, places: int) -> dict[str, object]:
    """The ids under which a place's harm, attacks and recruits are drawn, row by row."""
    f, g, p = np.indices((forces, groups, places))
    harm_ids = pack(0, p, g, CELL, f)
    g, kind, p = np.indices((groups, ATTACKS, places))
    attack_ids = pack(kind, p, g, CELL, 0)
    c, kind, p = np.indices((factions, KINDS, places))
    intake_ids = pack(0, p, c, kind, 0)
    return {"harm_ids": harm_ids, "attack_ids": attack_ids, "intake_ids": intake_ids}


def _homes(file: ScenarioFile) -> dict[str, set[str]]:
    """Each group's own places: where it stands at the start, and where it is founded."""
    homes = {
        name: set(group.places).union(*(f.places or () for f in group.factions.values()))
        for name, group in file.groups.items()
    }
    for event in file.events.values():
        if isinstance(event, Founding):
            homes[event.group] |= set(event.places)
    return homes


def _borders(
    file: ScenarioFile, values: Values, world: _Index, parameters: Parameters
) -> dict[str, np.ndarray]:
    found: list[tuple[int, int, float, int]] = []
    for name, border in file.borders.items():
        a, b = (file.places[end] for end in border.between)
        near = displacement.nearness(
            _kilometres(a.lon, a.lat, b.lon, b.lat),
            values[f"borders.{name}.length"],
            parameters.displacement_length,
            parameters.displacement_half_border,
        )
        i, j = (world.places[end] for end in border.between)
        found += [(i, j, near, border.international), (j, i, near, border.international)]
    found.sort()
    from_, to, near_, international = zip(*found, strict=True) if found else ((), (), (), ())
    start = np.searchsorted(np.array(from_, np.int64), np.arange(len(world.places) + 1))
    return {
        "border_start": start.astype(np.int64),
        "border_to": np.array(to, np.int64),
        "border_nearness": _numbers(near_),
        "border_international": np.array(international, np.uint8),
    }


def _health(scenario: Scenario, values: Values, world: _Index) -> np.ndarray:
    weeks = np.arange(scenario.weeks + 1)
    health = np.zeros((scenario.weeks + 1, max(1, len(world.centres))))
    start = scenario.file.start
    for name, i in world.centres.items():
        stated = sorted(
            ((_date_ordinal(date) - start.toordinal()) / 7, values[f"centres.{name}.health.{date}"])
            for date in scenario.file.centres[name].health
        )
        days, level = zip(*stated, strict=True)
        health[:, i] = np.interp(weeks, days, level)
    return health


def _date_ordinal(text: str) -> int:
    from datetime import date

    return date.fromisoformat(text).toordinal()


def _acts(scenario: Scenario, policy: Policy, world: _Index) -> dict[str, np.ndarray]:
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
        return _numbers(0.0 if share is None else share.median for share in stated)

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


def _events(scenario: Scenario, values: Values, world: _Index) -> dict[str, np.ndarray]:
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
            _fits(scenario, f"events.{name}.men", columns["event_men"][e])
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


def _men_at_start(scenario: Scenario, values: Values, world: _Index) -> np.ndarray:
    men = np.zeros((len(world.factions), len(world.places)), np.int64)
    for name, group in scenario.file.groups.items():
        total = round(values[f"groups.{name}.fighters"])
        factions = group.factions
        shares = [values[f"groups.{name}.factions.{f}.share"] for f in factions] or [1.0]
        first = world.group_start[world.groups[name]]
        for k, count in enumerate(apportion(total, shares)):
            homes = group.places
            if factions:
                homes = list(factions.values())[k].places or group.places
            if count and homes:
                rows = [world.places[place] for place in homes]
                men[first + k, rows] = apportion(count, list(homes.values()))
                _fits(scenario, f"groups.{name}.fighters", men[first + k])
    return men


def _fits(scenario: Scenario, key: str, men: np.ndarray) -> None:
    """An id has room for so many men who enter at once. Raises Faults."""
    if men.max() > MAX_ORDINALS:
        found = f"{men.max()} men of one faction in one place"
        raise Faults([Fault(label(scenario.path), key, found, f"at most {MAX_ORDINALS}")])


def _state(scenario: Scenario, values: Values, setting: Setting, world: _Index) -> State:
    file = scenario.file
    P, G, C, F = setting.places, setting.groups, setting.factions, setting.forces
    men = _men_at_start(scenario, values, world)
    total = int(men.sum())
    capacity = total + total // 4 + 1024
    ids = np.zeros(capacity, np.int64)
    faction = np.full(capacity, -1, np.int16)
    place = np.zeros(capacity, np.int16)
    row = 0
    # In the order of their ids, which `longest_serving` relies on.
    for p, c in zip(*np.nonzero(men.T), strict=True):
        count = int(men[c, p])
        first = pack(0, int(p), int(c), FOUNDING, 0)
        ids[row : row + count] = np.arange(first, first + count)
        faction[row : row + count] = c
        place[row : row + count] = p
        row += count

    group_men = np.add.reduceat(men, np.array(world.group_start[:-1]), axis=0)
    strength = group_men.sum(axis=1)
    founded_later = {e.group for e in file.events.values() if isinstance(e, Founding)}
    founded = np.array([name not in founded_later for name in world.groups], np.uint8)
    origins = np.zeros((G, KINDS), np.int64)
    origins[:, FOUNDING] = strength
    posts = [(g, rank) for g, x in enumerate(file.groups.values()) for rank in range(x.posts)]
    standing = [values[f"groups.{name}.standing"] for name in world.groups]
    attention = np.array(
        [
            [
                values[f"forces.{f}.attention" if founded[g] else f"forces.{f}.attention_new"]
                for g in range(G)
            ]
            for f in world.forces
        ]
    ).reshape(F, G)

    def by(*shape: int) -> np.ndarray:
        return np.zeros(shape)

    def counts(*shape: int) -> np.ndarray:
        return np.zeros(shape, np.int64)

    return State(
        fighter_id=ids, fighter_faction=faction, fighter_place=place,
        fighter_origin=np.full(capacity, FOUNDING, np.uint8),
        fighter_came_from=np.full(capacity, -1, np.int16),
        fighter_since=np.zeros(capacity, np.int16),
        fighter_arrived=np.zeros(capacity, np.int16),
        fighter_post=np.full(capacity, NO_POST, np.int16),
        free_rows=counts(capacity), rows=np.array([0, row, 0]),
        men=men, men_before=men.copy(), origins=origins, group_men=group_men.astype(np.int64),
        supporters=group_men * setting.supporters_each[:, None] * 2.0 * setting.usual_support,
        morale=np.full((G, P), 0.5), support=setting.usual_support.copy(), held=by(G, P),
        contact=by(G, P), pressure=by(G, P), onslaught=by(G, P),
        hit=by(G, P), caught=by(G, P), risk=by(G, P),
        hazards=by(C, P, HAZARDS), drive=by(G, P), rival_hit=by(G, P), resistance=by(G, P),
        founded=founded, strength_before=strength.astype(np.int64),
        money=_numbers(values[f"groups.{g}.money"] for g in world.groups),
        promised=by(G, G), income=by(G, SOURCES), wages_paid=by(G), pay_share=np.ones(G),
        brand=setting.base_brand.copy(), momentum=by(G),
        media=_numbers(values[f"groups.{g}.media"] for g in world.groups),
        cohesion=setting.base_cohesion.copy(), command=_numbers(standing),
        pull=np.ones(G), hold=np.ones(G), leaders_lost=counts(G, 2), shock=by(G),
        notoriety=by(G), capability=np.full(G, 0.5), attackers_lost=by(G), attack_bill=by(G),
        post_group=np.array([g for g, _ in posts]), post_rank=np.array([r for _, r in posts]),
        post_row=np.full(len(posts), -1), post_standing=_numbers(standing[g] for g, _ in posts),
        post_vacant_since=np.full(len(posts), NEVER_FILLED),
        post_doomed=np.zeros(len(posts), np.uint8),
        attention=attention, intelligence=by(F, G, P), force_hit=by(F, G, P),
        force_caught=by(F, G, P), force_pressure=by(F, G, P), leader_fire=by(F, G),
        harmed=counts(F, G, P), harmed_by=counts(F, P), effort=by(F, G),
        strike=by(F, G, P), offensive=by(F, G, P), raid=by(F, G, P), aim_leaders=by(F, G, P),
        aim_finance=by(F, G, P), aim_media=by(F, G, P), interdiction=by(G), counter_media=by(G),
        border_control=by(P), cut_allies=by(G), amnesty=by(G), engagement=by(P), truce=by(G, G),
        attention_floor=by(F, G),
        seed_to=np.full(C, -1), seed_share=by(C), seed_event=np.full(C, -1),
        pledge_to=np.full(C, -1), pledge_share=by(C), command_to=np.full((C, P), -1),
        alarms=counts(2), intake=counts(C, P, KINDS),
        entries=counts(G, KINDS), exits=counts(G, ENDS), joined_from=counts(G, G),
        killed_by=counts(F, G), moved=counts(G, 2), attacks=counts(G, P, 2),
        attacks_outside=counts(G), civilians_harmed=counts(G, P), state_harmed=counts(G),
        defections=counts(scenario.weeks + 1, G, G),
        series=by(scenario.weeks + 1, G, len(OUTCOMES)),
        chronicle=counts(CHRONICLE_LENGTH, 6),
        forces_series=np.zeros((scenario.weeks + 1, F, G, len(FORCE_OUTCOMES)), np.float32),
        places_series=np.zeros((scenario.weeks + 1, G, P, len(PLACE_OUTCOMES)), np.float32),
    )  # fmt: skip
