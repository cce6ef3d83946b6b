"""What a study of one scenario says about its focus: a table of numbers, ready for JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.study.beside import beside
from ebbtide.study.failures import failures_of
from ebbtide.study.focus import Focus
from ebbtide.study.simulate import cut_week, last_week
from ebbtide.study.spread import ends, spread
from ebbtide.study.store import Refused
from ebbtide.study.tally import tally

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.scenario import Scenario
    from ebbtide.study.results import Results


def summarise(results: Results, scenario: Scenario, policy: str) -> dict[str, Any]:
    """Strength at the cut, peak, later years, and beside publishers' estimates, under a policy."""
    focus = Focus.of(scenario)
    runs = results.runs()
    runs = runs[runs["policy"] == policy]
    done = runs[runs["status"] == "done"]
    summary: dict[str, Any] = {
        "scenario": scenario.id,
        "title": scenario.title,
        "policy": policy,
        "group": focus.id,
        "name": focus.name,
        "runs": len(runs),
        "failed": failures_of(runs, one_policy=True),
        "interval": list(ends(len(done))),
    }
    if done.empty:
        return summary
    series = focus.weekly(results, ["fighters", "affiliates"])
    series = series[series["policy"] == policy]
    by_week = {
        outcome: series.pivot(index="date", columns="run", values=outcome)
        for outcome in ("fighters", "affiliates")
    }
    weeks = last_week(scenario, results.manifest["until"])
    if len(by_week["fighters"]) != weeks + 1:
        last = by_week["fighters"].index[-1].date()
        said = f"until {scenario.dates[weeks]} by its manifest, and its runs end on {last}"
        raise Refused(f"{results.folder}: {said}")
    cut = cut_week(scenario, weeks)
    return summary | {
        "cut": None if cut is None else _at_cut(by_week, scenario, cut),
        "peak": _peak(done),
        "later": _later(by_week["fighters"].to_numpy(float), scenario.dates[: weeks + 1], cut),
        "ended": float(done["ended"].astype(float).mean()),
        "own_metrics": _own(results, policy),
        "estimates": _estimates(results, scenario, policy, series),
        "estimates_of_policy": _estimated_under(scenario),
    }


def _own(results: Results, policy: str) -> dict[str, Any]:
    """Of the metrics of the user's own, what a tally says under a policy."""
    own = results.manifest.get("extensions", {}).get("metrics", {})
    found = tally(results)["policies"][policy] if own else {}
    return {name: found[name] for name in own if name in found}


def _estimated_under(scenario: Scenario) -> str | None:
    """The policy of the world that publishers speak of; None without estimates of the focus."""
    evidence = scenario.file.evidence
    told = evidence.strength is not None and scenario.published.of_focus
    return scenario.record if told else None


def _at_cut(by_week: dict[str, pd.DataFrame], scenario: Scenario, week: int) -> dict[str, Any]:
    assert scenario.file.cut is not None
    return {
        "date": scenario.file.cut.isoformat(),
        "week_end": scenario.dates[week].isoformat(),
        **{name: spread(table.to_numpy(float)[week]) for name, table in by_week.items()},
    }


def _peak(done: pd.DataFrame) -> dict[str, Any]:
    dates = done["peak_date"].dropna().sort_values().to_numpy().astype("datetime64[D]")
    ordinals = [date.item().toordinal() for date in dates]
    when = None
    if ordinals:
        days = spread(ordinals)  # as any other number's, so that a table says what a figure shows
        when = {name: dt.date.fromordinal(round(day)).isoformat() for name, day in days.items()}
    fighters = spread(done["fighters_peak"].to_numpy(float))
    return {"fighters": fighters, "date": when, "dated": len(ordinals)}


def _later(fighters: np.ndarray, dates: Sequence[dt.date], cut: int | None) -> list[dict[str, Any]]:
    """Strength in the last week of each year after the cut (of all years, if there is no cut)."""
    last = len(dates) - 1
    rows = []
    for week, date in enumerate(dates):
        ends_year = week == last or dates[week + 1].year > date.year
        if not ends_year or (cut is not None and week <= cut):
            continue
        row: dict[str, Any] = {
            "date": date.isoformat(),
            "fighters": spread(fighters[week]),
        }
        if cut is not None:
            row["under_half"] = float(np.mean(2 * fighters[week] < fighters[cut]))
        rows.append(row)
    return rows


def _estimates(
    results: Results, scenario: Scenario, policy: str, series: pd.DataFrame
) -> list[dict[str, Any]]:
    """Publishers' estimates of the size of the focus, and the model's of the same places and dates."""
    places = Focus.of(scenario).rows(results.places(), places=True)
    if "policy" in places:
        places = places[places["policy"] == policy]
    found = beside(scenario, policy, scenario.focus, series, places, results.manifest)
    return [
        {
            "date": row["date"].date().isoformat(),
            "either_way": row["either_way"],
            "publisher": row["publisher"],
            "counts": row["counts"],
            "area": row["area"],
            "of": row["words"],
            "low": float(row["low"]),
            "high": float(row["high"]),
            "outcome": row["outcome"],
            "model": None if row["model"] is None else spread(row["model"]),
        }
        for row in (found["strength"].to_dict("records") if "strength" in found else ())
    ]
