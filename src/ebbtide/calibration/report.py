"""What a posterior says, as tables: of statements, of publishers, of quantities."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtr, ndtri

from ebbtide.calibration.by import By
from ebbtide.calibration.nearest import FEWEST_KEPT
from ebbtide.calibration.posterior import (
    FEWEST_EFFECTIVE,
    MOST_KEPT,
    OUTCOMES_TOLD,
    TRUSTED,
    Posterior,
    quantile,
)
from ebbtide.evidence.likelihood import Likelihood
from ebbtide.evidence.strength import Strength
from ebbtide.scenario.faults import counted
from ebbtide.study.design import probability_of
from ebbtide.study.spread import LOW_MEDIAN_HIGH

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.calibration.bank import Bank
    from ebbtide.evidence.statement import Statement

SHARES = (0.01, 0.02, 0.05)  # of the runs, kept by nearness: half of what is kept, that, and more
NOTHING_KNOWN = dt.date.min  # so that unknowns of publishers are as their own priors have them


def summary(posterior: Posterior) -> dict[str, Any]:
    """What a posterior is worth, for people and for scripts."""
    weighed = posterior.weighed
    likely = replace(posterior, by=By.LIKELIHOOD).weighed
    found = {
        "title": f"{posterior.bank.scenario.title}: a posterior over whole runs",
        "runs": len(posterior.runs),
        "by": str(posterior.by),
        "effective": weighed.effective,
        "largest_weight": float(weighed.weights.max()),
        "by_likelihood": {
            "effective": likely.effective,
            "pareto_k": likely.pareto_k if math.isfinite(likely.pareto_k or 0.0) else None,
            "log_evidence": likely.log_evidence,
            "trusted": likely.trusted,
        },
    }
    if posterior.by is By.LIKELIHOOD and not likely.trusted:
        found["doubt"] = (
            "weights by likelihood are not to be trusted: "
            f"{counted(likely.effective, 'effective draw')} (at least {FEWEST_EFFECTIVE} are needed), "
            f"{likely.pareto_told} (at most {TRUSTED}); the runs nearest to what was "
            "published may answer (--by nearest), by an approximation whose coverage `ebbtide posterior` "
            "tells"
        )
    if posterior.by is By.NEAREST and not weighed.trusted:
        found["doubt"] = (
            "the runs nearest to what was published are not to be trusted: "
            f"{counted(weighed.effective, 'effective draw')} (at least {FEWEST_EFFECTIVE} are needed), "
            "for each answer "
            f"{weighed.share_kept or 1.0:.0%} of all runs are kept (at most {MOST_KEPT:.0%}), which is "
            f"hardly more than the priors say; a bank of {FEWEST_KEPT / MOST_KEPT:,.0f} runs and more "
            "has some to choose from (--runs)"
        )
    return found


def without_each(posterior: Posterior) -> pd.DataFrame:
    """What came of runs, by the posterior of all publishers and without each of them in turn.

    A row a publisher left out (`nobody` first) and outcome: the quantiles of the outcome.
    """
    import pandas as pd

    fitted = Likelihood.of(posterior.statements).statements
    rows = []
    for publisher in ("", *dict.fromkeys(each.publisher for each in fitted)):
        weights = posterior.weigh(without=[publisher]).weights
        for outcome in OUTCOMES_TOLD:
            of_runs = posterior.seen[outcome]
            rows.append(
                {
                    "without": publisher or "nobody",
                    "outcome": outcome,
                    **{f"{at:.0%}": quantile(of_runs, weights, at) for at in LOW_MEDIAN_HIGH},
                }
            )
    return pd.DataFrame(rows)


def by_publisher(said: pd.DataFrame) -> pd.DataFrame:
    """What `of_statements` tells, each publisher counted once, however often he spoke.

    A row a publisher: `statements`, and how many of them are `inside`.
    """
    of_each = said.groupby("publisher", sort=False)["inside"]
    return of_each.agg(statements="size", inside="sum").reset_index()


def by_share(posterior: Posterior) -> pd.DataFrame:
    """What hangs on the part of the runs that is kept: a row a part, by nearness.

    Columns: `share`, `draws` (effective), `inside` (statements, of how many), and the quantiles of each
    outcome as `OUTCOME 50%`.
    """
    import pandas as pd

    rows = []
    for share in SHARES:
        kept = replace(posterior, by=By.NEAREST, share=share)
        inside = of_statements(kept)["inside"]
        weights = kept.weighed.weights
        rows.append(
            {
                "share": share,
                "draws": kept.weighed.effective,
                "inside": int(inside.sum()),
                "statements": len(inside),
                **{
                    f"{outcome} {at:.0%}": quantile(kept.seen[outcome], weights, at)
                    for outcome in OUTCOMES_TOLD
                    for at in LOW_MEDIAN_HIGH
                },
            }
        )
    return pd.DataFrame(rows)


def of_statements(posterior: Posterior) -> pd.DataFrame:
    """Of each statement: what was said, and what would be: `prior_` and `posterior_` quantiles.

    `inside` tells whether what was said meets the posterior's central interval, `inside_priors` whether
    the priors' one.
    """
    import pandas as pd

    prior = posterior.prior_weights
    rows = []
    for statement in posterior.statements:
        said = posterior.said(statement)
        of_prior = [
            quantile(posterior.said(statement, as_of=NOTHING_KNOWN), prior, at)
            for at in LOW_MEDIAN_HIGH
        ]
        of_posterior = [quantile(said, posterior.weighed.weights, at) for at in LOW_MEDIAN_HIGH]
        rows.append(
            {
                "publisher": statement.publisher,
                "statement": statement.words,
                "low": statement.low,
                "high": statement.high,
                "held_back": statement.held_back,
                **{
                    f"prior_{at:.0%}": value
                    for at, value in zip(LOW_MEDIAN_HIGH, of_prior, strict=True)
                },
                **{
                    f"posterior_{at:.0%}": value
                    for at, value in zip(LOW_MEDIAN_HIGH, of_posterior, strict=True)
                },
                "inside": _meets(statement, of_posterior),
                "inside_priors": _meets(statement, of_prior),
            }
        )
    return pd.DataFrame(rows)


def _meets(statement: Statement, quantiles: list[float]) -> bool:
    return quantiles[0] <= statement.high and quantiles[-1] >= statement.low


def of_unknowns(posterior: Posterior) -> pd.DataFrame:
    """Of each unknown of the observation model: its prior's and its posterior's quantiles.

    On a finer grid than runs are weighed on, whose nodes would round them. `least` and `greatest` are the
    ends of it: what stands at one may lie beyond.
    """
    import pandas as pd

    weights = posterior.weighed.weights
    carry = np.flatnonzero(weights)
    seen = {name: of_runs[carry] for name, of_runs in posterior.seen.items()}
    fitted = Likelihood.of(posterior.statements)
    rows = []
    for name, shared in fitted.by_unknown().items():
        unknown = shared[0].unknown.finer()
        if unknown.nodes.size == 1:
            continue
        on_grid = Likelihood(tuple(replace(each, unknown=unknown) for each in shared))
        likely = weights[carry] @ on_grid.nodes_given(name, seen)
        rows.append(
            {
                "unknown": name,
                "least": float(unknown.nodes.min()),
                "greatest": float(unknown.nodes.max()),
                **_quantiles("prior", unknown.nodes, np.exp(unknown.log_weights)),
                **_quantiles("posterior", unknown.nodes, likely),
            }
        )
    return pd.DataFrame(rows)


def affiliates_a_fighter(posterior: Posterior) -> pd.DataFrame:
    """How many affiliates there are for each fighter, where publishers count one here and one there.

    A row a statement of affiliates, beside the one of fighters in the same places that is nearest in time;
    columns as of `of_unknowns`.
    """
    import pandas as pd

    counts = [each for each in posterior.statements if isinstance(each, Strength)]
    rows = []
    for of in (each for each in counts if each.outcome == "affiliates"):
        fighters = [
            each for each in counts if each.outcome == "fighters" and each.places == of.places
        ]
        if not fighters:
            continue
        beside = min(fighters, key=lambda each: abs(each.last - of.last))
        ratio = posterior.seen[of.name] / np.maximum(posterior.seen[beside.name], 1.0)
        rows.append(
            {
                "unknown": f"{of.words}, for each of the {beside.words} (of the run itself)",
                "least": math.nan,
                "greatest": math.nan,
                **_quantiles("prior", ratio, posterior.prior_weights),
                **_quantiles("posterior", ratio, posterior.weighed.weights),
            }
        )
    return pd.DataFrame(rows)


def _quantiles(of: str, values: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    return {f"{of}_{at:.0%}": quantile(values, weights, at) for at in LOW_MEDIAN_HIGH}


def ranged(row: Mapping[Any, Any], of: str) -> str:
    """An unknown's median and central interval; of an end of its grid, that it may lie beyond."""
    low, median, high = (_at_an_end(row, row[f"{of}_{at:.0%}"]) for at in LOW_MEDIAN_HIGH)
    return median if low == median == high else f"{median} ({low} to {high})"


