"""Placebos before the cut: policies that say that they begin and do nothing else than the record."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ebbtide.comparison.running import compare
from ebbtide.scenario import Scenario, load_policy
from shipped import SHIPPED

RECORD = SHIPPED / "khorasan" / "policies" / "record.toml"
STATED = """extends = "record.toml"
title = "The record, one strength of it stated"
[acts.iskp-funds]
strength = 0.15
"""
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
    """An act told as two is the act told once where its strength is one number, not drawn."""
    shutil.copy(RECORD, tmp_path)
    (tmp_path / "stated.toml").write_text(STATED, encoding="utf-8")
    policies = [load_policy(tmp_path / "stated.toml", khorasan)]
    for name, acts in PLACEBOS.items():
        file = tmp_path / f"{name}.toml"
        file.write_text(f'extends = "stated.toml"\ntitle = "{name}"\n{acts}', encoding="utf-8")
        policies.append(load_policy(file, khorasan))
    found = compare(
        khorasan, policies, replications=3, until="2017-06-25", workers=1, out=tmp_path / "kept",
        start="2015-07-05", priors=True, reference="stated",
    )  # fmt: skip
    apart = found.differences()
    assert {*apart["policy"]} == {*PLACEBOS}
    assert (apart[["difference", "low", "high"]] == 0).all(axis=None)
    assert (found.table()["mean"] > 0).sum() > 20
