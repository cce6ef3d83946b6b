"""What a publisher's statements would be worth before choosing: a closed case, and of whose runs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from comparison.made_up import made_up
from ebbtide.comparison.information import values_of_publishers
from ebbtide.comparison.published import published_anew
from ebbtide.comparison.report.page import rendered
from ebbtide.comparison.running import compare
from ebbtide.scenario import Faults
from ebbtide.study.store import Refused

OF_A_HALF_NORMAL = 1 / math.sqrt(2 * math.pi)  # the mean of max(0, x) of a standard normal x


@pytest.fixture(scope="module")
def closed() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The second policy loses x more than the first; who counts x errs, or counts something else."""
    random = np.random.default_rng(5)
    n = 4000
    x = random.standard_normal(n)
    losses = random.normal(0, 1, (n, 2)) + np.column_stack([np.zeros(n), x])
    said = {
        "twice": x[:, None] + random.standard_normal((n, 2)),
        "once": x[:, None] + random.standard_normal((n, 1)),
        "else": random.standard_normal((n, 3)),
        "always the same": np.ones((n, 1)),
    }
    return losses, said


@pytest.mark.slow
def test_a_count_with_an_error_is_worth_what_the_closed_case_says(closed) -> None:
    found = values_of_publishers(*closed).set_index("publisher")["value"]
    # what x is to be expected after one count of unit error has variance 1/2, after two 2/3
    for name, variance in {"once": 1 / 2, "twice": 2 / 3}.items():
        expected = math.sqrt(variance) * OF_A_HALF_NORMAL
        assert found[name] == pytest.approx(expected, rel=0.1)


@pytest.mark.slow
def test_who_counts_something_else_is_within_the_noise(closed) -> None:
    losses, said = closed
    table = values_of_publishers(losses, said).set_index("publisher")
    assert table.index[:2].tolist() == ["twice", "once"]
    assert (table.loc[["twice", "once"], "value"] > 3 * table["noise"].iloc[0]).all()
    assert (table.loc[["else", "always the same"], "value"] <= table["noise"].iloc[0]).all()
    assert table.loc["always the same", "value"] == 0  # and not what rounding leaves


@dataclass
class Counts:
    """A publisher who counts one number of a run, without an error."""

    name: str
    publisher: str
    unknown: Any = field(
        default_factory=lambda: SimpleNamespace(
            name="none", nodes=np.zeros(1), log_weights=np.zeros(1)
        )
    )

    def said(self, seen, node, random):
        return seen[self.name]


def bank(seeds, pay):
    """A bank whose runs have these seeds, and in which pay stands so."""
    runs = pd.DataFrame({"run": range(len(seeds)), "seed": seeds})
    values = [SimpleNamespace(values={"groups.embers.pay": each}) for each in pay]
    free = ("groups.embers.pay",)

    class Kept(list):
        pass

    of = Kept(values)
    of.free = free
    return SimpleNamespace(
        runs=runs, bank=of, seen={"men": 10.0 * np.array(seeds)},
        statements=(Counts("men", "an office"),),
    )  # fmt: skip


def compared(drawn_from="posterior"):
    random = np.random.default_rng(1)
    pay = random.uniform(100, 200, 40)
    base = random.uniform(150, 250, 40)
    found = made_up(
        {"mean_strength": {"record": base, "other": base + pay - 150}},
        drawn_from=drawn_from, quantities={"groups.embers.pay": pay},
    )  # fmt: skip
    found.lived.runs["seed"] = found.lived.runs["replication"] + 7
    return found, pay


def test_what_is_said_of_a_replication_is_said_of_its_own_run_of_the_bank() -> None:
    found, pay = compared()
    seeds = list(range(46, 4, -1))  # in another order, and with runs that were not drawn
    of_runs = [float(pay[seed - 7]) if 7 <= seed < 47 else 0.0 for seed in seeds]
    said = published_anew(found.lived, bank(seeds, of_runs))
    np.testing.assert_allclose(said["an office"][:, 0], np.log1p(10.0 * (np.arange(40) + 7)))


def test_a_bank_of_other_runs_and_draws_of_priors_are_told() -> None:
    found, pay = compared()
    seeds = list(range(7, 47))
    for wrong in (bank(seeds[1:], pay[1:]), bank(seeds, pay + 1)):
        with pytest.raises(Faults, match="the bank that the posterior's draws are of"):
            published_anew(found.lived, wrong)
    with pytest.raises(Faults, match="drawn from a scenario's posterior"):
        published_anew(compared("priors")[0].lived, bank(seeds, pay))


def test_without_a_bank_nothing_is_told_and_a_bank_for_draws_of_priors_is_refused(tmp_path) -> None:
    found, _ = compared()
    with pytest.raises(Refused, match="with_bank"):
        found.publishers()
    assert "publishers" not in found.tables()
    with pytest.raises(Faults, match="bank: found"):
        compare("minimal", "nothing", replications=2, bank=tmp_path, out=tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_the_page_says_whose_word_would_change_the_choice() -> None:
    from dataclasses import replace

    found, pay = compared()
    plain = rendered(found, {})
    assert "Whose word" not in plain
    told = replace(found, published={"an office": pay[:, None], "a bureau": 0 * pay[:, None]})
    page = rendered(told, {})
    assert "Whose word would most change the choice" in page
    assert "an office" in page
    assert "--bank=BANK --report" in page  # one that was opened, and nobody named
    named = rendered(replace(told, bank="case/bank"), {})
    assert "--bank=case/bank --report" in named
    assert told.publishers()["publisher"].iloc[0] == "an office"
