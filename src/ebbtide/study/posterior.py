"""Whether draws of a posterior are of the model and of the numbers as they are."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ebbtide.compilation.sources import lives_digest
from ebbtide.scenario import Fault, Faults, load

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario


def made_with(scenario: Scenario) -> str:
    """The digest of what a life rests on: the scenario as its file has it, its policy, and the model."""
    as_written = load(scenario.path) if scenario.overrides else scenario
    return sha256(f"{as_written.digest} {lives_digest()}".encode()).hexdigest()[:16]


def refuse_stale(scenario: Scenario) -> None:
    """Raise Faults for draws that were made with other rules or numbers."""
    drawn = scenario.posterior
    if drawn is not None and drawn.made_with != made_with(scenario):
        found = "draws that were made with other rules or numbers"
        allowed = f"new ones, by `ebbtide calibrate {scenario.id} --to FILE`; or --priors"
        raise Faults([Fault(scenario.path.name, "posterior", found, allowed)])
