"""What a check tells of shares of a founding that are of nobody, or told twice."""

import pytest

from ebbtide.scenario import check


def notes(project, **says):
    project.scenario["events"]["birth"] |= says
    return [line.strip() for line in check(project.write_all()) if "events.birth" in line]


@pytest.mark.parametrize(
    ("share", "posts", "told"),
    [(0.01, 3, True), (0, 3, False), (0.9, 3, False), (0.5, 3, True), (0.5, 4, False),
     ({"prior": "uniform", "low": 0.01, "high": 0.9}, 3, False)],
)  # fmt: skip
def test_a_share_of_leaders_that_counts_to_none_is_told(project, share, posts, told):
    project.scenario["groups"]["old"]["posts"] = posts  # a quarter of them in the faction
    found = notes(project, leaders={"old.wild": share})
    assert [line.startswith("events.birth.leaders.old.wild: ") for line in found] == [True] * told


def test_shares_of_a_group_are_of_all_its_leaders(project):
    assert notes(project, leaders={"old": 0.2}, seed={"old": 0.2}) == []
    (line,) = notes(project, leaders={"old": 0.1}, seed={"old": 0.2})
    assert "under 0.5, so that none goes" in line


@pytest.mark.parametrize("key", ["seed", "leaders"])
@pytest.mark.parametrize("last", ["old", "old.wild"])
def test_a_faction_and_its_group_are_told_with_which_holds(project, key, last):
    shares = {"old.wild": 1.0, "old": 0.5}
    shares = {name: shares[name] for name in sorted(shares, key=lambda name: name == last)}
    found = notes(project, **{"seed": shares} | {key: shares})
    told = [line for line in found if f"birth.{key}" in line]
    assert all(f"for the men of old.wild that of {last} holds" in line for line in told)
    assert len(told) == 1


def test_a_source_of_which_nobody_crosses_is_told(project):
    assert notes(project, seed={"old.wild": 0.5}) == []
    (line,) = notes(project, seed={"old.wild": 0.5, "old.loyal": 0})
    assert line == "events.birth.seed.old.loyal: nobody of it crosses over"
