"""What has a date: the events of a scenario, and the acts of its policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from ebbtide.explain import number, place
from ebbtide.explain.entry import Entry, Tell
from ebbtide.explain.ledger import cited, cited_by, paragraphs
from ebbtide.scenario import Quantity, Scenario
from ebbtide.scenario.content import REMARKS
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.schema.events import Event
from ebbtide.scenario.schema.policy import Act


def events(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each event of a scenario, by dotted path."""
    return {
        f"events.{key}": partial(
            _dated, scenario, "event", f"events.{key}", event, scenario.origin(f"events.{key}")
        )
        for key, event in scenario.file.events.items()
    }


def acts(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each act of the scenario's own policy, by dotted path."""
    policy = scenario.policy
    return {
        f"acts.{key}": partial(
            _dated,
            scenario,
            "act",
            f"acts.{key}",
            act,
            Path(policy.document.origin(("acts", key))).resolve(),
        )
        for key, act in policy.file.acts.items()
    }


def deployments(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each deployment of the scenario's own policy, by dotted path."""
    policy = scenario.policy
    return {
        f"deployments.{key}": partial(
            _dated,
            scenario,
            "act",
            f"deployments.{key}",
            deployment,
            Path(policy.document.origin(("deployments", key))).resolve(),
        )
        for key, deployment in policy.file.deployments.items()
    }


def _dated(scenario: Scenario, kind: str, name: str, told: Act | Event, file: Path) -> Entry:
    stated = {
        f"its {key}" if key == "kind" else key: _text(getattr(told, key))
        for key in type(told).model_fields
        if key not in REMARKS and getattr(told, key) not in (None, {}, ())
    }
    return Entry.of(
        kind,
        name,
        meaning=_meaning(told),
        **stated,
        source=told.source,
        note=told.note,
        article=cited(
            {*paragraphs(f"{told.source} {told.note}"), *cited_by(scenario, told.claims)}
        ),
        claims=", ".join(told.claims),
        stated_at=place.of_key(file, name),
    )


def _meaning(told: BaseModel) -> str:
    """What the schema says of an event, or what the lever of an act moves."""
    if isinstance(told, Act):
        return LEVERS[told.kind].meaning
    return (type(told).__doc__ or "").partition("\n")[0]


def _text(value: object) -> str:
    if isinstance(value, Quantity):
        return f"{number.value(value)} ({value.unit})"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_text(inner)}" for key, inner in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)
