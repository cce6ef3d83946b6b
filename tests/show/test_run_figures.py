"""The figures of a run: which are made, what they say, and that nothing overlaps."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from ebbtide.show import draw_run, style
from ebbtide.show.attacks import draw_attacks
from ebbtide.show.command import draw_command
from ebbtide.show.flows import draw_flows
from ebbtide.show.money import draw_money
from ebbtide.show.presence import draw_presence
from ebbtide.show.strength import draw_strength
from ebbtide.show.subject import Subject, subject_of
from ebbtide.show.surroundings import draw_surroundings
from ebbtide.show.territory import draw_territory

from . import synthetic

DRAWS = {
    "strength": draw_strength,
    "presence": draw_presence,
    "territory": draw_territory,
    "joins-and-leaves": draw_flows,
    "money": draw_money,
    "command": draw_command,
    "surroundings": draw_surroundings,
    "attacks": draw_attacks,
}
PANELS = {
    "strength": 2,
    "presence": 8,
    "territory": 3,
    "joins-and-leaves": 1,
    "money": 3,
    "command": 6,
    "surroundings": 3,
    "attacks": 4,
}


@pytest.fixture(autouse=True)
def print_style():
    with mpl.rc_context(style.PRINT):
        yield


made_up = cache(synthetic.results)


@pytest.fixture
def results():
    return made_up(count=12)


def subject(results: synthetic.Results, **without: object) -> Subject:
    found = subject_of(results, synthetic.scenario(**without))
    assert found is not None
    return found


def texts(figure: Figure) -> dict[Text, tuple[float, float, float, float]]:
    """Every text that a reader sees, with its left, bottom, right and top in pixels."""
    for ax in figure.axes:
        ax.minorticks_off()  # they have no labels, and are most of what laying out takes
    figure.draw_without_rendering()
    hidden = set()
    for ax in figure.axes:
        if not ax.get_visible():
            hidden |= set(ax.findobj(Text))
        if not ax.axison:
            hidden |= {*ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label}
        for axis, (low, high) in ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim())):
            for tick in axis.get_major_ticks():
                if not low <= tick.get_loc() <= high:
                    hidden |= {tick.label1, tick.label2}
    boxes = {}
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            box = Text.get_window_extent(text)
            boxes[text] = (box.x0, box.y0, box.x1, box.y1)
    return boxes


def assert_readable(figure: Figure) -> None:
    boxes = texts(figure)
    for text, (left, bottom, right, top) in boxes.items():
        on_paper = left >= 0 and bottom >= 0 and right <= figure.bbox.x1 and top <= figure.bbox.y1
        assert on_paper, f"{text.get_text()!r} runs off the paper"
    for (one, a), (other, b) in combinations(boxes.items(), 2):
        across, up = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        assert across <= 1 or up <= 1, f"{one.get_text()!r} covers {other.get_text()!r}"


@pytest.mark.parametrize("name", DRAWS)
def test_figure_has_its_panels_labels_and_heading(results, name):
    shown = subject(results)
    figure = DRAWS[name](shown)
    drawn = [ax for ax in figure.axes if ax.get_visible() and (ax.axison or ax.patches)]
    assert len(drawn) == PANELS[name]
    assert all(ax.get_ylabel() for ax in drawn if ax.axison)
    heading = " ".join(text.get_text() for text in figure.texts)
    for word in ("Men of the Ridge", "The ridge and the valley", "record", "12 runs"):
        assert word in heading


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWS)
@pytest.mark.parametrize(
    "made",
    [
        pytest.param({"count": 12}, id="usual"),
        pytest.param({"count": 1}, id="one run", marks=pytest.mark.slow),
        pytest.param({"count": 5, "ended": True}, id="ended", marks=pytest.mark.slow),
        pytest.param({"count": 5, "height": 0.004}, id="tiny", marks=pytest.mark.slow),
        pytest.param({"count": 3, "height": 0.0}, id="zeros", marks=pytest.mark.slow),
        pytest.param({"count": 3, "height": 60.0}, id="huge"),
    ],
)
def test_no_text_covers_another_or_leaves_the_paper(made, name):
    figure = DRAWS[name](subject(made_up(**made)))
    if figure is None:
        assert name == "presence"
        assert made.get("height") == 0.0
    else:
        assert_readable(figure)


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWS)
def test_what_a_scenario_calls_things_is_drawn_letter_by_letter(results, name):
    """Two signs of the dollar in a title, a group, a publisher or a place enclose no formula."""
    scenario = synthetic.scenario()
    scenario.title = "At $60 and $80 a month"
    for named in (*scenario.file.groups.values(), *scenario.file.places.values()):
        named.name = f"{named.name} ($1 to $2)"
    scenario.tables = {
        kind: table.assign(publisher=table["publisher"] + ", $_1$")
        for kind, table in scenario.tables.items()
    }
    shown = subject_of(results, scenario)
    assert shown is not None
    figure = DRAWS[name](shown)
    with_dollars = [text for text in figure.findobj(Text) if text.get_text().count("$") > 1]
    assert with_dollars
    assert not any(text.get_parse_math() for text in with_dollars)


@pytest.mark.slow
@pytest.mark.parametrize("cut", [dt.date(2015, 2, 5), dt.date(2018, 12, 20), dt.date(2020, 1, 1)])
def test_line_at_the_cut_stays_readable_wherever_it_falls(results, cut):
    shown = subject(results, cut=cut)
    for name in ("strength", "command"):
        assert_readable(DRAWS[name](shown))


def test_strength_shows_each_publisher_once_in_the_panel_of_what_he_counts(results):
    figure = draw_strength(subject(results))
    named = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    for name in ("Coalition command", "Council of Nations", "Institute for the Study of Peace"):
        assert named.count(name) == 1
    fighters, affiliates = (
        sum(len(line.get_xdata()) for line in ax.lines if line.get_linestyle() == "None")
        for ax in figure.axes
    )
    counts = synthetic.STRENGTH["counts"]
    assert fighters == (counts == "fighters").sum()
    assert affiliates == counts.isin(["affiliated", "fighters_and_supporters"]).sum()


def test_a_claim_of_a_part_has_the_models_own_number_beside_it(results):
    """The curve is of all places: beside a claim of one stands the model's number of that one."""
    day = pd.Timestamp("2016-02-05")
    ends = results.ends[results.ends["date"] == results.ends["date"].max()].assign(date=day)
    kept = synthetic.Results(
        results.weeks,
        pd.concat([results.ends, ends]),
        {"weeks_of_parts": ["2016-02-05"], "uncertainties": []},
    )
    shown = subject(kept, area="p0;p1")
    figure = draw_strength(shown)
    assert_readable(figure)
    own = ends[(ends["group"] == synthetic.GROUP) & ends["place"].isin(["p0", "p1"])]
    by_run = own.groupby("run")["fighters"].sum().reindex(range(12), fill_value=0)
    ticks = [line for line in figure.axes[0].lines if line.get_marker() == "_"]
    assert [line.get_ydata()[0] for line in ticks] == [by_run.median()]
    assert day not in shown.half_years
    told = [
        " ".join(text.get_text().split())
        for legend in figure.legends
        for text in legend.get_texts()
    ]
    of = "Far Northern Province 0, Far Northern Province 1"
    assert f"model: {of}, median and 90%" in told
    assert f"Coalition command ({of})" in told


