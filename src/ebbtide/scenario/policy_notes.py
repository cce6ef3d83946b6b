"""What is worth knowing of a sound policy: acts that move nothing, broken peace, and idle forces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from ebbtide.scenario.act_notes import notes_on_act, notes_on_offensives
from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.covered_acts import CoveredAct, covered
from ebbtide.scenario.covered_places import parts_of
from ebbtide.scenario.deployments import during, under
from ebbtide.scenario.faults import listed, nearest
from ebbtide.scenario.force_notes import notes_on_forces
from ebbtide.scenario.levers import KILLING_HOLDERS, LEVERS, places_named
from ebbtide.scenario.scenario import Scenario
from ebbtide.scenario.schema.events import Deployment, LeaderLoss
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import Act, PolicyFile
from ebbtide.scenario.usual import LEAST_SHARE
from ebbtide.scenario.weeks import in_force

NEAR = dt.timedelta(weeks=26)  # of one group, within which two deaths may be one that is said twice


def notes_on(policy: PolicyFile, scenario: Scenario | None = None) -> Iterator[CheckNote]:
    """A note on each; of a scenario in which the policy acts, also what rests on it."""
    file = None if scenario is None else under(policy, scenario.file)
    for name, act in policy.acts.items():
        of = (f"acts.{name}",)
        if act.strength.median == 0:
            yield CheckNote("{} has strength 0: it moves nothing", of)
            continue
        if act.strength.quantile(1.0) < LEAST_SHARE:
            said = f"{{}} is {act.strength.median:g}: it moves hardly anything; a share is 0 to 1"
            yield CheckNote(said, (f"acts.{name}.strength",), idle=False)
        if scenario is not None and file is not None:
            yield from (
                CheckNote(f"{{}} {said}: it moves nothing", of) for said in _idle(act, file)
            )
            yield from notes_on_act(name, act, file)
            yield from (CheckNote(f"{{}} {said}", of) for said in _waits(act, scenario))
            yield from (CheckNote(f"{{}} {said}", of) for said in _while_away(act, scenario, file))
            yield from (
                CheckNote(f"{{}} {said}", of, idle=False) for said in _of_spared(act, scenario)
            )
    if scenario is not None and file is not None:
        yield from (
            CheckNote(
                f"{{}} takes the place of events.{name}", (f"deployments.{name}",), idle=False
            )
            for name in policy.deployments
            if name in scenario.file.events
        )
        yield from _slips(policy, scenario.file)
        yield from _covered(policy, file)
        yield from _lost_twice(policy, file)
        yield from notes_on_offensives(policy, file)
        yield from notes_on_forces(policy, file)


def notes_on_the_future(scenario: Scenario) -> Iterator[CheckNote]:
    """Acts and deployments of the scenario's own policy that begin after its cut, which nobody knew."""
    cut, own = scenario.file.cut, scenario.policy.file
    days = {f"acts.{name}": act.start for name, act in own.acts.items()}
    days |= {f"deployments.{name}": each.date for name, each in own.deployments.items()}
    if later := tuple(name for name, day in days.items() if cut is not None and day > cut):
        said = f"{{}}: after the cut, {cut}: assumed, since nobody knew it who chose the numbers"
        yield CheckNote(said, later, idle=False)


def _slips(policy: PolicyFile, file: ScenarioFile) -> Iterator[CheckNote]:
    """Deployments beside one of the scenario that is called nearly so, and of the same force."""
    for name, event in policy.deployments.items():
        alike = [
            other
            for other, known in file.events.items()
            if isinstance(known, Deployment) and known.force == event.force
        ]
        if name not in file.events and (meant := nearest(name, alike)):
            asks = f"{{}} is a new one; did you mean events.{meant}, to take its place?"
            yield CheckNote(asks, (f"deployments.{name}",), idle=False)


def _covered(policy: PolicyFile, file: ScenarioFile) -> Iterator[CheckNote]:
    """Acts that others of their kind outdo while they are in force, wherever or in some places."""
    acts = {name: act for name, act in policy.acts.items() if act.strength.median > 0}
    for found in covered(acts, file):
        of = (f"acts.{found.name}",)
        if found.wholly:
            said = (
                f"where and while it is in force {_named(found.others)} is as strong, or stronger"
            )
            yield CheckNote(f"{{}} moves nothing: {said}", of)
        else:
            yield from (CheckNote(f"{{}} {said}", of, idle=False) for said in _in_part(found))


