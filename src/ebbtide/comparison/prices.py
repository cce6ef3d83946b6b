"""Effort in one unit: what forces spent in a run, in weeks of theirs, and what levers cost beside.

A force's effort is booked in men hit and captured at full aim. All that it can do in a week, its capacity
and its arrests as its entry states them, is one week of it; `scenario.prices` says what that is worth
and what levers cost for which nothing is booked. Prices are drawn from their priors by replication, the
same under every policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ebbtide.comparison.priced_acts import acts_told, shares_of, weeks_at_full
from ebbtide.scenario.content import quantities_of
from ebbtide.scenario.levers import PRICED
from ebbtide.scenario.policy_from import added
from ebbtide.scenario.prices import prices_of
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.forces import CAN_DO
from ebbtide.scenario.schema.prices import EFFORT_WEEKS, MILLION_USD_WEEK, Price
from ebbtide.study.design import probability_of
from ebbtide.study.simulate import column_of_force

if TYPE_CHECKING:
    from ebbtide.comparison.lived import LivedRuns
    from ebbtide.scenario import Policy, Scenario


def stated(scenario: Scenario, policies: Mapping[str, Policy]) -> dict[str, Any]:
    """What a comparison's manifest says of prices, so that it can be read without its scenario.

    `forces`: by force the quantities of its full week, None for one that is drawn, and its worth.
    `money`: what a week of the standard force costs, if anybody has said it. `levers`: their prices.
    `said`: what anybody has said in money of what a lever, or something like it, costs a week.
    `shares`: by lever those of the parts of what its price is of. `acts`: by policy and lever the acts
    that move it. `sent`: by policy the forces that its own acts send, those that what it builds on has
    not. `without`: the levers that policies move and nobody prices. Raises Faults.
    """
    prices = prices_of(scenario)
    quantities, forces = scenario.quantities, scenario.file.forces
    standard = prices.file.forces.get(prices.file.standard or "")
    money = None if standard is None or standard.money is None else _told(standard.money)
    per = {name: price.per for name, price in prices.file.prices.items()}
    unpriced = Price.model_fields["per"].default
    acts = {
        name: {
            lever: told
            for lever in PRICED
            if (told := acts_told(lever, per.get(lever, unpriced), policy, scenario))
        }
        for name, policy in policies.items()
    }
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
        "money": money,
        "levers": {name: _told(price.effort) for name, price in prices.file.prices.items()},
        "said": {
            name: _told(price.money)
            for name, price in prices.file.prices.items()
            if price.money is not None
        },
        "shares": {lever: shares_of(each, scenario) for lever, each in per.items()},
        "acts": acts,
        "sent": {name: _sent(policy, scenario) for name, policy in policies.items()},
        "without": [
            lever for lever in prices.without if any(lever in each for each in acts.values())
        ],
    }


class MoneyOfWeek(NamedTuple):
    """What a week of all that the standard force can do costs, and the words for such a week."""

    quantity: Quantity
    of: str


def money_of_week(said: Mapping[str, Any]) -> MoneyOfWeek | None:
    """What a manifest says of prices tells of money; None where nobody has said what a week costs."""
    if said.get("money") is None:
        return None
    return MoneyOfWeek(MILLION_USD_WEEK.read(said["money"]), said["unit"])


def money_said(said: Mapping[str, Any]) -> dict[str, Quantity]:
    """By lever what has been said in money of a week of it, or of something like it."""
    return {name: MILLION_USD_WEEK.read(told) for name, told in said.get("said", {}).items()}


class OfLever(NamedTuple):
    """A lever's price by replication, and its weeks at full strength by replication and policy."""

    price: np.ndarray
    weeks: np.ndarray


def levers_moved(lived: LivedRuns, counted: np.ndarray) -> dict[str, OfLever]:
    """Each lever that some policy moves and that has a price, over the weeks `counted`."""
    return {name: OfLever(price, weeks) for name, price, weeks in _levers(lived, counted)}


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


def drawn_prices(
    lived: LivedRuns,
    series: Mapping[str, np.ndarray],
    counted: np.ndarray,
    *,
    of_own_acts: bool,
) -> dict[str, np.ndarray]:
    """The prices by which `effort`, or `effort_of_own_acts`, differs between policies; by replication.

    By path: `prices.LEVER.effort` of levers that not all policies move alike, and `forces.FORCE.worth` of
    forces that do not spend alike under all. An effort is in proportion to each, beside the others.
    """
    said = lived.results.manifest["comparison"]["prices"]
    found = {}
    for lever, price, weeks in _levers(lived, counted):
        if (weeks != weeks[:, :1]).any():
            found[f"prices.{lever}.effort"] = price
    for name, worth, weeks in _forces(lived, series, counted):
        apart = weeks != weeks[:, :1]
        if of_own_acts:
            apart &= np.array([name in said["sent"][policy] for policy in lived.policies])
        if apart.any():
            found[f"forces.{name}.worth"] = worth
    return found


def _of_forces(
    lived: LivedRuns, series: Mapping[str, np.ndarray], counted: np.ndarray
) -> dict[str, np.ndarray]:
    """Effort-weeks of each force by replication and policy."""
    return {name: weeks * worth[:, None] for name, worth, weeks in _forces(lived, series, counted)}


def _forces(
    lived: LivedRuns, series: Mapping[str, np.ndarray], counted: np.ndarray
) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Each force, what a week of it is worth by replication, and its weeks by replication and policy."""
    manifest = lived.results.manifest
    for name, force in manifest["comparison"]["prices"]["forces"].items():
        spent = series[column_of_force("effort", name)][:, :, counted].sum(axis=2)
        full = np.zeros(lived.shape)
        for path, value in force["full"].items():
            full += lived.numbers(path) if value is None else value
        worth = _drawn(force["worth"], f"forces.{name}.worth", lived, manifest)
        weeks = np.divide(spent, full, out=np.zeros(lived.shape), where=full > 0)
        yield name, worth, weeks


def _of_levers(lived: LivedRuns, counted: np.ndarray) -> np.ndarray:
    """Effort-weeks of levers that no run books, by replication and policy."""
    total = np.zeros(lived.shape)
    for _, price, weeks in _levers(lived, counted):
        total += price[:, None] * weeks
    return total


def _levers(lived: LivedRuns, counted: np.ndarray) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    """Each lever that is moved, its price by replication, and its weeks by replication and policy."""
    manifest = lived.results.manifest
    said = manifest["comparison"]["prices"]
    for lever in PRICED:
        if not any(lever in said["acts"][policy] for policy in lived.policies):
            continue
        weeks = np.zeros(lived.shape)
        for number, policy in enumerate(lived.policies):
            if acts := said["acts"][policy].get(lever):
                shares = said["shares"][lever]
                weeks[:, number] = weeks_at_full(acts, shares, lived, number, counted)
        yield lever, _drawn(said["levers"][lever], f"prices.{lever}.effort", lived, manifest), weeks


def _drawn(
    told: Mapping[str, Any] | float | None, path: str, lived: LivedRuns, manifest: Mapping[str, Any]
) -> np.ndarray:
    """A price by replication; 1 where nothing is said."""
    if told is None:
        return np.ones(len(lived.replications))
    quantity = EFFORT_WEEKS.read(told)
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


def _sent(policy: Policy, scenario: Scenario) -> list[str]:
    """The forces that its own acts send."""
    acts = [policy.file.acts[name] for name in added(policy, scenario)]
    return sorted({act.force for act in acts if act.force is not None})
