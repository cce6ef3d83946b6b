"""Effort in one unit: what forces spent in a run, in weeks of theirs, and what levers cost beside.

A force's effort is booked in men hit and captured at full aim. All that it can do in a week, its capacity
and its arrests as its entry states them, is one week of it; `scenario.prices` says what that is worth
and what levers cost for which nothing is booked. Where several acts move one lever it stands at the
strongest, as in a run. Prices are drawn from their priors by replication, the same under every policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.scenario.cells import named
from ebbtide.scenario.content import quantities_of
from ebbtide.scenario.levers import PRICED, groups_met
from ebbtide.scenario.policy_from import added
from ebbtide.scenario.prices import prices_of
from ebbtide.scenario.quantity import Measure
from ebbtide.scenario.schema.forces import CAN_DO
from ebbtide.scenario.schema.prices import EFFORT
from ebbtide.scenario.weeks import in_force
from ebbtide.study.design import probability_of
from ebbtide.study.simulate import column_of_force

if TYPE_CHECKING:
    from ebbtide.comparison.lived import LivedRuns
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.scenario.schema.policy import Act

EFFORT_PRICED = "effort_priced"
EFFORT_OF_OWN_ACTS = "effort_of_own_acts"
PRICE = Measure(EFFORT, 0.0, 1e3)


def stated(scenario: Scenario, policies: Mapping[str, Policy]) -> dict[str, Any]:
    """What a comparison's manifest says of prices, so that it can be read without its scenario.

    `forces`: by force the quantities of its full week, None for one that is drawn, and its worth.
    `levers`: their prices. `moved`: by policy and lever the weeks from which on it stands at another
    strength times reach. `sent`: by policy the forces that its own acts send, those that what it builds on
    has not. `without`: the levers that policies move and nobody prices. Raises Faults.
    """
    prices = prices_of(scenario)
    quantities, forces = scenario.quantities, scenario.file.forces
    moved = {name: _moved(policy, scenario) for name, policy in policies.items()}
    return {
        "file": prices.path.name,
        "unit": f"a week of {forces[prices.file.standard].name}"
        if prices.file.standard
        else "a week of a force",
        "forces": {
            name: {
                "full": {
                    path: None if quantity.uncertain else quantity.median
                    for path in _full(name, scenario)
                    if (quantity := quantities[path])
                },
                "worth": None
                if (week := prices.file.forces.get(name)) is None
                else _told(week.worth),
            }
            for name in forces
        },
        "levers": {name: _told(price.effort) for name, price in prices.file.prices.items()},
        "moved": {
            policy: {lever: _changes(amounts) for lever, amounts in levers.items()}
            for policy, levers in moved.items()
        },
        "sent": {name: _sent(policy, scenario) for name, policy in policies.items()},
        "without": [
            lever for lever in prices.without if any(lever in each for each in moved.values())
        ],
    }


def effort(lived: LivedRuns, series: Mapping[str, np.ndarray], counted: np.ndarray) -> np.ndarray:
    """Effort-weeks by replication and policy, over the weeks `counted`, at the prices of its manifest.

    `series` has the effort of each force by replication, policy and week.
    """
    total = _of_levers(lived, counted)
    for spent in _of_forces(lived, series, counted).values():
        total += spent
    return total


def effort_of_own_acts(
    lived: LivedRuns, series: Mapping[str, np.ndarray], counted: np.ndarray
) -> np.ndarray:
    """What a policy's own acts cost beyond the first policy, in effort-weeks; as `effort`.

    The price of levers, and what the forces that its own acts send spend more than there. What a weaker
    group spares other forces, or costs them, is left out: it is what came of the policy.
    """
    levers = _of_levers(lived, counted)
    total: np.ndarray = levers - levers[:, :1]
    sent = lived.results.manifest["comparison"]["prices"]["sent"]
    for name, spent in _of_forces(lived, series, counted).items():
        sends = np.array([name in sent[policy] for policy in lived.policies])
        total += np.where(sends, spent - spent[:, :1], 0.0)
    return total


def _of_forces(
    lived: LivedRuns, series: Mapping[str, np.ndarray], counted: np.ndarray
) -> dict[str, np.ndarray]:
    """Effort-weeks of each force by replication and policy."""
    manifest, found = lived.results.manifest, {}
    for name, force in manifest["comparison"]["prices"]["forces"].items():
        spent = series[column_of_force("effort", name)][:, :, counted].sum(axis=2)
        full = np.zeros(lived.shape)
        for path, value in force["full"].items():
            full += lived.numbers(path) if value is None else value
        worth = _drawn(force["worth"], f"forces.{name}.worth", lived, manifest)
        weeks = np.divide(spent, full, out=np.zeros(lived.shape), where=full > 0)
        found[name] = weeks * worth[:, None]
    return found


def _of_levers(lived: LivedRuns, counted: np.ndarray) -> np.ndarray:
    """Effort-weeks of levers that no run books, by replication and policy."""
    manifest = lived.results.manifest
    said, total = manifest["comparison"]["prices"], np.zeros(lived.shape)
    for number, policy in enumerate(lived.policies):
        for lever, changes in said["moved"][policy].items():
            price = _drawn(said["levers"][lever], f"prices.{lever}.effort", lived, manifest)
            total[:, number] += price * _weeks(changes, len(counted))[counted].sum()
    return total


def _drawn(
    told: Mapping[str, Any] | float | None, path: str, lived: LivedRuns, manifest: Mapping[str, Any]
) -> np.ndarray:
    """A price by replication; 1 where nothing is said."""
    if told is None:
        return np.ones(len(lived.replications))
    quantity = PRICE.read(told)
    if manifest["fixed"]:
        return np.full(len(lived.replications), quantity.median)
    seed = manifest["seed"]
    return np.array(
        [quantity.quantile(probability_of(seed, int(each), path)) for each in lived.replications]
    )


def _told(quantity: Any) -> dict[str, Any]:
    found: dict[str, Any] = quantity.stated.model_dump(exclude_none=True, exclude={"claims"})
    return found


def _full(force: str, scenario: Scenario) -> Iterator[str]:
    """The paths of what a force can do in a week, its contingents with it."""
    for path in quantities_of(scenario.file.forces[force]):
        if path.rpartition(".")[2] in CAN_DO:
            yield f"forces.{force}.{path}"


def _moved(policy: Policy, scenario: Scenario) -> dict[str, np.ndarray]:
    """Of each lever that is not booked, by week, strength times the share of its price that it reaches.

    Acts that are against other groups than the focus are another question's.
    """
    prices, found = prices_of(scenario).file.prices, {}
    for name in PRICED:
        acts = [
            act for act in policy.file.acts.values() if act.kind == name and act.strength.median
        ]
        acts = [act for act in acts if _meets_focus(act, scenario)]
        if not acts:
            continue
        per = prices[name].per if name in prices else "act"
        weights = _reach(per, scenario)
        held = np.zeros((scenario.weeks + 1, len(weights)))
        for act in acts:
            weeks = in_force(act, scenario.file)
            span = held[weeks.start : weeks.stop]
            at = _cells(per, act, scenario)
            span[:, at] = np.maximum(span[:, at], act.strength.median)
        found[name] = held @ weights
    return found


def _sent(policy: Policy, scenario: Scenario) -> list[str]:
    """The forces that its own acts send."""
    acts = [policy.file.acts[name] for name in added(policy, scenario)]
    return sorted({act.force for act in acts if act.force is not None})


def _meets_focus(act: Act, scenario: Scenario) -> bool:
    met = groups_met(act, scenario.file.groups)
    return not met or bool({*met} & {*scenario.focus_groups})


def _reach(per: str, scenario: Scenario) -> np.ndarray:
    """What a price is shared out among: one lever, groups, people by place, or borders.

    Raises TypeError for another word than those of PER, as `_cells` does.
    """
    match per:
        case "act":
            return np.ones(1)
        case "group":
            return np.ones(len(scenario.focus_groups))
        case "people":
            people = np.array([each.population.median for each in scenario.file.places.values()])
            shares: np.ndarray = people / people.sum()
            return shares
        case "borders":
            borders = sum(each.international for each in scenario.file.borders.values())
            return np.full(borders, 1 / max(1, borders))
    raise _shared_among_nothing(per)


def _cells(per: str, act: Act, scenario: Scenario) -> list[bool]:
    """Which of these an act meets."""
    file = scenario.file
    match per:
        case "act":
            return [True]
        case "group":
            met = {*groups_met(act, file.groups)}
            return [not met or group in met for group in scenario.focus_groups]
        case "people":
            places = {*named(act, file, "place")}
            return [place in places for place in file.places]
        case "borders":
            places = {*named(act, file, "place")}
            crossing = [each for each in file.borders.values() if each.international]
            return [bool(places & {*each.between}) for each in crossing]
    raise _shared_among_nothing(per)


def _shared_among_nothing(per: str) -> TypeError:
    return TypeError(f"a price is per {per}, and nothing says among what it is shared out")


def _changes(amounts: np.ndarray) -> list[list[float]]:
    """The weeks in which what is said by week changes, each with what it is from then on."""
    at = [0, *(np.flatnonzero(np.diff(amounts)) + 1).tolist()]
    return [[week, float(amounts[week])] for week in at]


def _weeks(changes: list[list[float]], weeks: int) -> np.ndarray:
    """By week again, so many of them."""
    found = np.zeros(weeks)
    for week, amount in changes:
        found[int(week) :] = amount
    return found
