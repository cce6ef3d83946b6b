"""Figures read from rows of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ebbtide.claims.claim_tests import EvidenceRows
from ebbtide.claims.figures import read_figure
from ebbtide.claims.kind import Known
from ebbtide.scenario import load

ROWS = "year,province,deaths\n2015,north,30\n2015,south,10\n2016,north,7\n2016,south,0\n"


def read(folder: Path, **stated: Any) -> tuple[Any, list[tuple[str, str]]]:
    """The figure, and what is told."""
    (folder / "deaths.csv").write_text(ROWS, encoding="utf-8")
    told: list[tuple[str, str]] = []
    known = Known({}, load("minimal"),
                  lambda keys, found, allowed, near: told.append((keys[-1], found)))  # fmt: skip
    evidence = EvidenceRows.model_validate({"file": "deaths.csv", "column": "deaths", **stated})
    return read_figure(evidence, folder / "deaths.csv", known, ("figure", "x", "evidence")), told


def test_a_figure_is_the_sum_of_rows_less_others(tmp_path: Path) -> None:
    figure, told = read(tmp_path, where={"year": 2015}, less={"year": 2016})
    assert (figure.low, figure.high, told) == (33, 33, [])


def test_a_figure_is_a_share_of_other_rows(tmp_path: Path) -> None:
    figure, told = read(
        tmp_path, where={"year": 2015, "province": "north"}, share_of={"year": 2015}
    )
    assert figure.low == figure.high == pytest.approx(75)
    assert told == []


def test_a_share_of_nothing_is_told(tmp_path: Path) -> None:
    none, told = read(tmp_path, where={"year": 2015}, share_of={"year": 2016, "province": "south"})
    assert none is None
    assert told == [("share_of", "a sum of 0")]
    none, told = read(tmp_path, where={"year": 2015}, share_of={"year": 2017})
    assert none is None
    assert told == [("share_of", "no row")]
