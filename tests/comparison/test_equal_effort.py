"""Policies at equal effort: the scale of what each adds, against a closed answer and in real runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from comparison.worlds import write_world
from ebbtide.comparison import equal_effort
from ebbtide.comparison.effort_of import EffortOf
from ebbtide.comparison.factors import MOST_TRIED
from ebbtide.comparison.question import ComparisonAsked
from ebbtide.comparison.report.spent import spent
from ebbtide.comparison.running import compare, posed
from ebbtide.comparison.told import at_equal_effort
from ebbtide.comparison.told import told as told_of
from ebbtide.scenario import Faults, Policy, Scenario, load

ADDED = {
    "amnesty": '[acts.amnesty]\nkind = "amnesty"\nagainst = ["embers"]\nstart = 2001-10-07\n'
    "strength = 0.4\n",
    "money": '[acts.money]\nkind = "finance_interdiction"\nagainst = ["embers"]\nstart = 2001-10-07\n'
    "strength = 0.8\n",
    "drawn": '[acts.money]\nkind = "finance_interdiction"\nagainst = ["embers"]\nstart = 2001-10-07\n'
    'strength = { prior = "uniform", low = 0.6, high = 1, source = "invented" }\n',
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


def asked(world: Scenario, policies: list[str], budget: float | None = None, **more):
    wanted = ComparisonAsked(replications=20, equal_effort=True, budget=budget, **more)
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


@pytest.fixture
def spares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all effort money saves at any size, and amnesties cost what they do of their own."""

    def efforts(question, policies: Mapping[str, Policy], pilots, doing) -> dict[str, float]:
        spared = -3 if equal_effort.counted_of(question) is EffortOf.ALL else 1
        worth = {"amnesty": 10.0, "money": 40.0 * spared, "media": 5.0}
        return {
            name: sum(
                worth.get(act, 0) * said.strength.median for act, said in policy.file.acts.items()
            )
            for name, policy in policies.items()
        }

    monkeypatch.setattr(equal_effort, "_efforts_beyond", efforts)


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


def test_a_policy_that_saves_effort_at_any_size_is_left_as_stated_and_told(world, spares) -> None:
    question = asked(world, ["amnesty", "drawn"], budget=7.0, effort_of=EffortOf.ALL)
    equal = equal_effort.equalised(question, None, lambda _: None)
    told = equal.equalised
    assert told["effort_of"] == "all"
    assert told["policies"]["amnesty"]["left"] is None
    assert told["policies"]["amnesty"]["strengths"] == {"amnesty": pytest.approx(0.7, rel=0.01)}
    assert equal.policies["drawn"] == question.policies["drawn"]
    left = told["policies"]["drawn"]
    assert (left["factor"], left["beyond"]) == (1.0, pytest.approx(-96))
    assert left["left"] == {"short": True, "beyond": pytest.approx(-120)}
    assert "it saves effort at every size that was tried, 96 as stated and 120 at" in (
        at_equal_effort(told, 20)
    )


def test_of_all_effort_the_budget_is_the_least_that_a_policy_costs(world, spares) -> None:
    question = asked(world, ["amnesty", "money"], effort_of=EffortOf.ALL)
    told = equal_effort.equalised(question, None, lambda _: None).equalised
    assert told["budget"] == 4  # amnesties', at 0.4 of 10, and not what money saves
    own = equal_effort.equalised(asked(world, ["amnesty", "money"]), None, lambda _: None)
    assert own.equalised["effort_of"] == "own"
    assert own.equalised["asked"] != told["asked"]
    assert own.equalised["policies"]["money"]["left"] is None


def test_where_every_policy_saves_effort_nothing_can_be_equal(world, spares) -> None:
    with pytest.raises(Faults, match=r"money, which spends 96 effort-weeks less .*--budget"):
        found_of(asked(world, ["money"], effort_of=EffortOf.ALL))
    with pytest.raises(Faults, match=r"money, which at full strength spends -120 effort-weeks"):
        found_of(asked(world, ["money"], 5.0, effort_of=EffortOf.ALL))


