"""`ebbtide least-effort`: interrupted it loses nothing, and the same command goes on."""

from __future__ import annotations

import re
import shlex

import pandas as pd
import pytest

from comparison.test_equal_effort import ADDED
from comparison.worlds import write_world
from ebbtide.study.results import Results

ASKED = (
    "least-effort", "minimal.toml", "--policy=amnesty", "--goal=fighters < 125 by 2002-09-01",
    "--probability=0.5", "--tries=16", "--replications=2", "--fresh=20", "--workers=1", "--no-plots",
)  # fmt: skip


@pytest.fixture
def world(ebbtide, tmp_path):
    file = write_world(tmp_path)
    for name, text in ADDED.items():
        path = tmp_path / "minimal" / "policies" / f"{name}.toml"
        path.write_text(f'extends = "minimal.toml"\ntitle = "{name}"\n{text}', encoding="utf-8")
    return file


@pytest.fixture
def stopped_at(monkeypatch):
    """Interrupts the run of this number, counted from when it is set; how many were lived."""
    from ebbtide.study.simulate import Simulator

    lived = {"runs": 0, "stop": 0}
    live = Simulator.live

    def counted(self, run):
        if lived["runs"] + 1 == lived["stop"]:
            raise KeyboardInterrupt
        lived["runs"] += 1
        return live(self, run)

    monkeypatch.setattr(Simulator, "live", counted)
    monkeypatch.delenv("UV", raising=False)
    return lived


def runs_kept(folder) -> int:
    return sum(len(Results.open(each.parent).runs()) for each in folder.glob("*/manifest.json"))


@pytest.mark.slow
def test_interrupted_it_says_how_to_go_on_and_finds_the_same(ebbtide, world, stopped_at, tmp_path):
    whole = ebbtide(*ASKED, "--out=whole")
    assert whole.code == 1  # of so few runs none is confirmed
    in_all = stopped_at["runs"]
    assert in_all == runs_kept(tmp_path / "whole")
    stopped_at.update(runs=0, stop=21)  # in the second of two rounds
    answer = ebbtide(*ASKED, "--out=stopped")
    assert answer.code == 130
    assert "Traceback" not in answer.err
    kept = runs_kept(tmp_path / "stopped")
    assert 16 <= kept <= 20
    assert f"interrupted: the {kept} runs finished are kept. This goes on:" in answer.err
    assert not [*(tmp_path / "stopped").glob("*.csv")]
    again = shlex.split(answer.err.splitlines()[-1])
    assert again[0] == "ebbtide"
    assert "--workers=1" in again
    stopped_at.update(runs=0, stop=0)
    gone_on = ebbtide(*again[1:])
    assert gone_on.code == whole.code
    assert stopped_at["runs"] == in_all - kept
    one, other = (pd.read_csv(tmp_path / name / "tried.csv") for name in ("whole", "stopped"))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_interrupted_before_the_first_run_it_says_so(ebbtide, world, stopped_at):
    stopped_at["stop"] = 1
    answer = ebbtide(*ASKED, "--out=stopped")
    assert answer.code == 130
    assert "interrupted: no run was finished yet. This goes on:" in answer.err
    again = shlex.split(answer.err.splitlines()[-1])[1:]
    stopped_at["stop"] = 4
    answer = ebbtide(*again)
    assert answer.code == 130
    assert re.search(
        r"interrupted: the \d runs? finished (is|are) kept\. This goes on:", answer.err
    )
