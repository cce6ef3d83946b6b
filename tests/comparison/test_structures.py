"""What policies do where each of two rival views holds: known answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, t

from comparison.made_up import made_up
from comparison.worlds import write_world
from ebbtide.comparison.question import ComparisonAsked
from ebbtide.comparison.report import views
from ebbtide.comparison.report.tables import structures
from ebbtide.comparison.running import compare, posed
from ebbtide.comparison.structures import FEWEST_IN_VIEW, by_view, evidence_ratio
from ebbtide.comparison.view_worth import worth_of_views

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
    table.insert(0, "unit", "men")
    table.insert(0, "outcome", "mean_strength")
    below, above = structures(table).rows
    assert [cell.text for cell in below[1:5]] == [
        "below",
        "25%",
        "3 (2 to 4.4)",
        str(FEWEST_IN_VIEW),
    ]
    assert [cell.text for cell in below[5:]] == ["\u221250%", "one", "50 (50 to 50), of reference"]
    assert [cell.text for cell in above[5:]] == ["+50%", "reference", "50 (50 to 50), of one"]


def told_of(losses: dict[str, np.ndarray], signs: np.ndarray) -> str:
    """What the report says of one question, of losses by policy."""
    quantity = {"a.b": signs}
    comparison = made_up({"mean_strength": losses}, quantities=quantity)
    comparison.results.manifest["comparison"]["structures"] = RIVALS
    return views.structures(comparison, comparison.structures())


def test_the_lead_of_the_best_is_paired_and_beside_the_next() -> None:
    """The policies share most of what differs between replications, which leaves the interval."""
    noise = np.linspace(-60, 60, 2 * FEWEST_IN_VIEW)
    signs = np.repeat([-1.0, 1.0], FEWEST_IN_VIEW)
    wobble = np.tile([1.0, -1.0], FEWEST_IN_VIEW)
    losses = np.column_stack([200 + noise, 180 + noise + wobble, 150 + noise])
    table = by_view(RIVALS, losses, {"a.b": signs}, ("reference", "one", "other"))
    row = table[table["policy"] == "other"].iloc[0]
    assert (row["next"], row["lead"]) == ("one", pytest.approx(30))
    error = wobble[:FEWEST_IN_VIEW].std(ddof=1) / np.sqrt(FEWEST_IN_VIEW)
    reach = t.ppf(0.975, FEWEST_IN_VIEW - 1) * error
    assert [row["lead_low"], row["lead_high"]] == pytest.approx([30 - reach, 30 + reach])


def test_a_choice_hangs_on_a_view_only_where_both_leads_leave_zero_out() -> None:
    signs = np.repeat([-1.0, 1.0], 20)
    base, wobble = np.full(40, 100.0), np.tile([1.0, -1.0], 20)
    clearly = told_of({"record": base + 30, "one": base + 5 * signs + wobble, "other": base}, signs)
    assert (
        "the best mean hangs on 1, with different policies ahead by intervals that leave" in clearly
    )
    assert "Which sign? “one” if below, ahead of “other” by 5 men (95% interval 4.5" in clearly
    assert "Asked were 2 views one by one" not in clearly  # one question is no choice among many
    noisy = told_of({"record": base + 30, "one": base + signs + 9 * wobble, "other": base}, signs)
    assert "the best mean hangs clearly on none; it turns with 1 by means alone." in noisy
    assert "by 1 men (95% interval −3.32 to 5.32)" in noisy
    same = told_of({"record": base + 30, "one": base + 5 + signs, "other": base}, signs)
    assert "hangs on none: the same policy has it under each view taken alone." in same
    assert "worth nothing here" in same
    near = told_of({"record": base + 30, "one": base + 0.1 + 9 * wobble, "other": base}, signs)
    assert "taken alone, in 2 of 2 by an interval that holds zero." in near


def test_how_many_views_were_asked_is_told() -> None:
    signs = np.repeat([-1.0, 1.0], 20)
    losses = {"record": 100 + 0 * signs, "one": 100 + 5 * signs}
    comparison = made_up({"mean_strength": losses}, quantities={"a.b": signs})
    rivals = RIVALS | {"again": RIVALS["sign"]}
    comparison.results.manifest["comparison"]["structures"] = rivals
    said = views.structures(comparison, comparison.structures())
    assert "Asked were 4 views one by one: nothing is adjusted for their number." in said


def test_the_worth_of_a_view_is_what_the_choice_by_it_saves() -> None:
    """One loses 30 more above and 10 less below, other nothing: 3 of 10 below, so that 3 are saved."""
    signs = np.repeat([-1.0, 1.0], [30, 70])
    losses = np.column_stack([0 * signs, np.where(signs > 0, 30.0, -10.0)])
    found = worth_of_views(losses, {"sign": (signs > 0).astype(int)})["sign"]
    assert found.value == pytest.approx(3)
    assert found.noise < found.value
    assert found.p == pytest.approx(1 / 1001)
    said = told_of({"record": losses[:, 0] + 50, "one": losses[:, 1] + 50}, signs)
    assert "in men of mean strength: “Which sign?” 3, 100% of knowing everything (p 0.001)" in said


def test_a_view_that_nothing_hangs_on_is_worth_no_more_than_noise() -> None:
    random = np.random.default_rng(4)
    losses = random.normal(100, 20, (60, 3))
    above = []
    for _ in range(40):
        held = {name: random.integers(0, 2, 60) for name in "abcd"}
        found = worth_of_views(losses, held, seed=1)
        above.append(any(each.value > each.noise for each in found.values()))
    assert np.mean(above) <= 0.15  # of 5% expected


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


def test_where_a_view_is_worth_more_than_noise_the_page_says_so_of_single_quantities_too() -> None:
    table = pd.DataFrame({"worth": [14.6, 1.0], "worth_noise": [8.8, 8.8]})
    assert "A view of structure does" in views.stands_out(table)
    assert views.stands_out(table.assign(worth=[8.0, 1.0])) == views.stands_out(None) == ""
