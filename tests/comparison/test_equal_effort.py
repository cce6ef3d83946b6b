"""Policies at equal effort: the scale of what each adds, against a closed answer and in real runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from comparison.worlds import write_world
from ebbtide.comparison import equal_effort
from ebbtide.comparison.question import ComparisonAsked
from ebbtide.comparison.running import compare, posed
from ebbtide.scenario import Faults, Policy, Scenario, load

ADDED = {
    "amnesty": '[acts.amnesty]\nkind = "amnesty"\nagainst = ["embers"]\nstart = 2001-10-07\n'
    "strength = 0.4\n",
    "money": '[acts.money]\nkind = "finance_interdiction"\nagainst = ["embers"]\nstart = 2001-10-07\n'
    "strength = 0.8\n",
    "mix": '[acts.money]\nkind = "finance_interdiction"\nagainst = ["embers"]\nstart = 2001-10-07\n'
    'strength = 0.8\n[acts.media]\nkind = "counter_media"\nagainst = ["embers"]\nstart = 2001-10-07\n'
    "strength = 0.2\n",
    "one-death": '[acts.death]\nkind = "leader_killed"\nagainst = ["embers"]\npost = 1\n'
    "start = 2001-10-07\nstrength = 1\n",
}
COST = {"amnesty": 10.0, "money": 40.0, "media": 5.0}  # effort-weeks at strength 1


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    file = write_world(tmp_path_factory.mktemp("world"))
    for name, text in ADDED.items():
        path = file.parent / "minimal" / "policies" / f"{name}.toml"
        path.write_text(f'extends = "minimal.toml"\ntitle = "{name}"\n{text}', encoding="utf-8")
    return load(file)


def asked(world: Scenario, policies: list[str], budget: float | None = None):
    wanted = ComparisonAsked(replications=20, equal_effort=True, budget=budget)
    return posed(world, policies, wanted)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Effort that is known: each act's strength times its cost, with less than proportion above half."""
    calls = []

    def efforts(question, policies: Mapping[str, Policy], pilots, doing) -> dict[str, float]:
        calls.extend(policies)
        found = {}
        for name, policy in policies.items():
            strengths = {act: said.strength.median for act, said in policy.file.acts.items()}
            bent = {act: s - 0.4 * max(0.0, s - 0.5) for act, s in strengths.items()}
            found[name] = sum(COST.get(act, 0) * s for act, s in bent.items())
        return found

    monkeypatch.setattr(equal_effort, "_efforts_beyond", efforts)
    return calls


def found_of(question) -> dict[str, dict]:
    return equal_effort.equalised(question, None, lambda _: None).equalised["policies"]


def test_all_are_scaled_to_the_least_of_them(world, closed) -> None:
    question = equal_effort.equalised(
        asked(world, ["amnesty", "money", "mix"]), None, lambda _: None
    )
    told = question.equalised
    assert told["budget"] == 4  # amnesty's, at 0.4 of 10
    assert told["policies"]["amnesty"]["factor"] == 1
    assert told["policies"]["money"]["strengths"]["money"] == pytest.approx(0.1, rel=0.02)
    for name, said in told["policies"].items():
        assert said["beyond"] == pytest.approx(4, rel=0.01), name
        acts = question.policies[name].file.acts
        assert {act: acts[act].strength.median for act in said["strengths"]} == said["strengths"]
    assert question.policies["minimal"] == asked(world, ["money"]).policies["minimal"]
    mixed = told["policies"]["mix"]["strengths"]
    assert mixed["money"] / mixed["media"] == pytest.approx(4, rel=0.01)


def test_a_stated_budget_scales_up_too(world, closed) -> None:
    found = found_of(asked(world, ["amnesty", "money"], budget=7))
    # 0.5 + 0.6 (s - 0.5) = 0.7
    assert found["amnesty"]["strengths"]["amnesty"] == pytest.approx(0.5 + 0.2 / 0.6, rel=0.02)
    assert found["money"]["strengths"]["money"] == pytest.approx(7 / 40, rel=0.02)


def test_few_pilots_are_enough(world, closed) -> None:
    found_of(asked(world, ["amnesty", "money"], budget=7))
    assert max(closed.count("amnesty"), closed.count("money")) <= equal_effort.MOST_TRIED + 3


@pytest.mark.parametrize(
    ("policies", "budget", "told"),
    [
        (
            ["amnesty", "money"],
            30.0,
            "amnesty, which at full strength spends 8 effort-weeks beyond",
        ),
        (["amnesty", "money"], 30.0, "allowed: at most 8, which all reach: --budget"),
        (["amnesty", "harder"], None, "harder, which adds none"),
        (["amnesty", "one-death"], None, "one-death, which adds none"),
    ],
)
def test_effort_that_cannot_be_equalised_is_told(world, closed, policies, budget, told) -> None:
    with pytest.raises(Faults) as found:
        found_of(asked(world, policies, budget))
    assert told in str(found.value)


def test_policies_that_spend_less_than_the_reference_want_a_stated_budget(
    world, monkeypatch
) -> None:
    less = {"amnesty": -10.0}
    monkeypatch.setattr(
        equal_effort, "_efforts_beyond", lambda q, policies, *_: {p: less[p] for p in policies}
    )
    with pytest.raises(
        Faults, match=r"amnesty, which spends 10 effort-weeks less than minimal.*--budget"
    ):
        found_of(asked(world, ["amnesty"]))
    less["amnesty"] = 30.0  # whatever the scale: what it stops costs more
    with pytest.raises(Faults, match="at strength 0 spends 30 effort-weeks"):
        found_of(asked(world, ["amnesty"], 5.0))


def test_a_lever_without_a_price_is_told(world, closed) -> None:
    file = world.path.parent / "prices.toml"
    file.write_text('[prices.amnesty]\neffort = 1\nper = "act"\n', encoding="utf-8")
    try:
        with pytest.raises(
            Faults, match=r"prices.finance_interdiction is missing; needed: a price"
        ):
            found_of(asked(load(world.path), ["amnesty", "money"]))
    finally:
        file.unlink()


@pytest.mark.parametrize("budget", [0, -1.0, float("nan"), "much"])
def test_a_budget_is_a_number_above_zero(world, budget) -> None:
    with pytest.raises(Faults, match=r"budget: found .*; allowed: effort-weeks"):
        compare(world, ["amnesty"], budget=budget, out="never")
    assert not Path("never").exists()


@pytest.mark.slow
def test_in_real_runs_they_spend_alike_and_the_folder_keeps_how(
    world, tmp_path, monkeypatch
) -> None:
    how = {"replications": 4, "equal_effort": True, "until": "2002-03-03", "workers": 1}
    found = compare(world, ["amnesty", "money"], out=tmp_path / "kept", **how)
    apart = (
        found.differences().set_index(["outcome", "policy"]).loc["effort_of_own_acts", "difference"]
    )
    assert apart["money"] == pytest.approx(apart["amnesty"], rel=0.03)
    told = found.results.manifest["comparison"]["equal_effort"]
    assert told["budget"] == pytest.approx(apart["amnesty"], rel=0.03)
    monkeypatch.setattr(equal_effort, "_searched", None)  # it would fail
    again = compare(world, ["money", "amnesty"], out=tmp_path / "kept", **how)
    assert again.results.manifest["comparison"]["equal_effort"] == told
