"""What the answer of a report says, on values whose answer is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from comparison.made_up import made_up
from ebbtide.comparison import told as telling
from ebbtide.comparison.report.answer import Answer, basis
from ebbtide.comparison.report.numbers import Change, day, joined, share, size
from ebbtide.comparison.report.said import not_asked
from ebbtide.comparison.report.spent import spent
from ebbtide.comparison.report.tables import efforts, headline
from ebbtide.comparison.told import at_equal_effort

BASE = np.linspace(180, 220, 40)
ALTERNATING = np.tile([1.0, -1.0], 20)
NEAR = np.tile([0.9, 1.1], 20)  # around 1, and never far


def sentences(values, **more):
    """What is answered, and what stands beside it."""
    answer = Answer(made_up(values, **more))
    told = [*answer.sentences(), answer.beside()]
    return [each.replace("\u00a0", " ") for each in told]


def test_a_clear_difference_comes_first_with_its_interval() -> None:
    first, second, doubt, third = sentences(
        {
            "mean_strength": {"record": BASE, "other": BASE - 20 * NEAR},
            "civilians_harmed_in_all": {"record": BASE, "other": BASE + 100 * NEAR},
        }
    )
    assert first == (
        "Under “other” mean strength is 10% lower (95% interval 9.6% to 10% lower) than under “record”: "
        "180 men against 200 men, from 3 June 2001 to 5 January 2003."
    )
    assert second == "“other” is better than “record” in 100% of 40 replications."
    assert "most sizes of effect in it are guesses" in doubt
    assert third == (
        "In side effects (against “record”, with 95% intervals), “other” costs civilians harmed by or "
        "against the group +50% (+48 to +52)."
    )


def test_where_the_interval_holds_zero_that_is_said_first() -> None:
    first, second, _, third = sentences(
        {
            "mean_strength": {"record": BASE, "other": BASE + 20 * ALTERNATING - 1},
            "civilians_harmed_in_all": {"record": BASE, "other": BASE + 20 * ALTERNATING},
        }
    )
    assert first.startswith(
        "It is not clear that any policy is better than “record” in mean strength: the best mean, under "
        "“other”, is 0.5% lower (95% interval 3.7% lower to 2.7% higher)"
    )
    assert second.startswith(
        "“other” is better than “record” in 50% of 40 replications, and with ever"
    )
    assert "“other” makes nothing clearly worse by 1% or more" in third
    assert "civilians harmed by or against the group is not clearly changed, " in third


def test_the_answer_is_three_sentences_and_begins_with_the_verdict() -> None:
    values = {"mean_strength": {"record": BASE, "other": BASE - 20 * NEAR}}
    answer = Answer(made_up(values))
    verdict, difference, doubt = answer.sentences("The record does not rank these policies.")
    assert verdict == "The record does not rank these policies."
    assert difference.startswith("Under “other” mean strength is 10% lower")
    assert doubt.startswith("“other” is better than “record” in 100%")
    assert len(answer.sentences()) == 3


def test_where_a_policy_changes_nothing_in_some_replications_that_is_told() -> None:
    often = np.where(np.arange(40) < 30, 20.0, 0.0)
    values = {"mean_strength": {"record": BASE, "other": BASE - often}}
    _, order, *_ = sentences(values)
    assert order == "“other” is better than “record” in 75% of 40 replications, the same in 25%."
    (_, row) = headline(made_up(values), "mean_strength").rows
    assert row[4].text == "75% (same 25%)"
    assert "same" not in sentences({"mean_strength": {"record": BASE, "other": BASE - 1}})[1]


def test_policies_that_are_alike_are_said_to_be() -> None:
    same = {"record": BASE, "other": BASE, "third": BASE}
    assert sentences({"mean_strength": same}) == [
        "“other” and “third” do not differ from “record” in mean strength in any of 40 replications.",
        "Nor does anything else that is compared: what was asked makes no difference here.",
        "",
    ]
    differs = {**same, "other": BASE + 1}
    told = sentences({"mean_strength": same, "civilians_harmed_in_all": differs})
    assert told[1] == "What differs is civilians harmed by or against the group."


def test_a_ranking_that_often_reverses_is_said_before_the_difference() -> None:
    values = {
        "record": BASE, "one": BASE - 40 * NEAR, "other": BASE - 40 * NEAR + 5 * ALTERNATING + 0.5,
    }  # fmt: skip
    first, second, _, third = sentences(
        {
            "mean_strength": values,
            "forces_losses": {"record": BASE, "one": BASE, "other": BASE + 200 * NEAR},
        }
    )
    assert first.startswith("Which policy is best is not settled: “one” has the best mean")
    assert "“other”, next by mean, is ahead of it in 50% of them" in first
    assert second.startswith("Under “one” mean strength is 20% lower")
    assert "“one” makes nothing clearly worse" in third
    assert "“other” costs forces losses +100%" in third


def test_a_settled_ranking_names_the_next() -> None:
    values = {"record": BASE, "one": BASE - 40 * NEAR, "other": BASE - 20 * NEAR}
    _, second, _, third = sentences({"mean_strength": values})
    assert second == (
        "“one” is better than “record” in 100% of 40 replications and best of all 3 in 100%; “other”, "
        "next by mean, is ahead of it in 0% of them."
    )
    assert third == "No side effect was compared, so that what it costs is not said."


def test_where_the_reference_is_best_no_policy_is_said_to_be_better() -> None:
    values = {"record": BASE, "one": BASE + 40 * NEAR, "other": BASE + 20 * NEAR}
    first, second, *_ = sentences({"mean_strength": values})
    assert first.startswith(
        "No policy is better than “record” in mean strength: under the nearest, “other”, it is 10% higher"
    )
    assert second.startswith("“record” has the best mean and is best of all in 100%")


def test_a_probability_is_told_in_points_and_more_of_it_may_be_better() -> None:
    ended = np.repeat([0.0, 1.0], 20)
    first, second, *_ = sentences({"ended": {"record": np.zeros(40), "other": ended}})
    assert first.startswith(
        "Under “other” the chance of “ended” is 50 points higher (95% interval 34 to 66 points higher)"
    )
    assert "50% against 0%" in first
    assert second.startswith("“other” is better than “record” in 50%")


def test_one_replication_has_no_interval_and_says_so() -> None:
    first, *_ = sentences({"mean_strength": {"record": [200.0], "other": [150.0]}})
    assert "too few replications for an interval" in first
    assert first.startswith("It is not clear")


@pytest.mark.parametrize(
    ("drawn_from", "said"),
    [("priors", "no datum has updated"), ("posterior", "evidence"), ("medians", "at its median")],
)
def test_the_report_says_of_what_the_draws_are(drawn_from, said) -> None:
    values = {"mean_strength": {"record": BASE, "other": BASE}}
    told = " ".join(basis(made_up(values, drawn_from=drawn_from)))
    assert said in told
    assert "guesses" in told


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (1, "1 replication of each policy has no interval: every difference may be luck."),
        (5, "5 replications of each policy are few: read intervals and shares as rough."),
        (29, "29 replications of each policy are few"),
        (30, None),
    ],
)
def test_few_replications_are_told_on_the_page_and_in_the_terminal(runs, said) -> None:
    few = made_up({"mean_strength": {"record": BASE[:runs], "other": BASE[:runs]}})
    for lines in (basis(few), telling.told(few)["notes"]):
        found = [line for line in lines if "of each policy" in line]
        assert len(found) == (said is not None)
        assert all(str(said) in line for line in found)


def test_the_report_says_whether_effort_was_made_equal() -> None:
    comparison = made_up({"mean_strength": {"record": BASE, "other": BASE}})
    assert any("not at equal effort" in said for said in not_asked(comparison))
    assert "equal effort" not in " ".join(basis(comparison))
    reading = comparison.results.manifest["comparison"]
    found = {"factor": 0.7512, "strengths": {"raids": 0.3}, "beyond": 4.5}
    reading["equal_effort"] = {
        "budget": 5.0, "reference": "record", "pilots": 8, "policies": {"other": found},
    }  # fmt: skip
    told = " ".join(basis(comparison))
    assert (
        "At equal effort, of own acts: what each policy adds is scaled, other by 0.751 (raids 0.3), so "
        "that this costs 5 effort-weeks beyond record in the mean of the first 8 of these replications"
        in told
    )
    assert told.count("other comes no nearer than 4.5") == 1
    found["beyond"] = 4.99
    assert "no nearer" not in " ".join(basis(comparison))
    assert not any("equal effort" in said for said in not_asked(comparison))


def test_what_was_spent_in_the_runs_is_told_and_warned_of_where_it_is_not_the_budget() -> None:
    costs = {
        "record": 0 * BASE,
        "dear": 2.4 * NEAR,
        "near": 1.2 * NEAR,
        "wide": 1.5 + 3 * ALTERNATING,
    }
    comparison = made_up({"mean_strength": dict.fromkeys(costs, BASE), "effort_of_own_acts": costs})
    assert spent(comparison) == []
    comparison.results.manifest["comparison"]["equal_effort"] = {"budget": 1.2}
    first, warning, _ = spent(comparison)
    assert "“dear” 2.4 (95% interval 2.32 to 2.48), “near” 1.2 (" in first
    assert warning == (
        "Warning: “dear” did not spend the budget of 1.2 effort-weeks, which the interval leaves out: no "
        "comparison at like effort."
    )
    elsewhen = replace(comparison, start=comparison.start + dt.timedelta(days=70))
    assert spent(elsewhen) == []


def test_what_is_not_scaled_is_told_beside_what_is() -> None:
    found = {"factor": 1.0, "strengths": {"raids": 0.3}, "beyond": 5.0, "not_kept": ["strikes"]}
    told = {"budget": 5.0, "reference": "record", "pilots": 8, "policies": {"aim": found}}
    assert at_equal_effort(told, 8).endswith(
        "“aim” also ends or changes acts of record (strikes), which are not scaled: its row is no "
        "comparison at like effort."
    )
    assert "also" not in at_equal_effort(told | {"policies": {"aim": found | {"not_kept": []}}}, 8)


def test_pilots_that_are_the_same_replications_are_said_to_be() -> None:
    found = {"factor": 1.0, "strengths": {"raids": 0.3}, "beyond": 5.0}
    told = {"budget": 5.0, "reference": "record", "pilots": 8, "policies": {"aim": found}}
    assert "in the mean of these same 8 replications." in at_equal_effort(told, 8)
    assert "in the mean of the first 8 of these replications." in at_equal_effort(told, 9)


def test_a_policy_that_no_size_brings_to_the_budget_is_said_to_stand_as_stated() -> None:
    scaled = {"factor": 0.5, "strengths": {"raids": 0.3}, "beyond": 5.0, "left": None}
    for as_stated, end, said in (
        (
            -2.0,
            {"short": True, "beyond": -3.0},
            "it saves effort at every size that was tried, 2 as ",
        ),
        (1.0, {"short": True, "beyond": 3.0}, "it costs 1 as stated, and 3 at full strength"),
        (9.0, {"short": False, "beyond": 7.0}, "at strength 0 it costs 7 already"),
    ):
        left = {"factor": 1.0, "strengths": {"money": 0.4}, "beyond": as_stated, "left": end}
        policies = {"aim": scaled, "money": left}
        told = {"budget": 5.0, "effort_of": "all", "reference": "record", "pilots": 8}
        sentence = at_equal_effort(told | {"policies": policies}, 8)
        assert "At equal effort, of all that forces spend and levers cost: " in sentence
        assert "“money” cannot be brought to it and is left as stated: " in sentence
        assert said in sentence
        assert "money by" not in sentence
        assert "no nearer" not in sentence


def test_what_is_spent_is_told_by_both_accounts_and_which_was_scaled_on() -> None:
    own, every = {"record": 0 * BASE, "one": NEAR}, {"record": BASE, "one": BASE - 2 * NEAR}
    comparison = made_up(
        {
            "mean_strength": dict.fromkeys(own, BASE),
            "effort_of_own_acts": own,
            "effort_priced": every,
        }
    )
    equal = {"budget": 1.0, "effort_of": "own", "policies": {"one": {"factor": 0.3}}}
    comparison.results.manifest["comparison"]["equal_effort"] = equal
    first, second, _ = spent(comparison)
    assert first.startswith("Of own acts, in effort-weeks beyond “record”: “one” 1 (")
    assert second.startswith(
        "By the other account, on which nothing was scaled, of all that forces"
    )
    assert "“one” −2 (95% interval −2.06 to −1.94)" in second
    table = comparison.efforts().set_index(["policy", "effort_of"])
    assert table.loc[("one", "own"), ["beyond", "budget", "factor"]].tolist() == [1.0, 1.0, 0.3]
    assert table.loc[("one", "all"), "beyond"] == pytest.approx(-2)
    assert table.loc[("one", "all"), ["budget", "factor"]].isna().all()
    equal["effort_of"] = "all"
    equal["budget"] = -2.0
    first, *_ = spent(comparison)
    assert first.startswith("Of all that forces spend and levers cost, in effort-weeks")
    assert "Warning" not in " ".join(spent(comparison))
    assert efforts(comparison).headings == [
        "policy", "own acts (95%)", "in the middle run",
        "all that forces spend and levers cost, scaled on (95%)", "in the middle run",
    ]  # fmt: skip


def test_of_a_reference_that_is_not_clearly_above_zero_no_share_is_told() -> None:
    gains = {"record": -11510 + 2000 * ALTERNATING, "other": -10787 + 2000 * ALTERNATING}
    gains["other"] = gains["other"] + 50 * NEAR
    comparison = made_up(
        {"mean_strength": {"record": BASE, "other": BASE - 20 * NEAR}, "other_groups_gain": gains}
    )
    row = comparison.differences().set_index("outcome").loc["other_groups_gain"]
    change = Change(row)
    assert change.cell.replace("\u00a0", " ") == "+773 people (+771 to +775)"
    third = Answer(comparison).beside()
    assert third.endswith(
        "Under “other” other groups lose 773 men fewer (95% interval 771 to 775) than under “record”; "
        "harm that they do is not counted."
    )
    assert "costs" not in third
    around_zero = {"record": BASE * ALTERNATING, "other": BASE * ALTERNATING + 5}
    near = made_up({"mean_strength": around_zero}).differences().iloc[0]
    assert not Change(near).of_reference
    above = made_up({"mean_strength": {"record": BASE, "other": BASE + 5}}).differences().iloc[0]
    assert Change(above).of_reference


def test_clear_is_said_of_the_interval_that_is_printed() -> None:
    """The interval of the share leaves zero out and that of the difference does not, or the other way."""
    row = {
        "unit": "people", "of_reference": True, "difference": 8.9, "low": -0.1, "high": 18,
        "relative": 0.089, "relative_low": 0.01, "relative_high": 0.17,
    }  # fmt: skip
    change = Change(row)
    assert change.clear
    assert change.cell.replace("\u00a0", " ") == "+8.9% (+1.0 to +17)"
    other = Change(row | {"low": 0.1, "relative_low": -0.01})
    assert not other.clear
    assert "lower to" in other.words


def test_it_says_how_many_intervals_there_are_and_what_none_of_so_many_runs_means() -> None:
    told = " ".join(
        basis(made_up({"mean_strength": {"record": BASE, "other": BASE, "third": BASE}}))
    )
    assert "Each of the 2 intervals of differences is by itself" in told
    assert "Of none in 40 replications the chance may be up to 7.5% (rule of three" in told


def test_the_luck_that_a_posterior_selected_is_told_once() -> None:
    comparison = made_up({"mean_strength": {"record": BASE, "other": BASE}}, drawn_from="posterior")
    scenario = comparison.results.manifest["scenario"]
    shared, parted = (
        "Until they part policies share that luck",
        "parts before the cut meets luck there",
    )
    for cut, told in (("2001-05-01", [True, False]), ("2001-12-30", [True, True])):  # from 3 June
        scenario["cut"] = cut
        said = " ".join(basis(comparison))
        assert [said.count(each) == 1 for each in (shared, parted)] == told
    assert "up to the cut of 30 December 2001" in said
    comparison.results.manifest["study"]["others"] = "priors"
    assert "luck" not in " ".join(basis(comparison)).replace("luck included", "")


def test_draws_of_a_posterior_are_said_to_approximate_it() -> None:
    same = {"mean_strength": {"record": BASE, "other": BASE}}
    said = "no interval here holds the error of that"
    assert said in " ".join(basis(made_up(same, drawn_from="posterior")))
    assert said not in " ".join(basis(made_up(same, drawn_from="priors")))


def test_how_numbers_are_written() -> None:
    assert [size(each) for each in (0.0123456, 12.345, 12345.6, -3, float("nan"))] == [
        "0.0123", "12.3", "12,346", "−3", "–",
    ]  # fmt: skip
    written = [share(each) for each in (0.0, 0.0001, 0.0123, 0.123, 0.9999, 1.0)]
    assert written == ["0%", "under 0.1%", "1.2%", "12%", "over 99%", "100%"]
    assert joined("abc") == "a, b and c"
    assert joined("a") == "a"
    row = {"unit": "men", "difference": -5.0, "low": -6.0, "high": -4.0, "relative": float("nan")}
    change = Change(row | {"relative_low": float("nan"), "relative_high": float("nan")})
    assert change.words == "5 men lower (95% interval 4 to 6 men lower)"
    assert day(made_up({"mean_strength": {"a": [1.0], "b": [1.0]}}).start) == "3 June 2001"
