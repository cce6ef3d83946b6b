"""What a study of one scenario says about its focus group: a table of numbers, ready for JSON.

Intervals are the 5% to 95% quantiles over runs.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.study.simulate import cut_week, focus_of

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.scenario import Scenario
    from ebbtide.study.store import Results

INTERVAL = (0.05, 0.95)
COUNTED = {
    "fighters": "fighters",
    "fighters_and_supporters": "affiliates",
    "affiliated": "affiliates",
}


def summarise(results: Results, scenario: Scenario, policy: str) -> dict[str, Any]:
    """Strength at the cut, peak, later years, and beside publishers' estimates, under a policy."""
    group = focus_of(scenario)
    runs = results.runs()
    runs = runs[runs["policy"] == policy]
    done = runs[runs["status"] == "done"]
    summary: dict[str, Any] = {
        "scenario": scenario.id,
        "title": scenario.title,
        "policy": policy,
        "group": group,
        "name": scenario.file.groups[group].name,
        "runs": len(runs),
        "failed": [
            {"run": int(row["run"]), "seed": int(row["seed"]), "error": row["error"]}
            for row in runs[runs["status"] == "failed"].to_dict("records")
        ],
        "interval": list(INTERVAL),
    }
    if done.empty:
        return summary
    series = results.series(["fighters", "affiliates"], group=group)
    series = series[series["policy"] == policy]
    by_week = {
        outcome: series.pivot(index="date", columns="run", values=outcome)
        for outcome in ("fighters", "affiliates")
    }
    cut = cut_week(scenario)
    return summary | {
        "cut": None if cut is None else _at_cut(by_week, scenario, cut),
        "peak": _peak(done),
        "later": _later(by_week["fighters"].to_numpy(float), scenario, cut),
        "ended": float(done["ended"].astype(float).mean()),
        "estimates": _estimates(by_week, scenario),
    }


def spread(values: np.ndarray) -> dict[str, float]:
    """Median and 90% interval."""
    low, median, high = np.quantile(values, (INTERVAL[0], 0.5, INTERVAL[1]))
    return {"median": float(median), "low": float(low), "high": float(high)}


def _at_cut(by_week: dict[str, pd.DataFrame], scenario: Scenario, week: int) -> dict[str, Any]:
    return {
        "date": scenario.dates[week].isoformat(),
        **{name: spread(table.to_numpy(float)[week]) for name, table in by_week.items()},
    }


def _peak(done: pd.DataFrame) -> dict[str, Any]:
    dates = done["peak_date"].dropna().sort_values().to_numpy().astype("datetime64[D]")
    ordinals = [date.item().toordinal() for date in dates]
    when = None
    if ordinals:
        marks = np.quantile(ordinals, (0.5, *INTERVAL), method="nearest")
        median, low, high = (dt.date.fromordinal(int(mark)).isoformat() for mark in marks)
        when = {"median": median, "low": low, "high": high}
    return {"fighters": spread(done["fighters_peak"].to_numpy(float)), "date": when}


def _later(fighters: np.ndarray, scenario: Scenario, cut: int | None) -> list[dict[str, Any]]:
    """Strength at the ends of the years after the cut (of all years, if there is no cut)."""
    last = len(scenario.dates) - 1
    ends = {
        min(scenario.week_of(dt.date(year, 12, 31)), last)
        for year in range(scenario.dates[0].year, scenario.dates[-1].year + 1)
    }
    rows = []
    for week in sorted(ends):
        if cut is not None and week <= cut:
            continue
        row: dict[str, Any] = {
            "date": scenario.dates[week].isoformat(),
            "fighters": spread(fighters[week]),
        }
        if cut is not None:
            row["under_half"] = float(np.mean(2 * fighters[week] < fighters[cut]))
        rows.append(row)
    return rows


def _estimates(by_week: dict[str, pd.DataFrame], scenario: Scenario) -> list[dict[str, Any]]:
    """Publishers' estimates of the focus group's size, and the model's at the same dates."""
    evidence = scenario.file.evidence
    if evidence.strength is None or evidence.of not in (None, focus_of(scenario)):
        return []
    rows = []
    for claim in scenario.evidence_tables()["strength"].to_dict("records"):
        date = claim["date"].date()
        outcome = COUNTED.get(str(claim["counts"]))
        if outcome is None or not scenario.dates[0] <= date <= scenario.dates[-1]:
            continue
        week = scenario.week_of(date)
        rows.append(
            {
                "date": date.isoformat(),
                "publisher": claim["publisher"],
                "counts": claim["counts"],
                "area": claim["area"],
                "low": float(claim["low"]),
                "high": float(claim["high"]),
                "outcome": outcome,
                "model": spread(by_week[outcome].to_numpy(float)[week]),
            }
        )
    return rows
