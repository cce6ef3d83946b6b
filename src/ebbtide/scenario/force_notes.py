"""What is worth knowing of forces under a sound policy: what they never use, or never spend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.deployments import REST, can_spend, contingent_at, during, operates_in
from ebbtide.scenario.levers import LEVERS, RAISING_LOCALS, places_named
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.events import Deployment
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.forces import CAN_DO
from ebbtide.scenario.schema.policy import PolicyFile


def notes_on_forces(policy: PolicyFile, file: ScenarioFile) -> Iterator[CheckNote]:
    """A note on each; `file` has what the policy deploys among its events."""
    yield from _never_sent(policy, file)
    yield from _never_raised(policy, file)
    yield from _of_contingents_alone(file)
    yield from _fading(file)
    yield from _small(file)
    yield from _idle_deployments(policy, file)


def _idle_deployments(policy: PolicyFile, file: ScenarioFile) -> Iterator[CheckNote]:
    """Scales of a force that is nowhere while they hold, and forces sent somewhere with nothing."""
    for force in file.forces:
        over_time = during(file, force)
        for number, each in enumerate(over_time):
            event = None if each.event is None else file.events[each.event]
            if not isinstance(event, Deployment):
                continue
            of = f"{'deployments' if each.event in policy.deployments else 'events'}.{each.event}"
            since = max(event.date, file.start)
            stated = [scale for scale in (event.scale, *event.scale_in.values()) if scale]
            felt = any(
                later.places
                and any(scale is one for scale in later.scales.values() for one in stated)
                for later in over_time[number:]
            )
            if stated and not felt:
                key = "scale" if event.scale else "scale_in"
                said = f"{{}} changes nothing: from {since} on {force} is nowhere while it holds"
                yield CheckNote(said, (f"{of}.{key}",))
            elif (
                event.places
                and event.scale
                and not any(can_spend(file, force, spent, each.weeks, None) for spent in CAN_DO)
            ):
                said = f"{{}} sends {force} somewhere with nothing to spend; `places = []` sends it home"
                yield CheckNote(said, (f"{of}.scale",), idle=False)


def _small(file: ScenarioFile) -> Iterator[CheckNote]:
    """Forces that could hit less than a man a week in all."""
    for name, force in file.forces.items():
        each = [force.capacity, *(each.capacity for each in force.contingents.values())]
        most = sum(capacity.median for capacity in each)
        if 0 < most < 1:
            said = f"{{}} is {most:g} men hit a week in all: it moves hardly anything"
            yield CheckNote(said, (f"forces.{name}.capacity",), idle=False)


def _never_sent(policy: PolicyFile, file: ScenarioFile) -> Iterator[CheckNote]:
    """The forces that are nowhere, or do nothing of themselves and no act makes spend anything.

    Armed locals, who also answer to communities that are won over, are left out.
    """
    sending = [
        act
        for act in policy.acts.values()
        if LEVERS[act.kind].spends is not None and act.strength.median > 0
    ]
    for name, force in file.forces.items():
        of = (f"forces.{name}",)
        if not operates_in(file, name):
            yield CheckNote(
                "{} operates nowhere, and no deployment sends it: it spends nothing", of
            )
            continue
        if not can_spend(file, name, "capacity", None, None):
            if force.routine.quantile(1.0) > 0:
                yield CheckNote(
                    "{} moves nothing: the force has no capacity anywhere",
                    (f"forces.{name}.routine",),
                )
            continue
        idle = force.routine.quantile(1.0) == 0 and not force.local
        if idle and not any(act.force in (name, None) for act in sending):
            yield CheckNote("{} has routine 0, and no act sends it: it spends nothing", of)


def _never_raised(policy: PolicyFile, file: ScenarioFile) -> Iterator[CheckNote]:
    """Armed locals without routine whom no act wins over or sends where they operate."""
    for name, force in file.forces.items():
        there = operates_in(file, name)
        if not force.local or not there or force.routine.quantile(1.0) > 0:
            continue
        raising = [
            act
            for act in policy.acts.values()
            if (act.kind in RAISING_LOCALS or act.force == name) and act.strength.median > 0
            if there & places_named(act, file)
        ]
        if not raising and can_spend(file, name, "capacity", None, None):
            said = (
                f"{{}} has routine 0, and no act of kind {' or '.join(RAISING_LOCALS)} where it operates: "
                "it spends nothing"
            )
            yield CheckNote(said, (f"forces.{name}",))


def _of_contingents_alone(file: ScenarioFile) -> Iterator[CheckNote]:
    """What a force states for where it has no contingent, of one that has them everywhere."""
    for name, force in file.forces.items():
        places = operates_in(file, name)
        if not places or any(contingent_at(file, force, place) == REST for place in places):
            continue
        unused = tuple(
            f"forces.{name}.{key}" for key in CAN_DO if getattr(force, key).quantile(1.0) > 0
        )
        if unused:
            moves = "moves" if len(unused) == 1 else "move"
            said = (
                f"{{}} {moves} nothing: {name} has a contingent with numbers of its own in every country "
                "where it operates"
            )
            yield CheckNote(said, unused)


def _fading(file: ScenarioFile) -> Iterator[CheckNote]:
    """The forces that are nowhere for a time and come: what they do not see, they attend to less."""
    rule = file.rules.get("attention", {})
    fade = rule.get("fade")
    if not rule.get("on") or not isinstance(fade, Quantity):
        return
    for name, force in file.forces.items():
        if max(each.quantile(1.0) for each in (force.attention, force.attention_new)) == 0:
            continue
        spans = during(file, name)
        for places, those in groupby(spans, key=lambda each: bool(each.places)):
            weeks = [week for each in those for week in each.weeks if week > 0]
            lost = 1 - (1 - fade.median) ** len(weeks)
            if places or not weeks or weeks[-1] + 1 not in {each.weeks.start for each in spans}:
                continue
            first, last = (
                file.start + dt.timedelta(weeks=each) for each in (weeks[0] - 1, weeks[-1])
            )
            said = (
                f"{{}} operates nowhere from {first} to {last}, and loses {lost:.0%} of its attention to "
                "every group meanwhile (rules.attention.fade); an act of kind attention asks for more"
            )
            yield CheckNote(said, (f"forces.{name}",), idle=False)
