"""What keys and kinds were called before, so that whoever brings an older file is told the new name."""

from __future__ import annotations

from collections.abc import Collection

FORMERLY = {
    "tribal": "local_institutions",
    "tribal_engagement": "community_engagement",
    "displaced": "fighters_displaced",
    "displaced_across_borders": "fighters_displaced_across_borders",
    "losses_of_forces": "forces_losses",
}  # the old name and the new one


def renamed(name: str, known: Collection[str]) -> str | None:
    """What of the `known` names a former one is called now; of a dotted path its last part counts."""
    path, dot, last = name.rpartition(".")
    now = f"{path}{dot}{FORMERLY[last]}" if last in FORMERLY else None
    return now if now in known else None
