"""What the benchmark of shared random numbers measures: known variances, and runs of the small case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from comparison.worlds import write_world
from ebbtide.comparison.paired import WithInterval
from ebbtide.comparison.running import compare
from ebbtide.scenario import load
from experiments_loaded import loaded


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return loaded("benchmarks/common_random_numbers.py", monkeypatch)


def test_luck_that_is_shared_is_cut_by_as_much_as_the_closed_case_says(benchmark) -> None:
    """Shared luck of variance 9, and of each policy's own of variance 1: 20 against 2, ten times."""
    random = np.random.default_rng(1)
    shared, own, reference = random.standard_normal((3, 4000))
    base = 100 + 3 * shared + reference
    cut = benchmark.cut_of("it", 80 + 3 * shared + own, base)
    assert cut.independent == pytest.approx(20, rel=0.05)
    assert cut.shared == pytest.approx(2, rel=0.05)
    assert cut.ratio.value == pytest.approx(10, rel=0.07)
    assert 9 < cut.ratio.low < cut.ratio.value < cut.ratio.high < 11.1
    assert cut.change.value == pytest.approx(-0.2, abs=0.005)
    assert cut.about_a_fifth
    apart = benchmark.cut_of("it", 90 + 3 * random.permutation(shared) + own, base)
    assert apart.ratio.low < 1 < apart.ratio.high
    assert not apart.about_a_fifth
    assert np.isnan(benchmark.cut_of("it", base, base).ratio.value)


def test_the_mark_is_of_the_least_that_changes_strength_by_about_a_fifth(benchmark) -> None:
    random = np.random.default_rng(2)
    a_fifth = benchmark.cut_of("fifth", random.uniform(75, 85, 50), random.uniform(95, 105, 50))
    assert a_fifth.about_a_fifth

    def told(*cuts: tuple[float, float, float]) -> str:
        return benchmark.verdict(
            [
                replace(a_fifth, policy=f"p{n}", ratio=WithInterval(*cut))
                for n, cut in enumerate(cuts)
            ]
        )

    assert "by p1, 12 times (8 to 20): the mark (5 times) is met; the goal (10 times) is r" in told(
        (30.0, 20.0, 40.0), (12.0, 8.0, 20.0)
    )
    reaching = told((7.0, 4.0, 20.0))
    assert "is met, its interval reaches below; the goal (10 times) is not reached" in reaching
    assert "the mark (5 times) is not met; the goal (10 times) is not reached" in told(
        (30.0, 20.0, 40.0), (4.0, 3.0, 6.0)
    )
    small = replace(a_fifth, change=WithInterval(-0.05, -0.06, -0.04))
    assert "the mark says nothing" in benchmark.verdict([small])


def test_runs_of_the_small_case_are_read_from_where_each_policy_parts(
    benchmark, tmp_path: Path
) -> None:
    scenario = load(write_world(tmp_path))
    cuts = benchmark.cuts_of(scenario, ["longer", "harder"], 4, 1, tmp_path / "kept", 1)
    assert [each.policy for each in cuts] == ["harder", "longer"]  # by the day on which they part
    whole = compare(
        scenario, ["longer", "harder"], replications=4, fixed=True, outcomes=["mean_strength"],
        start="2002-09-01", out=tmp_path / "kept", workers=1,
    )  # fmt: skip
    rows = whole.differences().set_index("policy").loc["longer"]
    assert cuts[1].ratio.value == pytest.approx(rows["variance_ratio"])
    assert cuts[1].change.value == pytest.approx(rows["relative"])
    assert cuts[0].shared > 0
