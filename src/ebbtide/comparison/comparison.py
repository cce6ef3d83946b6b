"""A comparison of policies: what its runs say, as tables and figures."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.comparison.choosing import Choosing
from ebbtide.comparison.differing import Differing
from ebbtide.comparison.hanging_on import HangingOn
from ebbtide.comparison.limits import limited
from ebbtide.comparison.lived import LivedRuns, values_of
from ebbtide.comparison.outcomes import (
    HEADLINE,
    chosen_outcomes,
    last_day,
)
from ebbtide.scenario import Fault, Faults, arguments
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.study.harm import HARM
from ebbtide.study.manifest import without_root
from ebbtide.study.store import Refused

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from ebbtide.calibration.posterior import Posterior
    from ebbtide.study.results import Results


@dataclass(frozen=True, repr=False)
class Comparison(Differing, Choosing, HangingOn):
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

    def with_bank(
        self, bank: Posterior | str | os.PathLike[str], *, named: str | None = None
    ) -> Comparison:
        """The same, with what publishers would say of its runs, for `publishers`.

        `bank` is that which the posterior's draws are of, or its folder; the scenario is then loaded as
        the results name it. `named` is how a command names the folder of one that is opened. Raises
        Faults for another bank, and for runs that are of no posterior. Needs the extra `calibrate`.
        """
        from ebbtide.calibration.calibrate import open_bank
        from ebbtide.calibration.posterior import Posterior
        from ebbtide.comparison.published import published_anew
        from ebbtide.scenario import load

        if not isinstance(bank, Posterior):
            named = named or os.fspath(bank)
            bank = open_bank(load(self.results.manifest["scenario"]["named"]), Path(bank))
        named = None if named is None else without_root(named)
        return replace(self, published=published_anew(self.lived, bank), bank=named)

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
            if self.effort is not None:
                found |= {"efforts": self.efforts(), "break_even": self.break_even()}
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
