"""The whole ODD document: `template.md` and `week.md` filled from the code and a scenario.

A mark in the template, `{{name}}` or `{{name of_what}}`, stands for what one of `_parts` draws.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from ebbtide.explain import place
from ebbtide.explain.odd import case, code, mechanisms, stated, week
from ebbtide.scenario import Fault, Faults, Scenario
from ebbtide.scenario.faults import listed, nearest
from ebbtide.scenario.project import label
from ebbtide.scenario.quantity import TAIL
from ebbtide.scenario.schema.evidence import ClaimKind
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES

TEMPLATE = Path(__file__).with_name("template.md")
WIDTH = 100
_MARK = re.compile(r"\{\{(\w+(?: \w+)?)\}\}")
_CODE = re.compile(r"`[^`]+`")
_KEPT = "\N{NO-BREAK SPACE}"
_ITEM = re.compile(r"\n(?=- )")
_MEASURED = re.compile(r"\{\{(measured ([0-9a-f]{12}))\}\}")
_CASE = re.compile(r"\{\{case ([\w ]+)\}\}")

Fillings = Mapping[str, Callable[[], str]]


def document(scenario: Scenario) -> str:
    """The ODD description of the model, with a scenario's values.

    Raises Faults for what is wrong in the text of its case.
    """
    of_case = case.sections(scenario)
    text = TEMPLATE.read_text(encoding="utf-8").replace(week.TOLD, week.told())
    text = _CASE.sub(lambda mark: of_case[mark[1]], text)
    parts: Fillings = {
        **_parts(scenario),
        **{mark: partial(code.measured, digest) for mark, digest in _MEASURED.findall(text)},
    }
    _check_marks(text, parts, scenario)
    return "\n\n".join(_filled(text.strip(), parts)) + "\n"


def _filled(text: str, parts: Fillings) -> Iterator[str]:
    """The blocks of a text; prose with something drawn into it is wrapped again."""
    for block in text.split("\n\n"):
        filled = _MARK.sub(lambda mark: parts[mark[1]](), block)
        is_wrapped = not _MARK.search(block) or _MARK.fullmatch(block) or block.startswith("|")
        yield filled if is_wrapped else "\n".join(map(_wrapped, _ITEM.split(filled)))


def _wrapped(text: str) -> str:
    """A paragraph, or an item of a list, in lines that break in no formula."""
    indent = "  " if text.startswith("- ") else ""
    whole = _CODE.sub(lambda code: code[0].replace(" ", _KEPT), " ".join(text.split()))
    lines = textwrap.fill(whole, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
    return lines.replace(_KEPT, " ")


def _check_marks(text: str, parts: Fillings, scenario: Scenario) -> None:
    """Raise Faults for marks that nothing fills: the text of a case may hold them too."""
    file = label(scenario.odd or TEMPLATE)
    unknown = [mark[1] for mark in _MARK.finditer(text) if mark[1] not in parts]
    if unknown:
        raise Faults(
            Fault(file, None, f"the mark {{{{{name}}}}}", listed(parts, 40), nearest(name, parts))
            for name in unknown
        )


def _parts(scenario: Scenario) -> Fillings:
    file = scenario.file
    return {
        "id": lambda: scenario.id,
        "title": lambda: scenario.title,
        "file": lambda: _file(scenario),
        "cited": lambda: _cited(scenario),
        "cut": lambda: _day(file.cut) if file.cut else "none",
        "start": lambda: _day(file.start),
        "end": lambda: _day(file.end),
        "weeks": lambda: str(scenario.weeks),
        "policy": lambda: scenario.policy.title,
        "patterns": partial(stated.claims, scenario, ClaimKind.PATTERN),
        "figures": partial(stated.claims, scenario, ClaimKind.FIGURE),
        "rule_claims": lambda: str(
            sum(ClaimKind.RULE in claim.kinds for claim in scenario.claims.values())
        ),
        "counts": partial(stated.counts, scenario),
        "uncertain": partial(stated.uncertain, scenario),
        "phases": week.table,
        "week": week.listed,
        "slices": week.slices,
        **week.marks(),
        "earth_radius": code.earth_radius,
        "tail": lambda: f"{TAIL:.0%}",
        "exact_poisson": code.exact_poisson,
        **{f"fields {name}": partial(code.fields, each) for name, each in code.described().items()},
        "variables": code.variables,
        "starts": code.starts,
        "outcomes": partial(code.outcomes, OUTCOMES, scenario),
        "place_outcomes": partial(code.outcomes, PLACE_OUTCOMES, scenario),
        "force_outcomes": partial(code.outcomes, FORCE_OUTCOMES, scenario),
        "groups": partial(stated.groups, scenario),
        "kinds": partial(stated.kinds, scenario),
        "factions": partial(stated.factions, scenario),
        "held": partial(stated.held, scenario),
        "hostility": partial(stated.hostility, scenario),
        "weights": partial(stated.weights, scenario),
        "allies": partial(stated.allies, scenario),
        "forces": partial(stated.forces, scenario),
        "contingents": partial(stated.contingents, scenario),
        "events": partial(stated.events, scenario),
        "health": partial(stated.health, scenario),
        "acts": partial(stated.acts, scenario),
        "regions": partial(stated.regions, scenario),
        "levers": code.levers,
        "breaking_peace": code.breaking_peace,
        "decapitated": code.decapitated,
        "mechanisms": partial(mechanisms.mechanisms, scenario),
        "when_off": mechanisms.when_off,
    }


def _file(scenario: Scenario) -> str:
    """The scenario's file, from the checkout or the package; else its name alone."""
    shown = Path(place.shown(scenario.path.resolve()))
    return shown.name if shown.is_absolute() else shown.as_posix()


def _cited(scenario: Scenario) -> str:
    retold = scenario.retold
    return f"¶ cites a paragraph of the text behind the scenario: {retold}." if retold else ""


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
