"""Write `docs/odd.md`, the ODD description, from docstrings, declarations and the scenario.

    uv run python experiments/odd.py

The prose, with places for what is drawn from the code, is `odd_template.md` beside this file.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from ebbtide.explain import number
from ebbtide.explain.docstring import form_of, pieces, read
from ebbtide.explain.place import PACKAGE
from ebbtide.explain.rules import cited, functions_of
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Quantity, Scenario, load
from ebbtide.scenario import schema as declared
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.quantity import Fixed, Measure
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES, Outcome

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "odd.md"
TEMPLATE = Path(__file__).with_name("odd_template.md")
SCENARIO = "khorasan"
PRIORS = {"loguniform": "log-uniform", "lognormal": "log-normal", "logitnormal": "logit-normal"}
_PLACE = re.compile(r"\{\{(\w+)(?: (\w+))?\}\}")


def document() -> str:
    """The whole document."""
    scenario = load(SCENARIO)
    parts = _parts(scenario)

    def filled(found: re.Match[str]) -> str:
        name, of = found.groups()
        return parts[name](of) if of else parts[name]()

    blocks = TEMPLATE.read_text(encoding="utf-8").strip().split("\n\n")
    return "\n\n".join(_filled(block, partial(_PLACE.sub, filled)) for block in blocks) + "\n"


def _filled(block: str, fill: Callable[[str], str]) -> str:
    """A block of the template; prose with something drawn into it is wrapped again."""
    is_prose = _PLACE.search(block) and not _PLACE.fullmatch(block)
    return textwrap.fill(fill(block), 100, break_on_hyphens=False) if is_prose else fill(block)


def _parts(scenario: Scenario) -> dict[str, Callable[..., str]]:
    file = scenario.file
    return {
        "title": lambda: scenario.title,
        "scenario": lambda: f"scenarios/{scenario.id}.toml",
        "article": lambda: _source_of_ledger(scenario),
        "cut": lambda: f"{file.cut:%d %B %Y}" if file.cut else "none",
        "start": lambda: f"{file.start:%d %B %Y}",
        "end": lambda: f"{file.end:%d %B %Y}",
        "weeks": lambda: str(scenario.weeks),
        "policy": lambda: scenario.policy.title,
        "patterns": partial(_claims, scenario, "P"),
        "figures": partial(_claims, scenario, "C"),
        "rule_claims": lambda: str(sum("R" in claim.kinds for claim in scenario.claims.values())),
        "counts": partial(_counts, scenario),
        "uncertain": partial(_uncertain, scenario),
        "phases": _phases,
        "week": _week,
        "fields": _fields,
        "outcomes": partial(_outcomes, OUTCOMES),
        "place_outcomes": partial(_outcomes, PLACE_OUTCOMES),
        "force_outcomes": partial(_outcomes, FORCE_OUTCOMES),
        "groups": partial(_groups, scenario),
        "forces": partial(_forces, scenario),
        "events": partial(_events, scenario),
        "health": partial(_health, scenario),
        "acts": partial(_acts, scenario),
        "levers": _levers,
        "mechanism": partial(_mechanism, scenario),
    }


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


def _value(quantity: Quantity) -> str:
    stated = quantity.stated
    if isinstance(stated, Fixed):
        return number.value(quantity)
    return f"{PRIORS.get(stated.prior, stated.prior)}, {stated.low:g} to {stated.high:g}"


def _range(low: float, high: float) -> str:
    return f"{_short(low)} to {_short(high)}"


def _short(end: float) -> str:
    return f"{end:,.0f}" if abs(end) >= 1000 else f"{end:g}"


# ---------------------------------------------------------------- claims and scenario


def _source_of_ledger(scenario: Scenario) -> str:
    path = scenario.path.parent / (scenario.file.evidence.claims or "")
    found = re.search(r'^source = "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else "not stated"


def _claims(scenario: Scenario, kind: str) -> str:
    rows = [
        (f"`{name}`", cited(claim.paragraphs) or "data", claim.says, claim.shows, claim.null or "")
        for name, claim in scenario.claims.items()
        if kind in claim.kinds
    ]
    return _table(["claim", "¶", "what is claimed", "the model must show", "a null model"], rows)


def _counts(scenario: Scenario) -> str:
    file = scenario.file
    factions = sum(len(group.factions) for group in file.groups.values())
    return (
        f"{len(file.places)} places with {len(file.borders)} borders, {len(file.groups)} groups "
        f"with {factions} named factions, {len(file.forces)} forces and {len(file.centres)} centre"
        + ("s" if len(file.centres) != 1 else "")
    )


def _uncertain(scenario: Scenario) -> str:
    return (
        f"Of the scenario's {len(scenario.quantities)} quantities "
        f"{len(scenario.uncertainties)} have a prior."
    )


def _groups(scenario: Scenario) -> str:
    keys = ("fighters", "supporters", "belief", "outsider", "pay", "brand", "cohesion")
    units = {key: _measure(declared.Group, key).unit for key in keys}
    heads = ["group", *(f"{key} ({units[key]})" for key in keys), "source"]
    rows = []
    for group in scenario.file.groups.values():
        values = [_value(getattr(group, key)) for key in keys]
        rows.append([group.name, *values, group.source or ""])
    return _table(heads, rows)


def _forces(scenario: Scenario) -> str:
    keys = ("capacity", "arrests", "routine", "attention", "attention_new", "intelligence", "harm")
    units = {key: _measure(declared.Force, key).unit for key in keys}
    heads = [
        "force",
        *(f"{key.replace('_new', ' to a new group')} ({units[key]})" for key in keys),
        "source",
    ]
    rows = []
    for force in scenario.file.forces.values():
        values = [_value(getattr(force, key)) for key in keys]
        rows.append([force.name, *values, force.source or ""])
    return _table(heads, rows)


def _events(scenario: Scenario) -> str:
    names = {name: group.name for name, group in scenario.file.groups.items()}
    rows = [
        (f"{event.date:%d %b %Y}", event.kind.replace("_", " "), names.get(event.group, event.group),
         event.source or event.note or "", ", ".join(f"`{claim}`" for claim in event.claims))
        for event in scenario.file.events.values()
    ]  # fmt: skip
    return _table(["date", "event", "group", "source", "claims"], rows)


def _health(scenario: Scenario) -> str:
    rows = [
        (centre.name, date, _value(said), said.stated.source or "")
        for centre in scenario.file.centres.values()
        for date, said in centre.health.items()
    ]
    sources = [f"{centre.name}: {centre.source}." for centre in scenario.file.centres.values()]
    return "\n\n".join([_table(["centre", "date", "health", "own source"], rows), *sources])


def _acts(scenario: Scenario) -> str:
    file = scenario.file
    named = {
        name: said.name
        for table in (file.places, file.groups, file.forces)
        for name, said in table.items()
    }

    def names(stated: Iterable[str]) -> str:
        return ", ".join(named.get(name, name) for name in stated)

    rows = [
        (act.kind.replace("_", " "), names([act.force or ""]), names(act.against),
         names(act.places or ()), str(act.start), str(act.stop or ""), _value(act.strength),
         act.source or "")
        for act in scenario.policy.file.acts.values()
    ]  # fmt: skip
    heads = ["lever", "force", "against", "where", "from", "until", "strength", "source"]
    return _table(heads, rows)


def _levers() -> str:
    rows = [
        (f"`{name}`", lever.meaning, lever.cost, lever.side_effects)
        for name, lever in LEVERS.items()
    ]
    return _table(["lever", "what it moves", "effort", "side effects"], rows)


# ---------------------------------------------------------------- what the code declares


def _measure(table: type[declared.Table], key: str) -> Measure:
    metadata = table.model_fields[key].metadata
    return next(found for found in metadata if isinstance(found, Measure))


def _fields(name: str) -> str:
    table = getattr(declared, name)
    rows = [
        (f"`{key}`", _measure(table, key).unit,
         _range(_measure(table, key).low, _measure(table, key).high), field.description or "")
        for key, field in table.model_fields.items()
        if any(isinstance(found, Measure) for found in field.metadata)
    ]  # fmt: skip
    return _table(["key", "unit", "allowed", "meaning"], rows)


def _outcomes(outcomes: dict[str, Outcome]) -> str:
    rows = [
        (f"`{name}`", said.unit, said.meaning, ", ".join(f"`{claim}`" for claim in said.claims))
        for name, said in outcomes.items()
    ]
    return _table(["outcome", "unit", "meaning", "claims"], rows)


def _tree(file: str) -> ast.Module:
    """A file of the package, read and not run: agents would bring the compiler with them."""
    return ast.parse((PACKAGE / file).read_text(encoding="utf-8"))


def _classes() -> list[ast.ClassDef]:
    return [node for node in _tree("agents.py").body if isinstance(node, ast.ClassDef)]


def _phases() -> str:
    rows = [
        (_words(node.name), method.name.replace("_", " "), _doc(method))
        for node in _classes()
        for method in node.body
        if isinstance(method, ast.FunctionDef) and _is_phase(method)
    ]
    return _table(["actor", "phase", "what it does"], rows)


def _is_phase(method: ast.FunctionDef) -> bool:
    """A phase is a public method without arguments that is no attribute, and that acts."""
    public = not method.name.startswith("_") and not method.decorator_list
    return public and len(method.args.args) == 1 and method.name != "remove"


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower().capitalize()


def _doc(node: ast.ClassDef | ast.FunctionDef) -> str:
    return " ".join((ast.get_docstring(node) or "").partition("\n\n")[0].split())


def _week() -> str:
    docstring = ast.get_docstring(_tree("model.py")) or ""
    steps = re.findall(r"^ +\d+\. .+(?:\n(?! *\d+\. ).+)*", docstring, re.MULTILINE)
    return "\n".join(" ".join(step.split()) for step in steps)


# ---------------------------------------------------------------- rules


def _mechanism(scenario: Scenario, name: str) -> str:
    module = MECHANISMS[name]
    reading = read(module.__doc__)
    claims = f"Claims: {', '.join(f'`{claim}`' for claim in reading.claims)}."
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
            (f"`{name}`", said["meaning"], said["unit"], _range(said["low"], said["high"]),
             _value(scenario.quantities[path]), number.source(scenario, path) or "")
        )  # fmt: skip
    if not rows:
        return ""
    return _table(["parameter", "meaning", "unit", "allowed", "value or prior", "source"], rows)


def main() -> None:
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
