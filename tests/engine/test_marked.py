"""Which of many are marked."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide.engine.marked import where_marked

SOME_EIGHTS = st.integers(0, 40).flatmap(
    lambda n: st.lists(st.booleans(), min_size=8 * n, max_size=8 * n)
)


@settings(deadline=None)
@given(SOME_EIGHTS)
def test_all_that_are_marked_are_found_and_no_others_and_in_order(marks: list[bool]) -> None:
    marked, found = np.array(marks, np.bool_), np.full(len(marks), -1)

    number = where_marked(marked, found)

    assert found[:number].tolist() == np.flatnonzero(marked).tolist()
    assert (found[number:] == -1).all()
