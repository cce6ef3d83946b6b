"""`ebbtide prior` tells which figures the priors let come out."""

from __future__ import annotations

import pandas as pd

from claims.written import case


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
