"""The page of a report: whole, by itself, small, and safe whatever names policies have."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from comparison.made_up import HASH, made_up
from ebbtide.comparison.report import page as page_of
from ebbtide.comparison.report import tables
from ebbtide.comparison.report.figures import FIGURES, drawn_figures
from ebbtide.comparison.report.not_for import not_for
from ebbtide.comparison.report.page import rendered, with_line_ends
from ebbtide.comparison.report.writing import write_report

SECTIONS = [
    "The question", "The answer", "The course of strength", "Paired differences", "Side effects",
    "Regret, effort, acceptability and the Pareto set", "What the answer hangs on",
    "What the model must not be used for", "How to rerun this",
]  # fmt: skip
VOID = {"meta", "wbr", "br", "hr", "img", "link", "input"}
ODD = "od\"d & <b>'policy'</b> $x$ ünï"
SCRIPT = "<script>alert(1)</script>"


class Read(HTMLParser):
    """What a page is made of; `wrong` are ends of what is not open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes) -> None:
        self.tags[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        for key, value in attributes:
            if key == "id":
                self.ids.append(value)
            if key in {"src", "href", "xlink:href", "action", "data", "poster", "srcset"}:
                self.links.append(value)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, ""))

    def handle_startendtag(self, tag, attributes) -> None:
        self.handle_starttag(tag, attributes)
        self.open.pop()

    def handle_endtag(self, tag) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, text) -> None:
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            tag, before = self.headings[-1]
            self.headings[-1] = (tag, before + text)


def full(policies=("record", "one", ODD), replications=40, **more):
    random = np.random.default_rng(1)
    base = random.uniform(150, 250, replications)
    quantity = random.uniform(0, 1, replications)
    values = {
        name: {
            policy: np.maximum(base * (1 + push * place * (quantity - 0.2)), 0)
            for place, policy in enumerate(policies)
        }
        for name, push in {
            "mean_strength": -0.2, "ended": 0.0, "civilians_harmed_in_all": 0.1,
            "forces_losses": 0.3, "civilians_harmed_by_army": 0.1, "fighters_displaced": 0.1,
        }.items()
    }  # fmt: skip
    values["ended"] = {policy: (base > 200).astype(float) for policy in policies}
    return made_up(values, quantities={"groups.embers.pay": quantity}, **more)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    return write_report(full(title=f"A case {SCRIPT}", folder=folder))


@pytest.fixture(scope="module")
def page(written) -> str:
    return written.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read(page) -> Read:
    return Read(page)


