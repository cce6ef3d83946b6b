"""The quantities of a scenario, but for the rules' parameters, and those of its policy with a prior."""

from __future__ import annotations

from functools import partial

from pydantic import BaseModel

from ebbtide.explain import carried, fields, number, place
from ebbtide.explain.entry import Entry, Tell
from ebbtide.explain.ledger import cited, cited_by, paragraphs
from ebbtide.scenario import Scenario
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.policy import OF_POLICY


def of_scenario(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each quantity that is no parameter of a rule, by dotted path."""
    return {
        path: partial(_quantity, scenario, path)
        for path in scenario.quantities
        if not path.startswith("rules.")
    }


def of_policy(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each quantity of its policy that has a prior, by its path in a run's values."""
    return {path: partial(_of_policy, scenario, path) for path in scenario.policy.uncertainties}


def _of_policy(scenario: Scenario, path: str) -> Entry:
    policy, inner = scenario.policy, path.removeprefix(OF_POLICY)
    quantity, keys = policy.quantities[inner], tuple(inner.split("."))
    act = policy.file.acts[keys[1]]
    source, claims = quantity.stated.source or act.source, (*quantity.stated.claims, *act.claims)
    return Entry.of(
        "quantity",
        path,
        meaning=LEVERS[act.kind].strength,
        unit=quantity.unit,
        allowed=number.allowed(quantity),
        value=number.value(quantity),
        drawn="the same under every policy that states the act so",
        source=source,
        note=quantity.stated.note,
        article=cited({*paragraphs(source or ""), *cited_by(scenario, claims)}),
        claims_of_its_table=", ".join(act.claims),
        stated_at=place.of_key(policy.document.file(keys), inner),
    )


def _quantity(scenario: Scenario, path: str) -> Entry:
    quantity = scenario.quantities[path]
    source, claims = number.source(scenario, path), quantity.stated.claims
    return Entry.of(
        "quantity",
        path,
        meaning=meaning(scenario, path),
        unit=quantity.unit,
        allowed=number.allowed(quantity),
        value=number.value(quantity),
        drawn=_drawn(scenario, path),
        source=source,
        note=quantity.stated.note,
        article=cited({*paragraphs(source or ""), *cited_by(scenario, claims)}),
        claims=", ".join(claims),
        claims_of_its_table=", ".join(number.of_table(scenario, path, "claims") or ()),
        **fields.uses(tuple(path.split("."))),
        stated_at=number.stated_at(scenario, path),
        tests=[
            *carried.of_key(scenario, path),
            *carried.by(path),
        ],
    )


def _drawn(scenario: Scenario, path: str) -> str | None:
    """With what a prior shares its draw, if it does."""
    draw = scenario.draws.get(path, path)
    return None if draw == path else f"at the same quantile as every other prior in {draw}"


def meaning(scenario: Scenario, path: str) -> str:
    """What the schema says of the last key on the way that is no id."""
    standing: object = scenario.file
    said = ""
    for key in path.split("."):
        if isinstance(standing, BaseModel):
            said = type(standing).model_fields[key].description or said
            standing = getattr(standing, key)
        elif isinstance(standing, dict):  # whose keys may have dots of their own
            standing = standing.get(key)
    return said
