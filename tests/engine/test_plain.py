"""Compiled functions run by CPython."""

from types import SimpleNamespace

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.plain import plain


@compiled
def wage(state: SimpleNamespace, g: int) -> float:
    return state.wage[g]


def test_a_function_may_be_called_as_a_column_that_it_reads() -> None:
    assert plain(wage)(SimpleNamespace(wage=[3.0, 5.0]), 1) == 5.0
