"""Limits that are stated: how often each policy keeps them, against tables worked by hand."""

from __future__ import annotations

import json
import math
import shlex
from dataclasses import replace

import numpy as np
import pytest

from comparison.made_up import made_up
from ebbtide.cli.compared import print_comparison
from ebbtide.comparison.limits import EVERY_LIMIT, limited, read, typed
from ebbtide.comparison.report import made_with, said, tables
from ebbtide.comparison.report.page import rendered
from ebbtide.comparison.robustness import share
from ebbtide.comparison.told import told
from ebbtide.scenario import Faults

VALUES = {
    "mean_strength": {"record": [100, 200, 300, 400], "other": [100, 150, 200, 250]},
    "civilians_harmed_in_all": {"record": [5, 5, 20, 5], "other": [10, 11, 10, 10]},
}
LIMITS = {"mean_strength": 200.0, "civilians_harmed_in_all": 10.0}
KEPT = {  # at most is no less than the limit
    ("record", EVERY_LIMIT): 0.5, ("record", "mean_strength"): 0.5,
    ("record", "civilians_harmed_in_all"): 0.75,
    ("other", EVERY_LIMIT): 0.5, ("other", "mean_strength"): 0.75,
    ("other", "civilians_harmed_in_all"): 0.75,
}  # fmt: skip


def compared(limits=LIMITS, values=VALUES):
    return replace(made_up(values), limits=limits)


def test_each_limit_is_told_and_all_together_are_kept_where_each_is() -> None:
    table = compared().limits_kept().set_index(["policy", "limit"])
    assert table["kept"].to_dict() == KEPT
    assert table.index.tolist() == [*KEPT]
    assert (table["runs"] == 4).all()
    assert table.loc[("other", "mean_strength"), ["at_most", "unit"]].tolist() == [200, "men"]
    half = table.loc[("record", EVERY_LIMIT)]
    # Wilson: (k + z^2 / 2) / (n + z^2), give or take z / (n + z^2) * sqrt(k (n - k) / n + z^2 / 4)
    z = 1.959964
    reach = z / (4 + z * z) * math.sqrt(2 * 2 / 4 + z * z / 4)
    assert half[["kept_low", "kept_high"]].tolist() == pytest.approx([0.5 - reach, 0.5 + reach])


def test_the_satisficing_share_is_that_of_every_limit() -> None:
    table = compared().limits_kept().set_index(["limit", "policy"])["kept"]
    assert compared().satisficing(LIMITS).to_dict() == table[EVERY_LIMIT].to_dict()


def test_a_replication_without_a_number_under_some_policy_is_of_no_share() -> None:
    strength = {"record": [100, 200, 300, 400], "other": [100, math.nan, 200, 250]}
    table = compared(values=VALUES | {"mean_strength": strength}).limits_kept()
    assert set(table["runs"]) == {3}
    kept = table.set_index(["policy", "limit"])["kept"]
    assert kept["record", EVERY_LIMIT] == pytest.approx(1 / 3)
    assert kept["other", "civilians_harmed_in_all"] == 1
    none = dict.fromkeys(("record", "other"), [math.nan] * 4)
    empty = compared(values=VALUES | {"mean_strength": none})
    assert empty.limits_kept()["kept"].isna().all()
    assert "No replication has all of these under every policy" in said.limits(empty)
    assert math.isnan(share(np.zeros(0, bool)).value)


def test_without_limits_nothing_is_told_of_them(capsys) -> None:
    comparison = made_up(VALUES)
    assert comparison.limits_kept().empty
    assert told(comparison)["limits"] == []
    assert "limits" not in comparison.tables()
    print_comparison(told(comparison))
    assert "Limits" not in capsys.readouterr().out
    assert "How often limits are kept" not in rendered(comparison, {})


def test_the_terminal_and_the_page_say_how_often_limits_are_kept(capsys) -> None:
    comparison = compared(LIMITS | {"civilians_harmed_in_all": 11.0})
    found = told(comparison)
    json.dumps(found)
    print_comparison(found)
    lines = capsys.readouterr().out.split("Limits kept")[1].splitlines()
    [row] = [line for line in lines if line.startswith(" other ")]
    assert row.split()[1] == "75%"
    assert said.limits(comparison).startswith(
        "Stated for each replication: mean strength at most 200 men and civilians harmed by or against "
        "the group at most 11 people. All of it is kept most often under “other”, in 75% of 4 replications"
    )
    cells = [[cell.text for cell in row] for row in tables.limits(comparison).rows]
    assert [row[0] for row in cells] == ["record", "other"]
    assert cells[1][1].startswith("75% (30 to 95%)")
    page = rendered(comparison, {})
    assert said.limits(comparison).split(".")[0] in page
    assert '<figure class="table" id="limits">' in page


def test_who_ties_is_named_together() -> None:
    assert "most often under “record” and “other”, in 50%" in said.limits(compared())


def test_where_no_policy_keeps_all_in_any_replication_it_is_said() -> None:
    told_of = said.limits(compared({"mean_strength": 1.0}))
    assert "No policy keeps all of it in any of 4 replications (of each the 95%" in told_of
    assert "most often" not in told_of


def test_the_command_on_the_page_holds_the_limits_as_they_were_read() -> None:
    comparison = compared()
    assert shlex.split(made_with.command(comparison))[-3:] == [
        "--at-most=mean_strength=200", "--at-most=civilians_harmed_in_all=10", "--report",
    ]  # fmt: skip
    comparison.results.manifest["command"] += " --at-most=mean_strength=3"
    assert "--at-most=mean_strength=3" not in shlex.split(made_with.command(comparison))
    assert read(["a=0.1", "b=1500", "c=1e-7"]) == read(typed({"a": 0.1, "b": 1500.0, "c": 1e-7}))


def test_limits_are_read_as_they_are_typed() -> None:
    assert read(["a=3", "b = 4.5", "c=1,500"]) == {"a": 3.0, "b": 4.5, "c": 1500.0}
    assert typed({"a": 3.0, "b": 4.5}) == ["a=3", "b=4.5"]


@pytest.mark.parametrize("written", ["a", "a=", "=3", "a=many", "a=nan", "a=inf"])
def test_what_is_no_limit_is_told(written) -> None:
    with pytest.raises(Faults, match=r"limits: found .*; allowed: OUTCOME=NUMBER, such as"):
        read([written])


def test_two_limits_of_one_outcome_are_told() -> None:
    with pytest.raises(Faults, match='limits: found "a" twice'):
        read(["a=3", "a=4"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mean_strenth", "did you mean mean_strength?"),
        ("fighters_displaced", "a limit of what is better if it is less"),
        ("fighters@soon", "allowed: a day after"),
    ],
)
def test_a_limit_is_of_an_outcome_of_which_less_is_better(name, words) -> None:
    manifest = made_up(VALUES).results.manifest
    assert [*limited(LIMITS | {"fighters@2002-01-06": 3.0}, manifest)] == [
        *LIMITS, "fighters@2002-01-06",
    ]  # fmt: skip
    with pytest.raises(Faults) as found:
        limited({name: 3.0}, manifest)
    assert words in str(found.value)
