"""Levers: what a policy can do."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import ebbtide.scenario.levers as declared
from ebbtide.explain import carried, place
from ebbtide.explain.entry import Entry, Tell
from ebbtide.explain.ledger import answering
from ebbtide.explain.week import week
from ebbtide.scenario import Scenario
from ebbtide.scenario.levers import LEVERS


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
        strength=lever.strength,
        cost=lever.cost,
        side_effects=lever.side_effects,
        held_by=", ".join(lever.held_by),
        an_act_must_state=", ".join(lever.needs),
        an_act_may_state=", ".join(lever.keys),
        aims=", ".join(lever.aims),
        spends=lever.spends,
        works_through=lever.through.what if lever.through else None,
        breaks_peace="with a group that its force spares" if lever.breaks_peace else None,
        read_in=[f"{phase.number}. {phase.says}" for phase in week() if name in phase.levers],
        **{f"acts_in_policy_{policy.id}": acts},
        **answering(scenario, "levers", name),
        declared_at=place.of_declaration(Path(declared.__file__), name, "LEVERS"),
        tests=carried.by(f'kind = "{name}"', f'"kind": "{name}"'),
    )
