"""A value of an event is told to move nothing under a policy whose deployment takes its place."""

from __future__ import annotations

from pathlib import Path

import pytest

import ebbtide as eb
from shipped import copy_small
from typed import typed

COMES = """
extends = "minimal.toml"
[events.guests]
kind = "deployment"
date = 2001-05-06
force = "garrison"
scale = 1.5
source = "a test"
"""
OTHER = """
extends = "nothing.toml"
title = "Others come"
[deployments.guests]
date = 2001-06-03
force = "garrison"
scale = 2
source = "a test"
"""
STUDY = """
title = "How many come"
scenario = "own.toml"
policies = ["nothing", "other"]
replications = 2
others = "medians"
[vary."events.guests.scale"]
values = [0.5, 3]
"""
TOLD = "events.guests.scale moves nothing under other, whose deployments.guests takes the place"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy_small(tmp_path)
    (tmp_path / "policies").mkdir(exist_ok=True)
    for name, text in (("own.toml", COMES), ("policies/other.toml", OTHER), ("s.toml", STUDY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_study_that_varies_it_is_told_for_that_policy_alone(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = typed("check", "s.toml")
    said = capsys.readouterr()
    assert not code, said.err
    assert said.out.count(TOLD) == 1
    assert "under nothing" not in said.out


def test_a_value_set_beside_the_files_is_told(own: Path) -> None:
    with pytest.warns(eb.MovesNothing, match=TOLD.replace(".", r"\.")):
        eb.Insurgency("own.toml", policy="policies/other.toml", **{"events.guests.scale": 3})
