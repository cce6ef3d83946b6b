"""What answers to a claim: mechanisms, tables of scenario and policy, levers and outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Scenario


def carried(claim: str, scenario: Scenario) -> str:
    """Who carries a claim, in a sentence."""
    said = scenario.claims[claim]
    parts = [f"mechanisms {'; '.join(rules)}"] if (rules := _rules(said.carried_by)) else []
    if tables := tables_of(claim, scenario):
        parts.append("scenario and policy " + ", ".join(f"`{path}`" for path in tables))
    if said.levers:
        parts.append(f"levers {', '.join(said.levers)}")
    if said.shows_in:
        parts.append(f"outcomes {', '.join(said.shows_in)}")
    return f"Carried by: {'. '.join(parts)}." if parts else "Carried by: nothing yet."


def _rules(names: Iterable[str]) -> list[str]:
    """Mechanisms, each with those of its rules and parameters that are named."""
    found: dict[str, list[str]] = {}
    for name in names:
        mechanism, _, rest = name.partition(".")
        found.setdefault(mechanism, []).extend([rest] if rest else [])
    told = []
    for mechanism, parts in found.items():
        rules = [part for part in parts if part in MECHANISMS[mechanism].rules]
        parameters = [part for part in parts if part not in rules]
        told.append(f"{mechanism} ({', '.join([*rules, *parameters])})" if parts else mechanism)
    return told


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
