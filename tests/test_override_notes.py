"""Values set in Python that move nothing are warned of, in the words of `ebbtide check`."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

import ebbtide as eb

OFF = {"rules.rivalry.on": False}
RATE = "rules.rivalry.deadliness"
CASES = [
    ({"policy.acts.strikes.strength": 0}, "acts.strikes has strength 0: it moves nothing"),
    (
        {"rules.predation.on": False, "groups.league.loot": 2},
        "nothing comes of groups.league.loot: rules.predation is off",
    ),
    (OFF | {RATE: 0.001}, f"{RATE} moves nothing: rules.rivalry is off"),
]


@pytest.mark.parametrize(("overrides", "words"), CASES)
def test_a_model_and_runs_warn_of_what_moves_nothing(
    overrides: dict[str, object], words: str, tmp_path: Path
) -> None:
    with pytest.warns(eb.MovesNothing) as told:
        eb.Insurgency("minimal", **overrides)
    assert [str(each.message) for each in told] == [words]
    assert told[0].filename == __file__
    with pytest.warns(eb.MovesNothing) as told:
        eb.run("minimal", replications=2, workers=1, until="2001-12-30", out=tmp_path / "r",
               **overrides)  # fmt: skip
    assert [str(each.message) for each in told] == [words]  # once, not a run


def test_an_act_that_nobody_can_feel_any_more_is_told_as_check_tells_it(minimal) -> None:
    """In a file it would be a fault; beside the files it may be, and is told."""
    days = {"policy.acts.strikes.start": "2001-10-09", "policy.acts.strikes.stop": "2001-10-10"}
    with pytest.warns(eb.MovesNothing, match=r"acts\.strikes"):
        eb.Insurgency(minimal, **days)


@pytest.mark.parametrize(
    "overrides",
    [
        {"groups.league.pay": 130},
        {"policy.acts.strikes.strength": 0.1},
        OFF,
        {},
        {"groups.league.centre_money": 0, "groups.league.pay": 130},
    ],
)
def test_what_moves_something_is_not_told(overrides: dict[str, object]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        eb.Insurgency("minimal", **overrides)
