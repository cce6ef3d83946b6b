"""The documents in `docs/`, in a clone or as the wheel has them."""

from __future__ import annotations

from pathlib import Path

from ebbtide.installed import beside_or_within

PREFIX = "docs/"


def documents() -> dict[str, Path]:
    """Every document by its name, such as `docs/scenarios.md`."""
    folder = beside_or_within(PREFIX)
    return {PREFIX + file.name: file for file in sorted(folder.glob("*.md"))}


def document(name: str) -> str:
    """The text of a document. Raises Faults for a name that none has."""
    from ebbtide.scenario import Fault, Faults
    from ebbtide.scenario.faults import listed, nearest, shown

    known = documents()
    if name not in known:
        raise Faults([Fault("explain", None, shown(name), listed(known, 20), nearest(name, known))])
    return known[name].read_text(encoding="utf-8")
