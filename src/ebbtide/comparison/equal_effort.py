"""Policies at equal effort: what each adds is scaled until the own acts of all cost as much.

Pilot replications, with the luck and draws of the comparison's own, are run under every policy at several
scales of the strengths that it adds; sought is the scale at which the mean effort of its own acts is the
budget (`ebbtide.comparison.factors`). One factor scales all that a policy adds, so that the parts of a mix
keep their proportion, and no strength leaves 0 to 1. Of all effort, counted alike, a policy may cost less
than nothing at every size, since a weaker group spares forces: such a one is left as stated, and told.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.comparison import Comparison
from ebbtide.comparison.effort_of import EffortOf
from ebbtide.comparison.factors import HOW, Pilots, close, factors_at
from ebbtide.comparison.prices import stated
from ebbtide.comparison.replacing import not_kept
from ebbtide.comparison.scalable import Scalable
from ebbtide.compilation.sources import digest_beyond, runs_digest
from ebbtide.scenario import Fault, Faults, Policy
from ebbtide.scenario.faults import MISSING
from ebbtide.study.conduct import conduct
from ebbtide.study.executor import Executor
from ebbtide.study.results import Results
from ebbtide.study.store import MANIFEST, Store, read_manifest

if TYPE_CHECKING:
    from ebbtide.comparison.question import Question

PILOTS = 100  # replications at most: all of the usual comparison, since prices vary manifold between them
FIRST_PILOTS = 8  # in which a scale is sought, before it is corrected in all
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
        if told["policies"][name]["left"] is None:
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
    pilots = Pilots(min(FIRST_PILOTS, question.replications), min(PILOTS, question.replications))
    tried: dict[tuple[int, str, tuple[float, ...]], float] = {}  # replications, name, strengths

    def beyond(factors: Mapping[str, float], replications: int) -> dict[str, float]:
        """Mean effort beyond the reference's of policies at factors."""
        keys = {
            name: (replications, name, tuple(scalable[name].at(factor).values()))
            for name, factor in factors.items()
        }
        new = [name for name, key in keys.items() if key not in tried]
        if new:
            say(f"for equal effort, {replications} pilot replications of {', '.join(new)}")
            policies = {name: scalable[name].scaled(factors[name]) for name in new}
            found = _efforts_beyond(question, policies, replications, doing)
            tried.update({keys[name]: found[name] for name in new})
        return {name: tried[key] for name, key in keys.items()}

    most = {name: each.most for name, each in scalable.items()}
    stated_pilots = pilots.every if question.budget is None else pilots.first
    as_stated = beyond(dict.fromkeys(scalable, 1.0), stated_pilots)
    budget = _budget(question, as_stated)
    factors = factors_at(budget, most, beyond, pilots)
    came = beyond(factors, pilots.every)
    off = _not_reached(budget, factors, came, most)
    if off and (counted_of(question) is EffortOf.OWN or len(off) == len(scalable)):
        raise Faults(_faults(off, budget, question.reference))
    factors |= dict.fromkeys(off, 1.0)
    came = {**came, **beyond(dict.fromkeys(off, 1.0), pilots.every)}
    reference = question.policies[question.reference]
    return {
        "budget": budget,
        "unit": "effort-weeks",
        "effort_of": counted_of(question).value,
        "reference": question.reference,
        "pilots": pilots.every,
        "policies": {
            name: {
                "factor": factors[name],
                "strengths": each.at(factors[name]),
                "beyond": came[name],
                "as_stated": as_stated[name],
                "as_stated_pilots": stated_pilots,
                "left": off.get(name),
                "not_kept": not_kept(question.policies[name], reference),
            }
            for name, each in scalable.items()
        },
    }


def counted_of(question: Question) -> EffortOf:
    """Of what efforts are made equal."""
    return question.effort_of or EffortOf.OWN


