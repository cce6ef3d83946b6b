"""`ebbtide plot`: back from a results folder to its scenario."""

from __future__ import annotations

import json
import shutil

import pytest

from ebbtide.scenario import load
from ebbtide.study.reopen import scenario_of
from ebbtide.study.store import Refused, Results


@pytest.fixture
def kept(ebbtide, walking, tmp_path):
    answer = ebbtide(
        "run",
        "minimal",
        "--no-plots",
        "--workers=1",
        "--replications=2",
        "--out=kept",
        "--set=groups.embers.pay=77",
    )
    assert answer.code == 0
    return Results.open(tmp_path / "kept")


def test_the_scenario_of_results_has_their_overrides(kept):
    assert scenario_of(kept).quantities["groups.embers.pay"].median == 77


def test_a_scenario_that_changed_is_refused(kept, tmp_path):
    original = load("minimal").path
    shutil.copytree(original.parent, tmp_path / "scenarios")
    file = tmp_path / "scenarios" / original.name
    file.write_text(file.read_text().replace("posts = 6", "posts = 7"))
    with pytest.raises(Refused, match="not as it was"):
        scenario_of(kept, str(file))


def test_a_scenario_that_is_gone_is_asked_for(ebbtide, kept):
    path = kept.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["scenario"]["named"] = "scenarios/lost.toml"
    path.write_text(json.dumps(manifest))
    answer = ebbtide("plot", "kept")
    assert answer.code == 2
    assert "--scenario" in answer.err
