"""Objects say what they are: in a line, and in a notebook as a table."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

import ebbtide as eb
from ebbtide.scenario import Scenario
from ebbtide.scenario.notebook import MOST_ROWS, titled_table
from ebbtide.study.store import Refused


def text_of(shown: str) -> str:
    """The text of well-formed HTML."""
    return " ".join("".join(ElementTree.fromstring(shown).itertext()).split())


def test_what_a_file_says_is_text_in_html() -> None:
    shown = titled_table("<a> & b", ("name",), [("<script>",), (1234,), (None,)])
    assert "<script>" not in shown
    assert text_of(shown) == "<a> & bname<script>1,234"


def test_a_long_table_says_how_much_more_there_is() -> None:
    shown = text_of(titled_table("t", ("n",), [(n,) for n in range(MOST_ROWS + 7)]))
    assert shown.endswith("and 7 more")


def test_a_scenario_and_its_policy_say_what_they_are(minimal: Scenario) -> None:
    changed = minimal.with_overrides({"groups.league.pay": 130})
    assert repr(changed) == (
        "Scenario('minimal': Two provinces; 2 groups in 2 places, 2001-01-07 to 2003-03-02, "
        "policy 'minimal', 1 values overridden)"
    )
    assert "groups.league.pay = 130" in text_of(changed._repr_html_())
    assert repr(minimal.policy) == "Policy('minimal': Strikes, then an offensive; 2 acts)"
    assert "strikes" in text_of(minimal.policy._repr_html_())


def test_every_shipped_policy_and_scenario_can_be_shown(khorasan: Scenario) -> None:
    assert text_of(khorasan._repr_html_())
    for file in Path(khorasan.policy.path.parent).glob("*.toml"):
        if file.stem != "minimal":
            assert text_of(eb.load_policy(file.stem, khorasan)._repr_html_())


def test_a_model_and_who_is_in_it_say_what_they_are(minimal: Scenario) -> None:
    model = eb.Insurgency(minimal, rng=7)
    model.step()
    assert repr(model) == (
        "Insurgency('minimal', policy 'minimal', rng=7: week 1 of 112, 2001-01-14)"
    )
    assert f"The League{model.groups[0].size}"[-3:] in text_of(model._repr_html_()).replace(",", "")
    assert repr(model.groups[0]) == "InsurgentGroup('league')"
    fighter = next(iter(model.fighters))
    assert repr(fighter).startswith(f"Fighter({fighter.unique_id}: of 'league.")
    model.state.fighter_id[fighter.row] = 0
    assert repr(fighter) == f"Fighter({fighter.unique_id}: has left)"


@pytest.mark.parametrize(
    ("given", "words"),
    [(3, "found 3; allowed: a results folder"), (None, "found nothing"), ("nowhere", "no such folder"),
     (__file__, "is a file; results are a folder")],
)  # fmt: skip
def test_what_is_no_results_folder_is_told(given: object, words: str) -> None:
    with pytest.raises((eb.Faults, Refused), match=words):
        eb.open(given)


def test_a_seed_by_its_usual_name_leads_to_rng() -> None:
    with pytest.raises(eb.Faults, match=r"found seed=1; .* did you mean rng\?"):
        eb.Insurgency("minimal", seed=1)


def test_an_unknown_outcome_is_told_with_outcomes_and_no_keys(tmp_path: Path) -> None:
    results = eb.run("minimal", replications=1, workers=1, until="2001-02-04", out=tmp_path / "r")
    assert [*results.series(["run", "fighters"])][-1] == "fighters"
    with pytest.raises(eb.Faults) as faults:
        results.series("figters")
    allowed = str(faults.value).partition("allowed: ")[2]
    assert "fighters?" in allowed
    assert not {"run", "policy", "seed", "date"} & set(allowed.split(", "))
    assert repr(results) == f"Results({str(tmp_path / 'r')!r}: 1 run of 'minimal' under 'minimal')"
    assert "fighters_peak" in text_of(results._repr_html_())
