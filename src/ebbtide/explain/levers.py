"""Levers: what a policy can do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import ebbtide.scenario.levers as declared
from ebbtide.explain import carried, place
from ebbtide.explain.entry import Entry
from ebbtide.explain.rules import cited, cited_by
from ebbtide.scenario import Scenario
from ebbtide.scenario.levers import LEVERS

Tell = Callable[[], Entry]


def of_policies(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each lever."""
    return {name: partial(_lever, scenario, name) for name in LEVERS}


def _lever(scenario: Scenario, name: str) -> Entry:
    lever = LEVERS[name]
    policy = scenario.policy
    acts = [f"acts.{key}" for key, act in policy.file.acts.items() if act.kind == name]
    return Entry.of(
        "lever",
        name,
        meaning=lever.meaning,
        strength="share of all that could be done, 0 to 1",
        cost=lever.cost,
        side_effects=lever.side_effects,
        keys_of_its_own=", ".join(lever.needs),
        mechanisms=", ".join(lever.mechanisms),
        **{f"acts_in_policy_{policy.id}": acts},
        article=cited(cited_by(scenario, lever.claims)),
        claims=", ".join(lever.claims),
        declared_at=place.of_text(Path(declared.__file__), rf'^    "{name}": Lever'),
        tests=carried.by(rf'kind = "{name}"|"kind": "{name}"'),
    )
