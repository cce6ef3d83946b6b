"""Placebos before the cut: policies that say that they begin and do nothing else than the record."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ebbtide.comparison.running import compare
from ebbtide.scenario import Scenario, load_policy
from shipped import SHIPPED

RECORD = SHIPPED / "khorasan" / "policies" / "record.toml"
PLACEBOS = {
    "without-strength": """
[acts.placebo]
kind = "finance_interdiction"
against = ["iskp"]
start = 2015-07-05
strength = 0
source = "a placebo"
""",
    "told-as-two": """
[acts.iskp-funds]
stop = 2016-06-05

[acts.iskp-funds-later]
kind = "finance_interdiction"
against = ["iskp"]
start = 2016-06-05
strength = 0.15
source = "a placebo: the record's act, told as two"
""",
}


@pytest.mark.slow
def test_a_placebo_before_the_cut_differs_by_exactly_nothing(
    khorasan: Scenario, tmp_path: Path
) -> None:
    shutil.copy(RECORD, tmp_path)
    policies = []
    for name, acts in PLACEBOS.items():
        file = tmp_path / f"{name}.toml"
        file.write_text(f'extends = "{RECORD.name}"\ntitle = "{name}"\n{acts}', encoding="utf-8")
        policies.append(load_policy(file, khorasan))
    found = compare(
        khorasan, policies, replications=3, until="2017-06-25", workers=1, out=tmp_path / "kept",
        start="2015-07-05", priors=True,
    )  # fmt: skip
    apart = found.differences()
    assert {*apart["policy"]} == {*PLACEBOS}
    assert (apart[["difference", "low", "high"]] == 0).all(axis=None)
    assert (found.table()["mean"] > 0).sum() > 20
