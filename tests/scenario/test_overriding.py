"""Values set beside a file: text that is a date is one, in tables too, and text stays text."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from ebbtide.scenario import Scenario
from ebbtide.scenario.overriding import value_at
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import PolicyFile

DAY = dt.date(2001, 3, 4)


@pytest.mark.parametrize("written", [DAY, "2001-03-04", np.datetime64("2001-03-04")])
def test_a_policys_date_may_be_text(written: object, minimal: Scenario) -> None:
    assert minimal.policy.with_overrides({"acts.strikes.start": written}).file.acts[
        "strikes"
    ].start == DAY  # fmt: skip


def test_a_table_may_have_dates_as_text(minimal: Scenario) -> None:
    act = {"kind": "strikes", "force": "garrison", "against": ["league"], "start": "2001-03-04",
           "stop": "2002-03-03", "strength": np.float32(0.5)}  # fmt: skip
    changed = minimal.policy.with_overrides({"acts.strikes": act}).file.acts["strikes"]
    assert (changed.start, changed.stop) == (DAY, dt.date(2002, 3, 3))
    event = {"kind": "foreign_entry", "date": "2001-03-04"}
    assert value_at(ScenarioFile, ("events", "any"), event) == event | {"date": DAY}


def test_text_stays_text_where_that_is_wanted() -> None:
    assert value_at(ScenarioFile, ("groups", "a", "name"), "2001-03-04") == "2001-03-04"
    assert value_at(PolicyFile, ("acts", "a", "strength"), "0.5") == 0.5
    assert value_at(PolicyFile, ("acts", "a", "force"), "army") == "army"
