"""Of whom tables, numbers of runs and figures are: of one group, or of several together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ebbtide.world.codes import End, Kind
from ebbtide.world.outcomes import OUTCOMES, PLACE_OUTCOMES
from ebbtide.world.recorded import Outcome
from ebbtide.world.tables import KEYS

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.extensions import Extensions
    from ebbtide.model import Insurgency
    from ebbtide.scenario import Scenario
    from ebbtide.study.results import Results

WITHIN = "switched_within_focus"  # men who came to a group from another of the focus, in its series
SWITCHED = (
    f"entries_{Kind.SWITCHED.called}",
    f"exits_{End.SWITCHED.called}",
)  # which these are neither of the sum


@dataclass(frozen=True)
class Focus:
    """One group or several: by `id` rows of tables go, `name` is what people read.

    `own` are weekly outcomes of the user's own.
    """

    id: str
    name: str
    groups: tuple[str, ...]
    own: Mapping[str, Outcome] = field(default_factory=dict)

    @classmethod
    def of(cls, scenario: Scenario, extensions: Extensions | None = None) -> Focus:
        """That of a scenario."""
        own = extensions.told_outcomes if extensions is not None else {}
        return cls(scenario.focus, scenario.focus_name, scenario.focus_groups, own)

    @classmethod
    def kept(cls, manifest: Mapping[str, Any]) -> Focus:
        """That of a results folder, by its manifest."""
        scenario = manifest["scenario"]
        groups = tuple(scenario.get("focus_groups", [scenario["focus"]]))
        name = scenario.get("focus_name") or scenario["groups"][groups[0]]
        return cls(scenario["focus"], name, groups, outcomes_of_own(manifest))

    @property
    def several(self) -> bool:
        """Whether its numbers are sums."""
        return len(self.groups) > 1

    def weekly(self, results: Results, outcomes: list[str]) -> pd.DataFrame:
        """Its rows of weekly outcomes that a results folder keeps."""
        if not self.several:
            return results.series(outcomes, group=self.id)
        return self.rows(results.series(self.needed(outcomes, results.outcomes())))

    def needed(self, outcomes: Sequence[str], kept: Collection[str]) -> list[str]:
        """The columns of kept series of which the sum of these outcomes is made."""
        within = self.several and WITHIN in kept and WITHIN not in outcomes
        return [*outcomes, *([WITHIN] if within and {*outcomes} & {*SWITCHED} else [])]

    def with_moves_within(self, series: pd.DataFrame, model: Insurgency) -> pd.DataFrame:
        """The series of a run, of several groups with how many men each had from another of them."""
        if not self.several:
            return series
        import numpy as np

        inside = np.isin(model.group_names, self.groups)
        came = model.state.defections[: model.week + 1][:, :, inside].sum(axis=2) * inside
        return series.assign(**{WITHIN: came.reshape(-1).astype(float)})

    def rows(self, table: pd.DataFrame, *, places: bool = False) -> pd.DataFrame:
        """Its rows of weekly series, or of outcomes by place; of several groups their sum.

        What does not add up, such as morale, is NaN in a sum. Who goes from one of the groups to another
        neither joins nor leaves them together, where the series say how many do.
        """
        if table.empty:
            return table
        own = table[table["group"].isin(self.groups)]
        if not self.several:
            return own
        keys = [key for key in own.columns if key in KEYS and key != "group"]
        outcomes = [name for name in own.columns if name not in KEYS]
        known = PLACE_OUTCOMES if places else OUTCOMES | dict(self.own)
        summed = own.groupby(keys, sort=False, as_index=False)[outcomes].sum()
        alone = [name for name in outcomes if name in known and not known[name].adds_up]
        summed[alone] = float("nan")
        if WITHIN in summed:
            summed[[*{*SWITCHED} & {*outcomes}]] -= summed[[WITHIN]].to_numpy()
        return summed.assign(group=self.id)[list(own.columns)]


def outcomes_of_own(manifest: Mapping[str, Any]) -> dict[str, Outcome]:
    """Weekly outcomes of the user's own in a results folder."""
    own = manifest.get("extensions", {}).get("outcomes", {})
    return {
        name: Outcome(each["unit"], each["meaning"], added=each.get("adds_up"))
        for name, each in own.items()
    }
