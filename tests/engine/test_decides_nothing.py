"""The engine loops, and decides nothing: what is worked out or fixed in a week stands in `rules/`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ebbtide import engine

ENGINE = Path(next(iter(engine.__path__)))
# Phases, and what they call that reads rules; the record takes means, which no rule reads.
SOURCES = [
    source
    for source in sorted(ENGINE.rglob("*.py"))
    if "from ebbtide.rules import" in source.read_text(encoding="utf-8")
    and source.parent.name != "assembly"
    and source.name != "record.py"
]
DRAWS = {"drawn", "at"}  # of which what is left is looked up along weights
UNITS = {"WORD", "STANDING_IS_NOTED_IN"}
PRODUCTS = {"calm", "spared"}  # which rules make from 1 on, of what each of several leaves
WORKS = (ast.Mult, ast.Div, ast.Pow)


def is_draw(node: ast.expr) -> bool:
    """Whether it is a random number, or the unit of one or of a note."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "random_numbers.draw"
    return isinstance(node, ast.Name) and node.id in DRAWS | UNITS


def worked_out(tree: ast.AST) -> Iterator[str]:
    """What is multiplied, divided or raised that is no random number."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, WORKS):
            if not is_draw(node.left) and not is_draw(node.right):
                yield ast.unparse(node)
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, WORKS):
            yield ast.unparse(node)


def fixed(tree: ast.AST) -> Iterator[str]:
    """What is set to a number of the phase's own other than nil, which would be a rule's to say."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        pairs = [(target, node.value) for target in targets]
        if isinstance(targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = [*zip(targets[0].elts, node.value.elts, strict=True)]
        for target, value in pairs:
            either = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
            own = any(
                isinstance(each, ast.Constant) and isinstance(each.value, float) and each.value
                for each in either
            )
            if own and ast.unparse(target) not in PRODUCTS:
                yield f"{ast.unparse(target)} = {ast.unparse(value)}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_a_phase_fixes_no_number_by_itself(source: Path) -> None:
    """Such as what holds without a mechanism, or who goes for certain."""
    assert list(fixed(ast.parse(source.read_text(encoding="utf-8")))) == []


def test_a_number_that_a_phase_fixes_would_be_found() -> None:
    for line, found in {
        "attentive = 1.0": 1,
        "state.pay_share[g] = 1.0": 1,
        "share = 0.0 if state.post_joins[k] == STAYS else 1.0": 1,
        "stranger = 1.0 if state.fighter_abroad[row] == 1 else world.outsider[g]": 1,
        "men, calm = float(state.group_men[g, p]), 1.0": 0,
        "men, level = 3, 0.5": 1,
        "total, elsewhere = 0.0, 0.0": 0,
        "attentive = attention.paid_without()": 0,
    }.items():
        assert len(list(fixed(ast.parse(line)))) == found, line


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_a_phase_works_out_nothing_by_itself(source: Path) -> None:
    assert list(worked_out(ast.parse(source.read_text(encoding="utf-8")))) == []


def test_what_a_phase_works_out_would_be_found() -> None:
    assert len(SOURCES) > 20
    for line, found in {
        "usual *= targeting.share_of_fire(targets[p], among.of_all)": 1,
        "worth = targeting.worthwhile(capacity * ordered, known, men, highest)": 1,
        "whose = along(weights, drawn * sum(weights))": 0,
        "left = total * random_numbers.draw(world, Decision.COMMAND_TO, who, week)": 0,
        "total += usual": 0,
    }.items():
        assert len(list(worked_out(ast.parse(line)))) == found, line
