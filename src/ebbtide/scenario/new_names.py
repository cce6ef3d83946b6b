"""Ids that a file adds beside nearly the same ones of what it extends, as slips of these do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.content import walk
from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import are_alike, nearest
from ebbtide.scenario.project import label


def notes_on_new_names(file: BaseModel, document: Document) -> Iterator[CheckNote]:
    """A note on each id that the file itself adds, and that another file has nearly so."""
    for keys, table in walk(file):
        if isinstance(table, Mapping) and any(
            isinstance(each, BaseModel) for each in table.values()
        ):
            for name in table:
                if meant := meant_by((*keys, name), document):
                    path = ".".join((*keys, name))
                    said = f"{{}} is a new one; did you mean {'.'.join((*keys, meant))}, to change that?"
                    yield CheckNote(said, (path,), idle=False)


def meant_by(keys: Keys, document: Document) -> str | None:
    """The id of another file in the same table that is nearly one that the file itself adds."""
    own, table = label(document.path), document.get(keys[:-1])
    if not isinstance(table, dict) or document.origin(keys) != own:
        return None
    others = [name for name in table if document.origin((*keys[:-1], name)) != own]
    near = nearest(keys[-1], others)
    return near if near is not None and are_alike(keys[-1], near) else None
