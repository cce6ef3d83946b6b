"""Policies at equal effort: what each adds is scaled until the own acts of all cost as much.

A few pilot replications, with the luck and draws of the comparison's first, are run under every policy at
several scales of the strengths that it adds; a bracketing root finder (Chandrupatla 1997, in SciPy) seeks
the scale at which the mean effort of its own acts is the budget. One factor scales all that a
policy adds, so that the parts of a mix keep their proportion, and no strength leaves 0 to 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.comparison.comparison import Comparison
from ebbtide.comparison.prices import EFFORT_OF_OWN_ACTS, stated
from ebbtide.comparison.scalable import DIGITS, Scalable
from ebbtide.compilation.sources import runs_digest
from ebbtide.scenario import Fault, Faults, Policy
from ebbtide.scenario.faults import MISSING
from ebbtide.study.conduct import conduct
from ebbtide.study.executor import Executor
from ebbtide.study.results import Results
from ebbtide.study.store import MANIFEST, Store, read_manifest

if TYPE_CHECKING:
    from ebbtide.comparison.question import Question

PILOTS = 8  # replications: pairing leaves little luck in a difference of effort
CLOSE = 0.01  # to the budget, as a share of it
MOST_TRIED = 12  # scales of a policy
Doing = Callable[["Question"], AbstractContextManager[Executor]]  # who does a question's runs


def equalised(
    question: Question,
    folder: Path | None,
    doing: Doing,
    say: Callable[[str], None] = lambda _: None,
) -> Question:
    """The question at equal effort, its pilots run; as the folder has it, if that was made so.

    `say` is told of each round of pilots.
    Raises Faults: a lever without a price, a policy that adds nothing to be scaled, a budget that one
    cannot reach.
    """
    scalable = _scalable(question)
    asked = _digest(question)
    kept = None if folder is None else _kept(folder, asked)
    told = kept or _searched(question, scalable, doing, say) | {"asked": asked}
    policies = dict(question.policies)
    for name, each in scalable.items():
        policies[name] = each.scaled(told["policies"][name]["factor"])
    return replace(question, policies=policies, equalised=told)


def _scalable(question: Question) -> dict[str, Scalable]:
    """The policies beside the reference that add what can be scaled. Raises Faults."""
    without = stated(question.scenario, question.policies)["without"]
    faults = [
        Fault("prices.toml", f"prices.{lever}", MISSING, "a price, for effort to be made equal")
        for lever in without
    ]
    found = {}
    for name, policy in question.policies.items():
        if name == question.reference:
            continue
        if (each := Scalable.of(policy, question.scenario)) is not None:
            found[name] = each
        else:
            allowed = "policies that add acts whose strength can be scaled; leave it out"
            faults.append(Fault("equal effort", None, f"{name}, which adds none", allowed))
    if faults:
        raise Faults(faults)
    return found


def _searched(
    question: Question,
    scalable: Mapping[str, Scalable],
    doing: Doing,
    say: Callable[[str], None],
) -> dict[str, Any]:
    """The factors at which all spend the budget, and how they were found. Raises Faults."""
    from scipy.optimize import elementwise

    names = list(scalable)
    tried: dict[tuple[str, tuple[float, ...]], float] = {}  # by name and strengths
    pilots = min(PILOTS, question.replications)

    def beyond(factors: np.ndarray, which: np.ndarray) -> np.ndarray:
        """Mean effort beyond the reference's of policies at factors."""
        asked = [(names[int(each)], float(x)) for each, x in zip(which, factors, strict=True)]
        keys = [(name, tuple(scalable[name].at(x).values())) for name, x in asked]
        new = {
            key: scalable[key[0]].scaled(x)
            for key, (_, x) in zip(keys, asked, strict=True)
            if key not in tried
        }
        if new:
            say(
                f"for equal effort, {pilots} pilot replications of {', '.join(name for name, _ in new)}"
            )
            by_name = {name: policy for (name, _), policy in new.items()}
            found = _efforts_beyond(question, by_name, pilots, doing)
            tried.update({key: found[key[0]] for key in new})
        return np.array([tried[key] for key in keys])

    every = np.arange(len(names))
    as_stated = beyond(np.ones(len(names)), every)
    budget = float(as_stated.min()) if question.budget is None else question.budget
    if budget <= 0:
        least = names[int(as_stated.argmin())]
        found = f"{least}, which spends {-budget:.3g} effort-weeks less than {question.reference}"
        allowed = "a stated budget, --budget EFFORT-WEEKS; or leave it out"
        raise Faults([Fault("equal effort", None, found, allowed)])
    most = np.array([scalable[name].most for name in names])
    low = np.where(as_stated >= budget, 0.0, 1.0)
    high = np.where(as_stated >= budget, 1.0, most)
    ends = [beyond(low, every), beyond(high, every)]
    _must_hold(budget, names, ends, low, question.reference)
    left = np.array([not _close(value, budget) for value in as_stated])
    factors = np.ones(len(names))
    if left.any():
        root: Any = elementwise.find_root(
            lambda factors, *which: beyond(factors, which[0]) - budget,
            (low[left], high[left]),
            args=(every[left],),
            maxiter=MOST_TRIED,
            tolerances={"fatol": CLOSE * budget, "xatol": 10.0**-DIGITS},
        )
        factors[left] = root.x
    came = beyond(factors, every)
    return {
        "budget": budget,
        "unit": "effort-weeks",
        "reference": question.reference,
        "pilots": pilots,
        "policies": {
            name: {
                "factor": float(factor),
                "strengths": scalable[name].at(float(factor)),
                "beyond": float(value),
                "as_stated": float(before),
            }
            for name, factor, value, before in zip(names, factors, came, as_stated, strict=True)
        },
    }


