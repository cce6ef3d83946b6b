"""What makes a comparison doubtful: runs that miss what was said, and groups that are gone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from comparison.made_up import WEEKS, made_up
from comparison.worlds import write_world
from ebbtide.comparison.near_record import stated
from ebbtide.comparison.outcomes import ComparedOutcome
from ebbtide.comparison.report.answer import basis
from ebbtide.comparison.told import told
from ebbtide.scenario import load

RUNS = 4  # whose fighters under the record are 100, 101, 102 and 103 in all weeks


def compared(drawn_from: str = "priors"):
    values = {"mean_strength": {"record": np.ones(RUNS), "other": np.ones(RUNS)}}
    return made_up(values, drawn_from=drawn_from)


def saying(comparison, *figures, policy="record"):
    said = [
        {"outcome": "fighters", "week": WEEKS[week].date().isoformat(), "low": low, "high": high}
        for week, low, high in figures
    ]
    comparison.results.manifest["comparison"]["record"] = {"policy": policy, "said": said}
    return comparison


def of_record(comparison) -> list[str]:
    both = [
        [line for line in lines if "publishers gave" in line]
        for lines in (basis(comparison), told(comparison)["notes"])
    ]
    assert both[0] == both[1]
    return both[0]


FEW = "what is compared is mostly not the conflict that was observed"


@pytest.mark.parametrize(
    ("figures", "near", "few"),
    [
        ([(5, 90, 110)], 4, False),
        ([(5, 10, 51)], 3, False),  # twice 51 is 102
        ([(5, 10, 50)], 1, True),
        ([(5, 206, 300)], 1, True),
        ([(5, 900, 900)], 0, True),
        ([(5, 90, 110), (6, 90, 110), (7, 900, 900)], 4, False),  # most of three
        ([(5, 90, 110), (7, 900, 900)], 0, True),  # half of two is not most
    ],
)
def test_how_many_runs_come_near_what_was_said_is_told(figures, near, few) -> None:
    (line,) = of_record(saying(compared(), *figures))
    word = "1 figure" if len(figures) == 1 else f"{len(figures)} figures"
    assert line.startswith(f"{near} of 4 runs under “record” come near most of {word} that")
    assert (FEW in line) == few


def test_it_is_told_of_the_record_alone_and_of_no_draws_that_it_weighed() -> None:
    figure = (5, 90, 110)
    assert of_record(compared()) == []
    assert of_record(saying(compared())) == []
    assert of_record(saying(compared(), figure, policy="another")) == []
    assert of_record(saying(compared("posterior"), figure)) == []


def test_what_is_said_of_all_places_is_kept_with_the_week_that_it_is_of(tmp_path) -> None:
    path = write_world(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write('[evidence]\nstrength = "said.csv"\n')
    rows = [
        "date,date_precision,low,high,counts,area,publisher,dependence,check,note",
        "2002-05-01,day,100,200,fighters,all,Gazette,,,",
        "2002-05-01,day,10,20,fighters,highland,Gazette,,,",
        "2002-06-01,day,10,20,percent_former_embers,all,Gazette,,,",
    ]
    (tmp_path / "said.csv").write_text("\n".join(rows), encoding="utf-8")
    scenario = load(path)
    week = scenario.dates[scenario.week_of(dt.date(2002, 5, 1))].isoformat()
    said = [{"outcome": "fighters", "week": week, "low": 100.0, "high": 200.0}]
    assert stated(scenario) == {"policy": "minimal", "said": said}


@pytest.mark.parametrize(
    ("ended", "when", "others"),
    [
        (["2001-02-04"] * 3 + [None], "3 June 2001, from which on all is counted", 1),
        (["2001-02-04"] * 2 + [None] * 2, None, 2),
        (["2001-06-03"] * 4, "2 September 2001, of which fighters@2001-09-02 tells", 0),
        (["2001-09-02"] * 3 + [None], "5 January 2003, the last day", 1),
    ],
)
def test_a_group_that_is_mostly_gone_before_a_day_that_is_asked_about_is_told(
    ended, when, others
) -> None:
    comparison = compared()
    dated = ComparedOutcome(
        "fighters@2001-09-02", "men", "", "less", ("fighters",), day=dt.date(2001, 9, 2)
    )
    column = [day for day in ended for _ in comparison.policies]
    comparison = replace(
        comparison,
        lived=replace(comparison.lived, runs=comparison.lived.runs.assign(ended_date=column)),
        outcomes={**comparison.outcomes, dated.name: dated},
        values={**comparison.values, dated.name: np.ones((RUNS, 2))},
    )
    for lines in (basis(comparison), told(comparison)["notes"]):
        found = [line for line in lines if "is gone before" in line]
        assert len(found) == (when is not None)
        for line in found:
            assert line.startswith(f"In {4 - others} of 4 replications under “record” the group")
            assert line.endswith(f"{when}: what is told of then is of the other {others}.")


def test_where_civilians_flee_it_is_told_that_nobody_leaves_before_an_offensive() -> None:
    said = "nobody is told to leave before an offensive"
    for fled, is_told in (([0.0, 4.0], True), ([0.0, 0.0], False)):
        values = {"mean_strength": {"a": [1.0, 2.0], "b": [1.0, 2.0]}}
        values["civilians_displaced"] = {"a": [0.0, 0.0], "b": fled}
        assert any(said in line for line in basis(made_up(values))) == is_told
