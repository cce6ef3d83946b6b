"""`ebbtide schema` writes what editors read."""

from __future__ import annotations

import json


def test_it_writes_a_schema_for_each_kind_of_file(ebbtide, tmp_path):
    answer = ebbtide("schema", "--out", "for/editors")
    assert answer.code == 0
    files = [tmp_path / line for line in answer.out.splitlines()]
    kinds = [file.name.partition(".")[0] for file in files]
    assert kinds == ["scenario", "policy", "study", "prices"]
    for file in files:
        assert "$schema" in json.loads(file.read_text(encoding="utf-8"))


def test_a_place_that_cannot_be_written_is_wrong_input(ebbtide, tmp_path):
    (tmp_path / "taken").write_text("a file\n")
    answer = ebbtide("schema", "--out", "taken")
    assert answer.code == 2
    assert "taken" in answer.err
    assert "Traceback" not in answer.err
