"""What must hold within a policy, and between it and its scenario: read off the levers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from ebbtide.scenario.checks import SPAN
from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import MISSING, Fault, listed, shown
from ebbtide.scenario.levers import AIMS, KINDS_BY_KEY, LEVERS
from ebbtide.scenario.names import Names, places_in
from ebbtide.scenario.reporting import Say, check_names, reporter
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.policy import Act, PolicyFile
from ebbtide.scenario.shapes import needed
from ebbtide.scenario.weeks import in_force, week_felt


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
    say = reporter(document, faults, mended)
    say_idle = reporter(document, faults, {*mended, *tried})
    check_acts(policy, document, faults, mended)
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
        force = file.forces.get(act.force or "")
        if force is not None and "force" in LEVERS[act.kind].held_by:
            _check_means(keys, act, force, file, say_idle)
            _check_reach(keys, act, force, file, say_idle)
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


def check_acts(
    policy: PolicyFile,
    document: Document,
    faults: list[Fault],
    mended: Collection[Keys] = (),
) -> None:
    """Add to `faults` what does not fit together within a policy."""
    say = reporter(document, faults, mended)
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
    """What is done is a number, and of what happens or does not, all or nothing."""
    for key in ("strength", *AIMS):
        stated = getattr(act, key)
        if stated is not None and stated.uncertain:
            say((*keys, key), "a prior; a policy says what is done", "a number")
    lever, strength = LEVERS[act.kind], act.strength
    if lever.all_or_nothing and not strength.uncertain and strength.median not in (0.0, 1.0):
        rests_on = [(*keys, "strength"), (*keys, "kind")]
        say((*keys, "strength"), f"{strength.median:g}", lever.strength, rests_on=rests_on)


def _check_aims(keys: Keys, act: Act, say: Say) -> None:
    stated = [share for aim in AIMS if (share := getattr(act, aim)) is not None]
    total = sum(share.median for share in stated)
    if total > 1 + 1e-6:
        found = f"shares {', '.join(AIMS)} that sum to {total:g}"
        say(keys, found, "at most 1", rests_on=[(*keys, aim) for aim in AIMS])


def _check_means(keys: Keys, act: Act, force: Force, file: ScenarioFile, say: Say) -> None:
    """A force that acts has some of what the lever spends."""
    spent = LEVERS[act.kind].spends
    if spent is None or getattr(force, spent).quantile(1.0) > 0:
        return
    others = [
        name for name, other in file.forces.items() if getattr(other, spent).quantile(1.0) > 0
    ]
    found = f"{shown(act.force)}, whose {spent} is 0"
    rests_on = [(*keys, "force"), (*keys, "kind"), ("forces", str(act.force), spent)]
    say((*keys, "force"), found, f"forces with {spent}: {listed(others)}", rests_on=rests_on)


def _check_reach(keys: Keys, act: Act, force: Force, file: ScenarioFile, say: Say) -> None:
    """A force acts where it operates."""
    operates = set(places_in(file.places, force.places))
    for place in act.places or ():
        meant = places_in(file.places, [place])
        if meant and not operates.intersection(meant):
            found = f"{shown(place)}, where {act.force} does not operate"
            allowed = f"the places of {act.force}: {listed(force.places)}"
            rests_on = [(*keys, key) for key in ("places", "force", "kind")]
            rests_on.append(("forces", str(act.force), "places"))
            say((*keys, "places"), found, allowed, rests_on=rests_on)


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
