"""What a policy file may say: acts, each of which moves one lever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_origin

from pydantic import ConfigDict, Field

from ebbtide.scenario.levers import AIMS, KINDS_BY_KEY, LEVERS
from ebbtide.scenario.quantity import Share
from ebbtide.scenario.schema.events import Deployment
from ebbtide.scenario.schema.table import (
    Claims,
    ForceName,
    GroupName,
    GroupNames,
    Identifier,
    PlaceNames,
    Remark,
    Sourcing,
    Table,
)

if TYPE_CHECKING:
    LeverKind = str
else:
    LeverKind = Literal[tuple(LEVERS)]


def _key_of_some(key: str, meaning: str, default: object = None) -> Any:
    """A key that only acts of some levers may state."""
    kinds = KINDS_BY_KEY[key]
    few = len(kinds) <= len(LEVERS) / 2
    said = kinds if few else ["not", *(kind for kind in LEVERS if kind not in kinds)]
    text = ", ".join(said).replace("not, ", "not ")
    return Field(default=default, description=f"{meaning} ({text})")


def _with_left_out(key: str, meaning: str) -> str:
    """The meaning of a key, and what it means in acts of which levers if it is left out."""
    kinds: dict[str, list[str]] = {}
    for kind in KINDS_BY_KEY[key]:
        if (meant := LEVERS[kind].left_out(key)) is not None:
            kinds.setdefault(meant, []).append(kind)
    said = [f"left out in {', '.join(names)}: {meant}" for meant, names in kinds.items()]
    return "; ".join([meaning, *said])


def _of_kinds(kinds: Iterable[str]) -> dict[str, Any]:
    return {"properties": {"kind": {"enum": list(kinds)}}}


def _only_with_their_levers(schema: dict[str, Any]) -> None:
    """For editors: a key of some levers stands only beside their kinds, a part beside a share."""
    whole = {"enum": [0, 1]}
    table = {"type": "object", "properties": {"value": whole}, "required": ["value"]}
    all_or_nothing = {"anyOf": [whole, table]}
    in_part = [kind for kind, lever in LEVERS.items() if not lever.all_or_nothing]
    schema["dependentSchemas"] = {
        **{key: _of_kinds(kinds) for key, kinds in KINDS_BY_KEY.items()},
        "strength": {"anyOf": [_of_kinds(in_part), {"properties": {"strength": all_or_nothing}}]},
    }


def _meaning_of_strength() -> str:
    """What a strength means, and in acts of which levers."""
    kinds: dict[str, list[str]] = {}
    for kind, lever in LEVERS.items():
        kinds.setdefault(lever.strength, []).append(kind)
    common = max(kinds, key=lambda said: len(kinds[said]))
    rare = [f"in {', '.join(kinds[said])} {said}" for said in kinds if said != common]
    return "; ".join([common, *rare])


class Act(Table):
    """One act of a policy: a lever moved from `start` until `stop`, or the scenario's end."""

    model_config = ConfigDict(json_schema_extra=_only_with_their_levers)

    kind: LeverKind = Field(description="the lever that is moved")
    force: ForceName | None = _key_of_some("force", _with_left_out("force", "the force that acts"))
    against: GroupNames = _key_of_some(
        "against", _with_left_out("against", "groups that it is aimed at"), default=()
    )
    places: PlaceNames | None = _key_of_some(
        "places", _with_left_out("places", "where: place ids or countries")
    )
    start: dt.date = Field(description="first day")
    stop: dt.date | None = _key_of_some("stop", "the day from which on it is not moved any more")
    strength: Share = Field(description=_meaning_of_strength())
    post: Annotated[int, Field(ge=1)] | None = _key_of_some("post", "which post, 1 is the head")
    rival: GroupName | None = _key_of_some("rival", "the group it is made with")
    source: Sourcing = None
    claims: Claims = ()
    note: Remark = None
    # A share for every aim of a lever, under the aim's name.
    __annotations__ |= dict.fromkeys(AIMS, "Share | None")
    locals().update({aim: _key_of_some(aim, words) for aim, words in AIMS.items()})


class PolicyFile(Table):
    """A policy as written (after `extends` has been followed)."""

    title: str = Field(description="title of the policy")
    acts: dict[Identifier, Act] = Field(default={})
    deployments: dict[Identifier, Deployment] = Field(
        default={},
        description="forces deployed anew by date, beside the scenario's events; one with the id of such "
        "an event takes its place",
    )


# What of it is a table of entries by id.
POLICY_TABLES = tuple(
    key for key, said in PolicyFile.model_fields.items() if get_origin(said.annotation) is dict
)
