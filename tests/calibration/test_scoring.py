"""Scores of a forecast that is known by quantiles: those of the distribution behind it."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.special import ndtri

from ebbtide.calibration.hub import (
    ANYBODY,
    LEVELS,
    UNSAID,
    ForecastTask,
    quantile_rows,
    read_quantiles,
)
from ebbtide.calibration.later import LaterFigure
from ebbtide.calibration.scored import beside_each_other
from ebbtide.calibration.scoring import drawn_from_quantiles, score
from ebbtide.scenario import Faults

DAY = dt.date(2002, 6, 30)
MEAN, SD = np.log(300.0), 0.4


def task(last, publisher=ANYBODY, days=1, target="fighters", location="all"):
    return ForecastTask(DAY, target, last, location, days, publisher)


def log_normal(mean, sd=SD):
    """Quantiles of a number whose log, with 1 added, is normal."""
    return np.expm1(mean + sd * ndtri(np.array(LEVELS)))


def frozen(**models):
    return SimpleNamespace(
        reference_date=DAY, areas={"XA": ["highland", "lowland"]}, models=models,
        stated={"places": ["highland", "lowland"]},
    )  # fmt: skip


def said(last, number, *, chain="Gazette", places=("highland", "lowland"), first=None):
    return LaterFigure(
        publisher="The Gazette", chain=chain, counts="fighters", area="all",
        places=frozenset(places), first=first or last, last=last, said=number,
    )  # fmt: skip


@pytest.mark.slow
def test_scores_are_those_of_the_distribution() -> None:
    import scoringrules  # here: it compiles as it is imported

    last = dt.date(2002, 9, 30)
    [row] = score(frozen(own={task(last): log_normal(MEAN)}), [said(last, 500)]).scores.to_dict(
        "records"
    )
    told = np.log1p(500)
    assert row["crps"] == pytest.approx(scoringrules.crps_normal(told, MEAN, SD), rel=0.01)
    assert row["log_score"] == pytest.approx(scoringrules.logs_normal(told, MEAN, SD), abs=0.05)
    assert row["median"] == pytest.approx(np.expm1(MEAN), rel=0.01)
    assert row["pit"] == pytest.approx(0.5 + 0.5 * (2 * 0.9 - 1), abs=0.02)
    assert row["inside"]


def test_beyond_the_outermost_quantiles_the_distribution_goes_on() -> None:
    drawn = np.log1p(drawn_from_quantiles(log_normal(MEAN)))
    assert drawn.mean() == pytest.approx(MEAN, abs=0.005)
    assert drawn.std() == pytest.approx(SD, rel=0.01)
    assert drawn.max() == pytest.approx(MEAN + SD * ndtri(1 - 0.5 / 2000), rel=0.01)


def test_a_day_between_two_stands_in_proportion() -> None:
    tasks = {task(DAY): log_normal(MEAN), task(DAY + dt.timedelta(100)): log_normal(MEAN - 1.0)}
    [row] = score(frozen(own=tasks), [said(DAY + dt.timedelta(25), 100)]).scores.to_dict("records")
    assert row["median"] == pytest.approx(np.expm1(MEAN - 0.25), rel=0.01)


def test_a_publisher_who_spoke_before_is_forecast_with_his_bias() -> None:
    last = dt.date(2002, 9, 30)
    tasks = {
        task(last): log_normal(MEAN), task(last, "Gazette"): log_normal(MEAN + 0.5),
        task(last, UNSAID): log_normal(MEAN - 0.5),
    }  # fmt: skip
    known, other = score(
        frozen(own=tasks), [said(last, 300), said(last, 301, chain="Herald")]
    ).scores.to_dict("records")
    assert (known["as_said_by"], other["as_said_by"]) == ("Gazette", ANYBODY)
    assert known["median"] > other["median"] > np.expm1(MEAN - 0.4)


def test_what_is_not_forecast_is_counted_and_not_scored() -> None:
    tasks = {task(DAY): log_normal(MEAN), task(DAY + dt.timedelta(100)): log_normal(MEAN)}
    found = score(
        frozen(own=tasks),
        [
            said(DAY, 100),
            said(DAY + dt.timedelta(50), 100, places=("highland",)),
            said(DAY + dt.timedelta(200), 100),
            said(DAY + dt.timedelta(50), 100, first=DAY + dt.timedelta(20)),
        ],
    )
    assert found.scores.empty
    assert sum(found.unscored.values()) == 4
    assert {why.split(",")[0]: number for why, number in found.unscored.items()} == {
        "lies up to the day of the forecast": 1,
        "no forecaster speaks of such a count": 2,
        "lies after the forecast's last day": 1,
    }


def test_a_period_is_held_against_the_one_that_ends_then() -> None:
    first, last = dt.date(2003, 1, 1), dt.date(2003, 12, 31)
    tasks = {task(last, days=365): log_normal(MEAN), task(last): log_normal(MEAN + 3)}
    [row] = score(frozen(own=tasks), [said(last, 300, first=first)]).scores.to_dict("records")
    assert row["median"] == pytest.approx(np.expm1(MEAN), rel=0.01)
    half = said(dt.date(2003, 6, 30), 300, first=first)
    assert score(frozen(own=tasks), [half]).scores.empty


def test_forecasters_are_compared_on_what_all_speak_of() -> None:
    early, late = DAY + dt.timedelta(10), DAY + dt.timedelta(90)
    own = {task(DAY): log_normal(MEAN), task(late): log_normal(MEAN)}
    naive = {task(DAY): log_normal(MEAN), task(early): log_normal(MEAN)}
    found = beside_each_other(
        score(frozen(own=own, naive=naive), [said(early, 300), said(late, 30)]).scores
    ).set_index("forecaster")
    assert found["statements"].to_dict() == {"own": 1, "naive": 1}
    assert found["all_statements"].to_dict() == {"own": 2, "naive": 1}
    assert found.loc["own", "crps"] == pytest.approx(found.loc["naive", "crps"], rel=1e-6)
    assert found.loc["own", "crps_of_all"] > found.loc["own", "crps"]


def test_where_no_two_speak_of_the_same_nothing_is_compared() -> None:
    late = DAY + dt.timedelta(90)
    models = {"own": {task(DAY): log_normal(MEAN), task(late): log_normal(MEAN)},
              "naive": {task(DAY + dt.timedelta(365), days=365): log_normal(MEAN)}}  # fmt: skip
    year = said(DAY + dt.timedelta(365), 9, first=DAY + dt.timedelta(1))
    found = beside_each_other(score(frozen(**models), [said(late, 30), year]).scores)
    assert found["statements"].tolist() == [0, 0]
    assert found["crps"].isna().all()
    assert found["crps_of_all"].notna().all()


def test_quantiles_are_written_and_read_in_the_hubs_columns(tmp_path) -> None:
    tasks = {task(DAY): log_normal(MEAN), task(dt.date(2003, 1, 12), "Gazette", 7): log_normal(1)}
    table = quantile_rows(iter(tasks.items()))
    assert len(LEVELS) == 23
    assert table["output_type_id"].tolist()[:4] == [0.01, 0.025, 0.05, 0.1]
    assert {*table["horizon"]} == {0, 28}  # weeks
    file = tmp_path / "2002-06-30-team-model.csv"
    table.to_csv(file, index=False)
    read = read_quantiles(file)
    assert read.keys() == tasks.keys()
    for each, values in tasks.items():
        assert read[each] == pytest.approx(values)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.rename(columns={"value": "number"}), "number: found an unknown column"),
        (lambda t: t.drop(columns="days"), "days: found no such column"),
        (lambda t: t[t["output_type_id"] != 0.5], "quantiles at 23 levels"),
        (lambda t: t.assign(target_end_date="soon"), "soon"),
        (lambda t: t.assign(value="many"), "many"),
    ],
)
def test_what_is_wrong_in_a_file_of_quantiles_is_told(tmp_path, change, told) -> None:
    file = tmp_path / "wrong.csv"
    change(quantile_rows(iter({task(DAY): log_normal(MEAN)}.items()))).to_csv(file, index=False)
    with pytest.raises(Faults) as found:
        read_quantiles(file)
    assert told in str(found.value)
