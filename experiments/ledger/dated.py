"""C claims: dated figures of publishers."""

from __future__ import annotations

from ledger.criteria import (
    SIZE_FACTOR,
    Null,
    Range,
    near,
)
from ledger.figures import Figure
from ledger.null import PUBLISHER
from ledger.results import RANGE_ONLY, Results, shown, told


def sizes(results: Results) -> None:
    (rusi,) = results.figures.strength("Royal United Services Institute", "affiliated")
    results.figure(
        "size", "affiliates in Afghanistan, 5 February 2016", f"affiliates_{rusi.date}", rusi,
        Null.FITTED, SIZE_FACTOR, f"90% range, factor {SIZE_FACTOR:g}",
    )  # fmt: skip
    for figure in results.figures.strength(PUBLISHER):
        results.figure(
            "us-size", f"fighters in Afghanistan, {figure.date}", f"fighters_{figure.date}",
            figure, Null.FITTED,
        )  # fmt: skip


def places(results: Results) -> None:
    provinces = results.figures.presence("2015-09-30")
    results.figure(
        "spread", "provinces that would be reported, end of September 2015", "provinces",
        provinces, Null.FAILS, None, RANGE_ONLY,
    )  # fmt: skip
    january = results.figures.presence("2016-01-31")
    per_fighter = (january.low + january.high) / 2 / results.null.at(january.date)
    for date in ("2016-01-31", "2016-07-31"):
        figure = results.figures.presence(date)
        null = Null.FITTED
        if figure != january:
            null = told(near(per_fighter * results.null.at(date), figure.low, figure.high))
        results.figure(
            "ground-lost", f"districts of Nangarhar held, {date}", f"ground_{date}",
            figure, null, digits=1,
        )  # fmt: skip
    runs = results.runs
    late = Range.of((runs["ground_2016-11-30"] / runs["ground_2016-01-31"]).to_numpy())
    results.sign(
        "ground-lost", "C", "less ground at the cut than in January 2016",
        runs["ground_2016-11-30"] < runs["ground_2016-01-31"],
        f"{shown(late, 2)} of it left", Null.MEETS,
    )  # fmt: skip
    there = (runs["in_agencies"] >= 1) & (runs["in_balochistan"] >= 1) & (runs["in_punjab"] >= 1)
    note = ", ".join(
        f"{shown(Range.of(runs[f'in_{column}'].to_numpy()))} affiliates in {name}"
        for column, name in (
            ("agencies", "the agencies"), ("balochistan", "Balochistan"), ("punjab", "Punjab"),
        )
    )  # fmt: skip
    what = "within a year present in the agencies, Balochistan and Punjab"
    results.sign(
        "pakistan", "C", what, there, note, Null.FAILS,
        "ties stated in the scenario: allies' men are sent to allies' places",
    )  # fmt: skip
    for year in (2015, 2016):
        results.figure(
            "pakistan", f"deaths in its clashes and attacks in Pakistan, {year}",
            f"deaths_pakistan_{year}", results.figures.in_pakistan(year), Null.SILENT,
        )  # fmt: skip


def deaths(results: Results) -> None:
    grown = results.null.total("2016-01-01", "2016-12-31") / results.null.total(
        "2015-01-27", "2015-12-31"
    )
    killed = {year: results.figures.men_killed(year) for year in (2015, 2016)}
    fights = {year: results.figures.rivals(year) for year in (2015, 2016)}

    def null(figures: dict[int, Figure], year: int) -> Null:
        if year == 2015:
            return Null.FITTED
        return told(near(figures[2015].low * grown, figures[year].low, figures[year].high))

    for year in (2015, 2016):
        plain = Range.of(results.runs[f"killed_{year}"].to_numpy())
        results.figure(
            "killed", f"men reported killed by state forces in Afghanistan, {year} "
            f"(killed in the model: {shown(plain)})", f"killed_reported_{year}", killed[year],
            null(killed, year),
        )  # fmt: skip
    for year in (2015, 2016):
        results.figure(
            "overshadow", f"deaths in fights with the Taliban, {year}", f"rivals_{year}",
            fights[year], null(fights, year),
        )  # fmt: skip


def casualties(results: Results) -> None:
    figures = results.figures.casualties()
    base = results.null.total("2015-01-27", "2015-12-31")
    spans = {"2015": None, "2016h1": ("2016-01-01", "2016-06-30"),
             "2016h2": ("2016-07-01", "2016-12-31")}  # fmt: skip
    names = {"2015": "2015", "2016h1": "first half of 2016", "2016h2": "second half of 2016"}
    for name, figure in figures.items():
        span = spans[name]
        null = Null.FITTED
        if span is not None:
            expected = figures["2015"].low * results.null.total(*span) / base
            null = told(near(expected, figure.low, figure.high))
        results.figure(
            "still-deadly", f"civilians killed or injured in Afghanistan, {names[name]}",
            f"casualties_{name}", figure, null, None, RANGE_ONLY,
        )  # fmt: skip
