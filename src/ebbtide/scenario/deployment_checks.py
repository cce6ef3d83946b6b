"""What must hold of forces that are deployed anew: their places, contingents and scales."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ebbtide.scenario.deployments import Deployed, deployed, under
from ebbtide.scenario.document import Keys
from ebbtide.scenario.faults import listed, shown
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.reporting import Say, check_known
from ebbtide.scenario.same_week_checks import check_same_week
from ebbtide.scenario.schema.events import Deployment
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.policy import PolicyFile


def check_forces(file: ScenarioFile, policy: PolicyFile | None, say: Say, say_idle: Say) -> None:
    """Report forces that never operate anywhere, and deployments that cannot be.

    By `say_idle` those that change nothing. `policy` may deploy forces too.
    """
    everywhere = file if policy is None else under(of_their_forces(policy, file), file)
    for identifier, force in file.forces.items():
        over_time = deployed(everywhere, identifier)
        _check_places(("forces", identifier), force, over_time, file, say)
        for before, after in pairwise(deployed(file, identifier)):
            _check_deployment(("events", str(after.event)), before, after, file, say, say_idle)


def check_deployments(policy: PolicyFile, file: ScenarioFile, say: Say, say_idle: Say) -> None:
    """Report a policy's deployments that cannot be in a scenario, by `say_idle` idle ones."""
    for identifier, event in policy.deployments.items():
        keys = ("deployments", identifier)
        if not file.start <= event.date <= file.end:
            allowed = f"a date from {file.start} to {file.end}"
            rests_on = [(*keys, "date"), ("start",), ("end",)]
            say((*keys, "date"), shown(event.date), allowed, rests_on=rests_on)
        stands = file.events.get(identifier)
        if stands is not None and not isinstance(stands, Deployment):
            found = f"the id of an event of kind {stands.kind}"
            allowed = "another id; with that of a deployment it takes its place"
            say(keys, found, allowed, rests_on=[keys, ("events", identifier)])
        elif stands is not None and stands.force != event.force:
            found = f"{shown(event.force)}, in the place of events.{identifier}, of {stands.force}"
            allowed = f"{shown(stands.force)}, or another id for the deployment"
            say(
                (*keys, "force"),
                found,
                allowed,
                rests_on=[(*keys, "force"), ("events", identifier)],
            )
    policy = of_their_forces(policy, file)
    both = under(policy, file)
    check_same_week(both, say_idle, policy.deployments)
    for identifier in file.forces:
        for before, after in pairwise(deployed(both, identifier)):
            if after.event in policy.deployments:
                _check_deployment(("deployments", after.event), before, after, both, say, say_idle)


def of_their_forces(policy: PolicyFile, file: ScenarioFile) -> PolicyFile:
    """The policy without deployments that stand in the place of one of another force: these are faults."""
    kept = {
        name: each
        for name, each in policy.deployments.items()
        if getattr(file.events.get(name), "force", each.force) == each.force
    }
    if len(kept) == len(policy.deployments):
        return policy
    return policy.model_copy(update={"deployments": kept})


def _check_places(
    keys: Keys,
    force: Force,
    over_time: list[Deployed],
    file: ScenarioFile,
    say: Say,
) -> None:
    named = _named(each.event for each in over_time)
    if not any(each.stated for each in over_time):
        allowed = "where it operates, or a deployment that sends it somewhere"
        say((*keys, "places"), "no place", allowed, rests_on=[(*keys, "places"), *named])
        return
    known = {place.country for place in file.places.values()}
    reached = {file.places[place].country for each in over_time for place in each.places}
    for country in force.contingents:
        if country in known - reached:
            found, allowed = "a country where it never operates", f"one of its: {listed(reached)}"
            rests_on = [(*keys, "contingents"), (*keys, "places"), *named, ("places",)]
            say((*keys, "contingents", country), found, allowed, rests_on=rests_on)


def _check_deployment(
    keys: Keys, before: Deployed, after: Deployed, file: ScenarioFile, say: Say, say_idle: Say
) -> None:
    event = file.events[str(after.event)]
    assert isinstance(event, Deployment)
    force = file.forces[event.force]
    contingents = f"contingents of {event.force}"
    check_known(say, (*keys, "scale_in"), event.scale_in, force.contingents, contingents, each=True)
    if event.places is None and event.scale is None and not event.scale_in:
        say(keys, "a deployment that says nothing", "`places`, `scale` or `scale_in`")
        return
    if event.scale_in.keys() - force.contingents.keys():
        return
    same_scales = all(
        _same(scale, after.scales[country]) for country, scale in before.scales.items()
    )
    if before.places == after.places and same_scales:
        found = f"a deployment that changes nothing: {event.force} is deployed so by then"
        rests_on = [keys, ("forces", event.force), ("places",), *_named([before.event])]
        say_idle(keys, found, "other `places`, or another `scale`", rests_on=rests_on)


def _named(events: Iterable[str | None]) -> list[Keys]:
    """Where deployments may stand: among the events of a scenario, or in a policy."""
    stated = [event for event in events if event is not None]
    return [(table, event) for event in stated for table in ("events", "deployments")]


def _same(one: Quantity | None, other: Quantity | None) -> bool:
    """Whether two scales are the same number for sure."""
    numbers = [
        1.0 if each is None else None if each.uncertain else each.median for each in (one, other)
    ]
    return one is other or (numbers[0] is not None and numbers[0] == numbers[1])
