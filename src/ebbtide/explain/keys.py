"""Every key that a scenario, a policy or a file of prices may have, read off the schema's types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ebbtide.explain import fields, number
from ebbtide.explain.entry import Entry, Tell
from ebbtide.explain.json_schema import EXTENDS_KEY, FORMAT_MEANING
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Scenario
from ebbtide.scenario.content import walk
from ebbtide.scenario.document import FILE_FORMAT
from ebbtide.scenario.faults import shown
from ebbtide.scenario.prices import prices_of
from ebbtide.scenario.quantity import Fixed, Quantity, Uncertain
from ebbtide.scenario.schema.events import BY_FACTION, kind_of
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import PolicyFile
from ebbtide.scenario.schema.prices import PricesFile
from ebbtide.scenario.shapes import bare, is_union, shape
from ebbtide.scenario.validation import rules_model

ID, NUMBER = "ID", "NUMBER"  # stand in a key's path for what its file calls so, and for any number
MOST = 8  # places where a scenario states a key that are told
FILES: dict[str, type[BaseModel]] = {
    "scenario": ScenarioFile,
    "policy": PolicyFile,
    "prices": PricesFile,
}


@dataclass(frozen=True, slots=True)
class Key:
    """A key by its path (`groups.ID.held`), the file and, of events, the kind that may have it."""

    path: tuple[str, ...]
    file: str
    meaning: str
    shape: str
    left_out: str = ""
    kind: str = ""
    holds: tuple[str, ...] = ()  # the keys of the table that it is

    @property
    def name(self) -> str:
        """The path, with the kind of event in brackets."""
        path = ".".join(self.path)
        return f"{path} ({self.kind})" if self.kind else path

    def answers(self, name: str) -> bool:
        """Whether a name as typed means it: its last part, its kind, or its path with or without ids."""
        parts = name.split(".")
        own = [part for part in self.path if part not in (ID, NUMBER)]
        if len(parts) == 1:
            is_kind = self.kind == name and len(self.path) == 2 and self.path[-1] == ID
            return is_kind or (bool(own) and self.path[-1] == own[-1] == name)
        if own[-len(parts) :] == parts:
            return True
        if self.path[-2:-1] and self.path[-2] in BY_FACTION:  # ids that may have a dot of their own
            rest = ".".join(parts[len(self.path) - 1 :])
            parts = [*parts[: len(self.path) - 1], *([rest] if rest else [])]
        pairs = zip(self.path, parts, strict=False)
        same = all(own in (ID, NUMBER) or own == part for own, part in pairs)
        return len(self.path) == len(parts) and same


def of_files(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each key, by its path."""
    return {key.name: partial(_key, scenario, key) for key in every()}


def meant(name: str, scenario: Scenario) -> Iterator[str]:
    """The names of the keys that a name as typed means; of an event's, those of its kind alone."""
    _, _, rest = name.partition(".")
    event = scenario.file.events.get(rest.partition(".")[0]) if name.startswith("events.") else None
    for key in every():
        if key.answers(name) and (event is None or key.kind in ("", kind_of(type(event)))):
            yield key.name


@cache
def every() -> tuple[Key, ...]:
    """All keys; one that both kinds of file may have, in the same words, is there once."""
    found: dict[str, Key] = {}
    for key in _every():
        same = found.get(key.name)
        found[key.name] = key if same is None else replace(same, file=f"{same.file} or {key.file}")
    return tuple(found.values())


def _every() -> Iterator[Key]:
    for file, model in FILES.items():
        yield Key(
            ("extends",), file, EXTENDS_KEY["description"], "text in quotes", "it builds on none"
        )
        yield Key(("format",), file, FORMAT_MEANING, f"{FILE_FORMAT}", f"{FILE_FORMAT}")
        yield from _of_table(model, (), file)
    on = next(iter(rules_model(MECHANISMS).model_fields.values())).annotation
    assert on is not None
    yield from _of_field(("rules", ID, "on"), on.model_fields["on"], "scenario", "")
    for part, field in (Fixed.model_fields | Uncertain.model_fields).items():
        yield from _of_field((NUMBER, part), field, "scenario", "")


def _of_table(
    table: type[BaseModel], at: tuple[str, ...], file: str, kind: str = ""
) -> Iterator[Key]:
    for name, field in table.model_fields.items():
        if name != "kind" or len(get_args(field.annotation)) > 1:  # else what it is told apart by
            yield from _of_field((*at, name), field, file, kind)


def _of_field(path: tuple[str, ...], field: FieldInfo, file: str, kind: str) -> Iterator[Key]:
    inner, below = bare(field), path
    if get_origin(inner) is dict:
        inner, below = bare(get_args(inner)[1]), (*path, ID)
    tables = [each for each in (get_args(inner) if is_union(inner) else [inner]) if _is_table(each)]
    meaning = field.description or (_first_line(tables[0]) if len(tables) == 1 else "")
    meaning = meaning or "tables by their `kind`" * bool(tables)
    holds = tuple(tables[0].model_fields) if len(tables) == 1 else ()
    yield Key(path, file, meaning, shape(field), _left_out(field), kind, holds)
    if len(tables) > 1:
        kinds = ", ".join(map(kind_of, tables))
        yield Key((*below, "kind"), file, f"which of these it is: {kinds}", "text in quotes")
    if below != path and not tables:
        yield Key(below, file, meaning, shape(inner), "", kind)
    for table in tables:
        of = kind_of(table) if len(tables) > 1 else kind
        if below != path:
            yield Key(below, file, _first_line(table), "a table", "", of, tuple(table.model_fields))
        yield from _of_table(table, below, file, of)


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _first_line(table: type[BaseModel]) -> str:
    return (table.__doc__ or "").partition("\n")[0]


def _left_out(field: FieldInfo) -> str:
    """What a key that is left out means; nothing for one that is needed."""
    if field.is_required():
        return "not: it is needed, here or in what the file extends"
    default = field.default
    if isinstance(default, Quantity):
        return f"as {default.median:g}"
    plain = isinstance(default, str | int | float) and default != ""
    return f"as {shown(default)}" if plain else "nothing is said"


def _key(scenario: Scenario, key: Key) -> Entry:
    stated = list(_stated(scenario, key))
    more = len(stated) - MOST
    return Entry.of(
        "key",
        key.name,
        meaning=key.meaning,
        stands_in=f"a {key.file} file" if key.path[0] != NUMBER else "any number as a table",
        is_written_as=key.shape,
        left_out=key.left_out,
        may_hold=", ".join(key.holds),
        **fields.uses(key.path),
        **{f"in_{scenario.id}": stated[:MOST] + [f"and {more} more"] * (more > 0)},
    )


def _stated(scenario: Scenario, key: Key) -> Iterator[str]:
    """Where a scenario, or its policy, says something at a key, with what it says if that is short."""
    files: dict[str, BaseModel] = {"scenario": scenario.file, "policy": scenario.policy.file}
    if "prices" in key.file:
        files["prices"] = prices_of(scenario).file
    stated = (each for file in key.file.split(" or ") for each in walk(files[file]))
    for keys, value in stated:
        if len(keys) != len(key.path) or value in (None, (), {}, ""):
            continue
        if not all(own in (ID, part) for own, part in zip(key.path, keys, strict=True)):
            continue
        if not key.kind or scenario.file.events[keys[1]].kind == key.kind:
            yield ".".join(keys) + _short(value)


def _short(value: object) -> str:
    if isinstance(value, Quantity):
        return f" = {number.value(value)}"
    if isinstance(value, BaseModel | Mapping):
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f" = {text}" if len(text) <= 60 else ""