def _budget(question: Question, as_stated: Mapping[str, float]) -> float:
    """The stated one, or the least that a policy costs; of all effort, of those that cost any. Faults."""
    if question.budget is not None:
        return question.budget
    least = min(as_stated, key=as_stated.__getitem__)
    costing = [each for each in as_stated.values() if each > 0]
    if costing and (as_stated[least] > 0 or counted_of(question) is EffortOf.ALL):
        return min(costing)
    found = (
        f"{least}, which spends {-as_stated[least]:.3g} effort-weeks less than {question.reference}"
    )
    allowed = "a stated budget, --budget EFFORT-WEEKS; or leave it out"
    raise Faults([Fault("equal effort", None, found, allowed)])


def _not_reached(
    budget: float,
    factors: Mapping[str, float],
    came: Mapping[str, float],
    most: Mapping[str, float],
) -> dict[str, dict[str, Any]]:
    """The policies that do not reach the budget at an end of their scale, and what they spend there.

    `short` tells whether that is at full strength, and too little; else it is at strength 0, and too much.
    """
    found = {}
    for name, factor in factors.items():
        if close(came[name], budget):
            continue
        if factor >= most[name] and came[name] < budget:
            found[name] = {"short": True, "beyond": came[name]}
        elif factor <= 0 and came[name] > budget:
            found[name] = {"short": False, "beyond": came[name]}
    return found


def _faults(off: Mapping[str, Mapping[str, Any]], budget: float, reference: str) -> list[Fault]:
    """Of policies that do not reach the budget."""
    reach = min((each["beyond"] for each in off.values() if each["short"]), default=0.0)
    allowed = "policies that can spend more; leave it out"
    if reach > 0:
        scale = 10 ** (2 - math.floor(math.log10(reach)))
        least = math.floor(reach * scale) / scale  # three digits, and in reach of all
        allowed = f"at most {least:.3g}, which all reach: --budget; or leave it out"
    faults = []
    for name, each in off.items():
        spends = f"spends {each['beyond']:.3g} effort-weeks beyond {reference}"
        if each["short"]:
            found = f"{name}, which at full strength {spends}"
            faults.append(Fault("equal effort", None, found, allowed))
        else:
            found = f"{name}, which with all that it adds at strength 0 {spends}"
            faults.append(Fault("equal effort", None, found, f"a budget above that: {budget:.3g}"))
    return faults


def _efforts_beyond(
    question: Question, policies: Mapping[str, Policy], pilots: int, doing: Doing
) -> dict[str, float]:
    """What each policy costs beyond the reference, in the mean over the first replications."""
    first, of = {question.reference: question.policies[question.reference]}, counted_of(question)
    asked = replace(
        question, policies=first | dict(policies), replications=pilots, outcomes=(of.outcome,),
        equal_effort=False, effort_of=None,
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "pilots"
        with doing(asked) as does, Store(kept, asked.manifest()) as store:
            conduct(asked.design(), store, does)
        found = Comparison.of(Results.open(kept)).effort_beyond(of)
    assert found is not None, "every lever has a price"
    beyond = found[:, 1:].mean(axis=0)
    return dict(zip(policies, beyond.tolist(), strict=True))


PRICED_BY = tuple(
    f"comparison/{name}.py" for name in ("prices", "factors", "scalable", "lived", "effort_of")
)


def _digest(question: Question) -> str:
    """Of all that the search rests on."""
    said = {
        "code": [runs_digest(), digest_beyond(*PRICED_BY)],
        "scenario": question.scenario.digest,
        "policies": {name: policy.digest for name, policy in question.policies.items()},
        "prices": stated(question.scenario, question.policies),
        "asked": [
            question.reference, question.budget, str(question.start), str(question.until),
            question.seed, question.drawn_from, min(PILOTS, question.replications), FIRST_PILOTS, HOW,
            question.posterior and question.posterior.digest, dict(question.overrides),
            counted_of(question).value,
        ],
    }  # fmt: skip
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _kept(folder: Path, asked: str) -> dict[str, Any] | None:
    """What a folder says of the same search; None where it says nothing, or of another."""
    if not (folder / MANIFEST).is_file():
        return None
    found: dict[str, Any] | None = read_manifest(folder).get("comparison", {}).get("equal_effort")
    return found if found is not None and found["asked"] == asked else None
