"""Values handed over in Python are what they hold, where a scenario has a place for that."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from ebbtide.scenario import Faults, Scenario


@pytest.mark.parametrize("four", [4.0, np.float64(4.0), np.array([4.0]), "4.0", "4", np.int8(4)])
def test_a_whole_number_may_be_any_number_that_is_whole(four: object, minimal: Scenario) -> None:
    """Samplers give floats alone; what they gave is text in a manifest."""
    changed = minimal.with_overrides({"groups.embers.posts": four})
    assert changed.file.groups["embers"].posts == 4
    assert type(changed.file.groups["embers"].posts) is int


@pytest.mark.parametrize("given", [4.5, "4.5", True, float("nan")])
def test_what_is_no_whole_number_is_refused(given: object, minimal: Scenario) -> None:
    with pytest.raises(Faults, match=r"groups\.embers\.posts: found .*; allowed: a whole number"):
        minimal.with_overrides({"groups.embers.posts": given})


@pytest.mark.parametrize(
    "listed", [np.array, pd.Series, pd.Index, lambda names: np.array(names, object), tuple]
)
@pytest.mark.parametrize("places", [["highland"], ["highland", "lowland"]])
def test_an_array_is_a_list_where_one_is_wanted(
    listed: Callable[[list[str]], object], places: list[str], minimal: Scenario
) -> None:
    changed = minimal.with_overrides({"forces.garrison.places": listed(places)})
    assert changed.file.forces["garrison"].places == tuple(places)


@pytest.mark.parametrize(
    "month", [np.datetime64("2001-03"), np.datetime64("2001"), np.array("2001-03", "M8")]
)
def test_a_month_is_no_day(month: object, minimal: Scenario) -> None:
    with pytest.raises(Faults, match=r"start: found .*datetime64.*; allowed: a date"):
        minimal.with_overrides({"start": month})
    with pytest.raises(Faults, match="allowed: a date"):
        minimal.week_of(month)
