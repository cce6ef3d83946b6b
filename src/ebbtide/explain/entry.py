"""An entry: all that is known of one name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, what kind of thing it names, and facts in the order in which they are read."""

    kind: str
    name: str
    facts: dict[str, str | list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: str, name: str, **facts: str | list[str] | None) -> Entry:
        """An entry of the facts that are known; their names are words joined by `_`."""
        known = {key.replace("_", " "): fact for key, fact in facts.items() if fact}
        return cls(kind, name, known)

    def as_dict(self) -> dict[str, Any]:
        """All of it, for `--json`."""
        return {"kind": self.kind, "name": self.name, **self.facts}


Tell = Callable[[], Entry]
