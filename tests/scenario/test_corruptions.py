"""Whatever single thing is spoilt in a sound scenario, the answer is Faults that name it."""

import copy
import datetime as dt
import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import POLICY, SCENARIO, TinyProject
from ebbtide.scenario import Faults, load

OPTIONAL = {"cut", "focus", "hostility", "allies", "centre", "borders", "stop", "leaders", "seed"}
OPTIONAL |= {"unit", "source"}
WRONG = [True, "", "x", [], [1], {}, {"x": 1}, -1e9, 1e300, 10**400, float("nan"), float("inf")]
WRONG += [dt.date(1800, 1, 1), dt.datetime(2001, 1, 1), dt.time(12), "\0", "../../x", "a" * 5000]


def paths(tables, at=()):
    for key, value in tables.items():
        yield (*at, key)
        if isinstance(value, dict):
            yield from paths(value, (*at, key))


PLACES = [("scenario", path) for path in paths(SCENARIO)]
PLACES += [("policy", path) for path in paths(POLICY)]


def spoilt(change):
    """The faults after `change(table, key)` at a place, None if there are none."""

    def read(where):
        which, path = where
        with tempfile.TemporaryDirectory() as folder:
            project = TinyProject(Path(folder))
            table = getattr(project, which)
            for key in path[:-1]:
                table = table[key]
            change(table, path[-1])
            try:
                load(project.write_all())
            except Faults as faults:
                return faults
        return None

    return read


def names(faults, path):
    """Whether a fault names the spoilt key, what it is in, or the id that is now missing."""
    dotted = ".".join(path)
    return any(
        fault.key is not None
        and (
            fault.key == dotted
            or fault.key.startswith(f"{dotted}.")
            or dotted.startswith(f"{fault.key}.")
            or re.search(
                rf"\b{re.escape(path[-1])}\b", f"{fault} {fault.nearest}".partition(": ")[2]
            )
        )
        for fault in faults.faults
    )


def test_the_project_is_sound():
    assert spoilt(lambda table, key: None)(PLACES[0]) is None


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([p for p in PLACES if p[1][-1] not in OPTIONAL]))
def test_a_deleted_key(where):
    faults = spoilt(lambda table, key: table.pop(key))(where)
    if faults is None:  # an entry that nothing refers to
        assert (
            where[1][0] in ("borders", "acts", "events")
            or "allies" in where[1]
            or len(where[1]) > 3
        )
    else:
        assert names(faults, where[1]), str(faults)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PLACES))
def test_a_renamed_key(where):
    if where[1][-1][0].isdigit():  # a date has no nearest name
        return

    def rename(table, key):
        table[f"{key}{key[-1]}"] = table.pop(key)

    faults = spoilt(rename)(where)
    if faults is None:  # the id of an entry that nothing refers to
        assert where[1][0] in ("borders", "events", "acts", "groups")
        assert len(where[1]) == 2 or where[1][2] == "factions"
    else:
        assert names(faults, where[1]), str(faults)
        assert any(where[1][-1] in (fault.nearest or "") for fault in faults.faults)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(WRONG))
def test_a_wrong_value(where, value):
    def spoil(table, key):
        table[key] = copy.deepcopy(value)

    faults = spoilt(spoil)(where)
    if faults is not None:
        assert names(faults, where[1]), str(faults)
    else:
        assert not isinstance(value, float | int) or isinstance(value, bool)
