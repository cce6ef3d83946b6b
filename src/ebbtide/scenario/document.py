"""A TOML document after `extends` has been followed, each value with the file that stated it."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ebbtide.scenario.faults import Fault, Faults, shown
from ebbtide.scenario.project import SHIPPED, Project, label, read_text, shipped_file

Keys = tuple[str, ...]
FILE_FORMAT = (
    1  # of all files that a user writes; a file that does not state one is taken to be of it
)


@dataclass(slots=True)
class Document:
    """Merged tables; `origins` says for each key which file (and line) stated it.

    `replaced` has tables of a kind whose place another kind takes: the first kind, and the file that
    stated it.
    """

    path: Path
    project: Project
    data: dict[str, Any] = field(default_factory=dict)
    origins: dict[Keys, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)  # by name as shown
    replaced: dict[Keys, tuple[str, str]] = field(default_factory=dict)

    def origin(self, keys: Keys) -> str:
        """The file that stated the value at `keys`, or the table that should hold it."""
        for length in range(len(keys), -1, -1):
            if keys[:length] in self.origins:
                return self.origins[keys[:length]]
        return label(self.path)

    def file(self, keys: Keys) -> Path:
        """The file that stated the value at `keys`; the document's own for what is set beside it."""
        return self.files.get(self.origin(keys), self.path.resolve())

    def folder(self, keys: Keys) -> Path:
        """The folder to which a path written at `keys` is relative."""
        return self.file(keys).parent

    def put(self, keys: Keys, value: Any, origin: str) -> None:
        """Set the value at `keys`, making tables on the way."""
        table = self.data
        for length, key in enumerate(keys[:-1], start=1):
            if not isinstance(table.get(key), dict):
                table[key] = {}
                self.origins.setdefault(keys[:length], origin)
            table = table[key]
        if isinstance(table.get(keys[-1]), dict):
            for stale in [known for known in self.origins if known[: len(keys)] == keys]:
                del self.origins[stale]
        table[keys[-1]] = copy.deepcopy(value)
        self._mark(keys, value, origin)

    def lay_over(self, tables: Mapping[str, Any], origin: str, at: Keys = ()) -> None:
        """Merge tables over what stands: deep, and the new value wins."""
        self.origins.setdefault(at, origin)
        for key, value in tables.items():
            keys = (*at, key)
            standing = self.get(keys)
            if (
                isinstance(value, dict)
                and isinstance(standing, dict)
                and not _whole(value, standing)
            ):
                self.lay_over(value, origin, keys)
            else:
                if isinstance(value, dict) and isinstance(standing, dict):
                    kinds = standing.get("kind"), value.get("kind")
                    if None not in kinds and kinds[0] != kinds[1]:
                        self.replaced.setdefault(keys, (str(kinds[0]), self.origin(keys)))
                self.put(keys, value, origin)

    def get(self, keys: Keys) -> Any:
        """The value at `keys`, or None."""
        value: Any = self.data
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def copy(self) -> Document:
        """A copy that can be changed on its own."""
        return Document(
            self.path, self.project, copy.deepcopy(self.data), dict(self.origins), self.files,
            self.replaced,
        )  # fmt: skip

    def _mark(self, keys: Keys, value: Any, origin: str) -> None:
        self.origins[keys] = origin
        if isinstance(value, dict):
            for key, inner in value.items():
                self._mark((*keys, key), inner, origin)


def _whole(value: dict[str, Any], standing: dict[str, Any]) -> bool:
    """Whether a table replaces the standing one: a restated quantity, or another kind of thing."""
    restated = isinstance(value.get("value"), int | float) or isinstance(value.get("prior"), str)
    return restated or value.get("kind", standing.get("kind")) != standing.get("kind")


def read_document(path: Path, project: Project | None = None) -> Document:
    """Read a TOML file and all that it extends, the base first.

    Raises Faults for a file that is missing, not UTF-8 or not TOML, and for a cycle or a path
    out of the project in `extends`.
    """
    project = project or Project.of(path)
    layers: list[tuple[Path, dict[str, Any]]] = []
    following: Path | None = path
    while following is not None:
        tables = read_toml(following)
        layers.append((following, tables))
        name = label(following)
        _must_be_read(tables.pop("format", FILE_FORMAT), name)
        written = tables.pop("extends", None)
        if written is None:
            break
        if isinstance(written, str) and written.startswith(SHIPPED):
            base = shipped_file(written, name, "extends")
        else:
            base = project.path(written, following.parent.resolve(), name, "extends")
        seen = [layer.resolve() for layer, _ in layers]
        if base in seen:
            chain = " -> ".join(p.name for p in [*seen[seen.index(base) :], base])
            raise Faults([Fault(name, "extends", f"the cycle {chain}", "no cycle")])
        following = base
    document = Document(path, project)
    for layer, tables in reversed(layers):
        document.files[label(layer)] = layer.resolve()
        document.lay_over(tables, label(layer))
    document.origins[()] = label(path)
    return document


def _must_be_read(stated: object, name: str) -> None:
    """Raise Faults for a file of a format that this version does not read."""
    if stated == FILE_FORMAT and not isinstance(stated, bool):
        return
    later = isinstance(stated, int) and stated > FILE_FORMAT
    newer = ": a newer Ebbtide reads it, and its CHANGELOG says what changed" if later else ""
    allowed = f"{FILE_FORMAT}, the format that this version reads{newer}"
    raise Faults([Fault(name, "format", shown(stated), allowed)])


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; a syntax error is a fault with its line."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise Faults([Fault(label(path), None, "tables nested too deep")]) from error
    except ValueError as error:
        message = str(error).split(" (at ")[0]
        match = re.search(r"at line (\d+), column (\d+)", str(error))
        lines = text.splitlines() or [""]
        line = int(match[1]) if match else len(lines)
        where = f"{label(path)}:{line}" + (f":{match[2]}" if match else "")
        said = shown(lines[min(line, len(lines)) - 1].strip())[1:-1]
        found = f"`{said}`, no proper TOML: {message[:1].lower()}{message[1:]}"
        raise Faults([Fault(where, None, found)]) from error


def read_value(text: str) -> Any:
    """A value written on a command line: as TOML, else the text itself."""
    try:
        tables = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return tables["value"] if tables.keys() == {"value"} else text
