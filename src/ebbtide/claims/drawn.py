"""From where a page's runs take what nobody knows: the scenario's posterior, or the priors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.claims.claim_tests import FigureTest

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario
    from ebbtide.scenario.posterior import PosteriorDraws

FITTED = "the posterior, which weighs what was published"


def source_of(posterior: PosteriorDraws | None) -> str:
    """In words: of what runs are draws."""
    return "the priors" if posterior is None else "the posterior"


def was_weighed(scenario: Scenario, row: FigureTest, held_back: bool) -> bool:
    """Whether a posterior may have been fitted to a figure: a file of evidence has it, not held back."""
    files = {Path(file.name).name for file in scenario.published.files.values()}
    return row.evidence is not None and Path(row.evidence.file).name in files and not held_back