def test_claims_of_all_places_stand_beside_the_curve_alone(results):
    figure = draw_strength(subject(results))
    assert not [line for ax in figure.axes for line in ax.lines if line.get_marker() == "_"]
    assert not any("part of the places" in text.get_text() for text in figure.texts)


def test_no_claim_is_drawn_beside_another_world_than_that_of_the_record(results):
    other = results.weeks.assign(policy="nothing"), results.ends.assign(policy="nothing")
    assert subject(results).claims
    assert not subject(synthetic.Results(*other)).claims


def test_a_date_known_roughly_is_drawn_as_the_days_that_it_may_mean(results):
    for precision, days in (("quarter", 45), ("day", 0)):
        spoken = synthetic.scenario()
        spoken.tables["strength"] = spoken.tables["strength"].assign(date_precision=precision)
        shown = subject_of(results, spoken)
        figure = draw_strength(shown)
        assert_readable(figure)
        across = {
            round(segment[1][0] - segment[0][0])
            for lines in figure.axes[0].collections
            if isinstance(lines, LineCollection)
            for segment in lines.get_segments()
            if segment[0][1] == segment[1][1]
        }
        assert 2 * days in across
        assert ("days that a date may mean" in said(figure)) == bool(days)


def said(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in figure.texts)


def test_rows_without_a_mark_are_told_with_why(results):
    assert "not drawn: 1 of shares" in said(draw_strength(subject(results)))
    early = results.weeks[results.weeks["date"] <= "2016-03-11"]
    figure = draw_strength(subject(synthetic.Results(early, results.ends)))
    assert "not drawn: 6 after the last week" in said(figure)
    other = results.weeks.assign(policy="nothing"), results.ends.assign(policy="nothing")
    for draw in (draw_strength, draw_territory):
        figure = draw(subject(synthetic.Results(*other)))
        assert "of the policy “record”, and not drawn" in said(figure)
    assert "drawn" not in said(draw_strength(subject(results, evidence=False)))


