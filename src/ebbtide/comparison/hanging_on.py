"""What a choice hangs on: facts, publishers, views of structure, and whether the record moves any."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison import discovery, information, structures, updated, variance_parts
from ebbtide.comparison.compared_runs import ComparedRuns
from ebbtide.study.store import Refused

if TYPE_CHECKING:
    import pandas as pd


class HangingOn(ComparedRuns):
    """What compared runs say of what nobody knows, and what of it would change the choice."""

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
        `ebbtide.comparison.structures.by_view`, after `outcome` and `unit`. Empty where the scenario
        states no rivals, or every quantity stood at its median.
        """
        name = outcome or self._names(None)[0]
        losses, quantities = self.losses(name), self.quantities(name)
        table = structures.by_view(self.structural, losses, quantities, self.policies)
        table.insert(0, "unit", self.outcomes[name].unit)
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
