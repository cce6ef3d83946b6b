"""A docstring is read whole: nothing of it is lost, and its formulas are told from its prose."""

from collections.abc import Iterator
from types import FunctionType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.explain.docstring import form_of, pieces, read
from ebbtide.explain.rules import functions_of
from ebbtide.rules import MECHANISMS


def rules() -> Iterator[FunctionType]:
    for module in MECHANISMS.values():
        yield from functions_of(module).values()


def test_a_docstring_falls_into_its_parts() -> None:
    found = read("""Weekly probability of leaving.

    highest * logistic(score + 1), so that it levels off (¶15). Smith (2001); ¶4.
    Claims: morale,
    money-crisis.
    """)
    assert found.meaning == "Weekly probability of leaving."
    assert found.formulas == ["highest * logistic(score + 1)"]
    assert found.paragraphs == (4, 15)
    assert found.claims == ("morale", "money-crisis")
    assert "Claims" not in found.text


@given(st.text(alphabet="ab *(),.:;-+1 ", max_size=60))
def test_pieces_give_the_text_back(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == text


@pytest.mark.parametrize(
    "prose", ["paid in full, or not", "the share (0 to 1) of a force's fire", ""]
)
def test_prose_is_no_formula(prose: str) -> None:
    assert not read(prose).formulas


def test_every_rule_has_a_meaning_and_a_form() -> None:
    for rule in rules():
        reading = read(rule.__doc__)
        assert reading.meaning.endswith("."), rule
        assert "Claims" not in reading.meaning + reading.text, rule
        assert form_of(rule), rule


def test_the_ids_of_claims_are_those_of_the_ledger() -> None:
    from ebbtide.scenario import load

    known = load("khorasan").claims.keys()
    for rule in rules():
        assert set(read(rule.__doc__).claims) <= known, rule
    for name, module in MECHANISMS.items():
        assert set(read(module.__doc__).claims) <= known, name
        for said in module.PARAMETERS.values():
            assert set(said["claims"]) <= known, name
