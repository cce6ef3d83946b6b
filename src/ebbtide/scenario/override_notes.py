"""What is told of values set beside the files: those that move nothing, in the words of `check`."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from ebbtide.scenario.checks import check_scenario
from ebbtide.scenario.document import Document
from ebbtide.scenario.faults import Fault
from ebbtide.scenario.group_notes import notes_on_groups
from ebbtide.scenario.overriding import OVERRIDE
from ebbtide.scenario.policy import OF_POLICY, Policy
from ebbtide.scenario.policy_checks import check_policy
from ebbtide.scenario.policy_notes import notes_on
from ebbtide.scenario.scenario import Scenario

_RULES, _EVENTS = "rules", "events"
NOT_THE_CALLERS = (str(Path(__file__).parents[1]),)


class MovesNothing(UserWarning):
    """A value set in Python that no run can feel."""


def notes_on_overrides(scenario: Scenario, policy: Policy, paths: Iterable[str]) -> Iterator[str]:
    """A line for each value of these paths that moves nothing.

    Scenario and policy have them already. Beside the files a run may be without effect: what `check`
    would refuse in a file for that alone is told here.
    """
    paths = list(paths)
    rules_on = scenario.rules_on
    for path in paths:
        table, _, rest = path.partition(".")
        mechanism, _, key = rest.partition(".")
        if table == _RULES and key != "on" and not rules_on.get(mechanism, True):
            yield f"{path} moves nothing: rules.{mechanism} is off"
    yield from replaced(policy, paths)
    stated = [path.removeprefix(OF_POLICY) for path in paths]
    for note in (*notes_on_groups(scenario.file), *notes_on(policy.file, scenario)):
        if note.idle and any(map(note.is_of, stated)):
            yield str(note)
    yield from dict.fromkeys(map(str, _without_effect(scenario, policy)))


def replaced(policy: Policy, paths: Iterable[str]) -> Iterator[str]:
    """A line for each value of an event whose place a deployment of the policy takes."""
    for path in paths:
        table, _, rest = path.partition(".")
        event, _, key = rest.partition(".")
        if table == _EVENTS and key and event in policy.file.deployments:
            yield (
                f"{path} moves nothing under {policy.id}, whose deployments.{event} takes the place "
                f"of events.{event}"
            )


def _without_effect(scenario: Scenario, policy: Policy) -> Iterator[Fault]:
    """What would be a fault in the files: all faults are of what was tried beside them."""
    faults: list[Fault] = []
    document = Document(scenario.path, policy.document.project, origins={(): OVERRIDE})
    check_scenario(scenario.file, scenario.names, document, faults)
    check_policy(policy.file, scenario.file, scenario.names, policy.document, faults)
    yield from faults


def warn_of_overrides(scenario: Scenario, policy: Policy, paths: Iterable[str]) -> None:
    """Warn, as MovesNothing, of what notes_on_overrides tells."""
    for note in notes_on_overrides(scenario, policy, paths):
        warnings.warn(note, MovesNothing, skip_file_prefixes=NOT_THE_CALLERS)
