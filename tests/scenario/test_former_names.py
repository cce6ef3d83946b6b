"""Whoever brings an older file is told what a key, a column or a kind of act is called now."""

from __future__ import annotations

from typing import Any

import pytest

from ebbtide.scenario import Faults, load
from ebbtide.scenario.faults import nearest
from ebbtide.scenario.former_names import FORMERLY, renamed
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.schema.places import Place
from ebbtide.world.outcomes import OUTCOMES

NOW = {*Place.model_fields, *LEVERS, *OUTCOMES}


@pytest.mark.parametrize(("old", "new"), FORMERLY.items())
def test_a_former_name_is_no_name_any_more_and_leads_to_one_that_is(old: str, new: str) -> None:
    assert old not in NOW
    assert new in NOW
    assert nearest(old, NOW) == new
    assert nearest(f"places.highland.{old}", [f"places.highland.{new}"]) == f"places.highland.{new}"


def test_a_name_that_never_was_leads_nowhere() -> None:
    assert renamed("tribes", NOW) is None
    assert renamed("tribal", {"cover"}) is None


def test_an_old_key_of_a_place_is_told_what_it_is_called_now(project: Any) -> None:
    scenario = load(project.write_all())
    with pytest.raises(Faults, match=r"did you mean places\.upper\.local_institutions\?"):
        scenario.with_overrides({"places.upper.tribal": 0.5})
    project.scenario["places"]["upper"]["tribal"] = 0.5
    with pytest.raises(Faults, match=r"upper\.tribal: .*; did you mean local_institutions\?"):
        load(project.write_all())


def test_an_old_kind_of_act_is_told_what_it_is_called_now(project: Any) -> None:
    project.policy["acts"]["watch"]["kind"] = "tribal_engagement"
    with pytest.raises(Faults, match="did you mean community_engagement"):
        load(project.write_all())
