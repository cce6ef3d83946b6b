"""Any outcome as asked: whose it is, what its fans hold, and that nothing asked is left out in silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

import ebbtide
from ebbtide.scenario import Faults
from ebbtide.show import draw_asked, draw_asked_by_place, palette, style
from ebbtide.show.asked import chosen, one_fan
from ebbtide.show.by_place import PlaceOutcome, draw_places
from ebbtide.show.outcome import draw_outcome, fans_of
from ebbtide.show.place_maps import draw_maps

from . import synthetic
from .test_run_figures import assert_readable

GROUPS = {"reds": "The Reds", "blues": "The Blues", "greens": "The Greens"}
DATES = pd.date_range("2001-01-07", periods=30, freq="7D")
PAY = "groups.reds.pay"
FOUNDED = "events.split.date"


@dataclass
class Folder:
    """What a results folder holds: of each run, week and group a number that tells all three."""

    policies: tuple[str, ...] = ("one", "other")
    replications: int = 4
    pays: tuple[float, ...] = ()
    founded: tuple[str, ...] = ()  # the Blues, on one day or, as a study varies it, on several
    folder: str = "results/here"
    manifest: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        day = self.founded[0] if self.founded else None
        founding = {"blues": {"event": "split", "date": day}} if day else {}
        varied = [PAY] * bool(self.pays) + [FOUNDED] * bool(self.founded[1:])
        study = {
            "title": "A study",
            "vary": {path: {} for path in varied},
            "series": {"groups": None},
        }
        self.manifest = {
            "scenario": {
                "title": "Somewhere",
                "focus": "reds",
                "groups": GROUPS,
                "foundings": founding,
                "cut": "2001-04-01",
            },
            "study": study,
            "policies": {policy: {} for policy in self.policies},
            "metrics": {"fighters_peak": {"unit": "men", "meaning": "Most fighters."}},
            "uncertainties": [],
        }

    def must_have_runs(self) -> None:
        pass

    def outcomes(self, table: str = "series") -> list[str]:
        return ["fighters", "morale", *(["support"] if table == "places" else ["money"])]

    def runs(self) -> pd.DataFrame:
        pays = self.pays or (0.0,)
        rows = list(product(range(self.replications), self.policies, pays))
        runs = pd.DataFrame(rows, columns=["replication", "policy", PAY])
        if self.founded[1:]:
            runs[FOUNDED] = pd.to_datetime([self.founded[r % 2] for r in runs["replication"]])
        return runs.assign(run=range(len(runs)), status="done", fighters_peak=100.0 + runs.index)

    def series(self, columns: list[str] | None = None, group: str | None = None) -> pd.DataFrame:
        rows = list(product(self.runs()["run"], range(len(DATES)), enumerate(GROUPS)))
        weeks = pd.DataFrame(
            [
                (run, DATES[week], group, 1000 * g + 10 * run + week)
                for run, week, (g, group) in rows
            ],
            columns=["run", "date", "group", "fighters"],
        )
        weeks = weeks.merge(self.runs()[["run", "policy", "replication"]], on="run")
        return weeks.assign(morale=0.5, left=0.5, money=weeks["fighters"] - 500.0)

    def places(self) -> pd.DataFrame:
        """The Reds stand in p0 in every run and in p1 in the first run alone; the Blues in p2."""
        rows = [
            (run, date, group, place, 10.0 * (week + 1), 0.25)
            for run in self.runs()["run"]
            for week, date in enumerate(DATES[:3])
            for group, place, there in (
                ("reds", "p0", True),
                ("reds", "p1", run == 0),
                ("blues", "p2", True),
            )
            if there
        ]
        columns = ["run", "date", "group", "place", "fighters", "support"]
        return pd.DataFrame(rows, columns=columns).merge(self.runs()[["run", "policy"]], on="run")


def of(folder: Folder, outcome: str, *groups: str, **more: Any):
    return fans_of(chosen(folder, outcome, groups, more.pop("policies", ()), **more))  # type: ignore[arg-type]


def test_unasked_it_is_the_focus_group_under_every_policy():
    shown = of(Folder(), "fighters")
    assert shown.name == "The Reds"
    assert [fan.label for fan in shown.fans] == ["policy “one”", "policy “other”"]
    runs = Folder().runs().query("policy == 'one'")["run"]
    table = shown.fans[0].table
    assert table.loc[DATES[7], "median"] == np.median(10 * runs + 7)
    assert table.loc[DATES[7], "low90"] == (10 * runs + 7).min()  # of four runs


def test_another_group_alone_has_its_own_name_and_look():
    shown = of(Folder(("one",)), "fighters", "blues")
    [fan] = shown.fans
    assert shown.name == "The Blues"
    assert fan.look == palette.line(1)
    assert fan.table["median"].min() >= 1000


def test_several_groups_lie_over_each_other_in_their_looks():
    shown = of(Folder(("one",)), "fighters", "greens", "reds")
    assert [(fan.label, fan.look) for fan in shown.fans] == [
        ("The Reds", palette.line(0)),
        ("The Greens", palette.line(2)),
    ]


def test_several_groups_under_several_policies_have_group_colours_and_policy_dashes():
    looks = {fan.label: fan.look for fan in of(Folder(), "fighters", "reds", "blues").fans}
    assert len(looks) == 4
    assert looks["The Blues, policy “other”"].colour == palette.line(1).colour
    assert looks["The Blues, policy “other”"].dashes == looks["The Reds, policy “other”"].dashes


def test_a_sum_is_added_up_run_by_run_before_its_quantiles_are_taken():
    [fan] = of(Folder(("one",)), "fighters", "reds", "greens", summed=True).fans
    runs = Folder(("one",)).runs()["run"]
    assert fan.table.loc[DATES[5], "high90"] == (2000 + 20 * runs + 10).max()  # of four runs
    [every] = of(Folder(("one",)), "fighters", summed=True).fans
    assert every.table.loc[DATES[5], "median"] == np.median(3000 + 30 * runs + 15)


def test_nothing_is_drawn_of_a_group_before_its_founding():
    """A level such as morale stands in its columns all the same: at what it begins with, or at 0."""
    once = Folder(("one",), founded=("2001-03-04",))
    red, blue = of(once, "morale", "reds", "blues").fans
    assert red.table.index[0] == DATES[0]
    assert blue.table.index[0] == DATES[8] == pd.Timestamp("2001-03-04")
    [both] = of(once, "fighters", "reds", "blues", summed=True).fans
    reds = of(once, "fighters", "reds").fans[0].table
    assert both.table.loc[DATES[7], "median"] == reds.loc[DATES[7], "median"]
    varied = Folder(("one",), founded=("2001-03-04", "2001-04-01"))
    [blue] = of(varied, "fighters", "blues").fans
    runs = varied.runs()["run"]
    assert blue.table.index[0] == DATES[8]
    assert blue.table.loc[DATES[11], "median"] == np.median(1000 + 10 * runs[::2] + 11)
    assert blue.table.loc[DATES[12], "median"] == np.median(1000 + 10 * runs + 12)


def test_values_of_a_varied_quantity_are_told_apart_and_else_pooled():
    folder = Folder(("one",), pays=(100.0, 200.0, 300.0))
    apart = chosen(folder, "fighters", over=[PAY])
    assert [fan.label for fan in fans_of(apart).fans] == [
        "reds: pay 100", "reds: pay 200", "reds: pay 300",
    ]  # fmt: skip
    assert apart.pooled == ""
    pooled = chosen(folder, "fighters")
    assert [fan.runs for fan in fans_of(pooled).fans] == [12]
    assert pooled.pooled == "each fan over all values of reds: pay"


@pytest.mark.parametrize(
    "asked", [{}, {"policies": ["one"], "groups": ["reds", "blues"]}, {"groups": ["reds", "blues"]}]
)
def test_values_of_several_groups_or_policies_have_a_look_each(asked):
    """A value has a colour; whose it is and under which policy, its dashes."""
    pays = (100.0, 200.0, 300.0)
    apart = chosen(Folder(pays=pays), "fighters", over=[PAY], **asked)
    fans = {fan.label: fan.look for fan in fans_of(apart).fans}
    looks = {(look.colour, str(look.dashes)) for look in fans.values()}
    assert len(looks) == len(fans) == len(pays) * len(apart.groups) * len(apart.policies)
    assert len({look.colour for look in fans.values()}) == len(pays)


def test_every_fault_is_told_at_once_with_the_nearest_name():
    with pytest.raises(Faults) as caught:
        chosen(Folder(), "figters", ["redz"], ["otherr"], over=["groups.reds.pai"])
    said = str(caught.value)
    for nearest in ("fighters", "reds", "other"):
        assert f"did you mean {nearest}?" in said
    assert "--over" in said
    with pytest.raises(Faults, match=r'--sum: found "morale", in share'):
        chosen(Folder(), "morale", summed=True)
    with pytest.raises(Faults, match="at most"):
        chosen(Folder(pays=tuple(range(9))), "fighters", over=[PAY])


def test_an_outcome_of_the_users_own_is_told_and_added_up_by_its_unit():
    folder = Folder(("one",))
    told = {"unit": "share", "meaning": "Fighters of those at first."}
    folder.manifest["extensions"] = {"outcomes": {"left": told}}
    folder.outcomes = lambda table="series": ["fighters", "left"]
    with pytest.raises(Faults, match=r'--sum: found "left", in share'):
        chosen(folder, "left", summed=True)
    with mpl.rc_context(style.PRINT):
        figure = draw_outcome(chosen(folder, "left"))
    assert "Fighters of those at first, by week" in figure.texts[0].get_text()
    assert figure.axes[0].get_ylabel() == "left (share)"


def test_a_number_of_a_run_is_the_focus_groups_and_is_spread_over_its_runs(tmp_path):
    [file] = draw_asked(Folder(), tmp_path, ["fighters_peak"], (), ["other"])
    assert file.name == "spread-fighters_peak-other.png"
    for asked in ({"groups": ["blues"]}, {"summed": True}, {"policies": ["otherr"]}):
        with pytest.raises(Faults):
            draw_asked(Folder(), tmp_path, ["fighters_peak"], **asked)


def test_the_figure_says_what_it_shows_and_keeps_signs():
    with mpl.rc_context(style.PRINT):
        figure = draw_outcome(chosen(Folder(("one",)), "money"))
    assert figure is not None
    [ax] = figure.axes
    assert "The Reds: money in reserve, by week" in figure.texts[0].get_text()
    assert ax.get_ylabel() == "money (thousand USD)"
    assert ax.get_ylim()[0] < -400
    assert ax.yaxis.get_major_formatter()(-400, None) == "-400"


def test_from_python_it_is_a_figure_in_either_style():
    def colours(named: str) -> set[str]:
        figure = ebbtide.plot(Folder(), "fighters", group="blues", policy=["one"], style=named)
        return {line.get_color() for line in figure.axes[0].lines}

    assert palette.LINES["colour"][1].colour in colours("colour")
    assert palette.LINES["grey"][1].colour in colours("grey")


def test_by_place_a_run_without_a_row_has_none_of_what_adds_up_and_no_support():
    scenario = synthetic.scenario()
    folder = Folder(("one",))
    men = PlaceOutcome(one_fan(folder, "fighters"), scenario)
    assert men.quantiles("p0")["median"].to_list() == [10, 20, 30]
    assert men.quantiles("p1")["median"].to_list() == [0, 0, 0]
    assert men.quantiles("p1")["high90"].iloc[0] == 10  # of so few runs the most
    support = PlaceOutcome(one_fan(folder, "support"), scenario)
    assert support.quantiles("p1")["median"].to_list() == [0.25] * 3
    assert support.medians()["p2"].isna().all()
    both = PlaceOutcome(one_fan(folder, "fighters", ["reds", "blues"], summed=True), scenario)
    assert both.quantiles("p2")["median"].to_list() == [10, 20, 30]


def test_places_with_anybody_have_a_panel_and_a_map_a_date():
    scenario = synthetic.scenario()
    shown = PlaceOutcome(one_fan(Folder(("one",)), "fighters"), scenario)
    with mpl.rc_context(style.PRINT):
        panels, maps = draw_places(shown), draw_maps(shown)
    assert panels is not None
    assert maps is not None
    names = [scenario.file.places[place].name for place in ("p0", "p1")]
    assert [ax.get_title("left") for ax in panels.axes if ax.get_visible()] == names
    dated = [ax for ax in maps.axes if ax.get_title("left")]
    assert [ax.get_title("left") for ax in dated] == [f"{date:%d %b %Y}" for date in DATES[:3]]
    shades = [ax.patches[0].get_facecolor() for ax in dated]  # of p0, where men grow
    light = [palette.luminance(shade[:3]) for shade in shades]
    assert light == sorted(light, reverse=True)
    assert len(set(light)) == 3


def test_maps_tell_places_without_outline_and_dates_without_map(monkeypatch):
    scenario = synthetic.scenario()
    shown = PlaceOutcome(one_fan(Folder(("one",)), "fighters"), scenario)

    def told() -> tuple[list[str], list[str]]:
        with mpl.rc_context(style.PRINT):
            figure = draw_maps(shown)
        assert figure is not None
        assert_readable(figure)
        heads = [" ".join(text.get_text().split()) for text in figure.texts]
        return heads, [text.get_text() for text in figure.findobj(mpl.text.Text)]

    heads, _ = told()
    assert not any("Hatched" in head or "dates" in head for head in heads)
    del scenario.outlines["features"][7]
    heads, names = told()
    assert any("Hatched boxes: places without an outline, not shaded." in head for head in heads)
    assert names.count("Far Northern Province 7") == len(DATES[:3])
    monkeypatch.setattr("ebbtide.show.place_maps.MOST", 2)
    heads, _ = told()
    assert any("2 of the 3 dates that are kept, evenly spread." in head for head in heads)


def test_fans_without_bands_say_so(monkeypatch):
    for most, crowded in ((6, False), (1, True)):
        monkeypatch.setattr("ebbtide.show.outcome.MOST_WITH_BANDS", most)
        with mpl.rc_context(style.PRINT):
            figure = draw_outcome(chosen(Folder(), "fighters", ("reds", "blues")))
        assert figure is not None
        told = [text.get_text() for text in figure.texts]
        assert any("medians alone, for lack of room" in text for text in told) == crowded


@pytest.mark.parametrize(
    "asked",
    [
        {"outcome": "money"},
        {"outcome": "fighters", "groups": ("reds", "blues", "greens")},
        {"outcome": "morale", "policies": ("one",)},
        {"outcome": "fighters", "policies": ("one",), "summed": True},
    ],
)
def test_no_text_covers_another_or_leaves_the_paper(asked):
    with mpl.rc_context(style.PRINT):
        figure = draw_outcome(chosen(Folder(), **asked))
    assert figure is not None
    assert_readable(figure)


@pytest.mark.parametrize("outcome", ["fighters", "support"])
def test_by_place_neither(outcome):
    shown = PlaceOutcome(one_fan(Folder(("one",)), outcome), synthetic.scenario())
    with mpl.rc_context(style.PRINT):
        for figure in (draw_places(shown), draw_maps(shown)):
            assert figure is not None
            assert_readable(figure)


def test_by_place_one_group_and_policy_are_asked_for(tmp_path):
    with pytest.raises(Faults) as caught:
        one_fan(Folder(), "fighters", ["reds", "blues"])
    assert "--group" in str(caught.value)
    assert "--policy" in str(caught.value)
    files = draw_asked_by_place(
        Folder(), tmp_path, synthetic.scenario(), ["fighters"], ["blues"], ["one"]
    )
    assert [file.name for file in files] == [
        "fighters-blues-one-by-place.png", "fighters-blues-one-map.png",
    ]  # fmt: skip
