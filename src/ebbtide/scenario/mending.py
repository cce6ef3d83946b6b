"""Faulty parts replaced by neutral ones, so that one fault does not hide what else is wrong."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ebbtide.scenario.document import Keys
from ebbtide.scenario.faults import nearest
from ebbtide.scenario.quantity import Measure, Quantity
from ebbtide.scenario.shapes import bare, inner, is_union, tagged

_DROP = object()


def mend(
    model: type[BaseModel], data: Mapping[str, Any], details: Iterable[Any], mended: set[Keys]
) -> dict[str, Any]:
    """A copy of `data` without what pydantic's error `details` complain of.

    What is optional goes, what is needed becomes neutral; the keys of both are added to `mended`.
    """
    sound = copy.deepcopy(dict(data))
    for detail in details:
        keys, new = _remedy(model, detail)
        if keys:
            _replace(sound, keys, new)
            mended.add(keys)
    return sound


def _remedy(model: type[BaseModel], detail: Any) -> tuple[Keys, Any]:
    """Which keys to replace and by what."""
    kind: Any = model
    keys: list[str] = []
    for part in detail["loc"]:
        if part == "[key]":
            return tuple(keys), _DROP
        if isinstance(part, int) or bare(kind) is Quantity:
            break
        if is_union(bare(kind)):
            kind = tagged(bare(kind), part)
            continue
        keys.append(str(part))
        kind = inner(bare(kind), part)
    if detail["type"] == "extra_forbidden":
        return tuple(keys), _DROP
    if is_union(bare(kind)):
        return _kind_remedy(tuple(keys), detail)
    return tuple(keys), neutral(kind)


def _kind_remedy(keys: Keys, detail: Any) -> tuple[Keys, Any]:
    """A misspelt `kind` is read as the nearest one; without one the whole entry goes."""
    kinds = re.findall(r"'([^']*)'", detail.get("ctx", {}).get("expected_tags", ""))
    meant = nearest(detail.get("ctx", {}).get("tag"), kinds)
    return ((*keys, "kind"), meant) if meant else (keys, _DROP)


def _replace(table: Any, keys: Keys, new: Any) -> None:
    for key in keys[:-1]:
        table = table.get(key)
        if not isinstance(table, dict):
            return
    if new is _DROP:
        table.pop(keys[-1], None)
    else:
        table[keys[-1]] = new


def neutral(kind: Any) -> Any:
    """A value that `kind` allows and that no check takes offence at, or a sign to drop the key."""
    if isinstance(kind, FieldInfo) and not kind.is_required():
        return _DROP
    limits: list[Any] = []
    if isinstance(kind, FieldInfo):
        limits, kind = list(kind.metadata), kind.annotation
    while get_origin(kind) is Annotated:
        kind, *more = get_args(kind)
        for limit in more:
            limits += limit.metadata if isinstance(limit, FieldInfo) else [limit]
    if kind is Quantity:
        measure = next(limit for limit in limits if isinstance(limit, Measure))
        return min(max(measure.low, 0.0), measure.high)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {name: neutral(field) for name, field in kind.model_fields.items()}
        return {name: value for name, value in fields.items() if value is not _DROP}
    fixed = {str: "x", bool: False, dt.date: dt.date(2000, 1, 1)}
    if kind in fixed:
        return fixed[kind]
    if kind in (int, float):
        above: list[Any] = [limit.ge for limit in limits if isinstance(limit, Ge)]
        return max([int(any(isinstance(limit, Gt) for limit in limits)), *above])
    origin = get_origin(kind)
    if origin is Literal:
        return get_args(kind)[0]
    some = any(isinstance(limit, MinLen) for limit in limits)
    if origin is tuple:
        items = get_args(kind)
        return ["x"] * (int(some) if Ellipsis in items else len(items))
    if origin is dict and not some:
        return {}
    return _DROP
