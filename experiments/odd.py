"""Write `docs/odd.md`, the ODD description, from docstrings, declarations and the scenario.

    uv run python experiments/odd.py

The prose, with places for what is drawn from the code, is `odd_template.md` beside this file.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

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
_PLACE = re.compile(r"\{\{(\w+)((?: \w+)*)\}\}")


def document() -> str:
    """The whole document."""
    scenario = load(SCENARIO)
    parts = _parts(scenario)

    def filled(found: re.Match[str]) -> str:
        name, of = found.groups()
        return parts[name](*of.split())

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
        "cut": lambda: _day(file.cut) if file.cut else "none",
        "start": lambda: _day(file.start),
        "end": lambda: _day(file.end),
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
        "kinds": partial(_kinds, scenario),
        "factions": partial(_factions, scenario),
        "hostility": partial(_hostility, scenario),
        "allies": partial(_allies, scenario),
        "forces": partial(_forces, scenario),
        "events": partial(_events, scenario),
        "health": partial(_health, scenario),
        "acts": partial(_acts, scenario),
        "regions": partial(_regions, scenario),
        "levers": _levers,
        "mechanism": partial(_mechanism, scenario),
    }


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


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


def _groups(scenario: Scenario, *keys: str) -> str:
    rows = [
        [group.name, *(_value(getattr(group, key)) for key in keys)]
        for group in scenario.file.groups.values()
    ]
    return _table(["group", *(_head(declared.Group, key) for key in keys)], rows)


def _kinds(scenario: Scenario) -> str:
    centres = scenario.file.centres
    rows = [
        (group.name, group.dynamics, str(group.posts),
         centres[group.centre].name if group.centre else "", group.source or "")
        for group in scenario.file.groups.values()
    ]  # fmt: skip
    return _table(["group", "`dynamics`", "`posts`", "`centre`", "source"], rows)


def _head(table: type[declared.Table], key: str) -> str:
    return f"`{key}` ({_measure(table, key).unit})"


def _factions(scenario: Scenario) -> str:
    rows = [
        (group.name, faction.name, _value(faction.share), _value(faction.discontent),
         faction.source or "")
        for group in scenario.file.groups.values()
        for faction in group.factions.values()
    ]  # fmt: skip
    return _table(["group", "faction", "`share`", "`discontent`", "source"], rows)


def _hostility(scenario: Scenario) -> str:
    groups = scenario.file.groups
    rows = [
        (group.name, groups[other].name, _value(said),
         said.stated.source or "as the group's")
        for group in groups.values()
        for other, said in group.hostility.items()
    ]  # fmt: skip
    return _table(["group", "towards", "`hostility` (share)", "source"], rows)


def _allies(scenario: Scenario) -> str:
    groups = scenario.file.groups
    rows = [
        (group.name, groups[other].name, _value(tie.men), _value(tie.money),
         "yes" if tie.lifeline else "no", str(tie.start or "the start"),
         number.source(scenario, f"groups.{name}.allies.{other}.men") or "")
        for name, group in groups.items()
        for other, tie in group.allies.items()
    ]  # fmt: skip
    heads = ["group", "its ally", *(_head(declared.Alliance, key) for key in ("men", "money"))]
    return _table([*heads, "`lifeline`", "from", "source of `men`"], rows)


def _forces(scenario: Scenario) -> str:
    keys = ("capacity", "arrests", "routine", "attention", "attention_new", "intelligence",
            "harm", "taken")  # fmt: skip
    heads = ["force", "`kind`", "where", *(_head(declared.Force, key) for key in keys)]
    places = scenario.file.places
    rows = [
        [force.name, force.kind, ", ".join(_named(places, force.places)),
         *(_value(getattr(force, key)) for key in keys)]
        for force in scenario.file.forces.values()
    ]  # fmt: skip
    return _table(heads, rows)


def _named(table: Mapping[str, Any], ids: Iterable[str]) -> list[str]:
    """Names of ids; what is no id, such as a country, stays as it is."""
    return [table[name].name if name in table else name for name in ids]


def _regions(scenario: Scenario) -> str:
    return ", ".join(sorted({f"`{place.country}`" for place in scenario.file.places.values()}))


def _events(scenario: Scenario) -> str:
    names = {name: group.name for name, group in scenario.file.groups.items()}
    rows = [
        (f"{event.date:%Y-%m-%d}", event.kind.replace("_", " "),
         names.get(event.group, event.group), _stated(scenario, name),
         event.source or event.note or "", ", ".join(f"`{claim}`" for claim in event.claims))
        for name, event in scenario.file.events.items()
    ]  # fmt: skip
    return _table(["date", "event", "group", "what it brings", "source", "claims"], rows)


def _stated(scenario: Scenario, name: str) -> str:
    """The quantities of an event, and where a founding gathers."""
    event, path = scenario.file.events[name], f"events.{name}."
    said = [
        f"`{key.removeprefix(path)}` {_value(quantity)}"
        for key, quantity in scenario.quantities.items()
        if key.startswith(path)
    ]
    if isinstance(event, declared.Founding):
        places = scenario.file.places
        gathers = (f"{places[p].name} {weight:g}" for p, weight in event.places.items())
        said.append(f"`places`, by weight: {', '.join(gathers)}")
    return "; ".join(said)


def _health(scenario: Scenario) -> str:
    rows = [
        (centre.name, date, _value(said), said.stated.source or "as below")
        for centre in scenario.file.centres.values()
        for date, said in centre.health.items()
    ]
    sources = [
        textwrap.fill(
            f"{centre.name}: `brand` {_value(centre.brand)}. Source: {centre.source}.",
            100,
            break_on_hyphens=False,
        )
        for centre in scenario.file.centres.values()
    ]
    return "\n\n".join([_table(["centre", "date", "`health`", "source"], rows), *sources])


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
         _aim(act), act.source or "")
        for act in scenario.policy.file.acts.values()
    ]  # fmt: skip
    heads = [
        "lever",
        "force",
        "against",
        "where",
        "from",
        "until",
        "strength",
        "aimed at",
        "source",
    ]
    return _table(heads, rows)


def _aim(act: declared.Act) -> str:
    shares = [
        f"{key} {_value(share)}"
        for key in ("leaders", "finance", "media")
        if (share := getattr(act, key)) is not None and share.median > 0
    ]
    return f"post {act.post}" if act.post else ", ".join(shares)


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
    found = {
        method.name: (_words(node.name), method.name.replace("_", " "), _doc(method))
        for node in _classes()
        for method in node.body
        if isinstance(method, ast.FunctionDef) and _is_phase(method)
    }
    return _table(["actor", "phase", "what it does"], [found[name] for name in _order()])


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
