"""Each claim's tests, told from the runs."""

from __future__ import annotations

from ebbtide.scenario import Scenario
from ledger import dated, forecasts, signs
from ledger.measures import Measured
from ledger.results import Finding, Results

TELL = (
    dated.sizes,
    dated.places,
    dated.deaths,
    dated.casualties,
    signs.origins,
    signs.signs,
    signs.patterns,
    signs.literature,
    forecasts.forecasts,
)


def findings(
    scenario: Scenario, measured: list[Measured], alone: list[dict[str, float]]
) -> list[Finding]:
    """All tests, from the runs under the record and the paired runs left alone."""
    results = Results(scenario, measured, alone)
    for tell in TELL:
        tell(results)
    return results.found
