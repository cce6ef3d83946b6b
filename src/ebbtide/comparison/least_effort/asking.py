"""What is asked of a search for the least effort, loaded and checked: nothing has been run yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from ebbtide.comparison import limits
from ebbtide.comparison.effort_of import EFFORT_OF_OWN_ACTS
from ebbtide.comparison.least_effort.goal import Goal
from ebbtide.comparison.least_effort.search import ABREAST, folder_of_round
from ebbtide.comparison.least_effort.sought import Choice, Sought
from ebbtide.comparison.prices import stated
from ebbtide.comparison.question import Question, first_difference
from ebbtide.comparison.scalable import Scalable
from ebbtide.scenario import Fault, Faults, Policy, Scenario, load_policy
from ebbtide.scenario.faults import MISSING, counted, shown
from ebbtide.scenario.policy_from import name_and_day
from ebbtide.scenario.weeks import A_WEEK
from ebbtide.study.store import NAME_ANOTHER, Refused

MOST_POLICIES = 2  # at once: beyond, a search of this size finds little
LEAST_FRESH = 20  # replications, for a share to say anything
NEEDED = "needs the extra `optimise`: pip install 'ebbtide[optimise]'"


def sought(
    scenario: Scenario,
    policies: Sequence[str],
    goal: str,
    probability: float,
    *,
    at_most: Sequence[str] = (),
    reference: str | None = None,
    latest: dt.date | None = None,
    tries: int,
    replications: int,
    fresh: int,
    seed: int,
    priors: bool = False,
    named: str,
    overrides: Mapping[str, str],
) -> Sought:
    """What is to be sought. Raises Faults, and Refused where the extra is not installed."""
    if find_spec("optuna") is None:
        raise Refused(f"this {NEEDED}")
    aim, most = Goal.read(goal, probability, scenario), limits.read(at_most)
    if not 0 < len(policies) <= MOST_POLICIES:
        allowed = "one policy, or two of which a mix is sought"
        raise Faults([Fault("policy", None, counted(len(policies), "policy"), allowed)])
    if len({*policies}) < len(policies):
        raise Faults([Fault("policy", None, f"{policies[0]} twice", "two that differ")])
    base = scenario.policy if reference is None else load_policy(reference, scenario)
    choices = tuple(_choice(each, base, scenario) for each in policies)
    _must_have_prices(scenario, choices)
    first, all_begun = (of(each.earliest for each in choices) for of in (min, max))
    last = aim.date - A_WEEK if latest is None else latest
    if latest is None and last < all_begun:
        end = scenario.file.end
        allowed = f"a date from {all_begun + A_WEEK}, a week after the policies may begin, to {end}"
        raise Faults([Fault("goal", None, aim.date.isoformat(), allowed)])
    if not all_begun <= last <= aim.date:
        allowed = f"a date from {all_begun}, when the policies may begin, to {aim.date}, the goal's"
        raise Faults([Fault("latest", None, last.isoformat(), allowed)])
    drawn = None if priors else scenario.posterior
    if drawn is not None and replications + fresh > len(drawn):
        fresh = len(drawn) - replications
        if fresh < LEAST_FRESH:
            most_kept = len(drawn) - LEAST_FRESH
            allowed = f"at most {most_kept}: the posterior has {len(drawn)} draws; or --priors"
            raise Faults([Fault("replications", None, str(replications), allowed)])
    question = Question(
        scenario=scenario, policies={base.id: base}, reference=base.id, named=named, policies_named={},
        start=first, until=aim.date, outcomes=(EFFORT_OF_OWN_ACTS, *most), replications=replications,
        limits=most, seed=seed, priors=priors, overrides=overrides, most_runs=None,
    )  # fmt: skip
    found = Sought(question, choices, aim, most, last, -(-tries // ABREAST), fresh)
    for week in ((0, 0), found.weeks):
        found.policy(tuple((1.0, each) for each in week[: len(choices)]), "tried")
    return found


def _choice(asked: str, base: Policy, scenario: Scenario) -> Choice:
    """A policy, from its own first day on or from that of NAME@DATE. Raises Faults."""
    name, day = name_and_day(asked)
    policy = load_policy(name, scenario)
    scalable = Scalable.of(policy, scenario)
    if scalable is None:
        allowed = "a policy that adds acts whose strength can be scaled"
        raise Faults([Fault("policy", None, f"{policy.id}, which adds none", allowed)])
    if base.path.resolve() not in policy.document.files.values():
        allowed = f"a policy that builds on {base.id}, with which it is compared"
        raise Faults([Fault("policy", None, shown(policy.id), allowed)])
    begins = first_difference({base.id: base, policy.id: policy}, base.id)
    return Choice(policy.id, scalable, day or begins or scenario.file.start)


def _must_have_prices(scenario: Scenario, choices: Sequence[Choice]) -> None:
    """Raise Faults for choices whose cost nobody says."""
    policies = {each.name: each.scalable.policy for each in choices}
    if without := stated(scenario, policies)["without"]:
        raise Faults(
            Fault("prices.toml", f"prices.{lever}", MISSING, "a price, for effort to be counted")
            for lever in without
        )


def must_be_free(folder: Path) -> None:
    """Raise Refused for a folder that holds anything else than a search."""
    if folder.is_dir() and any(folder.iterdir()) and not folder_of_round(folder, 1).is_dir():
        raise Refused(f"{folder}: holds something else than a search; {NAME_ANOTHER}")
