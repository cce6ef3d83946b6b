"""Outcomes, recorded every week of groups, places and forces, and metrics, one number a run."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import ebbtide.study.metrics as measured
import ebbtide.world.outcomes as declared
from ebbtide.explain import carried, place
from ebbtide.explain.entry import Entry, Tell
from ebbtide.explain.ledger import answering
from ebbtide.scenario import Scenario
from ebbtide.study.metrics import METRICS, SUMS, TOTAL, Metric
from ebbtide.world.outcomes import ForceSeries, PlaceSeries, Series
from ebbtide.world.recorded import Recorded


def by_group(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each outcome of a group."""
    where = "model.series() and series/ of results: a number a week and group"
    return _told(scenario, "outcome", Series, "", where)


def by_place(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each outcome of a group in a place."""
    where = "model.places(): a number a week, group and place; places/ of results"
    return _told(scenario, "outcome by place", PlaceSeries, "places.", where)


def by_force(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each outcome of a force towards a group."""
    where = "model.force_series(): a number a week, force and group"
    return _told(scenario, "outcome by force", ForceSeries, "forces.", where)


def metrics() -> dict[str, Tell]:
    """What tells of each metric."""
    return {name: partial(_metric, name, metric) for name, metric in METRICS.items()}


def _metric(name: str, metric: Metric) -> Entry:
    stem = name.removesuffix(TOTAL)
    declared_as = (stem, "SUMS") if stem in SUMS else (name, "")
    return Entry.of(
        "metric",
        name,
        meaning=metric.meaning,
        unit=metric.unit,
        recorded_in="runs/ of results: a number a run, of the scenario's focus",
        declared_at=place.of_declaration(Path(measured.__file__), *declared_as),
        tests=carried.by(f'"{name}"'),
    )


def _told(
    scenario: Scenario, kind: str, series: type[Recorded], within: str, where: str
) -> dict[str, Tell]:
    return {
        name: partial(_outcome, scenario, kind, name, series, within, where)
        for name in series.outcomes
    }


def _outcome(
    scenario: Scenario, kind: str, name: str, series: type[Recorded], within: str, where: str
) -> Entry:
    """`within` is what the name begins with in a ledger of claims."""
    outcome = series.outcomes[name]
    return Entry.of(
        kind,
        name,
        meaning=outcome.meaning,
        unit=outcome.unit,
        recorded_in=where,
        **answering(scenario, "shows_in", f"{within}{name}"),
        declared_at=place.of_declaration(Path(declared.__file__), outcome.column, series.__name__),
        tests=carried.by(f'"{name}"') if kind == "outcome" else None,
    )
