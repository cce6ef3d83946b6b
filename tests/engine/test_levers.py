"""Every lever that is declared does something, from the week of its act on."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd
import pytest

import ebbtide.engine
from acts import policy_of
from ebbtide.compilation.generated import ROWS
from ebbtide.model import Insurgency
from ebbtide.scenario import Policy, Scenario
from ebbtide.scenario.levers import AIMS, LEVERS, columns_of
from ebbtide.scenario.schema.policy import Act

WEEKS, STARTS = 30, 6
OF_COLUMNS = {column: LEVERS[name] for name in LEVERS for column in columns_of(name)}
ENGINE = Path(ebbtide.engine.__file__).parent


def lived(scenario: Scenario, policy: Policy | str) -> list[pd.DataFrame]:
    model = Insurgency(scenario, rng=4, policy=policy)
    for _ in range(WEEKS):
        model.step()
    return [model.series(), model.places(), model.force_series()]


@pytest.mark.parametrize("lever", LEVERS)
def test_an_aim_has_one_wording(lever: str) -> None:
    assert {aim: AIMS[aim] for aim in LEVERS[lever].aims} == dict(LEVERS[lever].aims)


def test_an_aim_takes_the_place_of_no_other_key_of_an_act() -> None:
    """Aims are added after all other keys: one that shared a name would stand in its place."""
    assert list(Act.model_fields)[-len(AIMS) :] == list(AIMS)


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_moves_some_outcome_and_none_before_its_act(
    busy: Scenario, tmp_path: Path, lever: str
) -> None:
    policy = policy_of(busy, lever, busy.dates[STARTS], tmp_path)
    without, moved = lived(busy, "nothing"), lived(busy, policy)
    assert any(not one.equals(other) for one, other in zip(without, moved, strict=True))
    for one, other in zip(without, moved, strict=True):
        before = one["date"] < pd.Timestamp(busy.dates[STARTS])
        assert before.any()
        pd.testing.assert_frame_equal(one[before], other[before], check_exact=True)


def spent(scenario: Scenario, policy: Policy, **stated: float) -> tuple[float, float]:
    """What forces of no routine spend before an act, and from it on, all with these of their values."""
    changes = dict(stated) | {"routine": 0.0, "local": False}
    idle = scenario.with_overrides(
        {
            f"forces.{name}.{key}": value
            for name in scenario.file.forces
            for key, value in changes.items()
        }
    )
    model = Insurgency(idle, rng=4, policy=policy)
    model.run_until(STARTS + 4)
    effort = model.force_series().groupby("date")["effort"].sum()
    act = effort.index >= pd.Timestamp(scenario.dates[STARTS])
    return float(effort[~act].sum()), float(effort[act].sum())


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_makes_a_force_spend_what_it_declares_and_nothing_else(
    busy: Scenario, tmp_path: Path, lever: str
) -> None:
    policy = policy_of(busy, lever, busy.dates[STARTS], tmp_path)
    spends = LEVERS[lever].spends
    before, since = spent(busy, policy, capacity=50.0, arrests=5.0)
    assert before == 0.0
    assert (since > 0.0) == (spends is not None)
    assert spends is None or LEVERS[lever].booked  # else it would be paid for twice
    for means in ("capacity", "arrests"):
        _, since = spent(busy, policy, **{"capacity": 50.0, "arrests": 5.0, means: 0.0})
        assert (since > 0.0) == (spends not in (None, means)), means


def test_phases_read_levers_by_what_holds_them() -> None:
    """In the order of `held_by`: an index in another place would read another force's row, or none."""
    called = {letter: dimension for dimension, letter in ROWS.items()} | {"other": "rival"}
    read = set()
    for source in ENGINE.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute)):
                continue
            lever = OF_COLUMNS.get(node.value.attr)
            if lever is None or not ast.unparse(node.value.value).endswith("levers"):
                continue
            rows = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            names = [called.get(ast.unparse(row)) for row in rows]
            if None not in names:
                read.add(node.value.attr)
                assert names == [*lever.held_by][: len(names)], ast.unparse(node)
    assert len(read) > len(LEVERS) / 2
    assert {column for column in OF_COLUMNS if column not in LEVERS} <= read
