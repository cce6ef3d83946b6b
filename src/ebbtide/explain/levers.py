"""Levers: what a policy can do."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import ebbtide.scenario.levers as declared
from ebbtide.explain import carried, number, place
from ebbtide.explain.entry import Entry, Tell
from ebbtide.explain.ledger import answering
from ebbtide.explain.week import week
from ebbtide.installed import shipped_folders
from ebbtide.scenario import Scenario
from ebbtide.scenario.document import read_document
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.prices import prices_of
from ebbtide.scenario.project import label
from ebbtide.scenario.schema.prices import PER


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
        **_price(scenario, name),
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


def _price(scenario: Scenario, name: str) -> dict[str, str]:
    """What comparisons count for a lever for which a run books nothing, or not all."""
    prices = prices_of(scenario)
    if LEVERS[name].booked:
        return {"price": "what a run books, in weeks of its force"}
    document = read_document(prices.path)
    if (price := prices.file.prices.get(name)) is None:
        shipped = [file for file in document.files.values() if file.parent in shipped_folders()]
        of_all = [] if prices.shipped else [f", nor in {place.shown(file)}" for file in shipped]
        return {"price": f"none in {label(prices.path)}{''.join(of_all)}"}
    standard = prices.file.standard
    of = f"a week of {scenario.file.forces[standard].name}" if standard else "a week of a force"
    unit = "once" if LEVERS[name].at_start_only else "a week at full strength"
    said = {
        "price": f"{number.value(price.effort)} {unit}, {PER[price.per]}; 1 is {of} at all that it can do",
        "price_from": price.effort.stated.source or price.source or "",
        "price_stated_at": place.of_key(
            document.file(("prices", name, "effort")), f"prices.{name}.effort"
        ),
    }
    if price.money is not None:
        said["price_in_money"] = f"{number.value(price.money)}: {price.money.stated.source or ''}"
    return said
