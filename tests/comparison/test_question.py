"""What is asked of a comparison: what is taken as it is meant, and what is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from inspect import signature
from pathlib import Path

import pytest

from comparison.worlds import write_world
from ebbtide.cli import compare as command
from ebbtide.comparison.question import (
    ComparisonAsked,
    Question,
    chosen_policies,
    first_difference,
)
from ebbtide.comparison.running import compare, posed
from ebbtide.scenario import Faults, Scenario, load


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(write_world(tmp_path_factory.mktemp("world")))


def refused(world: Scenario, policies: list[str], **asked: object) -> str:
    with pytest.raises(Faults) as found:
        compare(world, policies, out="never", **asked)  # type: ignore[arg-type]
    assert not Path("never").exists()
    return str(found.value)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_scenarios_own_policy_is_the_reference_unless_another_is_named(world) -> None:
    found, _, reference = chosen_policies(["nothing", "harder"], None, world)
    assert reference == "minimal"
    assert list(found) == ["minimal", "nothing", "harder"]
    found, _, reference = chosen_policies(["nothing", "harder"], "harder", world)
    assert list(found) == ["harder", "nothing"]


@pytest.mark.parametrize(
    ("policies", "asked", "told"),
    [
        (["harder", "harder"], {}, 'policy: found "harder" twice; allowed: each once'),
        (["harder"], {"reference": "nothing"}, 'reference: found "nothing"; allowed: one of the'),
        (["harder", "nothing"], {"reference": "hardr"}, "did you mean harder?"),
        (["minimal"], {}, "policy: found minimal alone"),
        ([], {}, "policy: found minimal alone"),
        (["hardest"], {}, "did you mean harder?"),
        (["harder"], {"outcomes": ["mean_strenght"]}, "did you mean mean_strength?"),
        (["harder"], {"start": "2011-01-01"}, "start: found 2011-01-01; allowed: a date from 2001"),
        (["harder"], {"until": "2011-01-01"}, "until: found 2011-01-01; allowed: a date after 2001"),
        (["harder"], {"until": "2001-08-05"}, "until: found 2001-08-05; allowed: a date from 2001-10-07, "
         "the first day on which policies differ"),
        (["harder"], {"start": "soon"}, 'start: found "soon"; allowed: a date such as'),
        (["harder"], {"replications": 0}, "replications: found 0; allowed: a whole number"),
        (["harder"], {"replications": 20_000}, "20,000 replications of 2 policies"),
        (["harder"], {"until_halfwidth": 2.0}, "until_halfwidth: found 2.0; allowed: a share"),
        ("hardest", {}, "did you mean harder?"),
        (["harder"], {"outcomes": "mean_strenght"}, "did you mean mean_strength?"),
        (["harder"], {"outcomes": 3}, "outcomes: found 3; allowed: names of outcomes"),
        (["harder"], {"workers": 1, "cluster": "tcp://here"}, "found workers and cluster"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_before_anything_is_run(world, policies, asked, told):
    assert told in refused(world, policies, **asked)


def test_faults_of_several_policies_are_told_at_once(world) -> None:
    told = refused(world, ["hardest", "nothin", "harder"])
    assert "hardest" in told
    assert "nothin" in told


def posed_of(world: Scenario, policies: list[str], reference: str | None = None):
    return posed(world, policies, ComparisonAsked(reference=reference))


CALLED = {
    "from_": "start",
    "outcome": "outcomes",
    "with_": "extensions",
    "at_most": "limits",
}  # by the command
OTHERWISE = {"extensions", "most_runs"}  # what is usual is the same, said otherwise


def test_python_and_the_command_take_all_that_may_be_asked_and_mean_the_same_by_default() -> None:
    asked = {each.name: each.default for each in fields(ComparisonAsked)}
    for face in (compare, command.compare):
        taken = {
            CALLED.get(name, name): each.default
            for name, each in signature(face).parameters.items()
        }
        taken |= {"most_runs": taken["yes"]} if "yes" in taken else {}
        assert asked.keys() <= taken.keys()
        assert {name for name in asked if asked[name] != taken[name]} <= OTHERWISE


def test_what_is_settled_leaves_nothing_to_what_is_usual(world) -> None:
    with pytest.raises(TypeError, match="'reference' and 'start'"):
        Question(scenario=world, policies={}, named="minimal", policies_named={})  # type: ignore[call-arg]
    asked = ComparisonAsked(budget=3.0, seed=7, until=dt.date(2002, 6, 30))
    question = posed(world, ["harder"], asked)
    kept = {each.name for each in fields(asked)} - {"reference", "start", "replications"}
    assert {name for name in kept if getattr(question, name) != getattr(asked, name)} == {
        "equal_effort"
    }
    assert question.equal_effort


def test_outcomes_are_counted_from_the_first_day_on_which_policies_differ(world) -> None:
    assert posed_of(world, ["harder"]).start == dt.date(2001, 10, 7)
    assert posed_of(world, ["longer"]).start == dt.date(2002, 9, 1)  # when only one goes on
    assert posed_of(world, ["longer", "nothing"]).start == dt.date(2001, 10, 7)
    assert posed_of(world, ["same"]).start == world.file.start  # which never differ


def test_two_names_of_the_same_acts_never_differ(world) -> None:
    found, _, reference = chosen_policies(["same"], None, world)
    assert first_difference(found, reference) is None


def test_runs_are_numbered_alike_in_whatever_order_policies_are_named(world) -> None:
    one, other = (posed_of(world, names) for names in (["same", "harder"], ["harder", "same"]))
    assert list(one.design(2)) == list(other.design(2))
    assert list(one.policies) != list(other.policies)


def test_priors_are_drawn_where_there_is_no_posterior(world) -> None:
    question = posed_of(world, ["harder"])
    assert question.drawn_from == "priors"
    assert question.manifest()["study"]["others"] == "priors"
    assert question.replications == 200


def test_a_posterior_is_used_whole_and_no_more_than_it_has_draws(tmp_path: Path) -> None:
    from ebbtide.study.posterior import stamp

    path = write_world(tmp_path)
    own = path.with_name("own.toml")
    own.write_text('extends = "minimal.toml"\nposterior = "draws.csv"\n', encoding="utf-8")
    draws = path.with_name("draws.csv")
    draws.write_text("base_seed,run,made_with\n7,3,x\n7,4,x\n7,5,x\n", encoding="utf-8")
    drawn = load(own)
    draws.write_text(
        draws.read_text().replace("x", stamp(drawn, drawn.posterior)), encoding="utf-8"
    )
    question = posed_of(load(own), ["harder"])
    assert question.drawn_from == "posterior"
    assert question.replications == 3
    assert len({run.seed for run in question.design()}) == 3
    assert "at most 3, the draws of own's posterior" in refused(
        load(own), ["harder"], replications=4
    )


def test_until_precise_no_more_replications_are_done_than_the_posterior_has_draws(tmp_path) -> None:
    from ebbtide.study.posterior import stamp

    path = write_world(tmp_path)
    own = path.with_name("own.toml")
    own.write_text('extends = "minimal.toml"\nposterior = "draws.csv"\n', encoding="utf-8")
    draws = path.with_name("draws.csv")
    draws.write_text("base_seed,run,made_with\n7,3,x\n7,4,x\n7,5,x\n", encoding="utf-8")
    drawn = load(own)
    draws.write_text(
        draws.read_text().replace("x", stamp(drawn, drawn.posterior)), encoding="utf-8"
    )
    found = compare(
        load(own), "harder", until_halfwidth=1e-6, workers=1, until="2001-12-30", out="kept"
    )
    assert len(found.lived.replications) == 3
