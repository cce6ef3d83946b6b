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


def test_damaged_results_are_told_as_such_and_mended_by_the_same_run(ebbtide, kept):
    file = next((kept.folder / "series").glob("*.parquet"))
    whole, content = kept.series(), file.read_bytes()
    file.write_bytes(content[:200] + bytes(8) + content[208:])
    answer = ebbtide("plot", "kept")
    assert answer.code == 2
    assert f"series/{file.name}: cannot be read" in answer.err
    assert "cannot be written" not in answer.err
    again = str(kept.manifest["command"]).split()[1:]
    answer = ebbtide(*again, "--out=kept", "--workers=1", "--no-plots")
    assert answer.code == 0
    assert f"series/{file.name} cannot be read; its runs are done again" in answer.err
    assert kept.series().equals(whole)
