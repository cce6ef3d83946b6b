"""What a page about a bank was made of, as digests: by them a test tells when it is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.calibration.calibrate import seeing_digest
from ebbtide.compilation.sources import digest_beyond, lives_digest

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario


def digests(scenario: Scenario, writer: str) -> str:
    """Of scenario, policy, what was published and how it is seen, the model, and the writer.

    `writer` is the module of `calibration` that writes the page: what it does not import counts for
    nothing.
    """
    return (
        f"Scenario digest `{scenario.digest}`; of its policy `{scenario.policy.digest}`; of what was "
        f"published and how a run is seen by it `{seeing_digest(scenario)}`; of the model "
        f"`{lives_digest()}`; of what weighs and writes `{writing_digest(writer)}`."
    )


def writing_digest(writer: str) -> str:
    """Of what opens and weighs a bank, and of a module of `calibration` with all that it imports."""
    return digest_beyond("calibration/calibrate.py", f"calibration/{writer}.py")