def test_runs_that_failed_or_ended_and_a_month_left_out_are_told(results):
    failed = results.runs().assign(status="done")
    failed.loc[failed.index[:2], "status"] = "failed"
    cut = synthetic.Results(results.weeks[results.weeks["date"] <= "2018-12-10"], results.ends)
    cut.runs = lambda: failed
    shown = subject(cut)
    assert "12 runs, without 2 that failed" in shown.subtitle
    for draw in (draw_flows, draw_money, draw_attacks):
        assert "without the last month" in said(draw(shown))
        assert "without the last month" not in said(draw(subject(results)))
    assert "nobody left" not in subject(results).subtitle
    ended = subject(made_up(count=12, ended=True))
    assert "12 runs, in 12 nobody left at the end" in ended.subtitle


def test_a_publisher_has_the_same_marker_in_all_figures(results):
    shown = subject(results)
    assert len(set(shown.markers.values())) == len(shown.markers)
    drawn = {}
    for draw in (draw_strength, draw_territory):
        for legend in draw(shown).legends:
            for text, line in zip(legend.get_texts(), legend.get_lines(), strict=False):
                if line.get_marker() not in ("None", None):
                    drawn.setdefault(text.get_text().split(" (")[0], set()).add(line.get_marker())
    assert drawn
    assert all(markers == {shown.markers[name]} for name, markers in drawn.items())


def test_bands_are_quantiles_over_runs_and_hold_the_median(results):
    shown = subject(results)
    table = shown.quantiles("fighters")
    day = table.index[40]
    values = shown.weeks.loc[shown.weeks["date"] == day, "fighters"]
    assert table.loc[day, "median"] == np.median(values)
    assert table.loc[day, "low90"] == pytest.approx(np.quantile(values, 0.05))
    assert (np.diff(table.to_numpy(), axis=1) >= 0).all()


def test_monthly_means_keep_the_total(results):
    shown = subject(results)
    months = shown.weeks["date"].dt.to_period("M").dt.to_timestamp()
    weeks_a_month = shown.weeks.groupby(months)["date"].nunique()
    total = (shown.monthly(["exits_killed"])["exits_killed"] * weeks_a_month).sum()
    assert total == pytest.approx(shown.weeks["exits_killed"].sum() / shown.runs)


