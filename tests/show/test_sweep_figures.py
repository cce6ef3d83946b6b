"""The figures of a sweep: which are drawn of what, what they say, and that they can be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection

from ebbtide.show import draw_sweep, palette, style, tell_sweep
from ebbtide.show.sweep_map import draw_map
from ebbtide.show.sweep_policies import draw_policies
from ebbtide.show.sweep_subject import Sweep, sweep_of
from ebbtide.show.sweep_trajectories import draw_trajectories
from ebbtide.show.sweep_values import draw_values
from ebbtide.study import metrics as measured

PAY, POST, START = "groups.reds.pay", "policy.acts.hunt.post", "policy.acts.hunt.start"
VALUES: dict[str, list[Any]] = {
    PAY: [100.0, 200.0, 300.0, 400.0],
    POST: ["commander", "financier", "head"],
    START: list(pd.to_datetime(["2001-07-01", "2002-01-01"])),
}
METRICS = {
    "fighters_at_end": {"unit": "men", "meaning": "Fighters in the last week."},
    "peak_date": {"unit": "date", "meaning": "Week of the peak."},
    "ended": {"unit": "yes/no", "meaning": "The group has ended."},
}


@dataclass
class Swept:
    """Results of a grid over some of VALUES: what a folder of a sweep would give."""

    over: tuple[str, ...]
    policies: tuple[str, ...] = ("one",)
    replications: int = 3
    lost: dict[str, Any] = field(default_factory=dict)  # points whose runs all failed
    lacking: tuple[int, ...] = ()  # runs without an answer to any metric

    @property
    def manifest(self) -> dict[str, Any]:
        return {
            "scenario": {
                "title": "Somewhere",
                "focus": "reds",
                "groups": {"reds": "The Reds"},
                "cut": "2001-09-30",
            },
            "study": {
                "title": "A study",
                "vary": {path: {} for path in self.over},
                "design": {"kind": "grid"},
                "series": {"groups": None},
            },
            "varied": {PAY: "USD/month"},
            "policies": {policy: {} for policy in self.policies},
            "metrics": METRICS,
            "uncertainties": [],
        }

    def runs(self) -> pd.DataFrame:
        points = product(range(self.replications), self.policies, *(VALUES[p] for p in self.over))
        runs = pd.DataFrame(points, columns=["replication", "policy", *self.over])
        lost = [runs[path] == value for path, value in self.lost.items()]
        number = np.arange(len(runs), dtype=float)
        runs = runs.assign(
            run=range(len(runs)),
            status=np.where(np.all(lost, axis=0), "failed", "done") if lost else "done",
            fighters_at_end=100 + number,
            peak_date=pd.Timestamp("2001-03-04") + pd.to_timedelta(7 * number, unit="D"),
            ended=number % 3 == 0,
        )
        for metric in METRICS if self.lacking else ():
            runs[metric] = runs[metric].astype(object).where(~runs["run"].isin(self.lacking), None)
        return runs.assign(peak_date=pd.to_datetime(runs["peak_date"]))

    def outcomes(self, table: str = "series") -> list[str]:
        return ["fighters"]

    def series(self, columns: list[str], group: str = "reds") -> pd.DataFrame:
        dates = pd.date_range("2001-01-07", periods=80, freq="7D")
        weeks = pd.DataFrame(product(self.runs()["run"], dates), columns=["run", "date"])
        runs = self.runs()[["run", "policy"]]
        return weeks.merge(runs, on="run").assign(group=group, fighters=100 + weeks["run"])


@pytest.fixture(autouse=True)
def print_style():
    with mpl.rc_context(style.PRINT):
        yield


def swept(*over: str, metric: str | None = None, shown: tuple[str, ...] = (), **more: Any) -> Sweep:
    found = sweep_of(Swept(over, **more), metric, shown)
    assert found is not None
    return found


def fans(sweep: Sweep) -> list[tuple[list[Any], np.ndarray]]:
    """Of each panel of the trajectories, its lines and what colours them."""
    figure = draw_trajectories(sweep)
    assert figure is not None
    drawn = [ax.collections[0] for ax in figure.axes if ax.get_xlabel() or ax.get_title("left")]
    fans = [each for each in drawn if isinstance(each, LineCollection)]
    return [(fan.get_segments(), np.asarray(fan.get_array())) for fan in fans]


def test_a_table_tells_medians_at_both_ends_and_the_change_run_by_run():
    """Of runs 0 to 5 a replication, 100 men and one a run: at 100 USD one end has run 0, the other 3."""
    table = tell_sweep(Swept((START, PAY), replications=3))
    assert table is not None
    heads, line, *rows = table.splitlines()
    assert heads == f"| `{START}` | `{PAY}` at 100 | `{PAY}` at 400 | change, run by run |"
    assert line.count("---:") == 3
    assert rows == [  # the ends of a date are runs 0 and 3, then 8 on; 4 and 7, then 8 on
        "| 01 Jul 2001 | 108 | 111 | +3% (+3 to +3) |",
        "| 01 Jan 2002 | 112 | 115 | +3% (+3 to +3) |",
    ]


def test_a_table_of_several_policies_names_them():
    table = tell_sweep(Swept((START, PAY), policies=("one", "other")))
    assert table is not None
    assert [row.split(" | ")[0].strip("| ") for row in table.splitlines()[2:]] == [
        "one", "one", "other", "other",
    ]  # fmt: skip


@pytest.mark.parametrize(("over", "metric"), [((PAY,), None), ((START, PAY), "peak_date")])
def test_there_is_no_table_of_one_quantity_or_of_dates(over, metric):
    assert tell_sweep(Swept(over), metric) is None


@pytest.mark.parametrize("shown", [(), (POST,), (PAY, POST)])
def test_the_fan_has_a_line_a_point_whatever_colours_it(shown):
    for lines, shades in fans(swept(PAY, POST, shown=shown)):
        assert len(lines) == 12
        assert len(set(shades)) in (3, 4)


def test_of_one_policy_a_panel_a_quantity_else_a_panel_a_policy():
    assert [len(set(shades)) for _, shades in fans(swept(PAY, POST, START))] == [4, 3, 2]
    assert len(fans(swept(PAY, POST, policies=("one", "two")))) == 2


def test_where_nothing_is_varied_there_is_a_fan_a_policy(tmp_path):
    assert draw_trajectories(swept(policies=("one", "two"))) is None
    drawn = draw_sweep(Swept((), policies=("one", "two")), tmp_path)
    assert drawn[0].name == "trajectories.png"


def test_thick_lines_are_medians_of_the_points_at_the_lowest_and_the_highest_value():
    sweep = swept(PAY, POST)
    figure = draw_trajectories(sweep)
    assert figure is not None
    by_pay = next(ax for ax in figure.axes if ax.get_title("left"))
    men = sweep.runs.assign(men=100 + sweep.runs["run"])
    level = men.groupby([PAY, POST])["men"].median().groupby(PAY).median()
    thick = [line for line in by_pay.lines if line.get_linewidth() > 2]
    assert [line.get_ydata()[0] for line in thick] == [level.iloc[0], level.iloc[-1]]
    assert level.iloc[0] != level.iloc[-1]


def test_the_fan_names_years_units_and_the_cut():
    figure = draw_trajectories(swept(PAY, START))
    assert figure is not None
    figure.canvas.draw()
    said = [text.get_text() for text in figure.findobj(mpl.text.Text)]
    assert any(text.endswith("\n2001") for text in said)
    assert "reds: pay (USD/month)" in said
    assert any("cut 30 Sep 2001" in text for text in said)


def luminance(colour: Any) -> float:
    """Relative luminance (WCAG 2), which is what is left of a colour in greys."""
    parts = np.asarray(mpl.colors.to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def test_darker_is_more_without_colour_too():
    for named in palette.SEQUENTIAL:
        with palette.in_style(named):
            shades = [luminance(colour) for colour in palette.sequential()(np.linspace(0, 1, 64))]
        assert (np.diff(shades) < 0).all()


def test_the_lightest_line_stands_out_from_paper():
    sweep = swept(PAY)
    figure = draw_trajectories(sweep)
    assert figure is not None
    fan = figure.axes[0].collections[0]
    assert 1.05 / (luminance(fan.cmap(0.0)) + 0.05) > 1.8


def test_every_number_of_the_map_can_be_read_on_its_cell():
    figure = draw_map(swept(PAY, POST))
    assert figure is not None
    ax = figure.axes[0]
    mesh = ax.collections[0]
    said = [text for text in ax.texts if text.get_text()]
    numbers, intervals = said[::2], said[1::2]
    assert len(numbers) == len(intervals) == 12
    cells = mesh.get_array().ravel()
    for text, value in zip(numbers, cells, strict=True):
        lights = sorted([luminance(text.get_color()), luminance(mesh.cmap(mesh.norm(value)))])
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5
        assert text.get_text() == f"{value:,.0f}"
    of_first_cell = 100 + swept(PAY, POST).runs.query("`groups.reds.pay` == 100")["run"][::3]
    low, high = of_first_cell.min(), of_first_cell.max()  # of three runs
    assert intervals[0].get_text() == f"{low:,.0f}–{high:,.0f}"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("reds: pay (USD/month)", "hunt: post")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == VALUES[POST]


def test_a_cell_whose_runs_all_failed_is_a_gap_in_the_grid():
    figure = draw_map(swept(PAY, POST, lost={PAY: 100.0, POST: "head"}))
    assert figure is not None
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts.count("–") == 1
    assert texts.count("") == 1  # which has no interval either
    assert len(texts) == 24


LACKING = (0, 1, 4)  # of two replications of four values of pay: both of 100, one of 200


@pytest.mark.parametrize("metric", list(METRICS))
def test_values_say_in_how_many_runs_a_metric_is_where_some_lack_it(metric):
    figure = draw_values(swept(PAY, metric=metric, replications=2, lacking=LACKING))
    assert figure is not None
    said = [text.get_text() for text in figure.findobj(mpl.text.Text)]
    assert [text for text in said if " of 2" in text and len(text) < 9] == ["0 of 2", "1 of 2"]
    assert "policy “one”, in 5 of 8 runs" in said
    told = "of the runs that have one, 0 to 2 of 2 at a point"
    assert any(told in text.replace("\n", " ") for text in said)
    figure = draw_values(swept(PAY, metric=metric, replications=2))
    assert figure is not None
    said = [text.get_text() for text in figure.findobj(mpl.text.Text)]
    assert not any("have one" in text or "in 8 of 8" in text for text in said)


def test_a_map_and_a_spread_say_it_too():
    figure = draw_map(swept(PAY, START, replications=2, lacking=(0, 1, 8, 9)))
    assert figure is not None
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts.count("0 of 2") == 2
    figure = draw_policies(swept(PAY, policies=("one", "two"), lacking=(0,)))
    assert figure is not None
    labels = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assert labels == ["one\nin 11 of 12 runs", "two"]


def test_a_table_says_it_of_medians_and_of_changes():
    told = tell_sweep(Swept((START, PAY), replications=3, lacking=(0, 3)))
    assert told is not None
    assert told.splitlines()[2] == (
        "| 01 Jul 2001 | 112, in 2 of 3 runs | 115, in 2 of 3 runs | +3% (+3 to +3), in 2 of 3 runs |"
    )


def test_what_has_no_panel_is_named():
    policies = ("one", "two", "three", "four", "five")
    for draw, left in ((draw_map, "five"), (draw_trajectories, "four, five")):
        figure = draw(swept(PAY, START, policies=policies))
        assert figure is not None
        said = " ".join(text.get_text().replace("\n", " ") for text in figure.texts)
        assert f"No room for the policies {left}." in said
    figure = draw_map(swept(PAY, START, policies=policies[:4]))
    assert figure is not None
    assert not any("No room" in text.get_text() for text in figure.texts)


def test_a_map_speaks_of_intervals_only_where_it_has_them(monkeypatch):
    for letter, told in ((0.062, 1), (9.0, 0)):
        monkeypatch.setattr("ebbtide.show.sweep_map.LETTER", letter)
        figure = draw_map(swept(PAY, START))
        assert figure is not None
        said = [text.get_text() for text in figure.findobj(mpl.text.Text)]
        assert sum("all 3 runs lie" in text for text in said) == told


@pytest.mark.slow
@pytest.mark.parametrize("metric", list(METRICS))
def test_every_kind_of_metric_is_drawn(metric):
    both = swept(PAY, START, metric=metric, policies=("one", "two"))
    single = swept(POST, metric=metric)
    for figure in (draw_map(both), draw_policies(both), draw_values(single)):
        assert figure is not None
        figure.canvas.draw()
    assert draw_values(both) is None
    assert draw_map(single) is None
    assert draw_policies(single) is None


def test_the_longest_meaning_has_room_beside_the_axes(monkeypatch):
    longest = max(measured.METRICS.values(), key=lambda metric: len(metric.meaning))
    said = {"unit": longest.unit, "meaning": longest.meaning}
    monkeypatch.setitem(METRICS, "fighters_at_end", said)
    figure = draw_values(swept(POST))
    assert figure is not None
    figure.canvas.draw()
    assert any("band: least to most of 3" in text.get_text() for text in figure.texts)
    label = figure.axes[0].yaxis.label.get_window_extent()
    beside = figure.axes[0].get_window_extent()
    assert beside.y0 < label.y0 < label.y1 < beside.y1
    assert label.x0 > 0


def test_a_map_of_dates_says_dates_and_a_bar_the_share():
    figure = draw_map(swept(PAY, START, metric="peak_date", replications=1))
    assert figure is not None
    assert "04 Mar 2001" in [text.get_text() for text in figure.axes[0].texts]
    figure = draw_policies(swept(PAY, metric="ended", policies=("one", "two")))
    assert figure is not None
    assert "33% of 12 runs" in [text.get_text() for text in figure.axes[0].texts]


def test_one_varied_quantity_alone_has_a_figure(tmp_path):
    drawn = draw_sweep(Swept((PAY,)), tmp_path, "fighters_at_end")
    assert [file.name for file in drawn] == ["trajectories.png", "values-fighters_at_end.png"]
