"""Claims: the sentences that a scenario retells, and what answers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from ebbtide.explain import carried, place
from ebbtide.explain.docstring import read
from ebbtide.explain.entry import Entry
from ebbtide.explain.rules import cited, functions_of
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Scenario
from ebbtide.scenario.levers import LEVERS
from ebbtide.world.outcomes import OUTCOMES

Tell = Callable[[], Entry]

KINDS = {
    "R": "a rule: it exists, and switching it off moves the outcome",
    "C": "a dated figure inside the cut, which the model is fitted to",
    "Q": "an adjective of the author, checked by sign",
    "P": "a pattern to which nothing is fitted, and which must come out",
    "F": "a forecast of the author, to which the model gives a probability",
}


def of_ledger(scenario: Scenario) -> dict[str, Tell]:
    """What tells of each claim of the case."""
    return {name: partial(_claim, scenario, name) for name in scenario.claims}


def _claim(scenario: Scenario, name: str) -> Entry:
    claim = scenario.claims[name]
    ledger = scenario.path.parent / (scenario.file.evidence.claims or "")
    return Entry.of(
        "claim",
        name,
        article=cited(claim.paragraphs) or "none: from evidence or literature",
        says=claim.says,
        kinds=[f"{kind}: {KINDS[kind]}" for kind in claim.kinds],
        the_model_must_show=claim.shows,
        a_null_model=claim.null,
        mechanisms=_named(
            name, ((each, read(module.__doc__).claims) for each, module in MECHANISMS.items())
        ),
        rules=_named(
            name,
            (
                (f"{each}.{function}", read(rule.__doc__).claims)
                for each, module in MECHANISMS.items()
                for function, rule in functions_of(module).items()
            ),
        ),
        parameters=_named(
            name,
            (
                (f"rules.{each}.{parameter}", said["claims"])
                for each, module in MECHANISMS.items()
                for parameter, said in module.PARAMETERS.items()
            ),
        ),
        quantities=_named(
            name, ((path, said.stated.claims) for path, said in scenario.quantities.items())
        ),
        events=_named(
            name, ((f"events.{key}", event.claims) for key, event in scenario.file.events.items())
        ),
        acts=_named(
            name,
            ((f"acts.{key}", act.claims) for key, act in scenario.policy.file.acts.items()),
        ),
        levers=_named(name, ((each, lever.claims) for each, lever in LEVERS.items())),
        outcomes=_named(name, ((each, outcome.claims) for each, outcome in OUTCOMES.items())),
        stated_at=place.of_key(ledger.resolve(), f"claims.{name}"),
        tests=carried.of_claim(name),
    )


def _named(claim: str, things: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    return [name for name, claims in things if claim in claims]
