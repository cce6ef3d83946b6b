"""A number that nobody knows, as the scenario's observation has it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from ebbtide.claims.kind import Known
from ebbtide.claims.observed import Unknown
from ebbtide.scenario import Scenario


@pytest.mark.parametrize("of", ["over_claim", "losses_told"])
def test_it_is_drawn_within_the_range_of_the_observation(minimal: Scenario, of: str) -> None:
    within = getattr(minimal.file.observation, of)
    ends = []
    for drawn in (0.0, 0.5, 1.0):
        draws = SimpleNamespace(random=lambda drawn=drawn: drawn)
        run = SimpleNamespace(lived=SimpleNamespace(scenario=minimal, random=lambda _, d=draws: d))
        ends.append(Unknown(kind="unknown", name="x", of=of).value(run))  # type: ignore[arg-type]
    assert ends == pytest.approx([within.low, np.sqrt(within.low * within.high), within.high])


@pytest.mark.parametrize(
    ("stated", "allowed"),
    [
        ({"of": "over_clam"}, "a range of [observation]"),
        ({"of": "count_error"}, "a range of [observation]"),
        ({"of": "over_claim", "low": 1}, "`low` and `high`, or `of`"),
        ({"low": 1}, "`low` and `high`, or `of`"),
        ({}, "`low` and `high`, or `of`"),
    ],
)
def test_what_names_no_range_is_told(minimal: Scenario, stated: dict, allowed: str) -> None:
    told: list[str] = []
    known = Known({}, minimal, lambda keys, found, allowed, near: told.append(allowed))
    Unknown(kind="unknown", name="x", **stated).check(known, ("measure", "x"))
    assert any(allowed in each for each in told)
