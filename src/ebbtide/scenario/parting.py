"""When two policies part: the first day on which they do not do the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import combinations

from ebbtide.scenario.content import REMARKS
from ebbtide.scenario.faults import counted, listed, shown
from ebbtide.scenario.new_names import notes_on_replaced
from ebbtide.scenario.policy import Policy


def parting(one: Policy, other: Policy) -> dt.date | None:
    """The first day on which two policies do not do the same; None: never."""
    days: list[dt.date] = []
    for name in {*one.file.acts, *other.file.acts}:
        acts = [file.acts[name] for file in (one.file, other.file) if name in file.acts]
        said = [act.model_dump(exclude={"stop", *REMARKS}) for act in acts]
        if len(acts) == 2 and said[0] == said[1]:  # it may end on another day
            stops = {act.stop for act in acts}
            days += [min(stop for stop in stops if stop is not None)] if len(stops) > 1 else []
        else:
            days.append(min(act.start for act in acts))
    for name in {*one.file.deployments, *other.file.deployments}:
        moved = [
            file.deployments[name] for file in (one.file, other.file) if name in file.deployments
        ]
        if len(moved) < 2 or moved[0] != moved[1]:
            days.append(min(each.date for each in moved))
    return min(days, default=None)


def notes_on_the_same(policies: Mapping[str, Policy]) -> Iterator[str]:
    """A line for each two policies that do the same, so that nothing comes of comparing them."""
    for one, other in combinations(policies, 2):
        if parting(policies[one], policies[other]) is None:
            yield (
                f"policy {other} does what {one} does, on all days: nothing comes of comparing them, "
                "every difference is exactly zero"
            )


def notes_on_titles(policies: Mapping[str, Policy]) -> Iterator[str]:
    """A line for policies that are called the same, most often by a title that an extended file states."""
    titled: dict[str, list[str]] = {}
    for name, policy in policies.items():
        titled.setdefault(policy.title, []).append(name)
    for title, names in titled.items():
        if len(names) > 1:
            yield f"policies {listed(names)} have one title, {shown(title)}: is each to have its own?"


def notes_on_the_lost(policy: Policy, record: Policy) -> Iterator[str]:
    """A line for what a policy has lost without a word: of files that it extends, and of the record."""
    yield from map(str, notes_on_replaced(policy.document))
    yield from notes_on_the_record(policy, record)


def notes_on_the_record(policy: Policy, record: Policy) -> Iterator[str]:
    """A line for a policy that does not build on the record, and has lost acts of it without a word.

    One that does nothing at all says so by that.
    """
    builds_on = [path.resolve() for path in policy.document.files.values()]
    if policy.path.resolve() == record.path.resolve() or record.path.resolve() in builds_on:
        return
    acts, recorded = policy.file.acts, record.file.acts
    if (acts or policy.file.deployments) and (lost := recorded.keys() - acts.keys()):
        yield (
            f"policy {policy.id} does not extend {record.id}, the scenario's own, and leaves out "
            f"{counted(len(lost), 'act')} of it ({listed(lost, 4)})"
        )