def test_an_account_of_effort_asks_for_equal_effort_by_itself(world) -> None:
    question = posed(world, ["amnesty"], ComparisonAsked(replications=2, effort_of=EffortOf.ALL))
    assert question.equal_effort
    words = question.command().split()
    assert "--effort-of=all" in words
    assert "--equal-effort" not in words
    with pytest.raises(Faults, match=r"effort_of: found .?everything.?; allowed: own, all"):
        compare(world, ["amnesty"], effort_of="everything", out="never")
    assert not Path("never").exists()


def test_a_stated_budget_scales_up_too(world, closed) -> None:
    found = found_of(asked(world, ["amnesty", "money"], budget=7))
    # 0.5 + 0.6 (s - 0.5) = 0.7
    assert found["amnesty"]["strengths"]["amnesty"] == pytest.approx(0.5 + 0.2 / 0.6, rel=0.02)
    assert found["money"]["strengths"]["money"] == pytest.approx(7 / 40, rel=0.02)


def test_few_pilots_are_enough(world, closed) -> None:
    found_of(asked(world, ["amnesty", "money"], budget=7))
    assert max(closed.count("amnesty"), closed.count("money")) <= MOST_TRIED + 5


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


def test_prices_that_few_pilots_do_not_tell_are_corrected_in_all(world, monkeypatch) -> None:
    """Money costs twice as much in all replications as in the first, and media cost beyond proportion."""
    tries: list[tuple[int, str]] = []

    def efforts(question, policies: Mapping[str, Policy], pilots, doing) -> dict[str, float]:
        found = {}
        for name, policy in policies.items():
            tries.append((pilots, name))
            strengths = {act: said.strength.median for act, said in policy.file.acts.items()}
            dear = 1 if pilots == equal_effort.FIRST_PILOTS else 2.1
            money, amnesty = strengths.get("money", 0), strengths.get("amnesty", 0)
            found[name] = dear * (40 * money + 10 * money**2) + 10 * amnesty
        return found

    monkeypatch.setattr(equal_effort, "_efforts_beyond", efforts)
    question = asked(world, ["amnesty", "money"], budget=3.0)
    assert question.replications > equal_effort.FIRST_PILOTS
    told = equal_effort.equalised(question, None, lambda _: None).equalised
    assert told["pilots"] == question.replications
    for name, said in told["policies"].items():
        assert said["beyond"] == pytest.approx(3, rel=0.01), name
    strength = told["policies"]["money"]["strengths"]["money"]
    assert 2.1 * (40 * strength + 10 * strength**2) == pytest.approx(3, rel=0.01)
    in_all = [name for pilots, name in tries if pilots == question.replications]
    assert (in_all.count("money"), in_all.count("amnesty")) == (2, 1)


def test_what_few_pilots_say_cannot_be_reached_is_asked_of_all(world, monkeypatch) -> None:
    def efforts(question, policies: Mapping[str, Policy], pilots, doing) -> dict[str, float]:
        dear = 0.5 if pilots == equal_effort.FIRST_PILOTS else 1.0
        return {
            name: dear * 10 * policy.file.acts["amnesty"].strength.median
            for name, policy in policies.items()
        }

    monkeypatch.setattr(equal_effort, "_efforts_beyond", efforts)
    found = found_of(asked(world, ["amnesty"], budget=8.0))
    assert found["amnesty"]["strengths"]["amnesty"] == pytest.approx(0.8, rel=0.01)


def test_of_few_replications_all_are_pilots_of_the_search(world, monkeypatch) -> None:
    seen = set()

    def efforts(question, policies, pilots, doing) -> dict[str, float]:
        seen.add(pilots)
        return dict.fromkeys(policies, 1.0)

    monkeypatch.setattr(equal_effort, "_efforts_beyond", efforts)
    wanted = ComparisonAsked(replications=3, equal_effort=True)
    equal_effort.equalised(posed(world, ["amnesty"], wanted), None, lambda _: None)
    assert seen == {3}


def test_a_folder_of_another_search_is_searched_again(world, closed, tmp_path) -> None:
    question = equal_effort.equalised(asked(world, ["amnesty"]), None, lambda _: None)
    kept = {"comparison": {"equal_effort": dict(question.equalised)}}
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    for asked_by, again in ((question.equalised["asked"], False), ("of eight pilots", True)):
        kept["comparison"]["equal_effort"]["asked"] = asked_by
        closed.clear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(equal_effort, "read_manifest", lambda _: kept)
            equal_effort.equalised(asked(world, ["amnesty"]), tmp_path, lambda _: None)
        assert bool(closed) is again


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


