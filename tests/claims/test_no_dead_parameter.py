"""Every declared quantity changes some outcome, and every outcome is moved."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from acts import policy_of
from ebbtide.model import Insurgency
from ebbtide.scenario import Policy, Scenario, load
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.groups import OF_ATTACKS
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES

pytestmark = pytest.mark.slow
WEEKS = 150
RECORDED = ("series", "place_series", "force_series")


def _recorded(scenario: Scenario, policy: Policy | None = None) -> list[np.ndarray]:
    model = Insurgency(scenario, rng=4, policy=policy)
    for _ in range(WEEKS):
        model.step()
    recorded = [getattr(model.state, name).table[:, : WEEKS + 1] for name in RECORDED]
    return [*recorded, model.state.defections[: WEEKS + 1]]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("khorasan")


@pytest.fixture(scope="module")
def usual(scenario: Scenario) -> list[np.ndarray]:
    return _recorded(scenario)


def preying(scenario: Scenario) -> Scenario:
    """The scenario with a group that takes men by force and loots, as none of the case does."""
    return scenario.with_overrides({"groups.ttp.abduction": 0.002, "groups.ttp.loot": 1})


@pytest.fixture(scope="module")
def moved(scenario: Scenario) -> list[np.ndarray]:
    return _recorded(preying(scenario))


def _others(quantity: Quantity) -> list[float]:
    """Other allowed values: some way off, then the ends of the range where they are not extreme."""
    low, high = quantity.bounds
    now = quantity.median
    tried = (now * 1.4 + 0.01, now * 0.6, now + 1, low if low >= 0 else now)
    return [value for value in tried if low <= value <= high and value != now]


def _kinds(scenario: Scenario) -> dict[str, list[str]]:
    """Paths by what they say: `groups.*.pay` and so on; of rules, each by itself."""
    found: dict[str, list[str]] = {}
    for path in scenario.quantities:
        table, *rest = path.split(".")
        kind = path
        if table in {"places", "borders", "groups", "forces", "centres", "events"}:
            within = {"factions", "allies", "hostility", "seed", "health"} & set(rest)
            named = f".{within.pop()}" if within else ""
            named = ".weights" if rest[-2:-1] == ["places"] else named  # of one place alone, idle
            last = rest[-1] if named not in {".hostility", ".seed", ".health", ".weights"} else ""
            kind = f"{table}{named}.{last}"
        found.setdefault(kind, []).append(path)
    return found


KINDS = _kinds(load("khorasan"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_quantity_changes_some_outcome(
    scenario: Scenario, usual: list[np.ndarray], kind: str, tmp_path: Path
) -> None:
    policy = None
    if kind == "rules.leaving.amnesty_weight":  # it counts in an amnesty alone
        policy = policy_of(scenario, "amnesty", dt.date(2015, 3, 1), tmp_path)
        usual = _recorded(scenario, policy)
    if kind.startswith("rules.predation.") or kind == "rules.leaving.forced_weight":
        scenario = preying(scenario)
        usual = _recorded(scenario)
    # A share of a faction can only change with the others.
    if kind == "groups.factions.share":
        share = "groups.ttp.factions.{}.share".format
        changes = [{share("orakzai"): 0.10, share("swat"): 0.16}]
    else:
        refused = {"groups.iskp.fighters", "groups.iskp.foreigners"}  # founded: zero
        for name, group in scenario.file.groups.items():
            if group.dynamics == "simple":
                refused |= {f"groups.{name}.{said}" for said in OF_ATTACKS}
        paths = [path for path in KINDS[kind] if path not in refused]
        others = [_others(scenario.quantities[path]) for path in paths]
        changes = [dict(zip(paths, values, strict=True)) for values in zip(*others, strict=False)]
    assert any(
        _differs(usual, _recorded(scenario.with_overrides(changed), policy)) for changed in changes
    ), f"{kind} changes nothing"


def _differs(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return any(not np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_outcome_is_moved(moved: list[np.ndarray], outcome: str) -> None:
    column = moved[0][list(OUTCOMES).index(outcome)]
    assert (column != column[0]).any()


@pytest.mark.parametrize("outcome", PLACE_OUTCOMES)
def test_an_outcome_by_place_is_moved(moved: list[np.ndarray], outcome: str) -> None:
    column = moved[1][list(PLACE_OUTCOMES).index(outcome)]
    assert (column != column[0]).any()


@pytest.mark.parametrize("outcome", FORCE_OUTCOMES)
def test_an_outcome_by_force_is_moved(moved: list[np.ndarray], outcome: str) -> None:
    column = moved[2][list(FORCE_OUTCOMES).index(outcome)]
    assert (column != column[0]).any()
