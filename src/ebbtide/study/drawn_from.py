"""Where runs take the quantities from that nobody knows."""

from __future__ import annotations

from enum import StrEnum


class DrawnFrom(StrEnum):
    """The medians of the priors, draws of the priors, or draws of the scenario's posterior."""

    MEDIANS = "medians"
    PRIORS = "priors"
    POSTERIOR = "posterior"

    @property
    def told(self) -> str:
        """What is said of runs."""
        return _TOLD[self]


_TOLD = {
    DrawnFrom.MEDIANS: "every uncertain quantity at its median",
    DrawnFrom.PRIORS: "draws of the priors: no posterior is used",
    DrawnFrom.POSTERIOR: "draws of the posterior",
}
