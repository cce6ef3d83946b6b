"""What Mesa's data collector takes of a model in a week: how strong each group is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from ebbtide.model import Insurgency


class StrengthCollector(mesa.DataCollector):
    """Mesa's data collector with a reporter a group, `fighters_NAME`; others can be added to it.

    What was not reported in a week is None: of weeks before a reporter was added, after it was
    taken out. As long as nobody adds any it takes all strengths at once: Mesa copies what each reports by
    itself, which would be a fortieth of a run.
    """

    def __init__(self, names: Iterable[str]) -> None:
        reporters = {
            f"fighters_{name}": partial(_strength, row=row) for row, name in enumerate(names)
        }
        super().__init__(model_reporters=reporters)  # type: ignore[no-untyped-call]
        self._strengths = [*reporters]

    def collect(self, model: Any) -> None:
        """Collect what the model reports this week."""
        of_agents = self.agent_reporters or self.agenttype_reporters
        if of_agents or [*self.model_reporters] != self._strengths:
            self._fill(len(self._collection_steps))
            super().collect(model)  # type: ignore[no-untyped-call]
            self._fill(len(self._collection_steps))
            return
        self._collection_steps.append(model.time)
        strengths = model.state.series.fighters[model.week].astype(int).tolist()
        for name, men in zip(self._strengths, strengths, strict=True):
            self.model_vars[name].append(men)

    def _fill(self, weeks: int) -> None:
        """Have something stand in every week of every reporter."""
        for name in self.model_reporters:
            self.model_vars.setdefault(name, [])
        for reported in self.model_vars.values():
            reported += [None] * (weeks - len(reported))


def _strength(model: Insurgency, row: int) -> int:
    return int(model.state.series.fighters[model.week, row])
