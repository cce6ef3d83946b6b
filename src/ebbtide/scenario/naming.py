"""How a field of a table declares what it names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class NamesOf:
    """Declares what the names in a field, or the keys of a table there, are names of."""

    what: str  # such as `groups`, or `places and countries`


@cache
def naming(table: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a table that name something, and what."""
    return tuple(
        (key, found.what)
        for key, field in table.model_fields.items()
        for found in [*field.metadata, *_within(field.annotation)]
        if isinstance(found, NamesOf)
    )


def _within(annotation: Any) -> list[Any]:
    """What stands in the Annotated of an optional field."""
    found = list(getattr(annotation, "__metadata__", ()))
    for member in getattr(annotation, "__args__", ()):
        found += getattr(member, "__metadata__", ())
    return found
