"""The page of a posterior, in Markdown: what it says, whether it is to be trusted, and whom to believe."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ebbtide.calibration.agreement import agreement
from ebbtide.calibration.beside_priors import SaidOfRuns, beside_priors
from ebbtide.calibration.by import By
from ebbtide.calibration.confounded import CORRELATED, chance, pairs
from ebbtide.calibration.freshness import digests
from ebbtide.calibration.nearest import strangeness, was_said, would_be_said
from ebbtide.calibration.posterior import ERRORS_APART, OUTCOMES_TOLD, SEED, Posterior, quantile
from ebbtide.calibration.recovery import CASES, LEVELS_HELD, coverage, ranks
from ebbtide.calibration.report import (
    affiliates_a_fighter,
    by_publisher,
    by_share,
    of_quantities,
    of_statements,
    of_unknowns,
    ranged,
    without_each,
)
from ebbtide.evidence.likelihood import Likelihood
from ebbtide.evidence.statement import StatementOfPeriod
from ebbtide.scenario.faults import counted
from ebbtide.study.metrics import METRICS
from ebbtide.study.spread import AS_GOOD, CENTRAL, LOW_MEDIAN_HIGH

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

UNEVEN = 0.01  # of a hundred rows one is so by chance
MOVED = 15
HOW = {
    By.LIKELIHOOD: "each run weighs by how likely it makes what was published",
    By.NEAREST: (
        "the runs are kept of which publishers would say nearest to what they said (approximate Bayesian "
        "computation, summaries by partial least squares): an approximation, wider than the exact answer, "
        "whose coverage stands below"
    ),
}


def posterior_page(
    posterior: Posterior,
    made_by: str,
    beside: Posterior | None = None,
    figures: str | None = None,
) -> str:
    """The page; `made_by` says by which command, and of which bank.

    `beside` is another bank, `figures` the folder of the page's figures, relative to it.
    """
    scenario = posterior.bank.scenario
    likely = replace(posterior, by=By.LIKELIHOOD).weighed
    ranked, near = (
        coverage(ranks(posterior, near_record=near_record)) for near_record in (False, True)
    )
    statements = Likelihood.of(posterior.statements).statements
    strange = strangeness(
        would_be_said(statements, posterior.seen, SEED), was_said(statements, SEED)
    )
    said = of_statements(posterior)
    outside = said[~said["inside"]]
    by_priors, by_posterior = SaidOfRuns.by_priors(posterior), SaidOfRuns.by_posterior(posterior)
    told = beside_priors(by_priors, by_posterior)
    publishers = by_publisher(said)
    missed = publishers[publishers["inside"] < publishers["statements"]]
    lines = [
        f"# What the record says: {scenario.title}",
        "",
        made_by,
        "",
        digests(scenario, "posterior_page"),
        "",
        f"{len(posterior.runs):,} whole runs, held against what {said['publisher'].nunique()} publishers "
        f"said of the time up to {scenario.file.cut}: {HOW[posterior.by]}. It is worth "
        f"{posterior.weighed.effective:,.0f} draws. By likelihood the same runs are worth "
        f"{likely.effective:,.0f} ({likely.pareto_told}, above 0.7 of which none "
        "is to be trusted).",
        "",
        f"Of {strange:.1%} of the runs something stranger would be said, all statements together, than "
        "what was said: near 0% the record lies where hardly any run of the priors goes, and it is a "
        "stretch to answer at all. Statements beyond all that would be said of any run were taken as the "
        "most extreme that would.",
        "",
        "## What is said, and what would be",
        "",
        f"{len(said) - len(outside)} of {len(said)} statements meet the central {CENTRAL} of what would "
        "be said; those marked *held back* were fitted by nothing. Most publishers say the same more than "
        f"once. Each counted once, {len(publishers) - len(missed)} of {len(publishers)} are met in all "
        f"that they say{_missed(missed)}.",
        "",
        *_worth(said, told, by_priors, by_posterior),
        f"| statement | publisher | said | prior: median ({CENTRAL}) | posterior | inside "
        f"| CRPS of logs: prior | posterior | within {AS_GOOD:g} |",
        "|---|---|---:|---:|---:|---|---:|---:|---:|",
        *(
            _statement(row) + _near(beside)
            for row, beside in zip(said.to_dict("records"), told.to_dict("records"), strict=True)
        ),
        "",
        "## Whom to believe",
        "",
        "By what factor a publisher counts too high or low, what else is unknown of publishers, and how "
        "many affiliates there are for each fighter, where one publisher counts these and another those:",
        "",
        *([] if figures is None else [f"![Whom to believe]({figures}/publishers.png)", ""]),
        f"| unknown | prior: median ({CENTRAL}) | posterior |",
        "|---|---:|---:|",
        *(
            f"| {row['unknown']} | {ranged(row, 'prior')} | {ranged(row, 'posterior')} |"
            for of in (of_unknowns(posterior), affiliates_a_fighter(posterior))
            for row in of.to_dict("records")
        ),
        "",
        "## Without each publisher",
        "",
        f"| without | {' | '.join(_words(name) for name in OUTCOMES_TOLD)} |",
        "|---" + "|---:" * len(OUTCOMES_TOLD) + "|",
        f"| (the priors alone) | {' | '.join(_of_prior(posterior, name) for name in OUTCOMES_TOLD)} |",
        *_without(without_each(posterior)),
        *_without_leaks(posterior),
        "",
        "## Is it to be trusted?",
        "",
        f"{CASES} runs were published anew, by the observation model, and each answered by all others: "
        "once any runs, and once runs whose new publications lie as near to the record as those of the "
        "runs that are kept for it. An interval should hold the truth as often as it says; of "
        f"{len(ranked)} quantities and outcomes {int((~ranked['kept']).sum())} are off in any runs, by "
        f"more than three Monte Carlo errors, and {int((~near['kept']).sum())} near the record, and are "
        "marked. `p` is the chance of ranks less even than these, were they even (Kolmogorov and "
        f"Smirnov); under {UNEVEN} it is marked too, of a hundred rows one by chance.",
        "",
        f"| quantity or outcome | {_heads('all runs')} | {_heads('near the record')} |",
        "|---" + ("|---:" * len(LEVELS_HELD) + "|---:|---") * 2 + "|",
        *(
            f"| `{name}` | {_held(row)} | {_held(beside)} |"
            for name, row, beside in zip(
                ranked["quantity"], ranked.to_dict("records"), near.to_dict("records"), strict=True
            )
        ),
        "",
        *_by_share(posterior),
        *([] if beside is None else _beside(posterior, beside)),
        "## What the record did to each quantity",
        "",
        "`shift` is the posterior's mean in standard deviations of the prior, `contraction` the part of "
        f"the prior's variance that is gone; the {MOVED} that moved most. What is not here the record "
        "says next to nothing of.",
        "",
        f"| quantity | unit | prior: median ({CENTRAL}) | posterior | shift | contraction |",
        "|---|---|---:|---:|---:|---:|",
        *(
            f"| `{row['quantity']}` | {row['unit']} | {_range(row, 'prior_', 3)} "
            f"| {_range(row, 'posterior_', 3)} | {row['shift']:+.2f} | {row['contraction']:.2f} |"
            for row in of_quantities(posterior).head(MOVED).to_dict("records")
        ),
        "",
        *_confounded(posterior),
    ]
    return "\n".join(lines) + "\n"


def _worth(
    said: pd.DataFrame, told: pd.DataFrame, by_priors: SaidOfRuns, by_posterior: SaidOfRuns
) -> list[str]:
    """What agreement is worth: what the priors alone say too, and what the posterior says nearer."""
    fitted, held_back = (_nearer(told[told["held_back"] == held]) for held in (False, True))
    return [
        "**What that is worth.** The priors alone, fitted to nothing, meet "
        f"{int(said['inside_priors'].sum())} of {len(said)}: intervals so wide hold nearly whatever is "
        "said, and the count is no evidence that the record taught anything. How near the runs come tells "
        "more. The mean CRPS of logs, the lower the better, is, of the statements that were fitted, which "
        f"chose the runs, {fitted}{'; of those held back ' + held_back if held_back else ''}. "
        "So few statements prove little either way. The last column is the weight of runs that say a "
        f"statement within a factor {AS_GOOD:g} of what was said. Single runs say "
        f"{_at_once(by_posterior)} of {len(said)} so near at once, the best one "
        f"{by_posterior.most_at_once}; of the priors {_at_once(by_priors)}.",
        "",
    ]


def _nearer(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    better = int((rows["crps_posterior"] < rows["crps_priors"]).sum())
    return (
        f"{rows['crps_priors'].mean():.2f} by the priors and {rows['crps_posterior'].mean():.2f} by the "
        f"posterior ({better} of {len(rows)} better)"
    )


def _at_once(said: SaidOfRuns) -> str:
    low, median, high = said.near_at_once
    return f"{median:.0f} ({low:.0f} to {high:.0f})"


def _near(row: dict[Any, Any]) -> str:
    return (
        f" {row['crps_priors']:.2f} | {row['crps_posterior']:.2f} | {row['near_posterior']:.2f} |"
    )


def _confounded(posterior: Posterior) -> list[str]:
    """What the record cannot tell apart."""
    every = pairs(posterior)
    if every.empty:
        return []
    strong = every[every["correlation"].abs() > CORRELATED]
    named = "; ".join(
        f"`{row['one']}` with `{row['other']}` {row['correlation']:+.2f}"
        for row in (every.head(3) if strong.empty else strong).to_dict("records")
    )
    return [
        "What the record cannot tell apart goes together in the posterior: it knows a sum or a product "
        "better than each part. Pairs of quantities that are followed with a correlation above "
        f"{CORRELATED:g}: {len(strong)} of {len(every):,}{', the most' if strong.empty else ''}: {named}. "
        f"In so many draws and pairs chance alone reaches about {chance(posterior):.2f}.",
    ]


def _missed(missed: pd.DataFrame) -> str:
    """The publishers that are not met in all that they say."""
    told = [
        f"{row['publisher']} in {row['inside']} of {row['statements']}"
        for row in missed.to_dict("records")
    ]
    return f"; {', '.join(told)}" if told else ""


def _heads(of: str) -> str:
    return " | ".join(
        [f"{of}: {LEVELS_HELD[0]:.0%}", *(f"{level:.0%}" for level in LEVELS_HELD[1:]), "p", ""]
    )


def _held(row: Any) -> str:
    levels = [f"{row[f'{level:.0%}']:.0%}" for level in LEVELS_HELD]
    marks = ["off"] * (not row["kept"]) + ["uneven"] * (row["uniform"] < UNEVEN)
    return " | ".join([*levels, f"{row['uniform']:.2f}", ", ".join(marks)])


def _by_share(posterior: Posterior) -> list[str]:
    """What hangs on the part of the runs that is kept, by nearness."""
    return [
        "How large a part of the runs is kept for the nearest is a guess. What hangs on it:",
        "",
        f"| part kept | draws | inside | {' | '.join(_words(name) for name in OUTCOMES_TOLD)} |",
        "|---:|---:|---:" + "|---:" * len(OUTCOMES_TOLD) + "|",
        *(
            f"| {row['share']:.0%} | {row['draws']:,.0f} | {row['inside']} of {row['statements']} | "
            + " | ".join(_range(row, f"{name} ") for name in OUTCOMES_TOLD)
            + " |"
            for row in by_share(posterior).to_dict("records")
        ),
        "",
    ]


def _beside(one: Posterior, other: Posterior) -> list[str]:
    """What another bank says."""
    table = agreement(one, other)
    apart = [str(row["quantity"]) for row in table.to_dict("records") if not row["agree"]]
    named = ": " + ", ".join(f"`{name}`" for name in apart) if apart else ""
    return [
        "## Another bank beside it",
        "",
        f"Another bank of {len(other.runs):,} runs (seed {other.bank.base_seed}; worth "
        f"{other.weighed.effective:,.0f} draws) was weighed in the same way. Of {len(table)} quantities "
        f"and outcomes the medians of {len(apart)} differ by more than {ERRORS_APART:g} Monte Carlo errors"
        f"{named}.",
        "",
        "| quantity or outcome | unit | median | in the other bank | errors apart | |",
        "|---|---|---:|---:|---:|---|",
        *(
            f"| `{row['quantity']}` | {row['unit']} | {_with_error(row, 1)} | {_with_error(row, 2)} "
            f"| {row['errors']:.1f} | {'' if row['agree'] else 'apart'} |"
            for row in table.to_dict("records")
        ),
        "",
    ]


def _with_error(row: Any, bank: int) -> str:
    return f"{row[f'median_{bank}']:.3g} (± {row[f'error_{bank}']:.2g})"


def _statement(row: dict[Any, Any]) -> str:
    said = f"{row['low']:,.0f}" + (f"-{row['high']:,.0f}" if row["high"] > row["low"] else "")
    held = " (held back)" if row["held_back"] else ""
    return (
        f"| {row['statement']}{held} | {row['publisher']} | {said} | {_range(row, 'prior_')} "
        f"| {_range(row, 'posterior_')} | {'yes' if row['inside'] else '**no**'} |"
    )


def _words(outcome: str) -> str:
    return METRICS[outcome].meaning.rstrip(".").lower()


def _of_prior(posterior: Posterior, outcome: str) -> str:
    return _outcome(posterior, outcome, posterior.prior_weights)


def _outcome(posterior: Posterior, outcome: str, weights: np.ndarray) -> str:
    of_runs = posterior.seen[outcome]
    return _range({f"{at:.0%}": quantile(of_runs, weights, at) for at in LOW_MEDIAN_HIGH}, "")


def _without(table: pd.DataFrame) -> list[str]:
    lines = []
    for publisher, rows in table.groupby("without", sort=False):
        told = {row["outcome"]: _range(row, "") for row in rows.to_dict("records")}
        lines.append(f"| {publisher} | {' | '.join(told[name] for name in OUTCOMES_TOLD)} |")
    return lines


def _without_leaks(posterior: Posterior) -> list[str]:
    """The posterior without what was published after the day from which it may be used."""
    leaks = [
        each
        for each in Likelihood.of(posterior.statements).statements
        if isinstance(each, StatementOfPeriod) and each.last > each.known
    ]
    if not leaks:
        return []
    left = tuple(each for each in posterior.statements if each not in leaks)
    weights = replace(posterior, statements=left).weighed.weights
    told = " | ".join(_outcome(posterior, name, weights) for name in OUTCOMES_TOLD)
    words = "; ".join(f"{each.publisher}: {each.words}" for each in leaks)
    return [
        f"| ({counted(len(leaks), 'statement')} published later) | {told} |",
        "",
        "The last row is without counts of periods that go on after the day from which they are used, and "
        f"that were published later: {words}.",
    ]


def _range(row: Any, of: str, digits: int = 0) -> str:
    low, median, high = (row[f"{of}{at:.0%}"] for at in LOW_MEDIAN_HIGH)
    if digits:
        return f"{median:.{digits}g} ({low:.{digits}g} to {high:.{digits}g})"
    return f"{median:,.0f} ({low:,.0f} to {high:,.0f})"
