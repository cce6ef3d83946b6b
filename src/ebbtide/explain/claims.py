"""Claims: the sentences that a scenario retells, and what answers to them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from ebbtide.explain import carried, place
from ebbtide.explain.entry import Entry, Tell
from ebbtide.explain.ledger import cited, file_of
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Scenario
from ebbtide.scenario.schema.evidence import CLAIM_KINDS, ClaimKind


def of_ledger(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each claim of the case."""
    return {name: partial(_claim, scenario, name) for name in scenario.claims}


def _claim(scenario: Scenario, name: str) -> Entry:
    claim = scenario.claims[name]
    of_mechanisms = [each for each in claim.carried_by if each in MECHANISMS]
    of_parameters = [each for each in claim.carried_by if _is_parameter(each)]
    policy = scenario.policy
    return Entry.of(
        "claim",
        name,
        article=cited(claim.paragraphs) or "none: from evidence or literature",
        says=claim.says,
        kinds=[f"{kind}: {CLAIM_KINDS[ClaimKind(kind)]}" for kind in claim.kinds],
        the_model_must_show=claim.shows,
        a_null_model=claim.null,
        mechanisms=of_mechanisms,
        rules=[each for each in claim.carried_by if each not in (*of_mechanisms, *of_parameters)],
        parameters=[f"rules.{each}" for each in of_parameters],
        quantities=_named(
            name, ((path, said.stated.claims) for path, said in scenario.quantities.items())
        ),
        events=_named(
            name, ((f"events.{key}", event.claims) for key, event in scenario.file.events.items())
        ),
        acts=_named(name, ((f"acts.{key}", act.claims) for key, act in policy.file.acts.items())),
        levers=list(claim.levers),
        outcomes=list(claim.shows_in),
        stated_at=place.of_key(file_of(scenario), f"claims.{name}"),
        tests=carried.of_claim(scenario, name),
    )


def _is_parameter(path: str) -> bool:
    mechanism, _, name = path.partition(".")
    return mechanism in MECHANISMS and name in MECHANISMS[mechanism].parameters


def _named(claim: str, things: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    return [name for name, claims in things if claim in claims]
