"""Of what effort is counted: what a policy's own acts cost, or all that is spent, alike."""

from __future__ import annotations

from enum import StrEnum

EFFORT_PRICED = "effort_priced"
EFFORT_OF_OWN_ACTS = "effort_of_own_acts"


class EffortOf(StrEnum):
    """Two accounts of effort beyond the reference.

    Of its own acts a policy's levers are priced whole, and the forces that it sends net of what a weaker
    group spares them; what it spares others is left out. Of all, what any force is spared is counted too,
    under every policy alike.
    """

    OWN = "own"
    ALL = "all"

    @property
    def outcome(self) -> str:
        """The outcome whose difference from the reference it is."""
        return {EffortOf.OWN: EFFORT_OF_OWN_ACTS, EffortOf.ALL: EFFORT_PRICED}[self]

    @property
    def words(self) -> str:
        """What is counted, for people."""
        return {
            EffortOf.OWN: "own acts",
            EffortOf.ALL: "all that forces spend and levers cost",
        }[self]
