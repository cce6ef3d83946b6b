"""What is declared as usual of numbers, beside their units: nothing that is shipped is told as unusual."""

import pytest

from ebbtide.scenario import load
from ebbtide.scenario.content import walk
from ebbtide.scenario.quantity import Measure
from ebbtide.scenario.usual import Usual, notes_on_magnitudes


@pytest.mark.parametrize("name", ["khorasan", "lake", "minimal"])
def test_what_is_shipped_is_usual(name):
    assert [str(note) for note in notes_on_magnitudes(load(name).file)] == []


def test_what_is_usual_is_allowed():
    """A range beside a unit that the unit's own range cuts would never be told."""
    found = 0
    for table in {type(value) for _, value in walk(load("khorasan").file)}:
        for field in getattr(table, "model_fields", {}).values():
            for usual in (said for said in field.metadata if isinstance(said, Usual)):
                measure = next(said for said in field.metadata if isinstance(said, Measure))
                assert 0 < usual.low < usual.high <= measure.high
                found += 1
    assert found > 15
