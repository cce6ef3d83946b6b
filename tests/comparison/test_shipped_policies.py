"""Every shipped policy of the case: like the record until they part, and not after."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from ebbtide.comparison.question import first_difference
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario, load, load_policy
from shipped import SHIPPED

POLICIES = [
    *sorted(file.stem for file in (SHIPPED / "khorasan" / "policies").glob("*.toml")),
    *sorted(file.stem for file in (SHIPPED / "policies").glob("*.toml")),
]
WEEKS_AFTER = 60  # in which a policy must have changed something


@cache
def lived(policy: str, week: int) -> pd.DataFrame:
    model = Insurgency("khorasan", rng=3, policy=policy)
    model.run_until(week)
    return model.series()


@pytest.mark.slow
@pytest.mark.parametrize("policy", [name for name in POLICIES if name != "record"])
def test_a_policy_is_the_record_until_they_part_and_another_after(
    policy: str, khorasan: Scenario
) -> None:
    policies = {name: load_policy(name, khorasan) for name in ("record", policy)}
    parting = first_difference(policies, "record")
    assert parting is not None
    week = min(khorasan.week_of(parting) + WEEKS_AFTER, khorasan.weeks)
    record, other = lived("record", week), lived(policy, week)
    before = record["date"] < pd.Timestamp(parting)
    pd.testing.assert_frame_equal(record[before], other[before], check_exact=True)
    assert not record.equals(other)


def test_there_are_policies_to_look_at() -> None:
    assert len(POLICIES) > 10
    assert load("khorasan").policy.id == "record"
    assert Path(SHIPPED / "khorasan" / "policies" / "record.toml").exists()
