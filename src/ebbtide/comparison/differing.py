"""How policies differ: the outcomes under each, paired differences, and how sure their order is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.comparison import paired
from ebbtide.comparison.compared_runs import ComparedRuns
from ebbtide.study.spread import spread

if TYPE_CHECKING:
    import pandas as pd


class Differing(ComparedRuns):
    """What compared runs say of the differences between policies."""

    def table(self) -> pd.DataFrame:
        """A row an outcome and policy: mean, median and the central interval of runs.

        Columns: `outcome`, `unit`, `policy`, `runs`, `mean`, `median`, `low`, `high`, and `best`, the
        share of replications in which no policy is better (ties share; None where neither way is).
        """
        import pandas as pd

        rows = []
        for name, outcome in self.outcomes.items():
            values = self.told(name)
            ranks = outcome.better is not None and len(values)
            shares = paired.best(outcome.loss * values) if ranks else None
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
        `relative_high`), `of_reference`, whether that mean is clearly above zero, so that a share of it
        says something, `central_low` and `central_high`, between which the central 90% of paired
        differences lie, `better`, the share of replications in which the policy is strictly better,
        `same`, that in which nothing differs, and `variance_ratio`, by how much pairing cuts the
        variance of the difference.
        """
        import pandas as pd

        rows = []
        for name, outcome in self.outcomes.items():
            values = self.told(name)
            base = values[:, 0]
            for number, policy in enumerate(self.policies):
                if number == 0 or not len(base):
                    continue
                own = values[:, number]
                apart = paired.difference(own, base)
                share, central = paired.relative_difference(own, base), spread(own - base)
                sign = None if outcome.better is None else outcome.loss
                rows.append(
                    {
                        "outcome": name, "unit": outcome.unit, "policy": policy,
                        "reference": base.mean(),
                        "of_reference": paired.clearly_above_zero(base),
                        "difference": apart.value, "low": apart.low, "high": apart.high,
                        "relative": share.value, "relative_low": share.low,
                        "relative_high": share.high,
                        "central_low": central["low"], "central_high": central["high"],
                        "better": None if sign is None else paired.better_than(sign * own, sign * base),
                        "same": float(np.mean(own == base)),
                        "variance_ratio": paired.variance_ratio(own, base),
                    }
                )  # fmt: skip
        return pd.DataFrame(rows)

    def pairs(self, outcome: str | None = None) -> pd.DataFrame:
        """A row a pair of policies, ranked by the mean of an outcome: how sure the ranking is.

        Columns: `outcome`, `ahead`, `behind`, `apart` (how much better the mean of the first is, in the
        outcome's unit), `reversed_in_runs`, the share of replications that rank them the other way, and
        `reversed_in_means`, the chance that as many replications as one likes would. `outcome` None is
        every one of which one way is better; so in all that follow.
        """
        import pandas as pd

        rows = []
        for name in self._names(outcome):
            losses = self.losses(name)
            means = losses.mean(axis=0)
            in_runs, in_means = paired.reversed_in_runs(losses), paired.reversed_in_means(losses)
            order = np.argsort(means, kind="stable")
            rows += [
                (
                    name, self.policies[one], self.policies[other], means[other] - means[one],
                    in_runs[one, other], in_means[one, other],
                )
                for place, one in enumerate(order)
                for other in order[place + 1 :]
            ]  # fmt: skip
        columns = ["outcome", "ahead", "behind", "apart", "reversed_in_runs", "reversed_in_means"]
        return pd.DataFrame(rows, columns=columns)
