"""The search: a few sizes and dates at a time, all in the same replications, and then new ones.

A tree-structured Parzen estimator (Bergstra and others, Algorithms for hyper-parameter optimization, 2011,
in Optuna) seeks size and first week of each policy. All that it tries meets the same draws and random
numbers, so that its objective has no noise of its own; the luck of these replications it can still fit.
So nothing is reported from them: what it found is lived again in replications that it has not seen, the
least effort first, until one reaches the goal there too.

What is tried is kept round by round, as results of comparisons. The estimator is keyed by the seed, so
that the same command tries the same again and finds it kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.comparison.comparison import Comparison
from ebbtide.comparison.effort_of import EFFORT_OF_OWN_ACTS
from ebbtide.comparison.equal_effort import Doing
from ebbtide.comparison.least_effort.found import Found, LivedAgain, PlanNumbers, TriedPlan
from ebbtide.comparison.least_effort.sought import Plan, Sought
from ebbtide.scenario import Fault, Faults
from ebbtide.study.conduct import conduct
from ebbtide.study.results import Results
from ebbtide.study.store import Store

if TYPE_CHECKING:
    import optuna

ABREAST = 8  # tried in a round
AT_RANDOM = 8  # before the estimator has something to go by
STEP = 0.02  # of a size
MOST_AGAIN = 5  # that are lived again


class Search:
    """Does what is sought in a folder; `say` is told of rounds, `command` is what its folders keep."""

    def __init__(
        self,
        sought: Sought,
        folder: Path,
        doing: Doing,
        say: Callable[[str], None] = lambda _: None,
        command: str = "",
    ) -> None:
        self.sought, self.folder = sought, folder
        self._doing, self._say, self._command = doing, say, command
        self._found = Found(sought)
        self._known: dict[Plan, TriedPlan] = {}

    def found(self) -> Found:
        """Search, and live again what was found. Raises Faults: no effort is needed, or none is enough."""
        study, found = _study(self.sought), self._found
        for number in range(1, self.sought.rounds + 1):
            trials = [study.ask() for _ in range(ABREAST)]
            plans = [_asked(trial, self.sought) for trial in trials]
            self._live(plans, folder_of_round(self.folder, number))
            for trial, plan in zip(trials, plans, strict=True):
                self._tell(study, trial, self._known[plan])
            self._say(f"round {number} of {self.sought.rounds}: {self._so_far()}")
        self._must_be_reached()
        for number, tried in enumerate(found.within[:MOST_AGAIN], 1):
            found.again.append(self._again(tried, self.folder / f"again-{number}"))
            means = {name: each.value for name, each in found.again[-1].most.items()}
            enough = found.again[-1].probability.value >= self.sought.goal.probability
            if enough and self.sought.keeps(means):
                found.answer = found.again[-1]
                break
        return found

    def _tell(self, study: optuna.Study, trial: optuna.Trial, tried: TriedPlan) -> None:
        """Of the effort, and of by how much goal and ceilings are missed, above zero."""
        trial.set_constraint("goal", self.sought.goal.probability - tried.probability)
        for name, most in self.sought.ceilings.items():
            trial.set_constraint(name, (tried.most[name] - most) / (abs(most) or 1.0))
        study.tell(trial, tried.effort)

    def _live(self, plans: Sequence[Plan], folder: Path) -> None:
        """Live the plans that are not known yet, and remember what came of them."""
        new: dict[str, Plan] = {}
        for plan in dict.fromkeys(plans):
            if plan not in self._known:
                new[f"tried-{len(self._known) + len(new) + 1:03d}"] = plan
        if not new:
            return
        lived = self._lived(new, folder, self.sought.question.replications)
        self._must_be_needed(TriedPlan.of((), lived[self.sought.question.reference]))
        for name, plan in new.items():
            self._known[plan] = TriedPlan.of(plan, lived[name])
            self._found.tried.append(self._known[plan])

    def _again(self, tried: TriedPlan, folder: Path) -> LivedAgain:
        """A plan in the replications after the search's: other draws, and other random numbers."""
        seen = self.sought.question.replications
        lived = self._lived({"found": tried.plan}, folder, seen + self.sought.fresh)
        return LivedAgain.of(
            tried, lived["found"].of(np.arange(len(lived["found"].effort)) >= seen)
        )

    def _lived(
        self, plans: Mapping[str, Plan], folder: Path, replications: int
    ) -> dict[str, PlanNumbers]:
        """Numbers of the reference and of plans, by name, of replications that all have finished."""
        template = self.sought.question
        made = {name: self.sought.policy(plan, name) for name, plan in plans.items()}
        policies = {name: policy for name, policy in made.items() if policy is not None}
        question = replace(
            template, policies={**template.policies, **policies}, replications=replications
        )
        manifest = question.manifest() | ({"command": self._command} if self._command else {})
        with self._doing(question) as does, Store(folder, manifest) as store:
            conduct(question.design(), store, does)
        found = Comparison.of(
            Results.open(folder), start=question.start, outcomes=question.outcomes
        )
        reached, effort = self.sought.goal.reached(found.lived), found.values[EFFORT_OF_OWN_ACTS]
        places = {name: place for place, name in enumerate(found.policies)}
        return {
            name: PlanNumbers(
                reached[:, place],
                effort[:, place],
                {each: found.values[each][:, place] for each in self.sought.ceilings},
            )
            for name in (template.reference, *plans)
            for place in [places.get(name, 0)]  # of no policy it is the reference
        }

    def _so_far(self) -> str:
        said = f"{len(self._found.tried)} tried, "
        if within := self._found.within:
            least = within[0]
            return f"{said}least effort {least.effort:.3g}: {self.sought.words(least.plan)}"
        nearest = max(self._found.tried, key=lambda each: each.probability)
        return f"{said}none reaches the goal yet, the nearest in {nearest.probability:.0%}"

    def _must_be_needed(self, reference: TriedPlan) -> None:
        """Raise Faults where the reference reaches the goal by itself."""
        enough = reference.probability >= self.sought.goal.probability
        if enough and self.sought.keeps(reference.most):
            named = self.sought.question.reference
            found = f"what {named} reaches in {reference.probability:.0%} of replications by itself"
            raise Faults([Fault("goal", None, found, "a goal for which effort is needed")])

    def _must_be_reached(self) -> None:
        """Raise Faults where nothing that was tried reaches the goal within the ceilings."""
        if self._found.within:
            return
        goal = self.sought.goal
        kept = [each for each in self._found.tried if self.sought.keeps(each.most)]
        if kept:
            most = max(kept, key=lambda each: each.probability)
            found = (
                f"{goal}, which nothing that was tried reaches: the most is {most.probability:.0%}, by "
                f"{self.sought.words(most.plan)}"
            )
        else:
            found = f"{goal}, and nothing that was tried keeps the ceilings"
        allowed = "a goal in reach, more --tries, an earlier NAME@DATE, or another policy"
        raise Faults([Fault("goal", None, found, allowed)])


