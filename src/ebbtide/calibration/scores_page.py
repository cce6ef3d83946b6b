"""The page of scores inside the cut, in Markdown: the model beside naive forecasts, failures included."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.calibration.freshness import digests
from ebbtide.calibration.rolling import LEADS, MODEL, summed_up
from ebbtide.study.spread import CENTRAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ebbtide.calibration.posterior import Posterior

INTRODUCTION = """
Each publication since {since} is forecast from what was published until {leads} weeks before it: the
bank of runs is weighed by that alone (a rolling origin), and each weighed run says what the publisher
would say of it. Counts of a period are taken as known when it ends, or at the cut, earlier than they
were published, and yearly counts of 2016 hold December; else nothing after the cut is used. All is
scored on logs of what was said, with 1 added, since counts differ by orders of magnitude: CRPS, log
score and interval score, the lower the better; `inside` is the share of statements inside the
forecast's central {central}; PIT is where in the forecast what was said stands, from 0 to 1, of forecasts
that err neither way as often low as high.

Naive forecasts rest on what was published of the same thing before, by whomever: as the last one was
(persistence), the less surely the longer ago (random walk), on the line from first to last (drift), on
one exponential curve through all (null model, from three on), on the curve of a logistic growth less
attrition (from three on). They have the same errors of counting. Where nothing was published before
they say nothing, so that they are compared on the statements of which all speak, and on all of their
own.

What to mind. The rules, priors and errors of observation were written by people who knew all these
figures: rolling back the evidence does not roll back what its authors knew, and a low score here is no
proof of foresight. Statements of one publisher repeat each other. Few effective draws make a forecast
noisy: the table says how many each rests on.
"""


def scores_page(posterior: Posterior, scores: pd.DataFrame, since: dt.date, made_by: str) -> str:
    """The page; `made_by` says by which command, and of which bank."""
    leads = " and ".join(map(str, LEADS))
    table = summed_up(scores)
    lines = [
        f"# Scores inside the cut: {posterior.bank.scenario.title}",
        "",
        made_by,
        "",
        digests(posterior.bank.scenario, "scores_page"),
        INTRODUCTION.format(since=since, leads=leads, central=CENTRAL),
        "## On the statements of which all speak, and on all of one's own",
        "",
        *(f"{line}\n" for line in _better_than_the_model(table)),
        "| weeks before | forecaster | statements | CRPS | log score | interval score | inside "
        "| statements of its own | CRPS | inside |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in table.to_dict("records"):
        lines.append(
            f"| {row['lead']} | {row['forecaster']} | {row['statements']} | {row['crps']:.2f} "
            f"| {row['log_score']:.2f} | {row['interval_score']:.2f} | {row['inside']:.0%} "
            f"| {row['all_statements']} | {row['crps_of_all']:.2f} | {row['inside_of_all']:.0%} |"
        )
    lines += [
        "",
        "## Statement by statement: the model",
        "",
        *(f"{line}\n" for line in _where_said(scores[scores["forecaster"] == MODEL])),
        f"| statement | publisher | weeks before | said | forecast: median ({CENTRAL}) | CRPS | inside "
        "| PIT | effective draws |",
        "|---|---|---:|---:|---:|---:|---|---:|---:|",
    ]
    for row in scores[scores["forecaster"] == MODEL].to_dict("records"):
        lines.append(
            f"| {row['statement']} | {row['publisher']} | {row['lead']} | {row['said']:,.0f} "
            f"| {row['median']:,.0f} ({row['low']:,.0f} to {row['high']:,.0f}) | {row['crps']:.2f} "
            f"| {'yes' if row['inside'] else 'no'} | {row['pit']:.2f} | {row['effective']:,.0f} |"
        )
    return "\n".join(lines) + "\n"


def _where_said(of_model: pd.DataFrame) -> Iterator[str]:
    """A line a lead: where in its forecasts what was said stands, quarter by quarter."""
    for lead, rows in of_model.groupby("lead"):
        quarters = np.histogram(rows["pit"], bins=4, range=(0.0, 1.0))[0]
        yield (
            f"{lead} weeks before, what was said stands in the lowest to the highest quarter of the "
            f"model's forecasts {', '.join(map(str, quarters[:-1]))} and {quarters[-1]} times (PIT, mean "
            f"{rows['pit'].mean():.2f})."
        )


def _better_than_the_model(table: pd.DataFrame) -> Iterator[str]:
    """A line a lead: who has a lower CRPS on the statements of which all speak."""
    for lead, rows in table.groupby("lead"):
        of = rows.set_index("forecaster")["crps"]
        better = of[of < of[MODEL]].sort_values().index.tolist()
        statements = int(rows["statements"].iloc[0])
        told = ", ".join(better) or "no naive forecast"
        yield (
            f"{lead} weeks before, on {statements} statements, {told} "
            f"{'do' if len(better) > 1 else 'does'} better than the model by CRPS."
        )
