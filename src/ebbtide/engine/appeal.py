"""How a group appeals to men in a place: to whom it asks to join, and to whom it hires for an attack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.compiled import compiled
from ebbtide.engine.gathering import circumstances_of, weights_of
from ebbtide.rules import recruitment

if TYPE_CHECKING:
    from ebbtide.engine.parameters import Parameters

weights_of_appeal = weights_of(recruitment)
what_appeal_rests_on = circumstances_of(recruitment)


@compiled
def poor_acceptance(parameters: Parameters, appeal: float, pay: float) -> float:
    """Probability that a poor man says yes to a group of this appeal which pays so much."""
    return recruitment.acceptance(
        recruitment.poor_score(
            parameters.recruitment_poor_tendency,
            appeal,
            pay,
            parameters.recruitment_outside_wage,
            parameters.recruitment_poor_appeal_weight,
            parameters.recruitment_wage_weight,
        )
    )