def _close(value: float, budget: float) -> bool:
    return abs(value - budget) <= CLOSE * budget


def _must_hold(
    budget: float, names: list[str], ends: list[np.ndarray], low: np.ndarray, reference: str
) -> None:
    """Raise Faults for policies that do not reach the budget between the ends."""
    faults = []
    reach = float(ends[1].min())
    reached = f"at most {reach:.3g}, which all reach: --budget; or leave it out"
    for name, least, most, below in zip(names, *ends, low, strict=True):
        if below == 0 and least > budget:
            found = (
                f"{name}, which with all that it adds at strength 0 spends {least:.3g} effort-weeks "
                f"beyond {reference}"
            )
            faults.append(Fault("equal effort", None, found, f"a budget above that: {budget:.3g}"))
        elif most < budget and not _close(most, budget):
            found = (
                f"{name}, which at full strength spends {most:.3g} effort-weeks beyond {reference}"
            )
            allowed = reached if reach > 0 else "policies that can spend more; leave it out"
            faults.append(Fault("equal effort", None, found, allowed))
    if faults:
        raise Faults(faults)


def _efforts_beyond(
    question: Question, policies: Mapping[str, Policy], pilots: int, doing: Doing
) -> dict[str, float]:
    """What each policy's own acts cost beyond the reference: the mean over the first replications."""
    first = {question.reference: question.policies[question.reference]}
    asked = replace(
        question, policies=first | dict(policies), replications=pilots, outcomes=(EFFORT_OF_OWN_ACTS,),
        equal_effort=False,
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "pilots"
        with doing(asked) as does, Store(kept, asked.manifest()) as store:
            conduct(asked.design(), store, does)
        beyond = Comparison.of(Results.open(kept)).values[EFFORT_OF_OWN_ACTS][:, 1:].mean(axis=0)
    return dict(zip(policies, beyond.tolist(), strict=True))


def _digest(question: Question) -> str:
    """Of all that the search rests on."""
    said = {
        "code": runs_digest(),
        "scenario": question.scenario.digest,
        "policies": {name: policy.digest for name, policy in question.policies.items()},
        "prices": stated(question.scenario, question.policies),
        "asked": [
            question.reference, question.budget, str(question.start), str(question.until),
            question.seed, question.drawn_from, min(PILOTS, question.replications),
            question.posterior and question.posterior.digest, dict(question.overrides),
        ],
    }  # fmt: skip
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _kept(folder: Path, asked: str) -> dict[str, Any] | None:
    """What a folder says of the same search; None where it says nothing, or of another."""
    if not (folder / MANIFEST).is_file():
        return None
    found: dict[str, Any] | None = read_manifest(folder).get("comparison", {}).get("equal_effort")
    return found if found is not None and found["asked"] == asked else None
