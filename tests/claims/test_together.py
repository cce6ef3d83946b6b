"""Figures counted publisher by publisher, and in single runs at once."""

from __future__ import annotations

from ebbtide.claims.criteria import Verdict
from ebbtide.claims.judging import Finding
from ebbtide.claims.together import together


def figure(publisher: str, verdict: Verdict, near: tuple[bool, ...]) -> Finding:
    return Finding(None, "C", "words", "so", "9", "", verdict, publisher=publisher, near=near)


def test_a_publisher_counts_once_and_a_run_with_all_that_it_comes_near_to() -> None:
    [told] = together(
        [
            figure("Gazette", Verdict.MET, (True, True, False)),
            figure("Gazette", Verdict.NOT_YET, (True, True, False)),
            figure("Herald", Verdict.IMPOSED, (True, False, False)),
            figure("Herald", Verdict.MET, (False, False, False)),
        ]
    )
    assert "the figures of 1 of 2 are met in all tests: not Gazette in 1 of 2" in told
    assert "within a factor 1.25 of 2 (" in told
    assert "of all 4 figures at once, the best one of 3:" in told


def test_without_figures_nothing_is_told() -> None:
    assert together([Finding(None, "Q", "words", "so", "more", "", Verdict.MET)]) == []
