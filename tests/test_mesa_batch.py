"""Mesa's batches run over the model as they are, in Mesa before 4, which has none."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from typing import Any

import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario

batch_run = pytest.importorskip("mesa.batchrunner").batch_run

PARAMETERS = {"scenario": "minimal", "groups.embers.recruitment": [0.5, 20]}


@pytest.fixture
def start_method() -> Iterator[None]:
    """`batch_run` sets how all processes start; put it back."""
    before = multiprocessing.get_start_method(allow_none=True)
    yield
    multiprocessing.set_start_method(before, force=True)


def rows(processes: int, parameters: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    found = batch_run(
        Insurgency,
        parameters,
        number_processes=processes,
        rng=[1, 2],
        max_steps=30,
        display_progress=False,
        **more,
    )
    return sorted(found, key=lambda row: (row["RunId"], row["Step"]))


@pytest.mark.usefixtures("start_method")
def test_a_batch_runs_over_an_override(minimal: Scenario) -> None:
    found = rows(1, {**PARAMETERS, "scenario": minimal}, data_collection_period=10)
    assert len(found) == 2 * 2 * 4
    last = {
        (row["rng"], row["groups.embers.recruitment"]): row for row in found if row["Step"] == 30
    }
    assert len(last) == 4
    for (seed, recruitment), row in last.items():
        model = Insurgency(minimal, rng=seed, **{"groups.embers.recruitment": recruitment})
        for _ in range(30):
            model.step()
        assert row["fighters_league"] == model.groups[0].size
        assert row["fighters_embers"] == model.groups[1].size
    assert last[1, 0.5]["fighters_embers"] != last[1, 20]["fighters_embers"]


@pytest.mark.slow
@pytest.mark.usefixtures("start_method")
def test_two_processes_give_the_rows_of_one() -> None:
    one, two = rows(1, PARAMETERS), rows(2, PARAMETERS)
    assert one == two


@pytest.mark.usefixtures("start_method")
def test_a_batch_ends_with_the_scenario() -> None:
    (row,) = batch_run(
        Insurgency, {"scenario": "minimal"}, rng=[1], max_steps=10_000, display_progress=False
    )
    assert row["Step"] == 112
