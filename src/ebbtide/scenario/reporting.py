"""How checks report: each fault once, and none that rests on what stands in for another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from pydantic import BaseModel

from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import Fault, listed, nearest, shown
from ebbtide.scenario.names import Names
from ebbtide.scenario.naming import naming

Say = Callable[..., None]


def reporter(document: Document, faults: list[Fault], mended: Collection[Keys]) -> Say:
    """A function that adds to `faults`, unless what it says rests on a value at keys `mended`."""

    def say(
        keys: Keys,
        found: str,
        allowed: str | None = None,
        near: str | None = None,
        *,
        rests_on: Iterable[Keys] | None = None,
    ) -> None:
        """Report what was found, unless it rests on something that stands in for a fault."""
        for rest in [keys] if rests_on is None else rests_on:
            shortest = [(rest[: len(known)], known[: len(rest)]) for known in mended]
            if any(a == b for a, b in shortest):
                return
        faults.append(Fault(document.origin(keys), ".".join(keys), found, allowed, near))

    return say


def check_names(say: Say, table: BaseModel, keys: Keys, names: Names) -> None:
    """What the fields of a table name must be there, as they declare it."""
    for key, what in naming(type(table)):
        stated = getattr(table, key)
        given = () if stated is None else (stated,) if isinstance(stated, str) else stated
        each = isinstance(stated, Mapping)
        known = names.of_what(what)
        check_known(say, (*keys, key), given, known, what, each, partial(names.meant, what=what))


def check_known(
    say: Say,
    keys: Keys,
    stated: Iterable[str],
    names: Collection[str],
    what: str,
    each: bool = False,
    meant: Callable[[str], str | None] | None = None,
) -> None:
    """Every stated name must be one of `names`; with `each` they are keys of the table there.

    `meant` finds the one that is most like a wrong name, else `nearest` does.
    """
    tables = [(word,) for word in what.split() if word not in ("and", "other")]
    for name in stated:
        if name in names:
            continue
        allowed = f"{what}: {listed(names)}"
        near = nearest(name, names) if meant is None else meant(name)
        rests_on = [] if names else tables
        if each:
            say(
                (*keys, name), "an unknown name", allowed, near, rests_on=[(*keys, name), *rests_on]
            )
        else:
            say(keys, shown(name), allowed, near, rests_on=[keys, *rests_on])
