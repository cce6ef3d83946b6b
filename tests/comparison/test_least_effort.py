"""The least effort for a goal: against a closed answer, and its mixes, goals and refusals."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.test_equal_effort import ADDED
from comparison.worlds import write_world
from ebbtide.comparison.least_effort.asking import must_be_free, sought
from ebbtide.comparison.least_effort.found import Found, PlanNumbers, TriedPlan, keep
from ebbtide.comparison.least_effort.goal import Goal
from ebbtide.comparison.least_effort.search import Search
from ebbtide.comparison.least_effort.sought import Plan, Sought
from ebbtide.comparison.robustness import share
from ebbtide.scenario import Faults, Scenario, load, load_policy
from ebbtide.scenario.policy_from import begun_on
from ebbtide.scenario.policy_mix import called, mixed
from ebbtide.study.store import Refused

GOAL = "fighters < 100 by 2002-09-01"
PRICE, POWER = {"money": 40.0, "amnesty": 10.0}, {"money": 1.0, "amnesty": 0.5}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    file = write_world(tmp_path_factory.mktemp("world"))
    for name, text in ADDED.items():
        path = file.parent / "minimal" / "policies" / f"{name}.toml"
        path.write_text(f'extends = "minimal.toml"\ntitle = "{name}"\n{text}', encoding="utf-8")
    return load(file)


def asked(world: Scenario, policies: list[str], goal: str = GOAL, **more: Any) -> Sought:
    how: dict[str, Any] = {
        "tries": 96, "replications": 40, "fresh": 200, "seed": 1, "named": "minimal", "overrides": {},
    }  # fmt: skip
    return sought(world, policies, goal, more.pop("probability", 0.8), **(how | more))


class Closed(Search):
    """A search of a world that is known: what a policy does grows with its size and with its weeks.

    A replication reaches the goal if that is more than its luck; the first `lucky` ones need nothing.
    """

    lucky = 0
    harm = 0.0

    def _lived(
        self, plans: Mapping[str, Plan], folder: Path, replications: int
    ) -> dict[str, PlanNumbers]:
        luck = np.random.default_rng(5).uniform(0.3, 0.6, replications)
        luck[: self.lucky] = -1.0
        found = {}
        for name, plan in {"minimal": ((0.0, 0),) * len(self.sought.choices), **plans}.items():
            push = effort = 0.0
            parts = zip(self.sought.choices, plan, self.sought.weeks, strict=True)
            for choice, (size, week), weeks in parts:
                left = 1 - week / (weeks + 1)
                push += POWER[choice.name] * size * np.sqrt(left)
                effort += PRICE[choice.name] * size * left
            most = dict.fromkeys(self.sought.ceilings, np.full(replications, self.harm * push))
            found[name] = PlanNumbers(luck < push, np.full(replications, effort), most)
        return found


def closed(of: Sought) -> Closed:
    return Closed(of, Path("nowhere"), None)  # type: ignore[arg-type]


def test_it_finds_the_least_effort_of_a_world_that_is_known(world) -> None:
    found = closed(asked(world, ["money"])).found()
    # of what pushes as hard, size * sqrt(left), the latest is the cheapest: at size 1
    luck = np.sort(np.random.default_rng(5).uniform(0.3, 0.6, 40))
    least = 40 * luck[31] ** 2  # four fifths of the search's replications
    assert least <= found.within[0].effort <= 1.2 * least
    assert found.answer is not None
    assert found.answer.probability.low < 0.8 <= found.answer.probability.value
    (size, week), *_ = found.answer.tried.plan
    assert size > 0.8
    assert week > 20


@pytest.mark.slow
def test_of_two_policies_it_may_leave_one_out(world) -> None:
    found = closed(asked(world, ["money", "amnesty"], probability=0.3)).found()
    # 0.39 is within reach of the cheaper alone: 10 * 0.39 / 0.5 and no more at full time, less later
    assert found.answer is not None
    assert found.answer.effort.value < 10
    assert found.answer.tried.plan[0][0] < 0.15


def test_what_only_the_searchs_luck_reached_is_not_the_answer(world) -> None:
    search = closed(asked(world, ["money"]))
    search.lucky = 30  # three quarters of the search's replications
    found = search.found()
    assert found.answer is None
    assert len(found.again) == 5
    assert all(each.probability.value < 0.8 <= each.tried.probability for each in found.again)
    assert all(each.replications == 200 for each in found.again)


@pytest.mark.slow
def test_ceilings_are_kept(world) -> None:
    of = asked(world, ["money"], at_most=["civilians_harmed_in_all=60"], probability=0.5)
    search = closed(of)
    search.harm = 100.0
    found = search.found()
    assert found.answer is not None
    assert found.answer.most["civilians_harmed_in_all"].value <= 60
    assert not found.table()["kept"].all()
    search = closed(of)
    search.harm = 1000.0
    with pytest.raises(Faults, match="nothing that was tried reaches: the most is 0%"):
        search.found()


def test_a_goal_out_of_reach_and_one_that_needs_nothing_are_told(world) -> None:
    search = closed(asked(world, ["amnesty"]))  # at its best 0.5, below a luck of 0.54
    with pytest.raises(
        Faults, match=r"which nothing that was tried reaches: the most is .*--tries"
    ):
        search.found()
    search = closed(asked(world, ["amnesty"]))
    search.lucky = 40
    with pytest.raises(Faults, match="what minimal reaches in 100% of replications by itself"):
        search.found()


def test_the_same_search_tries_the_same(world) -> None:
    of = asked(world, ["money", "amnesty"], tries=24)
    one, other = (closed(of).found().tried for _ in range(2))
    assert [each.plan for each in one] == [each.plan for each in other]


def test_the_frontier_is_what_none_beats_among_what_keeps_the_ceilings(world, tmp_path) -> None:
    of = asked(world, ["money"], at_most=["civilians_harmed_in_all=5"])
    harm = "civilians_harmed_in_all"
    tried = [
        TriedPlan(((0.2, 0),), 0.5, 1.0, {harm: 1}), TriedPlan(((0.4, 0),), 0.4, 2.0, {harm: 1}),
        TriedPlan(((0.6, 9),), 0.9, 3.0, {harm: 1}), TriedPlan(((0.8, 0),), 1.0, 2.5, {harm: 9}),
    ]  # fmt: skip
    found = Found(of, tried)
    table = found.table()
    assert table["money.size"].tolist() == [0.2, 0.4, 0.8, 0.6]
    assert table["frontier"].tolist() == [True, False, False, True]
    assert table["money.start"].tolist()[-1] == "2001-12-09"  # nine weeks after 7 October
    assert [each.effort for each in found.within] == [3.0]
    keep(found, tmp_path)
    assert json.loads((tmp_path / "answer.json").read_text())["answer"] is None


def test_a_share_has_wilsons_interval() -> None:
    found = share(np.array([True] * 8 + [False] * 2))
    # by hand: centre (0.8 + z2/20) / (1 + z2/10), z = 1.96
    assert (found.value, round(found.low, 3), round(found.high, 3)) == (0.8, 0.49, 0.943)


def test_two_policies_at_once_do_what_each_does(world) -> None:
    money, amnesty = (load_policy(name, world) for name in ("money", "amnesty"))
    later = begun_on(amnesty, dt.date(2002, 1, 6), world)
    both = called(mixed(money, later, world), "both", "Both")
    assert both.id == "both"
    assert both.title == "Both"
    assert both.file.acts["money"] == money.file.acts["money"]
    assert both.file.acts["amnesty"].start == dt.date(2002, 1, 6)
    assert {*both.file.acts} == {*money.file.acts, "amnesty"}
    harder = load_policy("harder", world)
    changed = mixed(money, harder, world)
    assert changed.file.acts["strikes"] == harder.file.acts["strikes"]
    weaker = harder.with_overrides({"acts.strikes.strength": 0.1})
    with pytest.raises(Faults, match=r"acts\.strikes in both harder and harder"):
        mixed(harder, weaker, world)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"goal": "few fighters"}, 'goal: found "few fighters"; allowed: "OUTCOME < NUMBER by DATE"'),
        ({"goal": "figthers < 5 by 2002-01-06"}, "did you mean fighters"),
        ({"goal": "fighters < 5 by 2022-01-06"}, "the scenario's end"),
        ({"goal": "fighters < 5 by soon"}, "goal: found"),
        ({"at_most": ["civilians_harmed_in_all"]}, "allowed: OUTCOME=NUMBER"),
        ({"at_most": ["civilian_harmed_in_all=3"]}, "did you mean civilians_harmed_in_all?"),
        ({"at_most": ["ended=1"]}, "a limit of what is better if it is less"),
        ({"policies": ["harder"]}, "harder, which adds none"),
        ({"policies": ["nothing"]}, "nothing, which adds none"),
        ({"policies": ["mony"]}, "did you mean money?"),
        ({"policies": ["money", "amnesty", "mix"]}, "policy: found 3 policies"),
        ({"policies": ["money", "money"]}, "policy: found money twice"),
        ({"policies": []}, "policy: found 0 policies"),
        (
            {"goal": "fighters < 5 by 2001-10-07"},
            "goal: found 2001-10-07; allowed: a date from 2001-10-14, a week after the policies may begin",
        ),
        ({"latest": dt.date(2003, 1, 5)}, "latest: found 2003-01-05; allowed: a date from 2001-10-07"),
        ({"latest": dt.date(2001, 9, 2)}, "latest: found 2001-09-02"),
    ],
)  # fmt: skip
def test_what_cannot_be_sought_is_told(world, more, told) -> None:
    policies = more.pop("policies", ["money"])
    with pytest.raises(Faults) as found:
        asked(world, policies, **more)
    assert told in str(found.value)


def test_goals_are_read(world) -> None:
    goal = Goal.read(" districts_held > 1,000.5 by 2002-01-06", 0.5, world)
    assert (goal.outcome, goal.under, goal.number) == ("districts_held", False, 1000.5)


def test_a_folder_of_something_else_is_refused(tmp_path) -> None:
    must_be_free(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Refused, match="something else than a search"):
        must_be_free(tmp_path)


def test_in_real_runs_the_goal_is_looked_at_in_its_week(world, tmp_path) -> None:
    from ebbtide.comparison.running import doing

    of = asked(
        world, ["amnesty@2001-11-04"], "fighters < 1 by 2001-12-02", replications=2, fresh=20
    )
    assert of.choices[0].earliest == dt.date(2001, 11, 4)
    search = Search(of, tmp_path / "kept", lambda question: doing(question, 1, None))
    lived = search._lived({"tried": ((1.0, 2),)}, tmp_path / "kept", 2)
    assert lived["minimal"].effort.tolist() == [0, 0]
    assert (lived["tried"].effort > 0).all()
    assert not lived["tried"].reached.any()
    easy = asked(world, ["amnesty"], "fighters < 1e9 by 2001-12-02".replace("1e9", "99999"))
    search = Search(easy, tmp_path / "easy", lambda question: doing(question, 1, None))
    assert search._lived({"tried": ((1.0, 0),)}, tmp_path / "easy", 2)["tried"].reached.all()