def _at_an_end(row: Mapping[Any, Any], value: float) -> str:
    beyond = {row["least"]: "at most ", row["greatest"]: "at least "}.get(value, "")
    return beyond + (f"{value:,.0f}" if value >= 100 else f"{value:.2g}")


def of_quantities(posterior: Posterior) -> pd.DataFrame:
    """Of each uncertain quantity: quantiles of prior and posterior, and what the record did to it.

    `shift` is the posterior's mean in standard normal scores of the prior; `contraction` is 1 - the
    variance of these scores, 0 where the record says nothing and 1 where it says all.
    """
    import pandas as pd

    bank, weights = posterior.bank, posterior.weighed.weights
    known = bank.scenario.uncertain_under()
    rows = []
    for path, scores in scores_of_all(bank, posterior.runs["run"].tolist()).items():
        mean = float(weights @ scores)
        spread = float(weights @ np.square(scores - mean))
        values = [
            known[path].quantile(float(ndtr(quantile(scores, weights, at))))
            for at in LOW_MEDIAN_HIGH
        ]
        rows.append(
            {
                "quantity": path,
                "unit": known[path].unit,
                "free": path in bank.free,
                **{f"prior_{at:.0%}": known[path].quantile(at) for at in LOW_MEDIAN_HIGH},
                **{
                    f"posterior_{at:.0%}": value
                    for at, value in zip(LOW_MEDIAN_HIGH, values, strict=True)
                },
                "shift": mean,
                "contraction": 1.0 - spread,
            }
        )
    found = pd.DataFrame(rows)
    informed = found["shift"].abs() + found["contraction"].clip(lower=0)
    return found.loc[informed.sort_values(ascending=False).index].reset_index(drop=True)


def scores_of_all(bank: Bank, runs: list[int]) -> dict[str, np.ndarray]:
    """Where every uncertain quantity stands in runs, in standard normal scores."""
    free = dict(zip(bank.free, bank.all_scores(runs).T, strict=True))
    draws = {path: bank.scenario.draw_of(path) for path in bank.scenario.uncertain_under()}
    nuisance = {
        path: ndtri(np.array([probability_of(bank.base_seed, run, draw) for run in runs]))
        for path, draw in draws.items()
        if path not in free
    }
    return free | nuisance
