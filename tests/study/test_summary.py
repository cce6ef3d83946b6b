"""The summary, on runs whose answer is known."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ebbtide.cli.output import print_summary
from ebbtide.study.summary import summarise

WEEKS = 60
DATES = [dt.date(2020, 1, 5) + dt.timedelta(weeks=week) for week in range(WEEKS + 1)]
CUT_WEEK = 20


class Scenario:
    """One group; the cut is in week 20, and two publishers speak of week 10."""

    id, title, dates, weeks, focus = "toy", "A toy", DATES, WEEKS, "reds"

    def __init__(self, cut=DATES[CUT_WEEK]):
        self.file = SimpleNamespace(
            cut=cut,
            groups={"reds": SimpleNamespace(name="The Reds")},
            evidence=SimpleNamespace(strength="strength.csv", of="reds"),
        )

    def week_of(self, date):
        return max(0, -((DATES[0] - date).days // 7))

    def evidence_tables(self):
        rows = [
            (DATES[10], 900, 1100, "fighters", "The Gazette"),
            (DATES[10], 3000, 3000, "fighters_and_supporters", "The Herald"),
            (DATES[10], 70, 70, "percent_of_something", "The Herald"),
            (dt.date(2031, 1, 1), 5, 5, "fighters", "The Gazette"),
        ]
        table = pd.DataFrame(rows, columns=["date", "low", "high", "counts", "publisher"])
        return {"strength": table.assign(area="all", date=pd.to_datetime(table["date"]))}


class Results:
    """Eleven runs: 1000 until the cut, then run r has 100 r fighters; and one that failed."""

    def __init__(self, until=None, weeks=WEEKS):
        self.manifest = {"until": until}
        self.weeks = weeks

    def runs(self):
        done = pd.DataFrame({"run": range(11), "status": "done", "seed": 1, "error": None})
        done = done.assign(policy="p", ended=[True] + 10 * [False], fighters_peak=1000.0)
        done["peak_date"] = pd.Timestamp(DATES[0])
        failed = {"run": [11], "status": "failed", "seed": 5, "error": "broke", "policy": "p"}
        return pd.concat([done, pd.DataFrame(failed)], ignore_index=True)

    def series(self, columns, group):
        frames = []
        for run in range(11):
            week = np.arange(self.weeks + 1)
            fighters = np.where(week <= CUT_WEEK, 1000, 100 * run)
            frame = pd.DataFrame({"date": pd.to_datetime(DATES[: self.weeks + 1]), "run": run})
            frames.append(frame.assign(policy="p", fighters=fighters, affiliates=3 * fighters))
        return pd.concat(frames)


@pytest.fixture
def summary():
    return summarise(Results(), Scenario(), "p")


def test_strength_at_the_cut_and_later(summary):
    assert summary["cut"]["fighters"] == {"median": 1000, "low": 1000, "high": 1000}
    assert summary["cut"]["affiliates"]["median"] == 3000
    first = summary["later"][0]
    assert first["date"] == "2020-12-27"
    assert first["fighters"] == {"median": 500, "low": 50, "high": 950}
    assert first["under_half"] == pytest.approx(5 / 11)  # runs 0 to 4; run 5 is at half
    assert [row["date"] for row in summary["later"]] == ["2020-12-27", DATES[-1].isoformat()]
    assert summary["ended"] == pytest.approx(1 / 11)


def test_estimates_stand_beside_what_they_count(summary):
    gazette, herald = summary["estimates"]
    assert (gazette["publisher"], gazette["outcome"]) == ("The Gazette", "fighters")
    assert gazette["model"]["median"] == 1000
    assert (herald["publisher"], herald["outcome"]) == ("The Herald", "affiliates")
    assert herald["model"]["median"] == 3000


def printed(summary, capsys):
    print_summary(summary)
    return " ".join(capsys.readouterr().out.split())


def test_the_table_says_where_publishers_count_less_than_the_model(summary, capsys):
    assert "these publishers count" not in printed(summary, capsys)  # both count all
    summary["estimates"][1]["area"] = "the north"
    text = printed(summary, capsys)
    assert "model: all places; these publishers count the north" in text
    summary["estimates"][0]["area"] = "mainly the coast"
    assert "these publishers count mainly the coast or the north" in printed(summary, capsys)


def test_what_is_printed_claims_no_more_of_the_cut_than_is_known(summary, capsys):
    assert "Nothing that happened later was used knowingly" in printed(summary, capsys)


def test_failed_runs_are_named_and_not_counted(summary):
    assert summary["runs"] == 12
    assert summary["failed"] == [{"run": 11, "seed": 5, "error": "broke"}]


def test_a_run_that_stops_early_speaks_of_no_later_week():
    early = summarise(Results(DATES[8].isoformat(), 8), Scenario(), "p")
    assert early["cut"] is None
    assert early["estimates"] == []
    assert [row["date"] for row in early["later"]] == [DATES[8].isoformat()]
    assert "under_half" not in early["later"][0]
