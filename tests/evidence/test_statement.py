"""What a statement counts: which of them are of one thing, so that one may be forecast from another."""

import dataclasses

import pytest

from ebbtide.evidence.reading import read_statements
from ebbtide.evidence.statement import POOLED, TOLD_APART, StatementOfPeriod

OF_ALL = {each.name for each in dataclasses.fields(StatementOfPeriod)}


@pytest.fixture(scope="module")
def kinds(khorasan):
    """One statement of each kind."""
    return {type(each): each for each in read_statements(khorasan)}


def test_what_a_kind_adds_says_whether_it_tells_statements_apart(kinds):
    """A field that said nothing would pool statements of different things in one forecast."""
    assert len(kinds) == 8
    for kind in kinds:
        added = [each for each in dataclasses.fields(kind) if each.name not in OF_ALL]
        silent = [each.name for each in added if each.metadata not in (TOLD_APART, POOLED)]
        assert added, kind
        assert not silent, kind


def test_statements_that_differ_in_what_they_count_are_of_different_things(kinds):
    for kind, statement in kinds.items():
        for each in dataclasses.fields(kind):
            other = dataclasses.replace(statement, **{each.name: "another"})
            assert (other.thing != statement.thing) == (each.metadata == TOLD_APART), each.name
