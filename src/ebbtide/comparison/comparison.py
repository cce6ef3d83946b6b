"""A comparison of policies: what its runs say, as tables and figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.comparison import paired
from ebbtide.comparison.lived import LivedRuns, values_of
from ebbtide.comparison.outcomes import ComparedOutcome, chosen_outcomes
from ebbtide.scenario import Fault, Faults, arguments
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.study.spread import spread
from ebbtide.study.store import Refused

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.study.results import Results


@dataclass(frozen=True, repr=False)
class Comparison:
    """Policies compared with one of them, outcome by outcome, in runs that share draws and random numbers.

    `values` holds each outcome as an array by replication and policy, in the order of `policies`, whose
    first is the reference. Outcomes are counted from the week on that holds `start`.
    """

    lived: LivedRuns
    start: dt.date
    outcomes: Mapping[str, ComparedOutcome]
    values: Mapping[str, np.ndarray]

    @classmethod
    def of(
        cls,
        results: Results,
        *,
        reference: str | None = None,
        start: dt.date | str | None = None,
        outcomes: Iterable[str] | None = None,
    ) -> Comparison:
        """What a results folder of `compare` says; nothing is run.

        `reference`, `start` and `outcomes` are those of the folder's command unless others are asked
        for. Raises Faults for a name that it has not, Refused where no replication is complete.
        """
        manifest = results.manifest
        if "comparison" not in manifest:
            raise Refused(f"{results.folder}: not made by `ebbtide compare`")
        said = manifest["comparison"]
        first = reference or said["reference"]
        if first not in said["policies"]:
            near = nearest(first, said["policies"])
            raise Faults([Fault("reference", None, shown(first), listed(said["policies"]), near)])
        day = arguments.day(said["start"] if start is None else start, "start")
        scenario = manifest["scenario"]
        first_day = dt.date.fromisoformat(scenario["start"])
        last_day = dt.date.fromisoformat(manifest["until"] or scenario["end"])
        if not first_day <= day <= last_day:
            allowed = f"a date from {first_day} to {last_day}, the last day that was run"
            raise Faults([Fault("start", None, day.isoformat(), allowed)])
        chosen = chosen_outcomes(outcomes, manifest, "outcomes")
        lived = LivedRuns.of(results, dict.fromkeys([first, *said["policies"]]))
        return cls(lived, day, chosen, values_of(lived, chosen, day))

    @property
    def results(self) -> Results:
        """The results folder, opened."""
        return self.lived.results

    @property
    def policies(self) -> tuple[str, ...]:
        """The policies by name, the reference first."""
        return self.lived.policies

    @property
    def reference(self) -> str:
        """The policy that all others are compared with."""
        return self.policies[0]

    def __repr__(self) -> str:
        others = ", ".join(map(repr, self.policies[1:]))
        scenario, runs = self.results.manifest["scenario"]["id"], len(self.lived.replications)
        return (
            f"Comparison({scenario!r}: {others} with {self.reference!r}, {runs} replications, "
            f"from {self.start})"
        )

    def _repr_html_(self) -> str:
        from ebbtide.comparison.shown import as_table

        return as_table(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """All its tables by name, as they are written beside the results."""
        return {"outcomes": self.table(), "differences": self.differences()}

    def table(self) -> pd.DataFrame:
        """A row an outcome and policy: mean, median and the interval in which 90% of runs lie.

        Columns: `outcome`, `unit`, `policy`, `runs`, `mean`, `median`, `low`, `high`, and `best`, the
        share of replications in which no policy is better (ties share; None where neither way is).
        """
        import pandas as pd

        rows = []
        for name, outcome in self.outcomes.items():
            values = self._told(name)
            shares = self._best(outcome, values)
            for number, policy in enumerate(self.policies):
                own = values[:, number]
                centre = {"runs": len(own), "mean": own.mean() if len(own) else None}
                rows.append(
                    {"outcome": name, "unit": outcome.unit, "policy": policy, **centre}
                    | (spread(own) if len(own) else {})
                    | {"best": None if shares is None else shares[number]}
                )
        return pd.DataFrame(rows)

    def differences(self) -> pd.DataFrame:
        """A row an outcome and policy: how that differs from the reference, paired by replication.

        Columns: `outcome`, `unit`, `policy`, `reference` (its mean), `difference` with its 95% interval
        (`low`, `high`), the same as a share of the reference's mean (`relative`, `relative_low`,
        `relative_high`), and `better`, the share of replications in which the policy is strictly better.
        """
        import pandas as pd

        rows = []
        for name, outcome in self.outcomes.items():
            values = self._told(name)
            base = values[:, 0]
            for number, policy in enumerate(self.policies):
                if number == 0 or not len(base):
                    continue
                own = values[:, number]
                apart = paired.difference(own, base)
                share = paired.relative_difference(own, base)
                sign = None if outcome.better is None else outcome.loss
                rows.append(
                    {
                        "outcome": name, "unit": outcome.unit, "policy": policy,
                        "reference": base.mean(),
                        "difference": apart.value, "low": apart.low, "high": apart.high,
                        "relative": share.value, "relative_low": share.low,
                        "relative_high": share.high,
                        "better": None if sign is None else paired.better_than(sign * own, sign * base),
                    }
                )  # fmt: skip
        return pd.DataFrame(rows)

    def _told(self, name: str) -> np.ndarray:
        """An outcome in the replications in which every policy has it."""
        values = self.values[name]
        kept: np.ndarray = values[~np.isnan(values).any(axis=1)]
        return kept

    def _best(self, outcome: ComparedOutcome, values: np.ndarray) -> np.ndarray | None:
        if outcome.better is None or not len(values):
            return None
        return paired.best(outcome.loss * values)
