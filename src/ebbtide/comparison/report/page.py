"""The page: what stands in it, gathered, and the template filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.information import above_noise
from ebbtide.comparison.outcomes import HEADLINE
from ebbtide.comparison.report import effort, made_with, record, said, tables, views
from ebbtide.comparison.report.answer import Answer, basis
from ebbtide.comparison.report.money import in_money, levers_in_money
from ebbtide.comparison.report.not_for import not_for
from ebbtide.comparison.report.numbers import day, tied
from ebbtide.comparison.report.parts import FEW, effects, last_day, side_effects
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.focus import Focus
from ebbtide.study.harm import HARM

if TYPE_CHECKING:
    from markupsafe import Markup

    from ebbtide.comparison.comparison import Comparison
    from ebbtide.comparison.report.figures import ReportFigure

HERE = Path(__file__).parent
TEMPLATE = "page.html.jinja"


def rendered(comparison: Comparison, figures: Mapping[str, ReportFigure]) -> str:
    """The page in HTML: one file that needs no other; what comes from scenario and policies is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"tied": tied, "with_line_ends": with_line_ends}
    return environment.get_template(TEMPLATE).render(content(comparison), figures=figures)


def with_line_ends(text: str) -> Markup:
    """The same, escaped, with line ends allowed after the dots and underscores of names, not in words."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"(?<=[^\W\d_][._])(?=[^\W\d_])", "<wbr>", str(escape(text))))


def content(comparison: Comparison) -> dict[str, Any]:
    """All that the template says, but for the figures."""
    manifest = comparison.results.manifest
    ranked = bool(comparison.ranked)
    informed = len(comparison.lived.replications) >= FEW and ranked
    worth = comparison.information() if informed else None
    structural = comparison.structures() if ranked and comparison.structural else None
    parts = comparison.variance_parts() if ranked else None
    bought = comparison.break_even() if ranked and comparison.effort is not None else None
    verdict = None if parts is None else record.verdict(comparison, parts)
    answer = Answer(comparison) if ranked else None
    traded = {HEADLINE, HARM} <= {*comparison.ranked}
    return {
        "title": f"{manifest['scenario']['title']}: policies compared",
        "focus": Focus.kept(manifest).name,
        "start": day(comparison.start),
        "until": day(last_day(comparison)),
        "replications": len(comparison.lived.replications),
        "drawn": DrawnFrom(manifest["study"]["others"]).told,
        "question": said.question(comparison),
        "policies": [(name, manifest["policies"][name]["title"]) for name in comparison.policies],
        "reference": comparison.reference,
        "answer": answer.sentences(verdict) if answer else [said.NOT_RANKED],
        "verdict": verdict,
        "beside": answer.beside() if answer else "",
        "basis": basis(comparison),
        "headline": tables.headline(
            comparison, next(iter(comparison.ranked or comparison.outcomes))
        ),
        "effects": tables.differences(
            comparison, effects(comparison), "effects", "What becomes of the group"
        ),
        "side_effects": tables.differences(
            comparison, side_effects(comparison, one_by_one=True), "side", "Side effects"
        ),
        "regret_said": said.regrets(comparison) if ranked else "",
        "regret": tables.regret(comparison) if ranked else None,
        "pairs": tables.pairs(comparison) if ranked else None,
        "limits_said": said.limits(comparison) if comparison.limits else "",
        "limits": tables.limits(comparison) if comparison.limits else None,
        "effort_said": [*effort.sentences(comparison, bought), *in_money(comparison)],
        "effort": None if bought is None else tables.break_even(bought),
        "money": None if comparison.effort is None else levers_in_money(comparison),
        "efforts": None if comparison.effort is None else tables.efforts(comparison),
        "pareto_said": said.pareto(comparison) if traded else "",
        "pareto": tables.tradeoff(comparison) if traded else None,
        "acceptability_said": said.acceptability(comparison) if traded else "",
        "information_said": said.information(comparison, worth)
        + ("" if worth is None or not above_noise(worth).empty else views.stands_out(structural)),
        "explain": f"ebbtide explain QUANTITY --scenario {manifest['scenario']['named']}",
        "facts": None if worth is None else tables.information(worth),
        "record_said": "" if parts is None else record.said(comparison, parts),
        "record": None if parts is None else tables.variance_parts(parts),
        "publishers_said": said.publishers(comparison) if comparison.published and ranked else "",
        "publishers": tables.publishers(comparison) if comparison.published and ranked else None,
        "structures_said": "" if structural is None else views.structures(comparison, structural),
        "structures": None if structural is None else tables.structures(structural),
        "failures": tables.failures(comparison) if informed and find_spec("sklearn") else None,
        "left_out": said.left_out(comparison) if ranked else "",
        "not_asked": said.not_asked(comparison),
        "not_for": not_for(),
        "command": made_with.command(comparison),
        "seeds": made_with.seeds(manifest),
        "versions": made_with.versions(manifest),
        "hashes": made_with.hashes(manifest),
        "overrides": made_with.overrides(manifest),
        "outcomes": tables.outcomes(comparison),
        "style": (HERE / "page.css").read_text(encoding="utf-8"),
        "script": (HERE / "page.js").read_text(encoding="utf-8"),
    }
