"""What must hold of forces that are deployed anew: their places, contingents and scales."""

from __future__ import annotations

from itertools import pairwise

from ebbtide.scenario.deployments import Deployed, deployed
from ebbtide.scenario.document import Keys
from ebbtide.scenario.faults import listed
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.reporting import Say, check_known
from ebbtide.scenario.schema.events import Deployment
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.forces import Force


def check_forces(file: ScenarioFile, say: Say) -> None:
    """Report forces that never operate anywhere, and deployments that cannot be or change nothing."""
    for identifier, force in file.forces.items():
        over_time = deployed(file, identifier)
        named: list[Keys] = [("events", each.event) for each in over_time if each.event is not None]
        _check_places(("forces", identifier), force, over_time, named, file, say)
        for before, after in pairwise(over_time):
            event = file.events[str(after.event)]
            assert isinstance(event, Deployment)
            _check_deployment(("events", str(after.event)), event, force, before, after, say)


def _check_places(
    keys: Keys,
    force: Force,
    over_time: list[Deployed],
    named: list[Keys],
    file: ScenarioFile,
    say: Say,
) -> None:
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
    keys: Keys, event: Deployment, force: Force, before: Deployed, after: Deployed, say: Say
) -> None:
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
        rests_on = [keys, ("forces", event.force), ("places",)]
        rests_on += [("events", before.event)] if before.event else []
        say(keys, found, "other `places`, or another `scale`", rests_on=rests_on)


def _same(one: Quantity | None, other: Quantity | None) -> bool:
    """Whether two scales are the same number for sure."""
    numbers = [
        1.0 if each is None else None if each.uncertain else each.median for each in (one, other)
    ]
    return one is other or (numbers[0] is not None and numbers[0] == numbers[1])
