"""Tables read against the schema, every fault with its dotted key and the nearest right name."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError, create_model
from pydantic_core import PydanticCustomError

from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import Fault, listed, nearest, shown
from ebbtide.scenario.quantity import Fixed, Measure, Quantity, Uncertain
from ebbtide.scenario.schema import Table

_ALLOWED = {
    "string_type": "text in quotes",
    "date_type": "a date such as 2015-01-31, without quotes",
    "bool_type": "true or false",
    "float_type": "a number",
    "int_type": "a whole number",
    "finite_number": "a finite number",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "tuple_type": "a list",
    "too_short": "at least one entry",
    "missing": "this key is needed",
    "string_pattern_mismatch": "an id: letters, digits, - and _, a letter first",
}


def validate[Model: BaseModel](
    model: type[Model], data: object, document: Document, faults: list[Fault], at: Keys = ()
) -> Model | None:
    """The data at `at` as `model`; if it has faults they are added to `faults`: then None."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            faults.append(_fault(model, detail, document, at))
        return None


def validate_pruned[Model: BaseModel](
    model: type[Model], document: Document, faults: list[Fault]
) -> Model | None:
    """The document as `model`, without the entries that have faults if there are some.

    So one fault does not hide what else is wrong. None when even that cannot be read.
    """
    first = len(faults)
    whole = validate(model, document.data, document, faults)
    if whole is not None:
        return whole
    sound = dict(document.data)
    for fault in faults[first:]:
        keys = (fault.key or "").split(".")
        known = model.model_fields.get(keys[0])
        entries = sound.get(keys[0])
        if known is None or (not known.is_required() and len(keys) == 1):
            sound.pop(keys[0], None)
        elif len(keys) > 1 and isinstance(entries, dict):
            sound[keys[0]] = {key: entry for key, entry in entries.items() if key != keys[1]}
    return validate(model, sound, document, [])


def read_quantity(
    standing: Quantity, found: object, document: Document, faults: list[Fault], keys: Keys
) -> Quantity:
    """`found` as a quantity of the unit and range of the standing one, which stays on a fault."""
    try:
        return Measure(standing.unit, *standing.bounds).read(found)
    except PydanticCustomError as error:
        stated = (error.context or {}).get("found", shown(found))
        key = ".".join(keys)
        faults.append(Fault(document.origin(keys), key, str(stated), error.message()))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            faults.append(_fault(Quantity, detail, document, keys))
    return standing


def _fault(model: type, detail: Any, document: Document, at: Keys) -> Fault:
    kind, context = detail["type"], detail.get("ctx", {})
    keys, siblings = _place(model, detail["loc"])
    keys = (*at, *keys)
    file = document.origin(keys)
    key = ".".join(keys)
    if kind == "extra_forbidden":
        return Fault(file, key, "an unknown key", None, nearest(keys[-1], siblings))
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _kind_fault(file, key, detail["input"], context)
    if kind == "missing" and isinstance(detail["loc"][-1], int):
        return Fault(file, key, shown(document.get(keys)), "a longer list")
    found = "nothing" if kind == "missing" else str(context.get("found") or shown(detail["input"]))
    if kind == "literal_error":
        names = re.findall(r"'([^']*)'", context["expected"])
        return Fault(file, key, found, listed(names, 20), nearest(detail["input"], names))
    message = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    return Fault(file, key, found, _ALLOWED.get(kind, message))


def _kind_fault(file: str, key: str, found: object, context: Mapping[str, str]) -> Fault:
    """The fault of a table whose `kind` is missing, misspelt or unknown."""
    if not isinstance(found, dict):
        return Fault(file, key, shown(found), "a table")
    kinds = re.findall(r"'([^']*)'", context.get("expected_tags", ""))
    if "tag" in context:
        tag = context["tag"]
        return Fault(file, f"{key}.kind", shown(tag), listed(kinds), nearest(tag, kinds))
    misspelt = nearest("kind", found)
    if misspelt and misspelt != "kind":
        return Fault(file, f"{key}.{misspelt}", "an unknown key", None, "kind")
    return Fault(file, f"{key}.kind", shown(found.get("kind")), "the kind of event")


def _place(model: type, location: Iterable[str | int]) -> tuple[Keys, list[str]]:
    """The keys of a pydantic location, and the names allowed beside the last of them."""
    keys: list[str] = []
    siblings: list[str] = []
    kind: Any = model
    for part in location:
        if part == "[key]":
            break
        if isinstance(part, int):  # an item of a list goes by the list's key
            continue
        kind = _bare(kind)
        if get_origin(kind) in (Union, types.UnionType):
            kind = _tagged(kind, part)
            continue
        keys.append(str(part))
        siblings = list(names_of(kind))
        kind = _inner(kind, part)
    return tuple(keys), siblings


def names_of(kind: Any) -> Iterable[str]:
    """The keys that a table of this kind may have, if they are fixed."""
    kind = _bare(kind)
    if kind is Quantity:
        return dict.fromkeys([*Uncertain.model_fields, *Fixed.model_fields])
    return kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else ()


def _bare(kind: Any) -> Any:
    """A type without Annotated and without its None."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, types.UnionType):
        some = [member for member in get_args(kind) if member is not type(None)]
        if len(some) == 1:
            return _bare(some[0])
    return kind


def _tagged(union: Any, tag: object) -> Any:
    for member in get_args(union):
        annotation = member.model_fields["kind"].annotation
        if get_origin(annotation) is Literal and tag in get_args(annotation):
            return member
    return None


def _inner(kind: Any, part: object) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        known = kind.model_fields.get(str(part))
        return known.annotation if known else None
    if get_origin(kind) is dict:
        return get_args(kind)[1]
    return None


def rules_model(mechanisms: Mapping[str, Any]) -> type[BaseModel]:
    """The schema of `[rules.*]`: a table a mechanism, a quantity a declared parameter."""
    tables: dict[str, Any] = {}
    for name, module in mechanisms.items():
        parameters: dict[str, Any] = {
            parameter: (
                Annotated[Quantity, Measure(said["unit"], said["low"], said["high"])],
                ...,
            )
            for parameter, said in module.PARAMETERS.items()
        }
        table = create_model(name, __base__=Table, on=(bool, True), **parameters)
        tables[name] = (table, ...)
    return create_model("rules", __base__=Table, **tables)
