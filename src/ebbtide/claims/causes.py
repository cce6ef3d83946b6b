"""The causes that an outcome is attributed to: what each switches off, from which day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from ebbtide.claims.kind import Known, check_fields
from ebbtide.claims.measures import AnyMeasure, days_asked
from ebbtide.scenario import Fault, Faults
from ebbtide.scenario.levers import LEVERS, groups_against, groups_met
from ebbtide.scenario.naming import NamesOf
from ebbtide.scenario.project import label
from ebbtide.scenario.schema.table import Identifier, OneOrMore, Table
from ebbtide.scenario.weeks import in_force

if TYPE_CHECKING:
    from ebbtide.claims.claim_tests import ClaimTests
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.scenario.document import Keys
    from ebbtide.scenario.schema.policy import Act

FEWEST_CAUSES, MOST_CAUSES = 2, 10  # causes: each one more doubles the worlds
ACTS = "acts of the policy and their kinds"


class Cause(Table):
    """What an outcome is attributed to: it acts as things are, and does not if it is switched off."""

    words: str
    claims: Annotated[OneOrMore, NamesOf("claims")] = Field(
        default=(), description="where the text says so"
    )
    acts: Annotated[OneOrMore, NamesOf(ACTS)] = Field(
        default=(), description="acts of the policy that are left out, by id or by kind"
    )
    without: dict[str, object] = Field(
        default={}, description="values by dotted path that are otherwise"
    )


class Attribution(Table):
    """What an outcome is made of: its causes switched off one by one and in all combinations.

    All worlds share the past up to the week of `since`; from then on a cause acts or does not.
    """

    words: str = Field(description="what is measured, of whom and from when to when")
    unit: str = "men"
    measure: AnyMeasure
    since: dt.date = Field(description="the last day on which all causes act in every world")
    until: dt.date | None = Field(default=None, description="the run's last day; the cut if none")
    note: str = Field(default="", description="what its reader should know, Markdown")
    cause: dict[Identifier, Cause]


def last_week(scenario: Scenario, stated: Attribution) -> int:
    """The week of the last day that the measure may ask for."""
    return scenario.week_of(stated.until or scenario.file.cut or scenario.file.end)


def switched_off(policy: Policy, focus: Sequence[str], cause: Cause) -> Iterator[tuple[str, Act]]:
    """The acts that a cause stands for: those named or of a kind named, if they meet the focus."""
    for name, act in policy.file.acts.items():
        met = groups_met(act, focus)
        if {name, act.kind} & set(cause.acts) and (not met or {*focus} & {*met}):
            yield name, act


def acting_until(
    scenario: Scenario, week: int, off: Iterable[Cause], policy: Policy | None = None
) -> Policy:
    """A policy (without: the scenario's own) without the acts of these causes after a week.

    What is held by group goes on against other groups than the scenario's focus.
    """
    policy, focus = policy or scenario.policy, scenario.focus_groups
    following = scenario.dates[week] + dt.timedelta(days=1)
    acts = dict(policy.file.acts)
    gone = dict(act for cause in off for act in switched_off(policy, focus, cause))
    for name, act in gone.items():
        del acts[name]
        against = () if act.rival in focus else groups_against(act, scenario.file.groups)
        if others := tuple(group for group in against if group not in focus):
            acts[f"{name} against others"] = act.model_copy(
                update={"against": others}
            )  # no file's id
        if in_force(act, scenario.file).start <= week:
            stop = following if act.stop is None else min(act.stop, following)
            only_once = LEVERS[act.kind].at_start_only
            acts[name] = act if only_once else act.model_copy(update={"stop": stop})
    return replace(policy, file=policy.file.model_copy(update={"acts": acts}))


def check_attribution(
    scenario: Scenario,
    file: ClaimTests,
    known: Known,
    said_at: Callable[[Keys], AbstractContextManager[None]],
) -> None:
    """Tell what does not fit together in what a file attributes to causes."""
    stated, keys = file.attribution, ("attribution",)
    if stated is None:
        return
    check_fields(stated, known, keys)
    stated.measure.check(known, (*keys, "measure"))
    if not FEWEST_CAUSES <= len(stated.cause) <= MOST_CAUSES:
        known.say(
            (*keys, "cause"),
            f"{len(stated.cause)}",
            f"{FEWEST_CAUSES} to {MOST_CAUSES} causes",
            None,
        )
    week, last = scenario.week_of(stated.since), last_week(scenario, stated)
    if not week < last <= scenario.weeks:
        until = scenario.dates[min(last, scenario.weeks)]
        known.say((*keys, "since"), f"{stated.since}", f"a day in a week before {until}", None)
    taken: dict[str, str] = {}
    for name, cause in stated.cause.items():
        at = (*keys, "cause", name)
        check_fields(cause, known, at)
        if not cause.acts and not cause.without:
            known.say(at, "nothing that is switched off", "`acts` or `without`", None)
        for one in (*cause.acts, *cause.without):
            if other := taken.get(one):
                known.say(at, f"`{one}`, as in {other}", "what no other cause switches off", None)
            taken[one] = name
        _check_acts(scenario, cause, (week, last), known, at)
        if cause.without:
            with said_at((*at, "without")):
                if scenario.with_overrides(cause.without) == scenario:
                    known.say((*at, "without"), *holds_already(cause.without, scenario), None)


def holds_already(without: Mapping[str, object], scenario: Scenario) -> tuple[str, str]:
    """What is said of values that the scenario has anyway, with who states them, and what is allowed."""
    stated = dict.fromkeys(label(scenario.origin(path)) for path in without)
    return f"what holds already, by {' and '.join(stated)}", "other values than the scenario's"


def check_together(
    scenario: Scenario,
    file: ClaimTests,
    known: Known,
    said_at: Callable[[Keys], AbstractContextManager[None]],
) -> None:
    """Tell days that come after the last, and a world without any cause that does not fit together."""
    stated = file.attribution
    if stated is None:
        return
    last = scenario.dates[last_week(scenario, stated)]
    for day in sorted(days_asked(stated.measure, file.measure, file.periods)):
        if day > last:
            known.say(("attribution", "measure"), f"{day}", f"days up to {last}, the last", None)
    causes = stated.cause.values()
    with said_at(("attribution", "cause")):
        world = scenario.with_overrides({p: v for each in causes for p, v in each.without.items()})
        policy = acting_until(scenario, scenario.week_of(stated.since), causes)
        faults: list[Fault] = []
        policy.check(world.file, world.names, faults, tried=world.tried)
        if faults:
            raise Faults(faults)


def _check_acts(
    scenario: Scenario, cause: Cause, weeks: tuple[int, int], known: Known, at: Keys
) -> None:
    """Tell an act, or a kind of acts, of which none is in force between the weeks."""
    week, last = weeks
    acting: set[str] = set()
    for name, act in switched_off(scenario.policy, scenario.focus_groups, cause):
        lasting = in_force(act, scenario.file)
        if lasting.start <= last and lasting.stop > week + 1:
            acting |= {name, act.kind}
    for name in _known(cause.acts, known):
        if name not in acting:
            found = f'"{name}": no act of it meets the focus after that day'
            known.say((*at, "acts"), found, "acts in force after `since`", None)


def _known(names: Collection[str], known: Known) -> Iterator[str]:
    return (name for name in names if name in known.names[ACTS])
