"""Rival views of structure: what the record says of each, and what policies do where each holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison.information import value_of_perfect_information
from ebbtide.comparison.paired import difference
from ebbtide.comparison.view_worth import worth_of_views
from ebbtide.study.manifest_file import KeptStructure

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.scenario import Scenario
    from ebbtide.study.design import Run

# guess: replications of a view, below which no policy is said to be best where it holds
FEWEST_IN_VIEW = 8
LEAD = ("next", "lead", "lead_low", "lead_high")


def stated(scenario: Scenario, every_draw: Sequence[Run] | None) -> dict[str, KeptStructure]:
    """The rival views that a scenario states, as a manifest keeps them.

    `prior` is the probability of each view, `draws` how many draws of the posterior hold it, of
    `every_draw`, which has each once; None where runs are not drawn from one. A quantity that was set by
    hand has no rivals.
    """
    told = {}
    for name, structure in scenario.file.structures.items():
        quantity = scenario.quantities[structure.quantity]
        if not quantity.uncertain:
            continue
        counts = None
        if every_draw is not None:
            values = [float(str(run.values[structure.quantity])) for run in every_draw]
            views = [structure.view_of(value) for value in values]
            counts = tuple(np.bincount(views, minlength=len(structure.views)).tolist())
        told[name] = KeptStructure(
            says=structure.says, quantity=structure.quantity, at=structure.at, views=structure.views,
            source=structure.source, prior=structure.prior_shares(quantity), draws=counts,
        )  # fmt: skip
    return told


def views_held(structure: Mapping[str, Any], values: np.ndarray) -> np.ndarray:
    """The number of the view that each value of a structure's quantity belongs to."""
    found: np.ndarray = np.searchsorted(structure["at"], values, side="right")
    return found


def evidence_ratio(draws: int, of: int, prior: float) -> tuple[float, float, float]:
    """For a view against its rivals: posterior odds over prior odds, and a 95% interval.

    The Bayes factor (Kass and Raftery, Bayes factors, Journal of the American Statistical Association 90,
    1995), by the share of draws that hold the view, whose interval is Jeffreys'. It is as approximate as
    the draws: how well they are told, not whether the likelihood is right.
    """
    from scipy.stats import beta

    share = beta(draws + 0.5, of - draws + 0.5)
    low, middle, high = (
        float(at / (1 - at) / (prior / (1 - prior)))
        for at in (share.ppf(0.025), (draws + 0.5) / (of + 1), share.ppf(0.975))
    )
    return middle, low, high


def by_view(
    structures: Mapping[str, Mapping[str, Any]],
    losses: np.ndarray,
    quantities: Mapping[str, np.ndarray],
    policies: tuple[str, ...],
) -> pd.DataFrame:
    """A row a view and policy: how often it is held, and what the policy does where it is.

    `losses` are by replication and policy, less is better, the reference first. Columns: `structure`,
    `says`, `view`, `prior`, `evidence` with its interval (`evidence_low`, `evidence_high`; see
    `evidence_ratio`), `replications`, `policy`, `relative`, the difference of its mean loss from the
    reference's as a share of that, and `chosen`, whether it has the best mean; `next`, whose mean is next
    to the best, and `lead`, by how much less the best loses than that, paired, with its 95% interval
    (`lead_low`, `lead_high`); and what it would be worth to know the question's view (`worth`,
    `worth_of_perfect`, `worth_noise`, `worth_p`; see `ebbtide.comparison.view_worth`). None where fewer
    than `FEWEST_IN_VIEW` replications hold the view, or any of the question.
    """
    import pandas as pd

    held_by = {
        name: views_held(each, quantities[each["quantity"]]) for name, each in structures.items()
    }
    enough_of = {
        name: held_by[name]
        for name, each in structures.items()
        if np.bincount(held_by[name], minlength=len(each["views"])).min() >= FEWEST_IN_VIEW
    }
    worths = worth_of_views(losses, enough_of)
    perfect = value_of_perfect_information(losses)
    rows = []
    for name, each in structures.items():
        held = held_by[name]
        worth = worths.get(name)
        of_question = {
            "worth": worth and worth.value,
            "worth_of_perfect": worth and (worth.value / perfect if perfect else 0.0),
            "worth_noise": worth and worth.noise,
            "worth_p": worth and worth.p,
        }
        for number, view in enumerate(each["views"]):
            inside = losses[held == number]
            told = each["draws"]
            prior = each["prior"][number]
            ratio = evidence_ratio(told[number], sum(told), prior) if told else (None,) * 3
            enough = len(inside) >= FEWEST_IN_VIEW
            means = inside.mean(axis=0) if enough else np.full(len(policies), np.nan)
            lead = _lead(inside, policies) if enough else dict.fromkeys(LEAD)
            for place, policy in enumerate(policies):
                base = abs(means[0])
                rows.append(
                    {
                        "structure": name, "says": each["says"], "view": view,
                        "prior": prior, "evidence": ratio[0],
                        "evidence_low": ratio[1], "evidence_high": ratio[2],
                        "replications": len(inside), "policy": policy,
                        "relative": (means[place] - means[0]) / base if enough and base else None,
                        "chosen": bool(means[place] == means.min()) if enough else None,
                        **lead, **of_question,
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


def _lead(losses: np.ndarray, policies: tuple[str, ...]) -> dict[str, Any]:
    """Whose mean is next to the best, and by how much less the best loses."""
    best, second = np.argsort(losses.mean(axis=0), kind="stable")[:2]
    lead = difference(losses[:, second], losses[:, best])
    return dict(zip(LEAD, (policies[second], lead.value, lead.low, lead.high), strict=True))
