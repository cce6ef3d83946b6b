"""What a check tells of a study's points: values that do not go together, and what moves nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import ebbtide as eb
from ebbtide.scenario import Faults
from ebbtide.study.at_points import MOST_TRIED, check_points, points_tried
from ebbtide.study.study import Study

HEAD = 'title = "One"\nscenario = "minimal"\npolicies = [{policies}]\nreplications = 1\n{more}\n'


def study(folder: Path, vary: dict[str, str], more: str = "", policies: str = '"minimal"') -> Study:
    path = folder / "one.toml"
    tables = "".join(f'[vary."{key}"]\n{said}\n' for key, said in vary.items())
    path.write_text(HEAD.format(policies=policies, more=more) + tables)
    return Study.read(path)


START, STOP = "policy.acts.offensive.start", "policy.acts.offensive.stop"


def test_values_that_do_not_go_together_are_told_with_their_point(tmp_path: Path) -> None:
    """Each is sound beside the other's usual value, and the run of both would fail."""
    vary = {START: "values = [2002-05-05, 2002-08-04]", STOP: "values = [2002-06-02, 2002-09-01]"}
    with pytest.raises(Faults) as found:
        check_points(study(tmp_path, vary))
    [fault] = found.value.faults
    assert fault.file.endswith("one.toml")
    assert fault.key == f"at {START} = 2002-08-04, {STOP} = 2002-06-02: acts.offensive.stop"
    vary[STOP] = "values = [2002-08-18, 2002-09-01]"
    assert check_points(study(tmp_path, vary)) == []


def test_what_moves_nothing_at_a_value_is_told_of_that_value(tmp_path: Path) -> None:
    vary = {
        "policy.acts.strikes.start": "values = [2001-03-04, 2001-10-07]",
        "groups.embers.pay": "values = [100, 300]",
    }
    assert check_points(study(tmp_path, vary)) == [
        "at policy.acts.strikes.start = 2001-03-04: acts.strikes moves nothing from 2001-03-04 until "
        "2001-06-03, when embers is founded"
    ]


def test_a_value_that_leaves_an_act_of_the_policy_without_means_is_told(tmp_path: Path) -> None:
    """Of the point, though the act itself is not varied: a garrison without capacity strikes nobody."""
    told = check_points(study(tmp_path, {"forces.garrison.capacity": "values = [0, 40]"}))
    assert len(told) == 2
    for line, act in zip(told, ("strikes", "offensive"), strict=True):
        assert line.startswith("at forces.garrison.capacity = 0: ")
        assert f"acts.{act}.force" in line


def test_a_strength_that_is_varied_to_nothing_is_meant(tmp_path: Path) -> None:
    assert (
        check_points(study(tmp_path, {"policy.acts.strikes.strength": "values = [0, 0.5]"})) == []
    )


def test_what_begins_after_the_runs_end_is_told(tmp_path: Path) -> None:
    vary = {"policy.acts.strikes.start": "values = [2001-07-01, 2001-12-30, 2002-01-06]"}
    more = "until = 2001-12-25"  # in the week to 30 December
    assert check_points(study(tmp_path, vary, more)) == [
        "at policy.acts.strikes.start = 2002-01-06: acts.strikes begins on 2002-01-06, after until "
        "2001-12-25: it moves nothing",
        "dated after until 2001-12-25, and felt in no run: acts.offensive",
    ]


@pytest.mark.parametrize("key", ["strength", "leaders"])
def test_what_is_varied_and_never_felt_is_told(tmp_path: Path, key: str) -> None:
    vary = {f"policy.acts.strikes.{key}": "values = [0.1, 0.5]"}
    more = "until = 2001-03-04"
    first, _ = check_points(study(tmp_path, vary, more))
    assert first.startswith(
        f'vary."policy.acts.strikes.{key}" is felt in no run: acts.strikes begins'
    )
    vary["policy.acts.strikes.start"] = "values = [2001-02-04, 2001-10-07]"
    assert not any(
        "is felt in no run:" in line for line in check_points(study(tmp_path, vary, more))
    )


def test_a_varied_value_of_what_is_idle_at_every_point_is_told(tmp_path: Path) -> None:
    told = check_points(study(tmp_path, {"rules.pledges.on": "values = [true, false]"}))
    assert told == ["at every point: rules.pledges.on moves nothing: no event is a pledge"]


def test_of_several_policies_it_says_under_which(tmp_path: Path) -> None:
    told = check_points(study(tmp_path, {}, "until = 2001-12-25", '"minimal", "nothing"'))
    assert told == [
        "dated after until 2001-12-25 under minimal, and felt in no run: acts.offensive"
    ]


def test_of_many_points_some_are_tried_with_the_ends_of_every_value() -> None:
    points = [{"a": a, "b": b, "c": b % 3 == 0} for a in range(300) for b in range(300)]
    tried = points_tried(points)
    assert len(tried) <= MOST_TRIED
    for path, ends in {"a": (0, 299), "b": (0, 299), "c": (False, True)}.items():
        assert {*ends} <= {point[path] for point in tried}
    assert points_tried(points[:MOST_TRIED]) == points[:MOST_TRIED]


def test_a_run_in_python_and_its_check_tell_what_begins_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    later = {"policy.acts.strikes.start": dt.date(2001, 11, 4)}
    with pytest.warns(eb.MovesNothing, match="begins on 2001-11-04, after until 2001-07-01"):
        eb.run("minimal", replications=1, workers=1, until="2001-07-01", **later)
