"""Mechanisms: their rules with their forms, and their parameters with the scenario's values."""

from __future__ import annotations

from ebbtide.explain import number
from ebbtide.explain.ledger import cited, cited_by, claims_of
from ebbtide.explain.odd import tables
from ebbtide.explain.rules import bounds
from ebbtide.rules import MECHANISMS
from ebbtide.rules.declaration import Mechanism
from ebbtide.scenario import Scenario


def mechanisms(scenario: Scenario) -> str:
    """Every mechanism, its rules and its parameters."""
    return "\n\n".join(_mechanism(scenario, said) for said in MECHANISMS.values())


def when_off() -> str:
    """What holds without each mechanism."""
    rows = [(f"`{name}`", said.when_off) for name, said in MECHANISMS.items()]
    return tables.table(["mechanism off", "what holds"], rows)


def _mechanism(scenario: Scenario, said: Mechanism) -> str:
    claims = ", ".join(f"`{claim}`" for claim in claims_of(scenario, "carried_by", said.name))
    text = [said.meaning, said.remarks, f"Claims: {claims}." if claims else ""]
    parts = [
        f"#### {said.name.capitalize()}",
        " ".join(filter(None, text)),
        "\n".join(_rule(scenario, said, rule) for rule in said.rules),
        _parameters(scenario, said),
    ]
    return "\n\n".join(filter(None, parts))


def _rule(scenario: Scenario, mechanism: Mechanism, name: str) -> str:
    rule = mechanism.rules[name]
    form = ", ".join(f"`{part.strip()}`" for part in rule.form.split(";"))
    claims = claims_of(scenario, "carried_by", f"{mechanism.name}.{name}")
    text = [
        f"- **{name.replace('_', ' ')}**:",
        rule.meaning,
        ", ".join(filter(None, [form, bounds(rule)])) + ".",
        rule.remarks,
        "; ".join(filter(None, [f"Form: {rule.source}", cited(cited_by(scenario, claims))])) + ".",
        f"{rule.literature}." if rule.literature else "",
    ]
    return " ".join(filter(None, text))


def _parameters(scenario: Scenario, mechanism: Mechanism) -> str:
    rows = []
    for name, said in mechanism.parameters.items():
        path = f"rules.{mechanism.name}.{name}"
        rows.append(
            (f"`{name}`", said.meaning, said.unit, tables.span(said.low, said.high),
             tables.value(scenario.quantities[path]), number.source(scenario, path) or "")
        )  # fmt: skip
    if not rows:
        return ""
    return tables.table(
        ["parameter", "meaning", "unit", "allowed", "value or prior", "source"], rows
    )
