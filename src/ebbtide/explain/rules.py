"""Mechanisms, their rules and their parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType

from ebbtide.explain import carried, number, place
from ebbtide.explain.docstring import Reading, form_of, read
from ebbtide.explain.entry import Entry
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Scenario

Tell = Callable[[], Entry]


def functions_of(module: ModuleType) -> dict[str, FunctionType]:
    """The rules that a mechanism's file holds, in its order."""
    found = inspect.getmembers_static(module, inspect.isfunction)
    own = [(name, rule) for name, rule in found if rule.__module__ == module.__name__]
    return dict(sorted(own, key=lambda pair: pair[1].__code__.co_firstlineno))


def mechanisms(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each mechanism."""
    return {name: partial(_mechanism, scenario, name) for name in MECHANISMS}


def functions(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each rule, by `mechanism.function`."""
    return {
        f"{mechanism}.{name}": partial(_function, scenario, mechanism, function)
        for mechanism, module in MECHANISMS.items()
        for name, function in functions_of(module).items()
    }


def parameters(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each parameter, by dotted path."""
    return {
        f"rules.{mechanism}.{name}": partial(_parameter, scenario, mechanism, name)
        for mechanism, module in MECHANISMS.items()
        for name in module.PARAMETERS
    }


def cited(said: Iterable[int]) -> str:
    """Paragraphs of the article as they are cited."""
    return ", ".join(f"¶{number}" for number in sorted(set(said)))


def cited_by(scenario: Scenario, claims: Iterable[str]) -> set[int]:
    """The paragraphs behind claims."""
    ledger = scenario.claims
    return {said for claim in claims if claim in ledger for said in ledger[claim].paragraphs}


def _article(scenario: Scenario, reading: Reading) -> str:
    return cited({*reading.paragraphs, *cited_by(scenario, reading.claims)})


def _mechanism(scenario: Scenario, name: str) -> Entry:
    module = MECHANISMS[name]
    reading = read(module.__doc__)
    return Entry.of(
        "mechanism",
        name,
        meaning=reading.meaning,
        more=reading.text,
        rules=[f"{name}.{each}" for each in functions_of(module)],
        parameters=[f"rules.{name}.{each}" for each in module.PARAMETERS],
        in_the_scenario="on" if scenario.rules_on[name] else "off",
        article=_article(scenario, reading),
        claims=", ".join(reading.claims),
        declared_at=place.of_module(module),
        tests=carried.by(rf"rules\.{name}\.on\b|_off\(.*\"{name}\""),
    )


def _function(scenario: Scenario, mechanism: str, function: FunctionType) -> Entry:
    reading = read(function.__doc__)
    declared = MECHANISMS[mechanism].PARAMETERS
    takes = list(inspect.signature(function).parameters)
    return Entry.of(
        "rule",
        f"{mechanism}.{function.__name__}",
        meaning=reading.meaning,
        form=form_of(function),
        more=reading.remarks,
        of=", ".join(name.replace("_", " ") for name in takes if name not in declared),
        parameters=[
            f"rules.{mechanism}.{name} = {number.value(scenario.quantities[path])}"
            for name in takes
            if name in declared and (path := f"rules.{mechanism}.{name}")
        ],
        article=_article(scenario, reading),
        claims=", ".join(reading.claims),
        declared_at=place.of_function(function),
        tests=[
            *carried.by(rf"\b{mechanism}\.{function.__name__}\b"),
            *carried.of_every_rule(),
        ],
    )


def _parameter(scenario: Scenario, mechanism: str, name: str) -> Entry:
    module, path = MECHANISMS[mechanism], f"rules.{mechanism}.{name}"
    said, quantity = module.PARAMETERS[name], scenario.quantities[path]
    used = [f"{mechanism}.{each}" for each, function in functions_of(module).items()
            if name in inspect.signature(function).parameters]  # fmt: skip
    return Entry.of(
        "parameter",
        path,
        meaning=said["meaning"],
        unit=said["unit"],
        allowed=number.allowed(quantity),
        value=number.value(quantity),
        source=number.source(scenario, path),
        used_by=used,
        article=cited(cited_by(scenario, said["claims"])),
        claims=", ".join(said["claims"]),
        declared_at=place.of_text(Path(module.__file__ or ""), rf'^ +"{name}": {{'),
        stated_at=number.stated_at(scenario, path),
        tests=carried.by(rf"rules\.{mechanism}\.{name}\b"),
    )
