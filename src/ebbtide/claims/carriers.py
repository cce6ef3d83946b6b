"""What answers to a claim: rules with their parameters, tables of scenario and policy, outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from ebbtide.claims.named_by_rules import rules_of
from ebbtide.scenario import Scenario
from ebbtide.world.outcomes import OUTCOMES


def carried(claim: str, scenario: Scenario) -> str:
    """Who carries a claim, in a sentence."""
    rules = [
        f"{rule} ({', '.join(parameters)})" if parameters else rule
        for rule, parameters in rules_of(claim).items()
    ]
    parts = [f"rules {'; '.join(rules)}"] if rules else []
    if tables := tables_of(claim, scenario):
        parts.append("scenario and policy " + ", ".join(f"`{path}`" for path in tables))
    if outcomes := [name for name, outcome in OUTCOMES.items() if claim in outcome.claims]:
        parts.append(f"outcomes {', '.join(outcomes)}")
    return f"Carried by: {'. '.join(parts)}." if parts else "Carried by: nothing yet."


def tables_of(claim: str, scenario: Scenario) -> list[str]:
    """The tables of the scenario and its policy that answer to the claim, by dotted path."""
    paths = [*_tables(scenario.file, claim), *_tables(scenario.policy.file, claim)]
    return [path for path in dict.fromkeys(paths) if not path.startswith("rules.")]


def _tables(value: object, claim: str, at: str = "") -> Iterator[str]:
    if isinstance(value, BaseModel):
        value = {key: getattr(value, key) for key in type(value).model_fields}
    if not isinstance(value, Mapping):
        return
    for key, inner in value.items():
        if key == "stated":  # a quantity's own statement goes by the quantity's path
            yield from _tables(inner, claim, at)
        elif key == "claims" and isinstance(inner, tuple) and claim in inner:
            yield at
        else:
            yield from _tables(inner, claim, f"{at}.{key}".lstrip("."))