def test_kept_factors_hang_on_the_code_that_prices(world, monkeypatch) -> None:
    question = asked(world, ["amnesty"])
    before = equal_effort._digest(question)
    monkeypatch.setattr(equal_effort, "digest_beyond", lambda *files: "priced otherwise")
    assert equal_effort._digest(question) != before


@pytest.mark.slow
def test_a_price_that_changed_is_told_where_factors_and_runs_stay(world, tmp_path) -> None:
    """Of one policy the factor is always 1: the folder's runs stay, and what they cost is told anew."""
    how = {"replications": 6, "equal_effort": True, "until": "2002-03-03", "workers": 1}
    file, told = world.path.parent / "prices.toml", []
    try:
        for effort in (1, 3):
            file.write_text(f'[prices.amnesty]\neffort = {effort}\nper = "act"\n', encoding="utf-8")
            found = compare(load(world.path), ["amnesty"], out=tmp_path / "kept", **how)
            told.append(found.results.manifest["comparison"]["equal_effort"]["budget"])
    finally:
        file.unlink()
    assert told[1] == pytest.approx(3 * told[0])


@pytest.mark.parametrize("budget", [0, -1.0, float("nan"), "much"])
def test_a_budget_is_a_number_above_zero(world, budget) -> None:
    with pytest.raises(Faults, match=r"budget: found .*; allowed: effort-weeks"):
        compare(world, ["amnesty"], budget=budget, out="never")
    assert not Path("never").exists()


@pytest.mark.slow
def test_in_real_runs_they_spend_alike_and_the_folder_keeps_how(
    world, tmp_path, monkeypatch
) -> None:
    how = {
        "replications": equal_effort.FIRST_PILOTS + 4,
        "equal_effort": True,
        "until": "2002-03-03",
        "workers": 1,
    }
    found = compare(world, ["amnesty", "money"], out=tmp_path / "kept", **how)
    apart = (
        found.differences().set_index(["outcome", "policy"]).loc["effort_of_own_acts", "difference"]
    )
    assert apart["money"] == pytest.approx(apart["amnesty"], rel=0.03)
    told = found.results.manifest["comparison"]["equal_effort"]
    assert told["budget"] == pytest.approx(apart["amnesty"], rel=0.02)
    assert told["pilots"] == equal_effort.FIRST_PILOTS + 4
    said, other, _ = spent(found)  # no warning
    assert said.startswith("Of own acts, in effort-weeks beyond “minimal”: “amnesty” ")
    assert "of all that forces spend and levers cost" in other
    every = found.differences().set_index(["outcome", "policy"]).loc["effort_priced", "difference"]
    efforts = found.tables()["efforts"].set_index(["effort_of", "policy"])["beyond"]
    for policy in ("amnesty", "money"):
        assert efforts["own", policy] == pytest.approx(apart[policy])
        assert efforts["all", policy] == pytest.approx(every[policy])
    page = found.report().read_text(encoding="utf-8")
    assert said in page
    assert other in page
    assert said in told_of(found)["notes"]
    monkeypatch.setattr(equal_effort, "_searched", None)  # it would fail
    again = compare(world, ["money", "amnesty"], out=tmp_path / "kept", **how)
    assert again.results.manifest["comparison"]["equal_effort"] == told


@pytest.mark.slow
def test_in_real_runs_all_that_is_spent_can_be_made_equal(world, tmp_path) -> None:
    how = {"replications": 6, "until": "2002-03-03", "workers": 1, "budget": 0.3}
    found = compare(world, ["amnesty", "money"], effort_of="all", out=tmp_path / "kept", **how)
    efforts = found.efforts().set_index(["effort_of", "policy"])
    told = found.results.manifest["comparison"]["equal_effort"]
    assert told["effort_of"] == "all"
    assert not any(each["left"] for each in told["policies"].values())
    for policy in ("amnesty", "money"):
        assert efforts.loc[("all", policy), "beyond"] == pytest.approx(0.3, rel=0.03)
