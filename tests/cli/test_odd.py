"""`ebbtide odd` describes the model with a scenario's values."""

from __future__ import annotations


def test_it_goes_to_stdout_or_into_a_file(ebbtide, tmp_path):
    printed = ebbtide("odd", "minimal")
    assert printed.code == 0
    assert printed.out.startswith("# Ebbtide: an ODD description\n")
    answer = ebbtide("odd", "minimal", "--out", "told/odd.md")
    assert answer.out == "told/odd.md\n"
    assert (tmp_path / "told" / "odd.md").read_text(encoding="utf-8") == printed.out


def test_an_unknown_scenario_is_wrong_input(ebbtide):
    answer = ebbtide("odd", "minimla")
    assert answer.code == 2
    assert "did you mean minimal?" in answer.err
