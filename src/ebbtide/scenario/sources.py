"""Where each number of a scenario comes from: its source, unless a later file has changed the number.

A file that extends another may restate a part of a prior, or a number under a table whose source the
other states. The source is then of the number that stood there before, and is told as that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ebbtide.scenario.content import quantities_of, walk
from ebbtide.scenario.document import Document, Keys, read_document
from ebbtide.scenario.faults import Faults
from ebbtide.scenario.quantity import OF_NUMBER, Quantity
from ebbtide.scenario.schema.file import ScenarioFile

SOURCE = "source"
BESIDE = "beside the scenario"  # where what is set beside the files was changed


@dataclass(frozen=True, slots=True)
class NumberSource:
    """What a file says of where a number comes from.

    `changed_in` names the file that has changed the number since, and says no source of it.
    """

    said: str
    changed_in: str | None = None

    def __str__(self) -> str:
        if self.changed_in is None:
            return self.said
        return f"none: changed in {self.changed_in}. Source of the former number: {self.said}"


class Sources:
    """The sources of a scenario's numbers: `set_beside` are the paths of what was set beside its files."""

    def __init__(
        self, file: ScenarioFile, document: Document, set_beside: Mapping[str, object]
    ) -> None:
        self._document = document
        self._set_beside = set_beside
        self._documents: dict[int, Document | None] = {}
        self._layers = {name: depth for depth, name in enumerate(document.files)}  # the base first
        self._numbers = {
            ".".join(keys): (keys, value)
            for keys, value in walk(file)
            if isinstance(value, Quantity)
        }
        self._of_tables = {
            keys[:-1]: str(said) for keys, said in walk(file) if keys[-1] == SOURCE and said
        }

    def of(self, path: str) -> NumberSource | None:
        """The source of a number: its own, else that of the nearest table it is in; None without any."""
        keys, quantity = self._numbers[path]
        own = quantity.stated.source
        if own is not None:
            return NumberSource(own, self._changed_in(keys, (*keys, SOURCE)))
        for table in (keys[:length] for length in range(len(keys) - 1, 0, -1)):
            if table in self._of_tables:
                return NumberSource(
                    self._of_tables[table], self._changed_in(keys, (*table, SOURCE))
                )
        return None

    def changed(self) -> Iterator[str]:
        """The paths of the numbers that were changed in a file, and whose source is of the former."""
        for path in self._numbers:
            found = self.of(path)
            stated_anew = found is None and self._has_replaced_a_source(path)
            if stated_anew or (found is not None and found.changed_in not in (None, BESIDE)):
                yield path

    def _has_replaced_a_source(self, path: str) -> bool:
        """Whether a number stands where a file below has one with a source, and states none itself."""
        keys, _ = self._numbers[path]
        layer = self._layer(keys)
        if not layer or self._is_set_beside(keys):
            return False
        below = self._below(layer)
        return below is not None and _says_source(below.get(keys))

    def _below(self, layer: int) -> Document | None:
        """What the files below a layer say together, read once; None where they cannot be read."""
        if layer not in self._documents:
            path = list(self._document.files.values())[layer - 1]
            try:
                self._documents[layer] = read_document(path)
            except Faults:
                self._documents[layer] = None
        return self._documents[layer]

    def stated_at(self, keys: Keys) -> Keys:
        """Where the number at `keys` was stated last: there, or at the part of it that was."""
        return max(self._parts(keys), key=lambda each: self._layer(each) or 0)

    def _parts(self, keys: Keys) -> list[Keys]:
        parts = [(*keys, part) for part in OF_NUMBER]
        return [each for each in parts if self._document.get(each) is not None] or [keys]

    def _changed_in(self, keys: Keys, source: Keys) -> str | None:
        """The file that has changed a number after the file that states this source."""
        if self._is_set_beside(keys):
            return BESIDE
        latest, since = self._layer(self.stated_at(keys)), self._layer(source)
        if latest is None or since is None or latest <= since:  # None: of a table beside, a CSV
            return None
        return list(self._layers)[latest]

    def _layer(self, keys: Keys) -> int | None:
        return self._layers.get(self._document.origin(keys))

    def _is_set_beside(self, keys: Keys) -> bool:
        """Whether the number, a part of it, or a table it is in was set beside, without a source."""
        for path, value in self._set_beside.items():
            at = tuple(path.split("."))
            if at == keys or (at[:-1] == keys and at[-1] in OF_NUMBER):
                return not _says_source(value)
        return False


def _says_source(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value.get(SOURCE))


def asked_for_and_missing(file: ScenarioFile, sources: Sources) -> dict[str, list[str]]:
    """The numbers that no source is stated of, by the table whose key `source` would cover them.

    A table without such a key asks for none.
    """
    tables = {
        ".".join(keys)
        for keys, value in walk(file)
        if isinstance(value, BaseModel) and SOURCE in type(value).model_fields
    }
    missing: dict[str, list[str]] = {}
    for path in quantities_of(file):
        parts = path.split(".")
        asking = [table for n in range(1, len(parts)) if (table := ".".join(parts[:n])) in tables]
        if asking and sources.of(path) is None:
            missing.setdefault(asking[0], []).append(path)
    return missing


def unsourced(sources: Sources, paths: Collection[str]) -> list[str]:
    """Those of these numbers of which nothing says where they come from."""
    return [path for path in paths if (found := sources.of(path)) is None or found.changed_in]
