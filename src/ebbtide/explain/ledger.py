"""The scenario's ledger of claims, read from the other side: which of them a name answers to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Fault, Faults, Scenario
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.project import label
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES

_PARAGRAPH = re.compile(r"¶(\d+)")


def claims_of(scenario: Scenario, key: str, name: str) -> list[str]:
    """The claims that list a name under `carried_by`, `shows_in` or `levers`."""
    return [claim for claim, said in scenario.claims.items() if name in getattr(said, key)]


def cited_by(scenario: Scenario, claims: Iterable[str]) -> set[int]:
    """The paragraphs of the article behind claims."""
    ledger = scenario.claims
    return {said for claim in claims if claim in ledger for said in ledger[claim].paragraphs}


def answering(scenario: Scenario, key: str, name: str) -> dict[str, str]:
    """The facts that tell which claims list a name under `key`, and which paragraphs are behind."""
    claims = claims_of(scenario, key, name)
    return {"article": cited(cited_by(scenario, claims)), "claims": ", ".join(claims)}


def paragraphs(text: str) -> set[int]:
    """The paragraphs of the article that a text cites."""
    return {int(number) for number in _PARAGRAPH.findall(text)}


def cited(said: Iterable[int]) -> str:
    """Paragraphs of the article as they are cited."""
    return ", ".join(f"¶{number}" for number in sorted(set(said)))


def file_of(scenario: Scenario) -> Path:
    """The ledger's file, in a scenario that has one."""
    return (scenario.path.parent / (scenario.file.evidence.claims or "")).resolve()


def carriers() -> list[str]:
    """Every name that may carry a claim: mechanisms, their rules and their parameters."""
    return [
        name
        for mechanism in MECHANISMS.values()
        for name in (
            mechanism.name,
            *(f"{mechanism.name}.{each}" for each in (*mechanism.rules, *mechanism.parameters)),
        )
    ]


def outcomes() -> list[str]:
    """Every name that may show a claim: outcomes of groups, of places and of forces."""
    return [
        *OUTCOMES,
        *(f"places.{name}" for name in PLACE_OUTCOMES),
        *(f"forces.{name}" for name in FORCE_OUTCOMES),
    ]


def check(scenario: Scenario) -> None:
    """Raise Faults for names in the ledger that nothing has."""
    known = {
        "carried_by": ("mechanisms, rules and parameters", carriers()),
        "shows_in": ("outcomes", outcomes()),
        "levers": ("levers", list(LEVERS)),
    }
    faults = [
        Fault(
            label(file_of(scenario)),
            f"claims.{claim}.{key}",
            shown(name),
            f"{what}: {listed(names)}",
            nearest(name, names),
        )
        for claim, said in scenario.claims.items()
        for key, (what, names) in known.items()
        for name in getattr(said, key)
        if name not in names
    ]
    if faults:
        raise Faults(faults)