def test_the_page_has_every_section_under_headings_in_order(read) -> None:
    assert [text for tag, text in read.headings if tag == "h2"] == SECTIONS
    levels = [int(tag[1]) for tag, _ in read.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_is_well_formed_and_no_id_stands_twice(read, page) -> None:
    assert read.wrong == []
    assert read.open == []
    assert [name for name, times in Counter(read.ids).items() if times > 1] == []
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    for drawn in re.findall(r"<svg .*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(drawn)
    named = set(re.findall(r'aria-labelledby="([^"]*)"', page))
    assert {each for names in named for each in names.split()} <= {*read.ids}


def test_it_needs_nothing_from_elsewhere(read, page) -> None:
    assert {link[0] for link in read.links} == {"#"}
    assert {link[1:] for link in read.links} <= {*read.ids}
    assert set(re.findall(r"url\((.)", page)) == {"#"}
    assert set(re.findall(r"\w+://[^\"\s<]*", page)) == {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_it_is_small_and_its_figures_lie_beside_it(written) -> None:
    assert written.stat().st_size < 3e6
    names = {*FIGURES}
    found = {file.name for file in written.parent.iterdir()} - {"report.html"}
    assert found == {f"{name}.{kind}" for name in names for kind in ("svg", "png")}
    for name in names:
        assert ElementTree.parse(written.with_name(f"{name}.svg")).getroot().tag.endswith("svg")
        assert written.with_name(f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_what_files_are_called_is_text_and_never_code(page, read) -> None:
    assert SCRIPT not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert read.tags["script"] == 1
    assert read.tags["b"] == 0
    assert ODD not in page
    assert "od&#34;d &amp; &lt;b&gt;" in page


def test_every_figure_says_what_it_shows(page, read) -> None:
    assert read.tags["svg"] == 6
    for drawn in re.findall(r"<svg .*?</svg>", page, re.DOTALL):
        assert re.search(r"<title [^>]*>[^<]{10,}</title>", drawn)
        assert re.search(r"<desc [^>]*>[^<]{40,}</desc>", drawn)
    assert read.tags["figure"] == read.tags["figcaption"]


def test_it_says_how_to_run_it_again_and_what_it_is_not_for(page) -> None:
    [again] = re.findall(r"<code>(ebbtide compare [^<]+)</code>", page)
    assert again.startswith("ebbtide compare case.toml --policy=other --reference=")
    assert " --from=2001-06-03 " in again
    assert again.endswith(" --report")
    assert page.count(HASH) == 5  # model, scenario, three policies
    assert "It must not be used to select" in not_for()
    assert not_for().replace("'", "&#39;") in page


def test_it_says_what_no_table_of_it_can_name(page) -> None:
    assert "Strengths that policies state as single numbers are settings" in page
    assert "Nor do prices of levers: in a run mean strength hangs on none." in page
    assert 'href="#buys"' in page


def test_columns_of_numbers_are_sorted_by_the_numbers(page) -> None:
    row = re.search(r'id="headline".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert row is not None
    assert len(re.findall(r'data-value="-?\d', row[1])) >= 3 * 3


def test_where_no_quantity_stands_out_of_the_noise_that_is_said_and_no_figure_drawn(
    tmp_path,
) -> None:
    random = np.random.default_rng(2)
    base, quantity = random.uniform(150, 250, 40), random.uniform(0, 1, 40)
    comparison = made_up(
        {"mean_strength": {"a": base, "b": base + random.normal(0, 9, 40)}},
        quantities={"groups.embers.pay": quantity},
    )
    for kind in ("svg", "png"):
        (tmp_path / f"information.{kind}").write_text("from before")
    told = write_report(comparison, tmp_path).read_text(encoding="utf-8")
    assert not [*tmp_path.glob("information.*")]
    assert "None of 1 uncertain quantity stands out of the noise" in told
    assert "so that neither a table nor a figure is made of them" in told
    assert 'id="facts"' not in told
    assert "ebbtide explain QUANTITY" not in told
    assert re.search(r"which biases it high, it is (\d[\d.]*|\d[\d.]* as well) \(Mak", told)


def test_of_what_knowing_is_worth_rows_stand_that_are_above_the_noise_and_how_many_are_not() -> (
    None
):
    """A path through time has three names here, and is counted once; so is what stands still: never."""
    random = np.random.default_rng(3)
    base, decides = random.uniform(150, 250, 200), random.uniform(-1, 1, 200)
    others = {f"rules.other.{number}": random.uniform(0, 1, 200) for number in range(9)}
    others |= {f"centres.one.health.{year}": 2 * others["rules.other.0"] for year in (2017, 2018)}
    comparison = made_up(
        {"mean_strength": {"a": base, "b": base + 50 * decides}},
        quantities=others | {"groups.embers.pay": decides, "rules.fixed": np.ones(200)},
    )
    table = comparison.information()
    shown = tables.information(table)
    assert shown is not None
    assert [row[0].text for row in shown.rows] == ["groups.embers.pay"]
    assert len(table) == 10  # all of them are in the file
    told = page_of.content(comparison)["information_said"]
    assert (
        "Of 10 uncertain quantities (2 more by name, moving as one of them does, as another day of the "
        "same path: counted with it; 1 more by name, the same in all replications) groups.embers.pay "
        "would be worth most" in told
    )
    assert told.endswith("Below it lie 9 of 10, which are not shown.")
    assert "no other stands out of the noise" in told
    nothing = table.assign(noise=table["value"].max())
    assert tables.information(nothing) is None
    named = tables.information(table.assign(noise=-1.0))
    assert named is not None
    assert len(named.rows) == 10
    assert "the 15 worth most of" not in named.caption
    many = pd.concat([table.assign(noise=-1.0)] * 2)
    most = tables.information(many)
    assert most is not None
    assert len(most.rows) == tables.MOST_FACTS
    assert most.caption.endswith("those that stand out of the noise, the 15 worth most of 20.")


@pytest.mark.slow
def test_figures_are_the_same_whenever_they_are_drawn() -> None:
    comparison = made_up({"mean_strength": {"a": [1.0, 2.0, 4.0], "b": [2.0, 2.0, 3.0]}})
    one, other = (drawn_figures(comparison) for _ in range(2))
    assert [each.svg for each in one.values()] == [each.svg for each in other.values()]


@pytest.mark.parametrize(
    "comparison",
    [
        pytest.param(
            made_up({"mean_strength": {"a": [1.0, 2.0], "b": [2.0, 2.0]}}), id="one outcome"
        ),
        pytest.param(
            made_up({"fighters_peak": {"a": [1.0, 2.0], "b": [2.0, 2.0]}}), id="not ranked"
        ),
        pytest.param(
            made_up({"forces_losses": {"a": [1.0, 2.0], "b": [2.0, 2.0]}}), id="side alone"
        ),
        pytest.param(full(("a", "b"), 1), id="one replication"),
        pytest.param(full(("a", "b"), 3), id="few replications"),
        pytest.param(full(("a", "b"), drawn_from="medians"), id="medians"),
        pytest.param(full(tuple("abcdefghi"), 30), id="many policies"),
    ],
)
def test_a_page_comes_of_every_comparison(comparison) -> None:
    found = Read(rendered(comparison, {}))
    assert found.wrong == found.open == []
    assert [text for tag, text in found.headings if tag == "h2"] == SECTIONS


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
def test_figures_come_of_few_replications_and_of_one_outcome() -> None:
    assert {*drawn_figures(full(("a", "b"), 2))} >= {"fans", "differences"}
    assert {*drawn_figures(full(("a", "b"), 30))} >= {"fans", "differences", "side-effects"}
    clear = {"a": [1.0, 2.0] * 8, "b": [2.0, 2.0] * 8}
    alone = drawn_figures(made_up({"mean_strength": clear}))
    assert "tradeoff" not in alone
    assert "side-effects" not in alone
    assert "differences" in alone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("rules.leaving.tie", "rules.<wbr>leaving.<wbr>tie"),
        ("men_a_district", "men_<wbr>a_<wbr>district"),
        ("0.5 to 1.2 (90% of runs)", "0.5 to 1.2 (90% of runs)"),
        ("<b>.x", "&lt;b&gt;.x"),
    ],
)
def test_a_line_may_end_within_a_name_and_not_within_a_word_or_number(name, shown) -> None:
    assert with_line_ends(name) == shown
