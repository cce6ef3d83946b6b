"""Where runs take the quantities from that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class DrawnFrom(StrEnum):
    """The medians of the priors, draws of the priors, or draws of the scenario's posterior."""

    MEDIANS = "medians"
    PRIORS = "priors"
    POSTERIOR = "posterior"

    @classmethod
    def kept(cls, manifest: Mapping[str, Any]) -> DrawnFrom | None:
        """Where the runs of a manifest took them from; None where nothing is uncertain."""
        if not manifest["uncertainties"]:
            return None
        if manifest["study"]:
            return cls(manifest["study"]["others"])
        if manifest["fixed"]:
            return cls.MEDIANS
        return cls.POSTERIOR if manifest["posterior"] else cls.PRIORS

    @property
    def told(self) -> str:
        """What is said of runs."""
        return _TOLD[self]


_TOLD = {
    DrawnFrom.MEDIANS: "every uncertain quantity at its median",
    DrawnFrom.PRIORS: "drawn from the priors",
    DrawnFrom.POSTERIOR: "drawn from the posterior",
}


def doubt_told(doubt: str) -> str:
    """What is said where draws are not to be trusted, for the reason that their file has."""
    said = "as `ebbtide calibrate` wrote into their file"
    return f"The posterior's draws are not to be trusted, {said}: {doubt}."
