"""What policies do where each of two rival views holds: known answers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta

from comparison.worlds import write_world
from ebbtide.comparison.question import ComparisonAsked
from ebbtide.comparison.report.tables import structures
from ebbtide.comparison.running import compare, posed
from ebbtide.comparison.structures import FEWEST_IN_VIEW, by_view, evidence_ratio

RIVALS = {
    "sign": {
        "says": "Which sign?", "quantity": "a.b", "at": [0.0], "views": ["below", "above"],
        "prior": [0.25, 0.75], "draws": [50, 50],
    }
}  # fmt: skip


def test_who_is_chosen_is_told_view_by_view() -> None:
    """Policy `one` loses the quantity's size more than the reference, `other` a tenth less always."""
    signs = np.repeat([-1.0, 1.0], FEWEST_IN_VIEW)
    losses = np.column_stack([100 + 0 * signs, 100 + 50 * signs, 90 + 0 * signs])
    table = by_view(RIVALS, losses, {"a.b": signs}, ("reference", "one", "other"))
    found = table.set_index(["view", "policy"])
    assert found["relative"].to_dict() == pytest.approx(
        {
            ("below", "reference"): 0, ("below", "one"): -0.5, ("below", "other"): -0.1,
            ("above", "reference"): 0, ("above", "one"): 0.5, ("above", "other"): -0.1,
        }
    )  # fmt: skip
    chosen = found.index[found["chosen"]]
    assert [*chosen] == [("below", "one"), ("above", "other")]


def test_of_few_replications_nothing_is_said() -> None:
    signs = np.array([-1.0] * (FEWEST_IN_VIEW - 1) + [1.0] * FEWEST_IN_VIEW)
    losses = np.column_stack([100 + 0 * signs, 90 + 0 * signs])
    table = by_view(RIVALS, losses, {"a.b": signs}, ("reference", "one"))
    assert table.loc[table["view"] == "below", ["relative", "chosen"]].isna().all(axis=None)
    assert table.loc[table["view"] == "above", "chosen"].notna().all()


def test_the_report_has_a_row_a_view_with_its_evidence_and_who_is_chosen() -> None:
    signs = np.repeat([-1.0, 1.0], FEWEST_IN_VIEW)
    losses = np.column_stack([100 + 0 * signs, 100 + 50 * signs])
    table = by_view(RIVALS, losses, {"a.b": signs}, ("reference", "one"))
    table.insert(0, "outcome", "mean_strength")
    below, above = structures(table).rows
    assert [cell.text for cell in below[1:5]] == [
        "below",
        "25%",
        "3 (2 to 4.4)",
        str(FEWEST_IN_VIEW),
    ]
    assert [cell.text for cell in below[5:]] == ["\u221250%", "one"]
    assert [cell.text for cell in above[5:]] == ["+50%", "reference"]


def test_evidence_is_posterior_odds_over_prior_odds() -> None:
    ratio, low, high = evidence_ratio(500, 1000, 0.25)
    assert ratio == pytest.approx(3.0)
    assert low < ratio < high
    share = beta(500.5, 500.5).ppf(0.025)
    assert low == pytest.approx(3 * share / (1 - share))
    as_believed, *_ = evidence_ratio(250, 1000, 0.25)
    assert as_believed == pytest.approx(1.0, rel=0.01)


@pytest.mark.slow
def test_every_draw_of_the_posterior_counts_once_however_many_policies_there_are(khorasan) -> None:
    drawn = khorasan.posterior
    question = posed(khorasan, ["offensive", "raids"], ComparisonAsked(replications=2))
    views = question.manifest()["comparison"]["structures"]
    assert views
    assert {sum(each["draws"]) for each in views.values()} == {len(drawn)}


@pytest.mark.slow
def test_a_comparison_keeps_the_views_and_splits_its_replications_by_them(tmp_path) -> None:
    path = write_world(tmp_path)
    more = """
[structures.money]
says = "Who pays?"
quantity = "groups.embers.pay"
at = [250]
views = ["few", "many"]
source = "invented"
"""
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    found = compare(path, "harder", replications=4, workers=1, out=tmp_path / "kept")
    table = found.structures()
    assert table.groupby("view")["replications"].first().sum() == 4
    assert table["evidence"].isna().all()  # of draws from priors there is none
    held = (found.lived.runs["groups.embers.pay"].iloc[::2] >= 250).sum()
    assert (table.loc[table["view"] == "many", "replications"] == held).all()
    assert "structures" in found.tables()
    page = found.report().read_text(encoding="utf-8")
    assert "Which view of structure it hangs on" in page
    assert "Too few replications tell of money." in page
    fixed = compare(path, "harder", fixed=True, replications=2, workers=1, out=tmp_path / "fixed")
    assert "structures" not in fixed.tables()
