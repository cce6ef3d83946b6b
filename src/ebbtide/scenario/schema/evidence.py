"""What a scenario holds itself against: the text's claims, and publishers' figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ebbtide.scenario.schema.table import GroupName, Identifier, Identifiers, Table

CLAIM_KINDS = {
    "R": "rule: it exists, and switching it off moves the outcome by a size worth the sentence",
    "C": "dated figure of a publisher",
    "Q": "the author's adjective, checked by sign",
    "P": "pattern to which nothing is fitted; what is built in cannot be judged",
    "F": "forecast of the text; the model's own probability",
}
if TYPE_CHECKING:
    ClaimKind = str
else:
    ClaimKind = Literal[tuple(CLAIM_KINDS)]


class Claim(Table):
    """One claim of the text that a scenario retells, in our own words."""

    paragraphs: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(strict=False)]
    kinds: Annotated[tuple[ClaimKind, ...], Field(strict=False)]
    says: str
    shows: str = Field(description="what the model must show")
    null: str | None = Field(
        default=None, description="what a model of one curve with all else proportional would show"
    )
    carried_by: Identifiers = Field(
        default=(), description="mechanisms, rules and parameters: `switching.hazard` and the like"
    )
    shows_in: Identifiers = Field(
        default=(), description="outcomes; of places and forces as `places.` and `forces.`"
    )
    levers: Identifiers = Field(default=(), description="levers of a policy that act on it")


class Ledger(Table):
    """The file of claims that `evidence.claims` names."""

    source: str
    claims: dict[Identifier, Claim]


class Evidence(Table):
    """CSV files of publishers' claims, drawn beside the model; the ledger of claims, a TOML.

    `claim_tests` is a TOML too: what in runs and figures each claim is held to.
    """

    strength: str | None = None
    presence: str | None = None
    claims: str | None = None
    claim_tests: str | None = None
    of: GroupName | None = Field(default=None, description="the group they speak of")
    credit: str = Field(default="", description="whom to thank for the data")
