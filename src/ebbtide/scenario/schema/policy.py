"""What a policy file may say: acts, each of which moves one lever."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field

from ebbtide.scenario.levers import AIMS, KINDS_BY_KEY, LEVERS
from ebbtide.scenario.quantity import Share
from ebbtide.scenario.schema.table import (
    Claims,
    ForceName,
    GroupName,
    GroupNames,
    Identifier,
    PlaceNames,
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


def _only_with_their_levers(schema: dict[str, Any]) -> None:
    """For editors: a key of some levers stands only beside their kinds."""
    schema["dependentSchemas"] = {
        key: {"properties": {"kind": {"enum": list(kinds)}}} for key, kinds in KINDS_BY_KEY.items()
    }


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
    strength: Share = Field(
        description="how hard the lever is moved, relative to all that could be done"
    )
    post: Annotated[int, Field(ge=1)] | None = _key_of_some("post", "which post, 1 is the head")
    rival: GroupName | None = _key_of_some("rival", "the group it is made with")
    source: str | None = None
    claims: Claims = ()
    note: str | None = None
    # A share for every aim of a lever, under the aim's name.
    __annotations__ |= dict.fromkeys(AIMS, "Share | None")
    locals().update({aim: _key_of_some(aim, words) for aim, words in AIMS.items()})


class PolicyFile(Table):
    """A policy as written (after `extends` has been followed)."""

    title: str = Field(description="title of the policy")
    acts: dict[Identifier, Act] = Field(default={})
