"""Which of a scenario's uncertain quantities the search for a posterior follows."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ebbtide.scenario.schema.table import Table


class Calibration(Table):
    """The quantities that a posterior's search adapts to; all others are drawn from their priors.

    Every quantity with a prior is weighed by the record, whether it stands here or not: those that stand
    here are also drawn where the record wants them, which costs fewer runs.
    """

    free: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = Field(
        description="dotted paths of quantities that have a prior"
    )
    source: str = Field(description="why these")
