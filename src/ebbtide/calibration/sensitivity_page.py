"""The page of what outcomes hang on, in Markdown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ebbtide.calibration.freshness import digests
from ebbtide.calibration.sensitivity import (
    HARMONICS,
    NOTHING,
    OutcomeOfInterest,
    outcomes_of_interest,
    sensitivity,
    too_few,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ebbtide.calibration.posterior import Posterior

MOST = 12  # quantities a table
INTRODUCTION = """
Of {runs:,} runs drawn from the priors ({title}): what part of the variance of an outcome, in its
ranks, each uncertain quantity explains alone (first order, RBD-FAST, with its 95% error), and how far the
outcome's whole distribution moves where the quantity is known (PAWN), beside a number that nothing hangs
on. What the record says of a quantity is no part of it: these are the ranges as guessed, so that a wide
guess weighs much. What is left over is luck, and what quantities do only together. Borgonovo's delta, a
third measure of given runs, is left out: like PAWN it asks how far the whole distribution moves, and of
so many quantities that each move little its estimate is mostly its own bias.
"""


def tables(posterior: Posterior) -> Mapping[str, tuple[OutcomeOfInterest, pd.DataFrame]]:
    """By outcome: what it hangs on."""
    return {
        each.name: (each, sensitivity(posterior, each)) for each in outcomes_of_interest(posterior)
    }


def sensitivity_page(
    posterior: Posterior,
    found: Mapping[str, tuple[OutcomeOfInterest, pd.DataFrame]],
    made_by: str,
    figures: str | None,
) -> str:
    """The page; `made_by` says by which command, `figures` is its figures' folder, relative to it."""
    lines = [
        f"# What outcomes hang on: {posterior.bank.scenario.title}",
        "",
        made_by,
        "",
        digests(posterior.bank.scenario, "sensitivity_page"),
        INTRODUCTION.format(runs=posterior.bank.rounds[0][0], title=posterior.bank.scenario.title),
    ]
    runs = posterior.bank.rounds[0][0]
    if too_few(runs):
        lines += [
            f"**So few runs tell nothing.** Of {runs:,} runs noise alone explains about "
            f"{2 * HARMONICS / runs:.0%} of an outcome, more than most quantities do.",
            "",
        ]
    known = posterior.bank.scenario.uncertain_under()
    for name, (outcome, table) in found.items():
        together = table[table["quantity"] != NOTHING]["first_order"].clip(lower=0).sum()
        lines += [f"## {outcome.words.capitalize()}", ""]
        if figures:
            lines += [f"![{outcome.words}: what it hangs on]({figures}/{name}.png)", ""]
        lines += [
            f"All quantities alone explain {together:.0%}, with the noise of so many of them; those that "
            "share one draw are told once, by the first.",
            "",
            "| quantity | range | unit | more of it | first order (95%) | PAWN |",
            "|---|---|---|---|---:|---:|",
        ]
        shown = table.head(MOST).to_dict("records") + table.tail(1).to_dict("records")
        for row in shown:
            path = str(row["quantity"])
            quantity = known.get(path)
            within = (
                f"{quantity.quantile(0.05):.3g} to {quantity.quantile(0.95):.3g}"
                if quantity
                else ""
            )
            lines.append(
                f"| {f'`{path}`' if quantity else path} | {within} | {quantity.unit if quantity else ''} "
                f"| {'more' if row['direction'] > 0 else 'less'} "
                f"| {row['first_order']:.1%} ({_error(row['first_order_error'])}) | {row['pawn']:.2f} |"
            )
        lines.append("")
    return "\n".join(lines)


def _error(found: float) -> str:
    return "error not known" if math.isnan(found) else f"± {found:.1%}"