def folder_of_round(folder: Path, number: int) -> Path:
    """Where the results of a round are kept, from 1 on."""
    return folder / f"round-{number:02d}"


def _study(sought: Sought) -> optuna.Study:
    """The estimator, keyed by the seed; it begins with all at full size at once, and with each alone."""
    import warnings

    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        sampler = optuna.samplers.TPESampler(
            seed=sought.question.seed, n_startup_trials=AT_RANDOM, multivariate=True,
            constant_liar=True,
        )  # fmt: skip
    study = optuna.create_study(sampler=sampler)
    full = {f"{each.name}.size": 1.0 for each in sought.choices}
    at_once = {f"{each.name}.week": 0 for each in sought.choices}
    study.enqueue_trial(full | at_once)
    for each in sought.choices if len(full) > 1 else ():
        study.enqueue_trial(dict.fromkeys(full, 0.0) | {f"{each.name}.size": 1.0} | at_once)
    return study


def _asked(trial: optuna.Trial, sought: Sought) -> Plan:
    """The next plan; one of several policies may be left out, whose week is then no matter."""
    least = 0.0 if len(sought.choices) > 1 else STEP
    plan = []
    for choice, weeks in zip(sought.choices, sought.weeks, strict=True):
        size = round(trial.suggest_float(f"{choice.name}.size", least, 1.0, step=STEP), 4)
        week = trial.suggest_int(f"{choice.name}.week", 0, weeks)
        plan.append((size, week if size else 0))
    return tuple(plan)
