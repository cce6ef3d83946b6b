"""What the code declares, as tables: fields, levers, outcomes, the phases of a week."""

from __future__ import annotations

import ast
import re

from ebbtide.explain.odd import tables
from ebbtide.explain.place import PACKAGE
from ebbtide.scenario import Scenario
from ebbtide.scenario import schema as declared
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.quantity import Measure
from ebbtide.world.outcomes import Outcome


def fields(name: str) -> str:
    table = getattr(declared, name)
    rows = [
        (f"`{key}`", (said := tables.measure(table, key)).unit, tables.span(said.low, said.high),
         field.description or "")
        for key, field in table.model_fields.items()
        if any(isinstance(found, Measure) for found in field.metadata)
    ]  # fmt: skip
    return tables.table(["key", "unit", "allowed", "meaning"], rows)


def outcomes(outcomes: dict[str, Outcome], scenario: Scenario) -> str:
    def known(claims: tuple[str, ...]) -> str:
        return ", ".join(f"`{claim}`" for claim in claims if claim in scenario.claims)

    rows = [
        (f"`{name}`", said.unit, said.meaning, known(said.claims))
        for name, said in outcomes.items()
    ]
    return tables.table(["outcome", "unit", "meaning", "claims"], rows)


def _tree(file: str) -> ast.Module:
    """A file of the package, read and not run: agents would bring the compiler with them."""
    return ast.parse((PACKAGE / file).read_text(encoding="utf-8"))


def _classes() -> list[ast.ClassDef]:
    return [node for node in _tree("agents.py").body if isinstance(node, ast.ClassDef)]


def phases() -> str:
    found = {
        method.name: (_words(node.name), method.name.replace("_", " "), _doc(method))
        for node in _classes()
        for method in node.body
        if isinstance(method, ast.FunctionDef) and _is_phase(method)
    }
    return tables.table(["actor", "phase", "what it does"], [found[name] for name in _order()])


def _order() -> list[str]:
    """The phases that actors live, in the week's order."""
    week = next(
        node
        for node in ast.walk(_tree("model.py"))
        if isinstance(node, ast.FunctionDef) and node.name == "_week_by_agents"
    )
    calls = [node for node in ast.walk(week) if isinstance(node, ast.Call)]
    named = sorted(
        (call.lineno, call.args[1].value)
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "_do"
        and isinstance(call.args[1], ast.Constant)
    )
    return [str(name) for _, name in named]


def _is_phase(method: ast.FunctionDef) -> bool:
    """A phase is a public method without arguments that is no attribute, and that acts."""
    public = not method.name.startswith("_") and not method.decorator_list
    return public and len(method.args.args) == 1 and method.name != "remove"


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower().capitalize()


def _doc(node: ast.ClassDef | ast.FunctionDef) -> str:
    return " ".join((ast.get_docstring(node) or "").partition("\n\n")[0].split())


def week() -> str:
    docstring = ast.get_docstring(_tree("model.py")) or ""
    steps = re.findall(r"^ +\d+\. .+(?:\n(?! *\d+\. ).+)*", docstring, re.MULTILINE)
    return "\n".join(" ".join(step.split()) for step in steps)


def levers() -> str:
    rows = [
        (f"`{name}`", ", ".join(lever.held_by), ", ".join(lever.needs), lever.meaning,
         lever.cost, lever.side_effects)
        for name, lever in LEVERS.items()
    ]  # fmt: skip
    heads = ["lever", "held by", "an act must state", "what it moves", "effort", "side effects"]
    return tables.table(heads, rows)
