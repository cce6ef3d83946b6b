"""Mechanisms, their rules and their parameters."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

from ebbtide.explain import carried, engine, number, place, week
from ebbtide.explain.entry import Entry, Tell
from ebbtide.explain.ledger import answering
from ebbtide.rules import MECHANISMS
from ebbtide.rules.declaration import Mechanism, Rule
from ebbtide.scenario import Scenario
from ebbtide.world.codes import Hazard


def mechanisms(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each mechanism."""
    return {name: partial(_mechanism, scenario, said) for name, said in MECHANISMS.items()}


def functions(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each rule, by `mechanism.function`."""
    return {
        f"{mechanism.name}.{name}": partial(_rule, scenario, mechanism, name, rule)
        for mechanism in MECHANISMS.values()
        for name, rule in mechanism.rules.items()
    }


def parameters(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each parameter, by dotted path."""
    return {
        f"rules.{mechanism.name}.{name}": partial(_parameter, scenario, mechanism, name)
        for mechanism in MECHANISMS.values()
        for name in mechanism.parameters
    }


def _mechanism(scenario: Scenario, mechanism: Mechanism) -> Entry:
    name = mechanism.name
    return Entry.of(
        "mechanism",
        name,
        meaning=mechanism.meaning,
        more=mechanism.remarks,
        rules=[f"{name}.{each}" for each in mechanism.rules],
        parameters=[f"rules.{name}.{each}" for each in mechanism.parameters],
        when_off=mechanism.when_off,
        in_the_scenario="on" if scenario.rules_on[name] else "off",
        **answering(scenario, "carried_by", name),
        declared_at=place.shown(Path(mechanism.file), 1),
        tests=[*carried.of_key(scenario, f"rules.{name}.on"), *carried.by(f"rules.{name}.on")],
    )


def bounds(rule: Rule) -> str:
    """Between what a rule's result lies, in words; nothing where it says nothing."""
    if rule.within is None:
        return ""
    low, high = (f"`{end}`" if isinstance(end, str) else f"{end:g}" for end in rule.within)
    if rule.within[0] == -math.inf:
        return f"{high} or less"
    if rule.within[1] == math.inf:
        return f"{low} or more"
    return f"{low} to {high}"


def _rule(scenario: Scenario, mechanism: Mechanism, name: str, rule: Rule) -> Entry:
    path = f"{mechanism.name}.{name}"
    taken = mechanism.parameters_of(rule)
    given = {*mechanism.parameters, *rule.parameters}
    return Entry.of(
        "rule",
        path,
        meaning=rule.meaning,
        form=rule.form,
        source_of_form=rule.source,
        literature=rule.literature,
        result=bounds(rule),
        more=rule.remarks,
        of=", ".join(each.replace("_", " ") for each in rule.arguments if each not in given),
        parameters=[
            f"rules.{each} = {number.value(scenario.quantities[f'rules.{each}'])}" for each in taken
        ],
        **answering(scenario, "carried_by", path),
        declared_at=place.of_declaration(Path(mechanism.file), name),
        phases=week.phases(path) or "none: read before the first week",
        read_at=engine.readers(path),
        tests=[*carried.by(f"{mechanism.name}.{name}"), *carried.of_every_rule()],
    )


def _parameter(scenario: Scenario, mechanism: Mechanism, name: str) -> Entry:
    path = f"{mechanism.name}.{name}"
    said, quantity = mechanism.parameters[name], scenario.quantities[f"rules.{path}"]
    return Entry.of(
        "parameter",
        f"rules.{path}",
        meaning=said.meaning,
        unit=said.unit,
        allowed=number.allowed(quantity),
        value=number.value(quantity),
        value_from=number.stated_by(scenario, f"rules.{path}"),
        source=number.source(scenario, f"rules.{path}"),
        used_by=[
            f"{each.name}.{rule}"
            for each in MECHANISMS.values()
            for rule, declared in each.rules.items()
            if path in each.parameters_of(declared)
        ],
        slice_of=", ".join(hazard.called for hazard in Hazard if hazard.fate.bound == path),
        **answering(scenario, "carried_by", path),
        declared_at=place.of_declaration(Path(mechanism.file), name, "PARAMETERS"),
        stated_at=number.stated_at(scenario, f"rules.{path}"),
        tests=[
            *carried.of_key(scenario, f"rules.{path}"),
            *carried.by(f"rules.{mechanism.name}.{name}"),
        ],
    )