def test_a_month_that_the_run_does_not_live_through_is_left_out(results):
    weeks = results.weeks
    cut_short = synthetic.Results(weeks[weeks["date"] <= "2018-12-10"], results.ends)
    assert str(subject(cut_short).monthly(["fighters"]).index[-1].date()) == "2018-11-01"
    assert str(subject(results).monthly(["fighters"]).index[-1].date()) == "2018-12-01"


def test_men_of_the_first_week_are_told_not_drawn(results):
    figure = draw_flows(subject(results))
    founders = results.weeks.query("group == 'ridge' and entries_founding > 0")
    entries = [name for name in founders if name.startswith("entries_")]
    told = f"without the {founders[entries].sum().sum() / 12:,.0f} men of the first week"
    assert any(told in text.get_text() for text in figure.texts)


def test_a_single_week_is_drawn(results):
    week = results.weeks[results.weeks["date"] == results.weeks["date"].max()]
    shown = subject(synthetic.Results(week, results.ends))
    assert draw_flows(shown) is None
    for draw in (draw_strength, draw_territory, draw_money, draw_attacks):
        assert_readable(draw(shown))


def test_a_far_band_runs_off_the_top_and_the_figure_says_so(results):
    last = results.weeks["run"] == 0
    far = results.weeks.assign(
        fighters=results.weeks["fighters"].where(~last, 40 * results.weeks["fighters"])
    )
    shown = subject(synthetic.Results(far, results.ends))
    figure = draw_strength(shown)
    assert figure.axes[0].get_ylim()[1] < 0.6 * shown.quantiles("fighters")["high90"].max()
    assert (
        figure.axes[0].get_ylim()[1]
        > synthetic.STRENGTH["high"].where(synthetic.STRENGTH["counts"] == "fighters").max()
    )
    assert any("off the scale: outer band to" in text.get_text() for text in figure.axes[0].texts)
    assert_readable(figure)


def test_group_is_drawn_from_its_founding_on(results):
    assert subject(results).weeks["date"].min() == pd.Timestamp("2015-01-30")


def test_only_the_first_policy_is_drawn(results):
    other = results.weeks.assign(policy="nothing", fighters=1)
    both = synthetic.Results(pd.concat([results.weeks, other]), results.ends)
    shown = subject(both)
    assert shown.policy == "record"
    assert (shown.weeks["fighters"] > 1).any()
    assert shown.runs == 12


@pytest.mark.slow
def test_files_are_whole_pngs_and_nothing_else_is_left(tmp_path: Path, results):
    written = draw_run(results, tmp_path / "plots", synthetic.scenario())
    assert [path.stem for path in written] == list(DRAWS)
    assert sorted(written) == sorted((tmp_path / "plots").iterdir())
    for path in written:
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG")
        assert content.endswith(b"IEND\xaeB`\x82")


def test_without_cut_evidence_outlines_or_focus(tmp_path: Path, results, monkeypatch):
    monkeypatch.setattr(style, "save", lambda _, path: path)
    bare = synthetic.scenario(cut=None, evidence=False, outlines=False, focus=False)
    names = [path.stem for path in draw_run(results, tmp_path, bare)]
    assert names == [name for name in DRAWS if name != "presence"]
    figure = draw_strength(subject(results, cut=None, evidence=False))
    assert not any("projection" in text.get_text() for text in figure.findobj(Text))


def test_absent_outcomes_leave_out_their_panels(results):
    few = results.weeks[["run", "policy", "date", "group", "fighters", "leaders", "money"]]
    shown = subject(synthetic.Results(few, results.ends))
    assert len(draw_strength(shown).axes) == 1
    assert len(draw_command(shown).axes) == 1
    assert draw_flows(shown) is None
    assert draw_attacks(shown) is None
    assert draw_territory(shown) is None


def test_no_finished_run_draws_nothing(tmp_path: Path, results):
    empty = synthetic.Results(results.weeks.iloc[:0], results.ends.iloc[:0])
    assert draw_run(empty, tmp_path / "plots", synthetic.scenario()) == []
    assert not (tmp_path / "plots").exists()
