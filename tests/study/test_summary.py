"""The summary, on runs whose answer is known."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ebbtide.cli.output import print_summary
from ebbtide.scenario.published import Published
from ebbtide.study.summary import summarise

WEEKS = 60
DATES = [dt.date(2020, 1, 5) + dt.timedelta(weeks=week) for week in range(WEEKS + 1)]
CUT_WEEK = 20


class Scenario:
    """One group; the cut is in week 20, and two publishers speak of week 10."""

    id, title, dates, weeks, focus, record = "toy", "A toy", DATES, WEEKS, "reds", "p"
    focus_groups, focus_name = ("reds",), "The Reds"

    def __init__(self, cut=DATES[CUT_WEEK], area="all"):
        places = {name: SimpleNamespace(name=name.title(), country="X") for name in "nsc"}
        self.file = SimpleNamespace(
            cut=cut,
            groups={"reds": SimpleNamespace(name="The Reds")},
            evidence=SimpleNamespace(strength="strength.csv", of=("reds",)),
            places=places,
        )
        self.area = area
        self.published = Published({}, self.file, DATES, "reds", DATES[0])

    def week_of(self, date):
        return max(0, -((DATES[0] - date).days // 7))

    def evidence_tables(self):
        rows = [
            (DATES[10], 900, 1100, "fighters", "The Gazette"),
            (DATES[10], 3000, 3000, "fighters_and_supporters", "The Herald"),
            (DATES[10], 70, 70, "percent_of_something", "The Herald"),
        ]
        table = pd.DataFrame(rows, columns=["date", "low", "high", "counts", "publisher"])
        return {"strength": table.assign(area=self.area, date=pd.to_datetime(table["date"]))}


class Results:
    """Eleven runs: 1000 until the cut, then run r has 100 r fighters; and one that failed."""

    def __init__(self, until=None, weeks=WEEKS, parts=()):
        self.manifest = {"until": until, "weeks_of_parts": [day.isoformat() for day in parts]}
        self.weeks = weeks

    def runs(self):
        done = pd.DataFrame({"run": range(11), "status": "done", "seed": 1, "error": None})
        done = done.assign(policy="p", ended=[True] + 10 * [False], fighters_peak=1000.0)
        done["peak_date"] = pd.Timestamp(DATES[0])
        failed = {"run": [11], "status": "failed", "seed": 5, "error": "broke", "policy": "p"}
        return pd.concat([done, pd.DataFrame(failed)], ignore_index=True)

    def places(self):
        """In week 10 run r has r fighters in the north and 100 in the south; run 0 nobody at all."""
        rows = [
            (run, group, place, men)
            for run in range(1, 11)
            for group, times in (("reds", 1), ("blues", 1000))
            for place, men in (("n", run * times), ("s", 100 * times))
        ]
        table = pd.DataFrame(rows, columns=["run", "group", "place", "fighters"])
        table["affiliates"] = 2 * table["fighters"]
        return table.assign(policy="p", date=pd.Timestamp(DATES[10]))

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


def of_area(area, parts=(DATES[10],)):
    return summarise(Results(parts=parts), Scenario(area=area), "p")


def test_an_estimate_of_an_area_stands_beside_the_models_number_of_that_area():
    fighters, affiliates = of_area("n")["estimates"]
    assert fighters["model"]["median"] == 5  # of 0 to 10
    assert affiliates["model"]["median"] == 10
    fighters, _ = of_area("n; s")["estimates"]
    assert fighters["model"]["median"] == 105
    assert fighters["of"] == "N, S"


@pytest.mark.parametrize("area", ["all", "X", "n;s;c", None])
def test_an_area_of_all_places_is_the_whole(area):
    fighters, _ = of_area(area, parts=())["estimates"]
    assert (fighters["of"], fighters["model"]["median"]) == ("", 1000)


def test_an_area_that_the_runs_do_not_keep_is_told_and_nothing_is_set_beside_it(capsys):
    summary = of_area("n", parts=())
    assert [row["model"] for row in summary["estimates"]] == [None, None]
    assert "not kept: the runs were made before evidence spoke" in printed(summary, capsys)


def test_estimates_are_of_the_world_under_the_record_alone(capsys):
    class Other(Results):
        def runs(self):
            return super().runs().assign(policy="nothing")

        def series(self, columns, group):
            return super().series(columns, group).assign(policy="nothing")

    summary = summarise(Other(), Scenario(), "nothing")
    assert summary["estimates"] == []
    assert "speak of the world under the policy “p”" in printed(summary, capsys)


def test_the_table_says_what_places_estimates_are_of(summary, capsys):
    assert "same places" not in printed(summary, capsys)  # both count all
    text = printed(of_area("n"), capsys)
    assert "each of the same places" in text


def test_what_is_printed_claims_no_more_of_the_cut_than_is_known(summary, capsys):
    assert "Nothing that happened later was used knowingly" in printed(summary, capsys)


def test_failed_runs_are_named_and_not_counted(summary):
    assert summary["runs"] == 12
    assert summary["failed"] == [{"run": 11, "seed": 5, "error": "broke"}]


def test_the_day_of_the_peak_is_spread_as_any_other_number():
    """Halfway between two runs, as the box is that `plot --outcome peak_date` draws of them."""
    results = Results()
    peaks = {1: pd.Timestamp(DATES[0]), 2: pd.Timestamp(DATES[2])}
    runs = results.runs().assign(peak_date=lambda table: table["run"].map(peaks))
    results.runs = lambda: runs
    found = summarise(results, Scenario(), "p")["peak"]["date"]
    assert found["median"] == DATES[1].isoformat()


def test_a_run_that_stops_early_speaks_of_no_later_week():
    early = summarise(Results(DATES[8].isoformat(), 8), Scenario(), "p")
    assert early["cut"] is None
    assert early["estimates"] == []
    assert [row["date"] for row in early["later"]] == [DATES[8].isoformat()]
    assert "under_half" not in early["later"][0]
