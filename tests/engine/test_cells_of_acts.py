"""Which cells of its lever an act of policy moves: those of all that it names, or means by naming none."""

from __future__ import annotations

import pytest

from ebbtide.scenario import Scenario, load
from ebbtide.scenario.cells import cells_of, named
from ebbtide.scenario.deployments import operates_in
from ebbtide.scenario.schema.policy import Act


@pytest.fixture(scope="module")
def lake() -> Scenario:
    return load("lake")


def act(kind: str, **said: object) -> Act:
    return Act.model_validate(
        {"kind": kind, "start": "2001-03-04", "strength": 1, **said}, strict=False
    )


def test_who_names_nobody_means_all(lake: Scenario) -> None:
    file, (group, *_) = lake.file, lake.file.groups
    attention = cells_of(act("attention", against=(group,)), file)
    assert attention == [(force, group) for force in file.forces]
    closed = cells_of(act("border_control"), file)
    assert closed == [(place,) for place in file.places]


def test_a_force_is_sent_no_farther_than_it_operates(lake: Scenario) -> None:
    file, (group, *_) = lake.file, lake.file.groups
    for force in file.forces:
        struck = cells_of(act("strikes", force=force, against=(group,)), file)
        assert {place for _, _, place in struck} == operates_in(file, force)
        assert {cell[:2] for cell in struck} == {(force, group)}


def test_a_truce_holds_for_either_side(lake: Scenario) -> None:
    one, other, *_ = lake.file.groups
    assert cells_of(act("truce", against=(one,), rival=other), lake.file) == [
        (one, other),
        (other, one),
    ]


def test_a_post_is_one_of_its_group(lake: Scenario) -> None:
    group, *_ = lake.file.groups
    assert cells_of(act("leader_killed", against=(group,), post=2), lake.file) == [((group, 2),)]


def test_what_no_act_can_name_is_refused(lake: Scenario) -> None:
    with pytest.raises(TypeError, match="truce is held by faction, which no act can name"):
        named(act("truce", against=("a",), rival="b"), lake.file, "faction")
