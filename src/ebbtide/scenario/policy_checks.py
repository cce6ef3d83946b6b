"""What must hold within a policy, and between it and its scenario: read off the levers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from ebbtide.scenario.checks import SPAN, unsound_span
from ebbtide.scenario.content import walk
from ebbtide.scenario.deployment_checks import check_deployments, of_their_forces
from ebbtide.scenario.deployments import can_spend, deployments_of, during, operates_in, under
from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import MISSING, Fault, listed, shown
from ebbtide.scenario.levers import AIMS, KINDS_BY_KEY, LEVERS, places_named
from ebbtide.scenario.names import Names, places_in
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.reporting import Say, check_names, reporter
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import Act, PolicyFile
from ebbtide.scenario.shapes import needed
from ebbtide.scenario.weeks import in_force, week_felt

A_PRIOR = "a prior; a policy says what is done"


def check_policy(
    policy: PolicyFile,
    file: ScenarioFile,
    names: Names,
    document: Document,
    faults: list[Fault],
    mended: Collection[Keys] = (),
    tried: Collection[Keys] = (),
) -> None:
    """Add to `faults` what does not fit between a policy and its scenario.

    Nothing is said that rests on a value at keys that are `mended`, of either of the two. What is
    set beside the files, at keys that are `tried`, may leave an act without effect.
    """
    mended = {*mended, *unsound_span(file)}
    say = reporter(document, faults, mended)
    say_idle = reporter(document, faults, {*mended, *tried})
    check_what_is_done(policy, document, faults, mended)
    for name, deployment in policy.deployments.items():
        check_names(say, deployment, ("deployments", name), names)
    check_deployments(policy, file, say, say_idle)
    file = under(of_their_forces(policy, file), file)
    for identifier, act in policy.acts.items():
        keys = ("acts", identifier)
        for key in ("start", "stop"):
            date = getattr(act, key)
            if date is not None and not file.start <= date <= file.end:
                allowed = f"a date from {file.start} to {file.end}"
                say((*keys, key), shown(date), allowed, rests_on=[(*keys, key), *SPAN])
        check_names(say, act, keys, names)
        for name in act.against:
            group = file.groups.get(name)
            if group is not None and act.post is not None and act.post > group.posts:
                allowed = f"1 to {group.posts}, the posts of its group"
                rests_on = [(*keys, "post"), ("groups", name, "posts")]
                say((*keys, "post"), shown(act.post), allowed, rests_on=rests_on)
        if act.force in file.forces and "force" in LEVERS[act.kind].held_by:
            _check_means(keys, act, file, say_idle)
            _check_reach(keys, act, file, say_idle)
        _check_founded(keys, act, file, say_idle)
        _check_a_week(keys, act, file, say_idle)


def _check_a_week(keys: Keys, act: Act, file: ScenarioFile, say: Say) -> None:
    """An act that stops in the week of its start is never in force: levers are set by the week."""
    if act.stop is None or act.stop <= act.start:
        return
    weeks = in_force(act, file)
    if not weeks:
        following = file.start + dt.timedelta(weeks=weeks.start, days=1)
        say(
            (*keys, "stop"),
            f"{act.stop}, in the week in which it starts: it is never in force",
            f"a date from {following} on",
            rests_on=[(*keys, "stop"), (*keys, "start"), *SPAN],
        )


def check_what_is_done(
    policy: PolicyFile,
    document: Document,
    faults: list[Fault],
    mended: Collection[Keys] = (),
) -> None:
    """Add to `faults` what does not fit together within a policy."""
    say = reporter(document, faults, mended)
    for keys, stated in walk(policy.deployments, ("deployments",)):
        if isinstance(stated, Quantity) and stated.uncertain:
            say(keys, A_PRIOR, "a number")
    for identifier, act in policy.acts.items():
        keys = ("acts", identifier)
        if act.stop is not None and act.stop <= act.start:
            rests_on = [(*keys, "stop"), (*keys, "start")]
            allowed = f"a date after start, {act.start}"
            say((*keys, "stop"), shown(act.stop), allowed, rests_on=rests_on)
        _check_keys(keys, act, say)
        _check_strength(keys, act, say)
        if act.rival is not None and act.rival in act.against:
            say((*keys, "rival"), f"{shown(act.rival)}, also in against", "another group")
        _check_aims(keys, act, say)


def _check_keys(keys: Keys, act: Act, say: Say) -> None:
    """An act states what its lever needs, and nothing that has no meaning for it."""
    lever = LEVERS[act.kind]
    for key, kinds in KINDS_BY_KEY.items():
        rests_on = [(*keys, key), (*keys, "kind")]
        stated = getattr(act, key) not in (None, ())
        if stated and key not in lever.keys:
            found = f"`{key}` in an act of kind {act.kind}"
            say((*keys, key), found, f"only with {listed(kinds, 20)}", rests_on=rests_on)
        if not stated and key in lever.needs:
            say((*keys, key), MISSING, needed(Act.model_fields[key]), rests_on=rests_on)


def _check_strength(keys: Keys, act: Act, say: Say) -> None:
    """How much is done may have a prior; what happens or does not is all or nothing."""
    for aim in AIMS:
        share = getattr(act, aim)
        if share is not None and share.uncertain:
            say((*keys, aim), A_PRIOR, "a number; the act's strength may have a prior")
    lever, strength = LEVERS[act.kind], act.strength
    if lever.all_or_nothing and (strength.uncertain or strength.median not in (0.0, 1.0)):
        rests_on = [(*keys, "strength"), (*keys, "kind")]
        found = "a prior" if strength.uncertain else f"{strength.median:g}"
        say((*keys, "strength"), found, lever.strength, rests_on=rests_on)


def _check_aims(keys: Keys, act: Act, say: Say) -> None:
    stated = [share for aim in AIMS if (share := getattr(act, aim)) is not None]
    total = sum(share.median for share in stated)
    if total > 1 + 1e-6:
        found = f"shares {', '.join(AIMS)} that sum to {total:g}"
        say(keys, found, "at most 1", rests_on=[(*keys, aim) for aim in AIMS])


def _check_means(keys: Keys, act: Act, file: ScenarioFile, say: Say) -> None:
    """A force that acts has some of what the lever spends, where and while it acts."""
    spent, force = LEVERS[act.kind].spends, str(act.force)
    if spent is None:
        return
    places, weeks = places_named(act, file), _weeks(act, file)
    if not operates_in(file, force, weeks) & places:
        return  # told by `_check_reach`
    if can_spend(file, force, spent, weeks, places):
        return
    where = " where and while it acts" if can_spend(file, force, spent, None, None) else ""
    others = [name for name in file.forces if can_spend(file, name, spent, weeks, places)]
    found = f"{shown(act.force)}, whose {spent} is 0{where}"
    rests_on = [(*keys, "force"), (*keys, "kind"), ("forces", force, spent)]
    rests_on += [("forces", force, "contingents"), *_deployments(file, force)]
    say((*keys, "force"), found, f"forces with {spent}: {listed(others)}", rests_on=rests_on)


def _check_reach(keys: Keys, act: Act, file: ScenarioFile, say: Say) -> None:
    """A force acts where it operates, while it operates there."""
    if "place" not in LEVERS[act.kind].held_by or not file.start <= act.start <= file.end:
        return  # a date outside the scenario is told as such
    force, weeks = str(act.force), _weeks(act, file)
    operates, ever = operates_in(file, force, weeks), operates_in(file, force)
    rests_on = [(*keys, key) for key in ("places", "force", "kind", "start", "stop")]
    rests_on += [*SPAN, ("forces", force, "places"), *_deployments(file, force)]
    stated = {name for each in during(file, force, weeks) for name in each.stated}
    for place in act.places or ():
        meant = places_in(file.places, [place])
        if not meant or operates.intersection(meant):
            continue
        found = f"{shown(place)}, where {force} does not operate"
        if ever.intersection(meant):
            found += " while the act is in force"
        allowed = f"the places of {force}: {listed(stated)}" if stated else _when(file, force)
        say((*keys, "places"), found, allowed, rests_on=rests_on)
    if act.places is None and not stated:
        found = f"{shown(force)}, which operates nowhere while the act is in force"
        say((*keys, "force"), found, _when(file, force), rests_on=rests_on)


def _weeks(act: Act, file: ScenarioFile) -> range:
    """The weeks of an act; that it is never in force is told elsewhere."""
    weeks = in_force(act, file)
    return weeks or range(weeks.start, weeks.start + 1)


def _deployments(file: ScenarioFile, force: str) -> list[Keys]:
    names = [name for name, _ in deployments_of(file, force)]
    return [(table, name) for name in names for table in ("events", "deployments")]


def _when(file: ScenarioFile, force: str) -> str:
    """When a force operates anywhere, for a message."""
    spans = [
        f"{file.start + dt.timedelta(weeks=max(0, each.weeks.start - 1), days=each.weeks.start > 0)} to "
        f"{min(file.end, file.start + dt.timedelta(weeks=each.weeks.stop - 1))}"
        for each in during(file, force)
        if each.places
    ]
    return f"when {force} operates somewhere: {'; '.join(spans) or 'never'}"


def _check_founded(keys: Keys, act: Act, file: ScenarioFile, say: Say) -> None:
    """An act is moved in a week in which one of its groups is there."""
    if act.stop is None:
        return
    foundings, weeks = file.foundings, in_force(act, file)
    stopped = max(weeks.stop, weeks.start + 1)  # that it is never in force is told elsewhere
    for key, groups in (("against", act.against), ("rival", (act.rival,) if act.rival else ())):
        founded = [foundings[group] for group in groups if group in foundings]
        felt = [week_felt(file.start, file.events[name].date) for name in founded]
        if groups and len(founded) == len(groups) and all(week >= stopped for week in felt):
            last = file.start + dt.timedelta(weeks=min(felt))
            found = f"{act.stop}, not after the week of the founding of {' and '.join(groups)}"
            allowed = f"a date after {last}"
            rests_on = [(*keys, each) for each in ("stop", key, "kind")]
            rests_on += [*(("events", name, "date") for name in founded), *SPAN]
            say((*keys, "stop"), found, allowed, rests_on=rests_on)
