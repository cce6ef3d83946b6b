"""Compiled code reads columns where they stand, and nothing that is not as declared."""

from __future__ import annotations

import gc
from typing import Any

import numpy as np
import pytest
from numba.core import types

from ebbtide.compilation.compiled import PLAIN, compiled
from ebbtide.world import structure
from ebbtide.world.structure import Addresses, Structure

pytestmark = pytest.mark.skipif(PLAIN, reason="nothing is compiled")

NUMBERS, COUNTS = types.float64[:, ::1], types.int16[::1]
FIELDS = {"count": types.int64, "counts": COUNTS, "share": types.float64, "numbers": NUMBERS}
KIND = Structure("Made", FIELDS)
ALL = Structure("All", {"before": types.int64, "made": KIND})


def columns() -> dict[str, Any]:
    return {
        "count": -3,
        "counts": np.arange(5, dtype=np.int16),
        "share": 0.1,
        "numbers": np.arange(6.0).reshape(2, 3),
    }


@compiled
def told(every):
    made = every.made
    last = made.numbers[-1]
    made.counts[-1] = 7
    return made.count, made.share, made.numbers.shape, last[-1], last.size, every.before


def test_compiled_code_reads_and_writes_every_field_through_parts() -> None:
    given = columns()
    table = Addresses(ALL, [9, Addresses(KIND, list(given.values()))])
    assert told(table) == (-3, 0.1, (2, 3), 5.0, 3, 9)
    assert given["counts"].tolist() == [0, 1, 2, 3, 7]


def test_a_table_keeps_its_arrays() -> None:
    table = Addresses(ALL, [9, Addresses(KIND, list(columns().values()))])
    gc.collect()
    others = [np.full((2, 3), -1.0) for _ in range(100)]  # into memory that was free
    assert told(table)[3] == 5.0
    assert len(others) == 100


READ_ONLY = np.zeros((2, 3))
READ_ONLY.flags.writeable = False


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((2, 3), np.float32),
        np.zeros((2, 3), np.int64),
        np.zeros(6),
        np.zeros((3, 2)).T,
        np.zeros((2, 6))[:, ::2],
        READ_ONLY,
    ],
    ids=["narrow", "whole", "flat", "transposed", "striding", "read-only"],
)
def test_an_array_that_is_not_as_declared_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match="numbers is"):
        Addresses(KIND, list((columns() | {"numbers": wrong}).values()))


def test_a_structure_is_named_with_its_fields_and_the_code_that_reads_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    longer = Structure("Made", FIELDS | {"more": types.int8})
    within = [Structure("All", {"made": kind}) for kind in (KIND, longer)]
    assert len({str(KIND), str(longer), *map(str, within)}) == 4
    assert str(Structure("Made", dict(FIELDS))) == str(KIND)
    monkeypatch.setattr(structure, "digest_of", lambda files: "of other code")
    assert str(Structure("Made", FIELDS)) != str(KIND)
