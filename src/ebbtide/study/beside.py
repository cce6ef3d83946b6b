"""What publishers say beside the model's own numbers: of the same outcome, week and places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.evidence_rows import days_meant, stands_beside, stands_beside_in_places
from ebbtide.world.outcomes import OUTCOMES

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ebbtide.scenario import Scenario


def beside(
    scenario: Scenario,
    policy: str,
    group: str,
    weeks: pd.DataFrame,
    places: pd.DataFrame,
    manifest: Mapping[str, Any],
) -> dict[str, pd.DataFrame]:
    """Tables of what publishers say of a group under a policy, by kind, up to the runs' last week.

    To the columns of the file come `outcome`, `words` (the area, empty where it is all places),
    `either_way` (how many days to each side of its date are meant) and `model`: the model's own number in
    each run, of that area in that week, as an array; None where the runs keep no places of the week. Of
    several groups together only what adds up. `weeks` has a row a run and week of the group, `places` one
    a run, kept week, group and place. No table where publishers speak of another group, or of a world
    under another policy.
    """
    import pandas as pd

    if not scenario.published.of_focus or group != scenario.focus or policy != scenario.record:
        return {}
    runs = sorted(weeks["run"].unique())
    own = places if places.empty else places[places["group"] == group]
    kept = {pd.Timestamp(day) for day in manifest.get("weeks_of_parts", ())}
    last = weeks["date"].max()

    def model(row: Mapping[str, Any]) -> np.ndarray | None:
        area = scenario.published.places(row["area"])
        if not area:
            return _in_all(weeks, runs, row["week_end"], row["outcome"])
        if row["week_end"] not in kept:
            return None
        return _in_places(own, runs, row["week_end"], area, str(stands_beside_in_places(row)))

    tables = {}
    for kind, said in scenario.evidence_tables().items():
        if "first" in said:  # of a period, which no week stands beside
            continue
        ends = [scenario.dates[scenario.week_of(date.date())] for date in said["date"]]
        table = said.assign(
            outcome=pd.Series([stands_beside(row) for row in said.to_dict("records")], said.index),
            words=[scenario.published.words(area) for area in said["area"]],
            either_way=[days_meant(row) for row in said.to_dict("records")],
            week_end=pd.to_datetime(pd.Series(ends, index=said.index, dtype=object)),
        )
        table = table[table["outcome"].notna() & (table["week_end"] <= last)]
        if len(scenario.focus_groups) > 1:
            table = table[[OUTCOMES[outcome].adds_up for outcome in table["outcome"]]]
        found = [model(row) for row in table.to_dict("records")]
        tables[kind] = table.assign(model=pd.Series(found, index=table.index, dtype=object))
    return tables


def _in_all(
    weeks: pd.DataFrame, runs: list[int], week_end: pd.Timestamp, outcome: str
) -> np.ndarray | None:
    if outcome not in weeks:
        return None
    at = weeks[weeks["date"] == week_end].set_index("run")[outcome]
    found: np.ndarray = at.reindex(runs).to_numpy(float)
    return found


def _in_places(
    places: pd.DataFrame, runs: list[int], week_end: pd.Timestamp, area: list[str], outcome: str
) -> np.ndarray:
    """The sum over places of an area; a run without a row has nobody there."""
    rows = places[(places["date"] == week_end) & places["place"].isin(area)]
    found: np.ndarray = (
        rows.groupby("run")[outcome].sum().reindex(runs, fill_value=0).to_numpy(float)
    )
    return found
