"""What is told of values set beside the files: those that move nothing, in the words of `check`."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.checks import check_scenario
from ebbtide.scenario.document import Document
from ebbtide.scenario.faults import Fault
from ebbtide.scenario.group_notes import notes_on_groups
from ebbtide.scenario.idle_mechanisms import notes_on_rules
from ebbtide.scenario.overriding import OVERRIDE
from ebbtide.scenario.policy import OF_POLICY, Policy
from ebbtide.scenario.policy_checks import check_policy
from ebbtide.scenario.policy_notes import notes_on
from ebbtide.scenario.scenario import Scenario
from ebbtide.scenario.usual import notes_on_magnitudes

_EVENTS = "events"
NOT_THE_CALLERS = (str(Path(__file__).parents[1]),)


class MovesNothing(UserWarning):
    """A value set in Python that no run can feel."""


def notes_on_overrides(
    scenario: Scenario, policy: Policy, paths: Iterable[str], until: dt.date | None = None
) -> Iterator[CheckNote]:
    """A note on each value of these paths that moves nothing, in runs up to a day.

    Scenario and policy have them already. Beside the files a run may be without effect: what `check`
    would refuse in a file for that alone is told here.
    """
    paths = list(paths)
    for path in paths:
        yield from notes_on_rules([path], scenario.file)
    yield from replaced(policy, paths)
    begun = begun_after(scenario, policy, until).items()
    late = (
        CheckNote(f"{{}} begins on {day}, after until {until}: it moves nothing", (name,))
        for name, day in begun
    )
    stated = [path.removeprefix(OF_POLICY) for path in paths]
    for note in (*late, *notes_on_groups(scenario.file), *notes_on(policy.file, scenario)):
        if note.idle and any(map(note.is_of, stated)):
            yield note
    for fault in dict.fromkeys(map(str, _without_effect(scenario, policy))):
        yield CheckNote(fault, ())


def unusual(scenario: Scenario, paths: Iterable[str]) -> list[CheckNote]:
    """A note on each value of these paths that is not usual in its unit."""
    paths = list(paths)
    notes = notes_on_magnitudes(scenario.file)
    return [note for note in notes if any(map(note.is_of, paths))]


def begun_after(scenario: Scenario, policy: Policy, until: dt.date | None) -> dict[str, dt.date]:
    """Acts, deployments and events that begin after the last week of runs up to a day."""
    if until is None:
        return {}
    of_policy = policy.file
    days = {f"acts.{name}": act.start for name, act in of_policy.acts.items()}
    days |= {f"deployments.{name}": each.date for name, each in of_policy.deployments.items()}
    days |= {f"events.{name}": each.date for name, each in scenario.file.events.items()}
    last = scenario.week_of(until)
    return {name: day for name, day in days.items() if scenario.week_felt(day) > last}


def replaced(policy: Policy, paths: Iterable[str]) -> Iterator[CheckNote]:
    """A note on each value of an event whose place a deployment of the policy takes."""
    for path in paths:
        table, _, rest = path.partition(".")
        event, _, key = rest.partition(".")
        if table == _EVENTS and key and event in policy.file.deployments:
            said = (
                f"{{}} moves nothing under {policy.id}, whose deployments.{event} takes the place of "
                f"events.{event}"
            )
            yield CheckNote(said, (path,))


def _without_effect(scenario: Scenario, policy: Policy) -> Iterator[Fault]:
    """What would be a fault in the files: all faults are of what was tried beside them."""
    faults: list[Fault] = []
    document = Document(scenario.path, policy.document.project, origins={(): OVERRIDE})
    check_scenario(scenario.file, scenario.names, document, faults)
    check_policy(policy.file, scenario.file, scenario.names, policy.document, faults)
    yield from faults


def warn_of_overrides(
    scenario: Scenario, policy: Policy, paths: Iterable[str], until: dt.date | None = None
) -> None:
    """Warn, as MovesNothing, of what notes_on_overrides tells."""
    for note in notes_on_overrides(scenario, policy, paths, until):
        warnings.warn(str(note), MovesNothing, skip_file_prefixes=NOT_THE_CALLERS)
