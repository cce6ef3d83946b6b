"""A comparison of policies: what its runs say, as tables and figures."""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison import (
    acceptability,
    break_even,
    discovery,
    information,
    paired,
    robustness,
    structures,
    updated,
    variance_parts,
)
from ebbtide.comparison.compared_runs import ComparedRuns
from ebbtide.comparison.limits import limited
from ebbtide.comparison.limits import table as limits_table
from ebbtide.comparison.lived import LivedRuns, values_of
from ebbtide.comparison.outcomes import (
    HEADLINE,
    chosen_outcomes,
    last_day,
)
from ebbtide.scenario import Fault, Faults, arguments
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.study.harm import HARM
from ebbtide.study.spread import spread
from ebbtide.study.store import Refused

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ebbtide.calibration.posterior import Posterior
    from ebbtide.study.results import Results


@dataclass(frozen=True, repr=False)
class Comparison(ComparedRuns):
    """Policies compared with one of them, outcome by outcome, in runs that share draws and random numbers.

    Its tables and figures; what they rest on is in `ComparedRuns`.
    """

    @classmethod
    def of(
        cls,
        results: Results,
        *,
        reference: str | None = None,
        start: dt.date | str | None = None,
        outcomes: Iterable[str] | None = None,
        limits: Mapping[str, float] | None = None,
    ) -> Comparison:
        """What a results folder of `compare` says; nothing is run.

        `reference` and `start` are those of the folder's command, outcomes the usual ones, unless others
        are asked for; what has one of the `limits` is compared too. Raises Faults for a name that it has
        not and for a limit of what is not better if it is less, Refused where no replication is complete.
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
        if not first_day <= day <= (last := last_day(manifest)):
            allowed = f"a date from {first_day} to {last}, the last day that was run"
            raise Faults([Fault("start", None, day.isoformat(), allowed)])
        chosen = chosen_outcomes(outcomes, manifest, "outcomes") | limited(limits, manifest)
        lived = LivedRuns.of(results, dict.fromkeys([first, *said["policies"]]))
        return cls(lived, day, chosen, values_of(lived, chosen, day), limits=dict(limits or {}))

    def with_bank(self, bank: Posterior | str | os.PathLike[str]) -> Comparison:
        """The same, with what publishers would say of its runs, for `publishers`.

        `bank` is that which the posterior's draws are of, or its folder; the scenario is then loaded as
        the results name it. Raises Faults for another bank, and for runs that are of no posterior. Needs
        the extra `calibrate`.
        """
        from ebbtide.calibration.calibrate import open_bank
        from ebbtide.calibration.posterior import Posterior
        from ebbtide.comparison.published import published_anew
        from ebbtide.scenario import load

        if not isinstance(bank, Posterior):
            bank = open_bank(load(self.results.manifest["scenario"]["named"]), Path(bank))
        return replace(self, published=published_anew(self.lived, bank))

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
        """All its tables by name, as they are written beside the results.

        The one that rests on trees needs the extra `calibrate`, and is left out without it.
        """
        found = {"outcomes": self.table(), "differences": self.differences()}
        if self.ranked:
            found |= {"pairs": self.pairs(), "regret": self.regret()}
            found |= {"break_even": self.break_even()} if self.effort is not None else {}
            found |= {"information": self.information(), "variance_parts": self.variance_parts()}
            found |= {"updated": self.updated()} if self.drawn_from_posterior else {}
            found |= {"publishers": self.publishers()} if self.published else {}
            found |= {"structures": self.structures()} if self.structural else {}
        found |= {"limits": self.limits_kept()} if self.limits else {}
        if {HEADLINE, HARM} <= {*self.ranked}:
            found |= {"tradeoff": self.tradeoff(), "acceptability": self.acceptability()}
        if self.ranked and find_spec("sklearn") is not None:
            found |= {"failures": self.failures()}
        return found

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
        differences lie, `better`, the share of replications in which the policy is strictly better, and
        `variance_ratio`, by how much pairing cuts the variance of the difference.
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
            raise Refused(
                "a lever that a policy moves has no price, in prices.toml of its scenario"
            )
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

    def information(self, outcome: str | None = None) -> pd.DataFrame:
        """A row a quantity that nobody knows: what knowing it before choosing would be worth.

        Of one outcome, the first if none is named. Columns as in
        `ebbtide.comparison.information.values_of_each`, after `outcome` and `unit`; `perfect`, the value
        of knowing all, random numbers too, biased low, and `perfect_at_most`, the same biased high; and
        `updated`, whether the record updates the quantity. Of an effort drawn prices are quantities too,
        which it never does.
        """
        name = outcome or self._names(None)[0]
        losses = self.losses(name)
        table = information.values_of_each(losses, self.varying(name))
        table.insert(0, "unit", self.outcomes[name].unit)
        table.insert(0, "outcome", name)
        moved = self.updated().set_index("quantity")["updated"].to_dict()
        return table.assign(
            perfect=information.value_of_perfect_information(losses),
            perfect_at_most=information.perfect_information_at_most(losses),
            updated=[
                moved.get(path, False) for path in table["quantity"]
            ],  # no datum is of a price
        )

    def publishers(self, outcome: str | None = None) -> pd.DataFrame:
        """A row a publisher: what it would be worth if he published anew, before choosing, what he did.

        Of one outcome, the first if none is named; of a comparison `with_bank` alone. Columns: `outcome`,
        `unit`, `publisher`, `statements` (how many), and those of
        `ebbtide.comparison.information.values_of_each`, with `perfect`. Raises Refused without a bank.
        """
        name = outcome or self._names(None)[0]
        if not self.published:
            raise Refused("what publishers would say is not known: with_bank(BANK) tells it")
        losses, complete = self.losses(name), self._complete(name)
        said = {publisher: each[complete] for publisher, each in self.published.items()}
        table = information.values_of_publishers(losses, said)
        counts = {publisher: each.shape[1] for publisher, each in said.items()}
        table.insert(1, "statements", table["publisher"].map(counts))
        table.insert(0, "unit", self.outcomes[name].unit)
        table.insert(0, "outcome", name)
        return table.assign(perfect=information.value_of_perfect_information(losses))

    def updated(self) -> pd.DataFrame:
        """A row a quantity that nobody knows: whether the record updates it, those it moves most first.

        Columns: `quantity`, `distance`, how far the draws of the posterior stand from the prior
        (`ebbtide.comparison.updated.distance`; NaN where there is no posterior, or where the quantity is
        of a policy that it has not), and `updated` (`ebbtide.comparison.updated.which`). None in that of a
        folder of draws of a posterior that does not say it; the command that made it adds it.
        """
        import pandas as pd

        said = self.results.manifest["comparison"].get("updated")
        silent = said is None and self.drawn_from_posterior
        known = updated.which(said) if said else {}
        distances = said["distances"] if said else {}
        rows = [
            (path, distances.get(path, math.nan), None if silent else known.get(path, False))
            for path in self.results.manifest["uncertainties"]
        ]
        table = pd.DataFrame(rows, columns=["quantity", "distance", "updated"])
        return table.sort_values("distance", ascending=False, ignore_index=True, kind="stable")

    def variance_parts(self, outcome: str | None = None) -> pd.DataFrame:
        """A row a difference between two policies: of which quantities it varies between replications.

        The two best by their means, and every policy and the reference; of one outcome, the first if none
        is named. Columns: `outcome`, `policy`, `against`, and with their intervals (`_low`, `_high`) the
        parts of the variance, from 0 to 1, as in `ebbtide.comparison.variance_parts.VarianceParts`:
        `not_updated`, `updated`, `rest` and `share`. NaN where it cannot be told.
        """
        import pandas as pd

        name = outcome or self._names(None)[0]
        losses, quantities, said = self.losses(name), self.varying(name), self.updated()
        if said["updated"].isna().any():
            quantities = {}  # of which it is not known whether they are
        moved = {*said.loc[said["updated"].eq(True), "quantity"]}
        best, second = np.argsort(losses.mean(axis=0), kind="stable")[:2].tolist()
        first = (best, second) if best else (second, best)
        rows = []
        for one, other in dict.fromkeys([first, *((n, 0) for n in range(1, losses.shape[1]))]):
            apart = losses[:, one] - losses[:, other]
            parts = variance_parts.variance_parts(apart, quantities, moved)
            row: dict[str, Any] = {"outcome": name, "policy": self.policies[one]}
            row["against"] = self.policies[other]
            for part in ("not_updated", "updated", "rest", "share"):
                each = getattr(parts, part)
                row |= {part: each.value, f"{part}_low": each.low, f"{part}_high": each.high}
            rows.append(row)
        return pd.DataFrame(rows)

    def structures(self, outcome: str | None = None) -> pd.DataFrame:
        """A row a rival view of structure and policy: what the policy does where the view holds.

        Of one outcome, the first if none is named. Columns as in
        `ebbtide.comparison.structures.by_view`, after `outcome`. Empty where the scenario states no
        rivals, or every quantity stood at its median.
        """
        name = outcome or self._names(None)[0]
        losses, quantities = self.losses(name), self.quantities(name)
        table = structures.by_view(self.structural, losses, quantities, self.policies)
        table.insert(0, "outcome", name)
        return table

    def failures(self, limits: Mapping[str, float] | None = None) -> pd.DataFrame:
        """Where each policy fails: boxes of quantities in which it does more often than elsewhere.

        It fails where a limit is broken (as in `satisficing`), and without limits where it is no better
        than the reference in the first outcome. Columns: `policy`, `failing` (the share of all
        replications), and those of `ebbtide.comparison.discovery.told`. Needs the extra `calibrate`.
        """
        import pandas as pd

        from ebbtide.calibration.extra import must_be_there

        must_be_there()
        if limits is None:
            name = self._names(None)[0]
            losses = self.losses(name)
            fails, quantities = losses >= losses[:, :1], self.quantities(name)
        else:
            keeps = np.all([*self._keeps(limits).values()], axis=0)
            fails, quantities = ~keeps, self.quantities(*limits)
        tables = []
        for number, policy in enumerate(self.policies):
            if limits is None and number == 0:
                continue
            table = discovery.told(discovery.boxes(fails[:, number], quantities))
            table.insert(0, "failing", float(fails[:, number].mean()))
            table.insert(0, "policy", policy)
            tables.append(table)
        return pd.concat([each for each in tables if len(each)] or tables[:1], ignore_index=True)

    def plot_differences(self, style: str = "colour") -> Figure | None:
        """A forest plot of the differences; `style` is "colour", or "grey" for print, here and below.

        None, here and below, where nothing that is compared can be so drawn.
        """
        return self._figure("differences", style)

    def plot_fans(self, style: str = "colour") -> Figure | None:
        """Strength by week, the fans of the policies over each other."""
        return self._figure("fans", style)

    def plot_tradeoff(self, style: str = "colour") -> Figure | None:
        """Strength against harm to civilians, and which policies are in the Pareto set."""
        return self._figure("tradeoff", style)

    def plot_acceptability(self, style: str = "colour") -> Figure | None:
        """The probability that a policy is best, as harm to civilians weighs more."""
        return self._figure("acceptability", style)

    def plot_information(self, style: str = "colour") -> Figure | None:
        """What single quantities, if they were known before choosing, would be worth."""
        return self._figure("information", style)

    def report(self, out: str | os.PathLike[str] | None = None) -> Path:
        """Write the page to hand on and its figures into a folder, and return the page.

        The folder is `report/` in that of the results unless `out` names one. Raises OSError where it
        cannot be written.
        """
        from ebbtide.comparison.report.writing import write_report

        return write_report(self, None if out is None else Path(out))

    def _figure(self, name: str, style: str) -> Figure | None:
        from ebbtide.comparison.figures import one
        from ebbtide.show.palette import LINES

        return one(self, name, arguments.known(style, LINES, "plot", "style"))
