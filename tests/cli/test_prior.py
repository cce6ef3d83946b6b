"""`ebbtide prior` tells which figures the priors let come out."""

from __future__ import annotations

import pandas as pd
import pytest

from claims.written import case


@pytest.mark.slow
def test_it_tells_every_figure_and_keeps_the_draws(ebbtide, tmp_path):
    case(tmp_path)
    answer = ebbtide(
        "prior", "case.toml", "--draws", "10", "--workers", "1", "--out", "told/draws.csv"
    )
    assert answer.code == 0
    assert "fighters at the end" in answer.out
    assert "190-510" in answer.out
    assert "Near all 1 figures at once, of 10 draws" in answer.out
    draws = pd.read_csv(tmp_path / "told" / "draws.csv", index_col="replication")
    assert len(draws) == 10
    assert "figure.size" in draws
    assert "A year that nobody presses" in answer.out
    for group, name in (("embers", "Embers"), ("league", "League")):
        found = draws[f"unpressed.{group}"]
        [row] = [line for line in answer.out.splitlines() if f"{name}" in line and "(" in line]
        assert f" {found.median():.2f} (" in row


def test_a_scenario_without_figures_is_wrong_input(ebbtide):
    answer = ebbtide("prior", "minimal")
    assert answer.code == 2
    assert "evidence.claim_tests is missing" in answer.err


def test_rows_that_are_not_used_are_told_with_what_to_write_which_then_runs(ebbtide, tmp_path):
    case(tmp_path)
    path = tmp_path / "case.toml"
    bare = 'extends = "minimal.toml"\n[evidence]\nstrength = "strength.csv"\n'
    path.write_text(bare, encoding="utf-8")
    answer = ebbtide("prior", "case.toml")
    assert answer.code == 2
    assert "strength.csv: 2 rows, drawn beside runs and not used here by itself" in answer.err
    written = answer.err.partition("such a file, for one of them:\n")[2]
    (tmp_path / "tests.toml").write_text(written, encoding="utf-8")
    path.write_text(bare + 'claim_tests = "tests.toml"\n', encoding="utf-8")
    answer = ebbtide("prior", "case.toml", "--draws", "10", "--workers", "1")
    assert answer.code == 0
    assert "100-400" in answer.out  # the first row's
    assert "without those of" not in answer.out  # no claim is named
    assert "strength.csv: figures name 1 of its 2 rows; others are not used here" in answer.out


def test_an_interrupt_leaves_nothing(ebbtide, tmp_path, monkeypatch):
    def interrupt(model):
        raise KeyboardInterrupt

    case(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr("ebbtide.model.Insurgency.step", interrupt)
    answer = ebbtide("prior", "case.toml", "--workers", "1", "--out", "draws.csv")
    assert answer.code == 130
    assert "interrupted: nothing is written" in answer.err
    assert sorted(tmp_path.rglob("*")) == before
