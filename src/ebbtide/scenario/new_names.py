"""Ids of what a file extends that it gives to something else, or nearly repeats, as slips do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.content import walk
from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import are_alike, nearest
from ebbtide.scenario.project import label


def notes_on_new_names(file: BaseModel, document: Document) -> Iterator[CheckNote]:
    """A note on each id of another file that the file gives to another kind of thing, or has nearly so."""
    yield from notes_on_replaced(document)
    for keys, table in walk(file):
        if isinstance(table, Mapping) and any(
            isinstance(each, BaseModel) for each in table.values()
        ):
            for name in table:
                if meant := meant_by((*keys, name), document):
                    path = ".".join((*keys, name))
                    said = f"{{}} is a new one; did you mean {'.'.join((*keys, meant))}, to change that?"
                    yield CheckNote(said, (path,), idle=False)


def notes_on_replaced(document: Document) -> Iterator[CheckNote]:
    """A note on each act or event that stands in the place of one of another kind, of a file below."""
    for keys, (kind, origin) in document.replaced.items():
        now = document.get((*keys, "kind"))
        if now != kind:  # else a third file has put the first kind back
            said = (
                f"{{}} is of kind {now}, and takes the place of that of kind {kind} of {origin}, which is "
                "gone: another id leaves both"
            )
            yield CheckNote(said, (".".join(keys),), idle=False)


def meant_by(keys: Keys, document: Document) -> str | None:
    """The id of another file in the same table that is nearly one that the file itself adds."""
    own, table = label(document.path), document.get(keys[:-1])
    if not isinstance(table, dict) or document.origin(keys) != own:
        return None
    others = [name for name in table if document.origin((*keys[:-1], name)) != own]
    near = nearest(keys[-1], others)
    return near if near is not None and are_alike(keys[-1], near) else None