def _in_part(act: CoveredAct) -> Iterator[str]:
    """Where an act adds nothing that moves something elsewhere."""
    for part in parts_of(act):
        where = [f"for {listed(part.of)}"] if part.of else []
        where += [f"in {listed(part.places)}"] if part.places else []
        yield f"adds nothing {' '.join(where)}: {_named(part.by)} holds as much there, or more"


def _named(acts: Iterable[str]) -> str:
    return listed(f"acts.{name}" for name in acts)


def _lost_twice(policy: PolicyFile, file: ScenarioFile) -> Iterator[CheckNote]:
    """Deaths by an act beside the loss of a leader that an event tells of the same group and time."""
    for name, act in policy.acts.items():
        if act.kind not in KILLING_HOLDERS or act.strength.median == 0:
            continue
        for other, event in file.events.items():
            if not isinstance(event, LeaderLoss) or event.group not in act.against:
                continue
            if abs(event.date - act.start) <= NEAR:
                said = (
                    f"{{}}, of {act.start}, and events.{other}, of {event.date}, both take a leader from "
                    f"{event.group}: a death that is told by both shakes it twice; state one of the two"
                )
                yield CheckNote(said, (f"acts.{name}",), idle=False)


def _idle(act: Act, file: ScenarioFile) -> Iterator[str]:
    """Why nothing in the scenario answers to it, if nothing does."""
    if act.against and not any(file.is_ever_there(group) for group in act.against):
        yield f"is against {' and '.join(act.against)}, never there"
    through = LEVERS[act.kind].through
    if through is not None and (lacking := through.lacking(act, file)):
        yield lacking


def _waits(act: Act, scenario: Scenario) -> Iterator[str]:
    """Whether it begins before any of its groups is founded, or its rival; or one whose man dies."""
    later = [
        (founded, group)
        for founded, group in _there_from(act, scenario)
        if scenario.week_felt(founded) > in_force(act, scenario.file).start
    ]
    if LEVERS[act.kind].at_start_only:
        for founded, group in later:
            yield f"of {act.start} waits in {group} until {founded}, when that is founded"
    elif later:
        founded, group = max(later)
        yield f"moves nothing from {act.start} until {founded}, when {group} is founded"


def _while_away(act: Act, scenario: Scenario, file: ScenarioFile) -> Iterator[str]:
    """When its force operates in none of its places, while it operates in some at another time."""
    if act.force is None or "place" not in LEVERS[act.kind].held_by:
        return
    weeks = in_force(act, file)
    for each in during(file, act.force, weeks):
        if not each.places & places_named(act, file):
            first, last = max(each.weeks.start, weeks.start), min(each.weeks.stop, weeks.stop) - 1
            since = scenario.dates[max(0, first - 1)] + dt.timedelta(days=min(first, 1))
            yield (
                f"moves nothing from {since} to {scenario.dates[last]}, while {act.force} operates in "
                "none of its places"
            )


def _there_from(act: Act, scenario: Scenario) -> Iterator[tuple[dt.date, str]]:
    """The groups that must be there for it, each with the day from which it is.

    Of those that it is aimed at the first, and its rival; each of them if it is moved at once only.
    """
    each = [(scenario.there_from(group), group) for group in act.against]
    if each:
        yield from each if LEVERS[act.kind].at_start_only else [min(each)]
    if act.rival:
        yield scenario.there_from(act.rival), act.rival


def _of_spared(act: Act, scenario: Scenario) -> Iterator[str]:
    """What it makes its force do to groups that this spares."""
    spares = () if act.force is None else scenario.file.forces[act.force].spares
    for group in act.against:
        if group in spares and LEVERS[act.kind].breaks_peace:
            yield f"sends {act.force} against {group}, which it spares otherwise"
        elif group in spares:
            yield f"does not send {act.force} against {group}, which it goes on sparing"
