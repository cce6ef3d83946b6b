"""The log of a run tells a group the acts that it can feel."""

from __future__ import annotations

from pathlib import Path

import pytest

from acts import policy_of
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.show.chronicle import chronicle


@pytest.mark.parametrize(
    ("lever", "told"),
    [
        ("border_control", {"league", "embers", "smugglers"}),
        ("amnesty", {"league"}),
        ("truce", {"league", "embers"}),
        ("leader_killed", set()),
    ],
)
def test_an_act_is_told_to_the_groups_it_reaches(
    busy: Scenario, tmp_path: Path, lever: str, told: set[str]
) -> None:
    """No group named reaches every group, a truce both sides; a death is told as it happens."""
    focused = busy.with_overrides({"focus": "league"})
    model = Insurgency(focused, rng=1, policy=policy_of(focused, lever, busy.dates[3], tmp_path))
    for _ in range(5):
        model.step()
    line = f"    * policy: {lever.replace('_', ' ')} begins (tried)"
    assert {g for g in model.group_names if line in chronicle(model, g)} == told
