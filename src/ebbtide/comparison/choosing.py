"""What a choice between policies costs: regret, effort, limits that are kept, and what is traded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison import acceptability, break_even, paired, robustness
from ebbtide.comparison.compared_runs import ComparedRuns
from ebbtide.comparison.effort_of import EffortOf
from ebbtide.comparison.limits import table as limits_table
from ebbtide.comparison.outcomes import HEADLINE
from ebbtide.scenario import arguments
from ebbtide.study.harm import HARM
from ebbtide.study.store import Refused

if TYPE_CHECKING:
    import pandas as pd

NO_PRICE = "a lever that a policy moves has no price, in prices.toml of its scenario"


class Choosing(ComparedRuns):
    """What compared runs say of a choice between policies."""

    def regret(self, outcome: str | None = None) -> pd.DataFrame:
        """A row an outcome and policy: what is lost beyond the best policy of each replication.

        Columns: `outcome`, `unit`, `policy`, `expected` and `largest` regret (Savage 1951).
        """
        import pandas as pd

        rows = []
        for name in self._names(outcome):
            found = robustness.regrets(self.losses(name))
            unit = self.outcomes[name].unit
            rows += [
                (name, unit, *row)
                for row in zip(self.policies, found.expected, found.largest, strict=True)
            ]
        return pd.DataFrame(rows, columns=["outcome", "unit", "policy", "expected", "largest"])

    def break_even(self, outcome: str | None = None) -> pd.DataFrame:
        """A row two policies: at which ratio of prices the order of what they do for effort turns.

        Of policies that clearly are better than the reference and clearly cost effort of their own acts
        beyond it, in one outcome, the first if none is named. Columns: `outcome`, `unit`; `policy`, which
        does more for its effort, and what it does for an effort-week, with its interval (`gain`,
        `gain_low`, `gain_high`); `against` and the same of that (`gain_against`, ...); `ratio`, by how
        many times an effort-week of the first may be dearer beside one of the second than it is priced,
        before the second does as much, with its interval (`low`, `high`); and `reversed_in_runs`, the
        share of replications in which the second does more already. Raises Refused where a lever has no
        price.
        """
        import pandas as pd

        name = outcome or self._names(None)[0]
        if self.effort is None:
            raise Refused(NO_PRICE)
        losses, efforts = self.losses(name), self.effort[self._complete(name)]
        gains = losses[:, :1] - losses
        rows = []
        for found in break_even.break_even(gains, efforts):
            row: dict[str, Any] = {
                "outcome": name,
                "unit": f"{self.outcomes[name].unit} per effort-week",
            }
            for number, who, what in (
                (found.first, "policy", "gain"),
                (found.second, "against", "gain_against"),
            ):
                own = break_even.gain_per_week(gains[:, number], efforts[:, number])
                row |= {who: self.policies[number], what: own.value}
                row |= {f"{what}_low": own.low, f"{what}_high": own.high}
            row |= {"ratio": found.ratio.value, "low": found.ratio.low, "high": found.ratio.high}
            rows.append(row | {"reversed_in_runs": found.reversed_in_runs})
        columns = [
            "outcome", "unit", "policy", "gain", "gain_low", "gain_high", "against", "gain_against",
            "gain_against_low", "gain_against_high", "ratio", "low", "high", "reversed_in_runs",
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    def efforts(self) -> pd.DataFrame:
        """A row a policy and account of effort: what it costs beyond the reference, in effort-weeks.

        By `effort_of`, `own`, its own acts, or `all`, all that forces spend and levers cost
        (`ebbtide.comparison.effort_of.EffortOf`). Columns: `policy`, `effort_of`, the mean `beyond` with
        its 95% interval (`low`, `high`), its `median`, and, where effort was made equal, `budget` and
        `factor` in the rows of the account on which it was. Raises Refused where a lever has no price.
        """
        import pandas as pd

        equal = self.results.manifest["comparison"].get("equal_effort") or {}
        scaled_on = equal.get("effort_of", EffortOf.OWN)
        rows = []
        for of in EffortOf:
            beyond = self.effort_beyond(of)
            if beyond is None:
                continue
            for policy, own in zip(self.policies[1:], beyond.T[1:], strict=True):
                mean = paired.difference(own, np.zeros(len(own)))
                row: dict[str, Any] = {"policy": policy, "effort_of": of.value}
                row |= {
                    "beyond": mean.value,
                    "low": mean.low,
                    "high": mean.high,
                    "median": float(np.median(own)),
                }
                found = equal.get("policies", {}).get(policy) if of == scaled_on else None
                row |= {"budget": found and equal["budget"], "factor": found and found["factor"]}
                rows.append(row)
        if not rows:
            raise Refused(NO_PRICE)
        return pd.DataFrame(rows)

    def satisficing(self, limits: Mapping[str, float]) -> pd.Series:
        """Of each policy the share of replications in which it keeps every limit.

        A limit is the most of an outcome of which less is better, and the least of any other. Raises
        Faults for an outcome that is not compared, or of which neither way is better.
        """
        import pandas as pd

        arguments.must(len(limits) > 0, "satisficing", "limits", {}, "at least one limit")
        shares = [each.value for each in robustness.satisficing(self._keeps(limits))]
        return pd.Series(shares, index=list(self.policies), name="satisficing")

    def limits_kept(self) -> pd.DataFrame:
        """A row a policy and limit of those that were stated: the share of replications that keep it.

        Of each policy first that of all limits together (satisficing). Columns as in
        `ebbtide.comparison.limits.table`; no row where none was stated.
        """
        return limits_table(self._keeps(self.limits), self.limits, self.outcomes, self.policies)

    def tradeoff(self, outcomes: Sequence[str] = (HEADLINE, HARM)) -> pd.DataFrame:
        """A row a policy: the means of several outcomes, and whether it is in their Pareto set.

        `pareto` tells whether no policy is as good in all and better in one, by means.
        """
        import pandas as pd

        losses = self._together(outcomes)
        means = {
            name: self.outcomes[name].loss * losses[name].mean(axis=0)
            for name in dict.fromkeys(outcomes)
        }
        table = pd.DataFrame({"policy": self.policies} | means)
        columns = np.column_stack([each.mean(axis=0) for each in losses.values()])
        return table.assign(pareto=robustness.pareto(columns))

    def acceptability(self, outcome: str = HEADLINE, harm: str = HARM) -> pd.DataFrame:
        """A row a weight and policy: how often it is best as harm weighs more.

        Columns: `weight`, what one unit of `harm` is worth in units of `outcome`; `policy`; `best`, the
        share of replications in which no policy is better in both so weighed; and `chosen`, whether its
        mean is the best (Fenwick, Claxton and Sculpher 2001).
        """
        import pandas as pd

        losses = self._together([outcome, harm])
        weights = acceptability.spanning(losses[outcome], losses[harm])
        found = acceptability.acceptability(losses[outcome], losses[harm], weights)
        n = len(self.policies)
        return pd.DataFrame(
            {
                "weight": np.repeat(weights, n),
                "policy": list(self.policies) * len(weights),
                "best": found.probability.reshape(-1),
                "chosen": (found.frontier[:, None] == np.arange(n)).reshape(-1),
            }
        )
