"""The figure of an outcome by place: a fan a place."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pandas as pd

from ebbtide.show import dates, fan, palette, scales, style
from ebbtide.show.chosen import TOGETHER, Chosen
from ebbtide.show.subject import quantiles_of_runs
from ebbtide.show.words import axis_label, told
from ebbtide.study.spread import band_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.scenario import Scenario

MOST_PLACES, ACROSS = 12, 3
NAME_LETTERS = 24  # that the name of a place has room for


class PlaceOutcome:
    """An outcome of one group (or a sum) under one policy, by place, run and date.

    `values` has a row a date and run, a column a place. A run without a row has nobody there: 0 of what
    adds up, and no value of what does not, such as support.
    """

    def __init__(self, chosen: Chosen, scenario: Scenario):
        self.chosen, self.scenario = chosen, scenario
        by = ["run", "policy", "date", "place"]
        every = chosen.results.places()
        rows = chosen.prepared(every, by)
        self.group = TOGETHER if chosen.summed else chosen.groups[0]
        runs = chosen.results.runs()
        done = (runs["status"] == "done") & runs["policy"].isin(chosen.policies)
        self.runs = runs.loc[done, "run"].to_list()
        when = sorted(every.loc[every["run"].isin(self.runs), "date"].unique())
        wanted = pd.MultiIndex.from_product([when, self.runs], names=["date", "run"])
        own = rows[rows["group"] == self.group]
        values = own.pivot(index=["date", "run"], columns="place", values=chosen.outcome)
        values = values.reindex(index=wanted, columns=list(scenario.file.places)).astype(float)
        self.outcome = told(chosen.results, chosen.outcome, places=True)
        self.values = values.fillna(0.0) if self.outcome.adds_up else values
        self.name, self.cut = chosen.name, chosen.cut
        self.subtitle = chosen.subtitle(len(self.runs))

    @property
    def weeks(self) -> pd.DataFrame:
        """What has its dates."""
        return pd.DataFrame({"date": self.dates})

    @property
    def dates(self) -> list[pd.Timestamp]:
        """The dates that are kept, from the first on that anybody is anywhere."""
        there = self.values.notna() & (self.values != 0)
        found = there.any(axis=1).groupby(level="date").any()
        return list(found[found.cummax()].index)

    def medians(self) -> pd.DataFrame:
        """Median over runs, a row a date and a column a place."""
        return self.values.groupby(level="date").median().loc[self.dates]

    def quantiles(self, place: str) -> pd.DataFrame:
        """Quantiles over runs by date, of one place."""
        found = self.values[place].unstack("run").loc[self.dates]
        return quantiles_of_runs(found)


def draw_places(shown: PlaceOutcome) -> Figure | None:
    """A fan a place, for the places with the most at their height, all on one scale."""
    medians = shown.medians()
    tables = {str(place): shown.quantiles(str(place)) for place in medians}
    height = {place: table["high90"].max() for place, table in tables.items()}
    with_any = [place for place in tables if height[place] > 0]
    places = sorted(with_any, key=lambda place: -height[place])[:MOST_PLACES]
    if not places:
        return None
    across = min(ACROSS, len(places))
    down = -(-len(places) // across)
    figure, axes = style.new_figure(
        shown,
        f"{shown.outcome.meaning}, by place",
        down,
        across,
        height=1.4 * down,
        note=_note(shown, len(places), len(with_any)),
        bottom=0.75,
    )
    figure.subplots_adjust(wspace=0.14, hspace=0.4)
    top = 1.05 * max(height[place] for place in places)
    look = _look(shown)
    for ax, place in zip(axes.flat, places, strict=False):
        fan.draw_fan(ax, tables[place], look, bands=len(shown.runs) > 1)
        name = textwrap.shorten(_name(shown, place), NAME_LETTERS, placeholder=" …")
        ax.set_title(name, fontsize=9, loc="left", pad=3)
    for ax in axes.flat:
        ax.set_ylim(0, top)
        scales.label_sizes(ax)
    for ax in axes[:, 1:].flat:
        ax.tick_params(labelleft=False)
    axes[(down - 1) // 2, 0].set_ylabel(axis_label(shown.chosen.outcome, shown.outcome))
    style.bottom_legend(figure, fan.legend_of_fan(look, len(shown.runs)))
    dates.finish_dates(figure, axes, shown, small=True)
    for ax in axes.flat[len(places) :]:
        ax.set_visible(False)
    for ax in axes[-2, (len(places) - 1) % across + 1 :] if down > 1 else ():
        ax.tick_params(labelbottom=True)
    return figure


def _note(shown: PlaceOutcome, drawn: int, there: int) -> str:
    said = []
    if there > drawn:
        said.append(
            f"the {drawn} of {there} places with the most, at the upper end of {band_of(len(shown.runs))}"
        )
    if shown.cut is not None and shown.dates[0] < shown.cut < shown.dates[-1]:
        said.append(f"right of the dashed line: projection (cut {shown.cut:%d %b %Y})")
    return "; ".join(said)


def _look(shown: PlaceOutcome) -> palette.Line:
    return shown.chosen.look({"group": shown.group, "policy": shown.chosen.policies[0]})


def _name(shown: PlaceOutcome, place: str) -> str:
    known = shown.scenario.file.places.get(place)
    return place if known is None else known.name
