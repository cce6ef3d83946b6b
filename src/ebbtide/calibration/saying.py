"""Where the unknowns of publishers stand in runs, as what they said before has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ebbtide.evidence.likelihood import Likelihood

if TYPE_CHECKING:
    from ebbtide.evidence.statement import Seen
    from ebbtide.evidence.unknown import SharedUnknown


def drawn_nodes(
    unknown: SharedUnknown, known: Likelihood, seen: Seen, runs: int, random: np.random.Generator
) -> np.ndarray:
    """A node of an unknown for each of some runs: by the statements that are known and share it.

    By its prior where there are none.
    """
    shared = Likelihood(
        tuple(each for each in known.statements if each.unknown.name == unknown.name)
    )
    if shared.statements:
        likely = shared.nodes_given(unknown.name, seen)
    else:
        likely = np.repeat(np.exp(unknown.log_weights)[None, :], runs, axis=0)
    at = (likely.cumsum(axis=1) < random.random(runs)[:, None]).sum(axis=1)
    return np.asarray(unknown.nodes[np.minimum(at, unknown.nodes.size - 1)])
