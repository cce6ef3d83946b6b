"""What shape a value must have, read from the schema's types."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ebbtide.scenario.faults import listed
from ebbtide.scenario.quantity import Fixed, Measure, Quantity, Uncertain, within

WORDS: dict[Any, str] = {
    str: "text in quotes",
    dt.date: "a date such as 2015-01-31, without quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}


def needed(kind: Any) -> str:
    """What must stand where a value of this kind is missing, and what it means."""
    said = kind.description if isinstance(kind, FieldInfo) else None
    return f"{shape(kind)}: {said}" if said else shape(kind)


def shape(kind: Any) -> str:
    """What must stand where a value of this kind goes."""
    limits: list[Any] = []
    if isinstance(kind, FieldInfo):
        limits, kind = list(kind.metadata), kind.annotation
    while get_origin(kind) is Annotated or is_union(kind):
        if is_union(kind):
            kind = next(member for member in get_args(kind) if member is not type(None))
            continue
        kind, *more = get_args(kind)
        limits += more
    if kind is Quantity:
        measure = next((limit for limit in limits if isinstance(limit, Measure)), None)
        return f"a number, {within(measure)}" if measure else "a number"
    if kind in WORDS:
        return WORDS[kind]
    if get_origin(kind) is Literal:
        return listed(get_args(kind), 20)
    return "a list" if get_origin(kind) is tuple else "a table"


def names_of(kind: Any) -> Iterable[str]:
    """The keys that a table of this kind may have, if they are fixed."""
    kind = bare(kind)
    if kind is Quantity:
        return dict.fromkeys([*Uncertain.model_fields, *Fixed.model_fields])
    return kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else ()


def bare(kind: Any) -> Any:
    """A type without Annotated and without its None."""
    if isinstance(kind, FieldInfo):
        kind = kind.annotation
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if is_union(kind):
        some = [member for member in get_args(kind) if member is not type(None)]
        if len(some) == 1:
            return bare(some[0])
    return kind


def is_union(kind: Any) -> bool:
    """Whether a type is one of several."""
    return get_origin(kind) in (Union, types.UnionType)


def tagged(union: Any, tag: object) -> Any:
    """The member of a union whose `kind` is `tag`."""
    for member in get_args(union):
        annotation = member.model_fields["kind"].annotation
        if get_origin(annotation) is Literal and tag in get_args(annotation):
            return member
    return None


def item(kind: Any) -> Any:
    """What an item of a list of this kind is, if that is a list."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def inner(kind: Any, part: object) -> Any:
    """What stands under a key of a table of this kind."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind.model_fields.get(str(part))
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    return None
