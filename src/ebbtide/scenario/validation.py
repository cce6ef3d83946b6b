"""Tables read against the schema, every fault with its dotted key and the nearest right name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError, create_model
from pydantic_core import PydanticCustomError

from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import MISSING, Fault, listed, nearest, shown
from ebbtide.scenario.meant_values import meant_number, meant_truth
from ebbtide.scenario.mending import mend
from ebbtide.scenario.new_names import meant_by
from ebbtide.scenario.project import label
from ebbtide.scenario.quantity import Measure, Quantity
from ebbtide.scenario.schema.table import Table
from ebbtide.scenario.shapes import WORDS, bare, inner, is_union, item, names_of, needed, tagged

_ALLOWED = {
    "string_type": WORDS[str],
    "date_type": WORDS[dt.date],
    "bool_type": WORDS[bool],
    "float_type": WORDS[float],
    "int_type": WORDS[int],
    "finite_number": "a finite number",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "tuple_type": "a list",
    "too_short": "at least one entry",
    "string_pattern_mismatch": "an id: letters, digits, - and _, a letter first",
}

_MEANT = {
    "bool_type": meant_truth,
    "float_type": meant_number,
    "int_type": meant_number,
    "quantity_type": meant_number,
}

_ROUNDS = 5  # a misspelt kind is mended before what it is of can be read


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


def validate_mended[Model: BaseModel](
    model: type[Model], document: Document, faults: list[Fault], mended: set[Keys]
) -> Model | None:
    """The document as `model`, with faulty parts made neutral: their keys are in `mended`.

    So one fault does not hide what else is wrong. None when even that cannot be read.
    """
    data: Mapping[str, Any] = document.data
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data)
        except ValidationError as error:
            details = error.errors(include_url=False)
        faults.extend(_fault(model, detail, document, ()) for detail in details)
        data = mend(model, data, details, mended)
    return None


NO_QUANTITY = (
    PydanticCustomError,
    ValidationError,
)  # what a `Measure` raises for what it cannot read


def faults_of_quantity(
    error: PydanticCustomError | ValidationError, found: object, document: Document, keys: Keys
) -> list[Fault]:
    """What is wrong with what was found where a quantity stands."""
    if isinstance(error, ValidationError):
        details = error.errors(include_url=False)
        return [_fault(Quantity, detail, document, keys) for detail in details]
    stated = (error.context or {}).get("found", shown(found))
    return [Fault(document.origin(keys), ".".join(keys), str(stated), error.message())]


def _fault(model: type, detail: Any, document: Document, at: Keys) -> Fault:
    kind, context = detail["type"], detail.get("ctx", {})
    keys, siblings, wanted = _place(model, detail["loc"])
    keys = (*at, *keys)
    file = _own_or_origin(document, keys)
    key = ".".join(keys)
    if kind == "extra_forbidden":
        return Fault(file, key, "an unknown key", None, nearest(keys[-1], siblings))
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        other = meant_by(keys, document) if len(keys) > 1 else None
        meant = other and ".".join((*keys[:-1], other))
        return _kind_fault(file, key, detail["input"], context, meant)
    if kind == "missing" and isinstance(detail["loc"][-1], int):
        return Fault(file, key, shown(document.get(keys)), "a longer list")
    if kind == "missing":
        meant = meant_by(keys[:-1], document) if len(keys) > 2 else None
        return Fault(file, key, MISSING, needed(wanted), meant and ".".join((*keys[:-2], meant)))
    found = str(context.get("found") or shown(detail["input"]))
    if kind == "literal_error":
        names = re.findall(r"'([^']*)'", context["expected"])
        return Fault(file, key, found, listed(names, 20), nearest(detail["input"], names))
    message = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    near = _MEANT[kind](detail["input"]) if kind in _MEANT else None
    if kind.endswith("_type") and _ALLOWED.get(kind) == "a table" and len(keys) > 2:
        above = _place(model, detail["loc"][:-1])[
            1
        ]  # a key below the header of a table within its own
        near = ".".join((*keys[:-2], keys[-1])) if keys[-1] in above else None
    return Fault(file, key, found, _ALLOWED.get(kind, message), near)


def _own_or_origin(document: Document, keys: Keys) -> str:
    """The file that stated what is wrong at keys: of a table, its own where that changed a part of it."""
    stated, own = document.get(keys), label(document.path)
    parts = stated if isinstance(stated, dict) else ()
    if any(document.origin((*keys, part)) == own for part in parts):
        return own
    return document.origin(keys)


def _kind_fault(
    file: str, key: str, found: object, context: Mapping[str, str], meant: str | None
) -> Fault:
    """The fault of a table whose `kind` is missing, misspelt or unknown; `meant` is one like it."""
    if not isinstance(found, dict):
        return Fault(file, key, shown(found), "a table")
    kinds = re.findall(r"'([^']*)'", context.get("expected_tags", ""))
    if "tag" in context:
        tag = context["tag"]
        return Fault(file, f"{key}.kind", shown(tag), listed(kinds), nearest(tag, kinds))
    misspelt = nearest("kind", found)
    if misspelt and misspelt != "kind":
        return Fault(file, f"{key}.{misspelt}", "an unknown key", None, "kind")
    if "kind" not in found:
        return Fault(file, f"{key}.kind", MISSING, "the kind of event", meant)
    return Fault(file, f"{key}.kind", shown(found["kind"]), "the kind of event")


def _place(model: type, location: Iterable[str | int]) -> tuple[Keys, list[str], Any]:
    """The keys of a pydantic location, the names allowed beside the last, and its kind."""
    keys: list[str] = []
    siblings: list[str] = []
    kind: Any = model
    for part in location:
        if part == "[key]":
            break
        plain = bare(kind)
        if isinstance(part, int):  # an item of a list goes by the list's key
            kind = item(plain) or kind
            continue
        if is_union(plain):
            kind = tagged(plain, part)
            continue
        keys.append(str(part))
        siblings = list(names_of(plain))
        kind = inner(plain, part)
    return tuple(keys), siblings, kind


def rules_model(mechanisms: Mapping[str, Any]) -> type[BaseModel]:
    """The schema of `[rules.*]`: a table a mechanism, a quantity a declared parameter."""
    return _rules_model(tuple(mechanisms.items()))


@cache  # it is most of what reading a small scenario takes
def _rules_model(mechanisms: tuple[tuple[str, Any], ...]) -> type[BaseModel]:
    tables: dict[str, Any] = {}
    for name, mechanism in mechanisms:
        parameters: dict[str, Any] = {
            parameter: (Annotated[Quantity, Measure(said.unit, said.low, said.high)], ...)
            for parameter, said in mechanism.parameters.items()
        }
        on = Field(default=True, description="false switches the mechanism off")
        table = create_model(name, __base__=Table, on=(bool, on), **parameters)
        tables[name] = (table, ...)
    return create_model("rules", __base__=Table, **tables)
