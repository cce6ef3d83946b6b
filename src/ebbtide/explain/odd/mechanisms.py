"""A mechanism: its rules with their forms, and its parameters with the scenario's values."""

from __future__ import annotations

from ebbtide.explain import number
from ebbtide.explain.docstring import form_of, pieces, read
from ebbtide.explain.odd import tables
from ebbtide.explain.rules import functions_of
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Scenario


def mechanism(scenario: Scenario, name: str) -> str:
    module = MECHANISMS[name]
    reading = read(module.__doc__)
    known = [f"`{claim}`" for claim in reading.claims if claim in scenario.claims]
    claims = f"Claims: {', '.join(known)}." if known else ""
    text = " ".join(part for part in (reading.meaning, reading.text, claims) if part)
    rules = "\n".join(_rule(name, rule) for rule in functions_of(module))
    return "\n\n".join(
        part for part in (f"#### {name.capitalize()}", _marked(text), rules,
                          _parameters(scenario, name)) if part
    )  # fmt: skip


def _rule(mechanism: str, name: str) -> str:
    rule = functions_of(MECHANISMS[mechanism])[name]
    reading = read(rule.__doc__)
    form = "" if reading.formulas else f"`{form_of(rule)}`."
    text = " ".join(
        part for part in (_marked(reading.meaning), form, _marked(reading.text)) if part
    )
    return f"- **{name.replace('_', ' ')}**: {text}"


def _marked(text: str) -> str:
    """Formulas as code; what the docstring marks as code already stays so."""
    marked = ""
    for piece, is_formula in pieces(text):
        inner = piece.strip()
        plain = is_formula and "`" not in inner
        marked += piece.replace(inner, f"`{inner}`") if plain else piece
    return marked


def _parameters(scenario: Scenario, mechanism: str) -> str:
    rows = []
    for name, said in MECHANISMS[mechanism].PARAMETERS.items():
        path = f"rules.{mechanism}.{name}"
        rows.append(
            (f"`{name}`", said["meaning"], said["unit"], tables.span(said["low"], said["high"]),
             tables.value(scenario.quantities[path]), number.source(scenario, path) or "")
        )  # fmt: skip
    if not rows:
        return ""
    return tables.table(
        ["parameter", "meaning", "unit", "allowed", "value or prior", "source"], rows
    )
