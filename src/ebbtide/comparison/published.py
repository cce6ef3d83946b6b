"""What publishers would say of the runs of a comparison: all that they published, published anew.

A replication from a scenario's posterior is a run of the bank that this was drawn from, and what was seen
of it stands there. Of each run every publisher says anew what he said up to the cut, by the observation
model: with errors of his own, and his bias from its prior, as if he had not spoken yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.calibration.nearest import would_be_said
from ebbtide.calibration.posterior import SEED
from ebbtide.scenario import Fault, Faults
from ebbtide.study.drawn_from import DrawnFrom

if TYPE_CHECKING:
    from ebbtide.calibration.posterior import Posterior
    from ebbtide.comparison.lived import LivedRuns

AS_WRITTEN = 1e-6  # as a share: a kept value was written in decimals


def published_anew(lived: LivedRuns, bank: Posterior) -> dict[str, np.ndarray]:
    """By publisher what he would say, a row a replication and a column a statement, in logs.

    Raises Faults for runs that were not drawn from a posterior, and for a bank that has not made it.
    """
    manifest = lived.results.manifest
    if manifest["study"]["others"] != DrawnFrom.POSTERIOR:
        found = f"a comparison {DrawnFrom(manifest['study']['others']).told}"
        raise Faults([Fault("bank", None, found, "one that is drawn from a scenario's posterior")])
    own = lived.runs.iloc[:: len(lived.policies)]
    places = {seed: place for place, seed in enumerate(bank.runs["seed"].tolist())}
    rows = [places[seed] for seed in own["seed"].tolist() if seed in places]
    if len(rows) < len(own) or not _as_drawn(lived, bank, rows):
        allowed = "the bank that the posterior's draws are of"
        raise Faults([Fault("bank", None, "a bank without these runs", allowed)])
    seen = {name: values[rows] for name, values in bank.seen.items()}
    said = would_be_said(bank.statements, seen, SEED)
    publishers = [each.publisher for each in bank.statements]
    return {
        publisher: said[:, [each == publisher for each in publishers]]
        for publisher in dict.fromkeys(publishers)
    }


def _as_drawn(lived: LivedRuns, bank: Posterior, rows: list[int]) -> bool:
    """Whether the bank's free quantities stand in its runs as they do in the comparison's."""
    numbers = bank.runs["run"].to_numpy()[rows].tolist()
    for path in bank.bank.free:
        if path in lived.runs:
            kept = lived.numbers(path)[:, 0]
            made = np.array([float(bank.bank[run].values[path]) for run in numbers])
            if not np.allclose(kept, made, rtol=AS_WRITTEN, atol=0.0, equal_nan=True):
                return False
    return True
