"""Dimensions: every name that a column may be laid out by, and where its length comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ebbtide.scenario.faults import nearest
from ebbtide.scenario.levers import LEVERS
from ebbtide.world import codes
from ebbtide.world.codes import Alarm, Code, End, Kind, Move, Slot, Source
from ebbtide.world.posts import Loss

# Dimensions that are spread over outcomes of their own, one a member.
FAMILIES: dict[str, type[Code]] = {"entered": Kind, "source": Source, "end": End}

# As long in every world.
FIXED = {name: len(members) for name, members in FAMILIES.items()} | {
    "kind": codes.KINDS, "target": codes.TARGETS, "attack_kind": codes.ATTACK_KINDS,
    "hazard": codes.HAZARDS, "slot": len(Slot), "alarm": len(Alarm), "loss": len(Loss),
    "all_or_across": len(Move), "aim": max(len(lever.aims) for lever in LEVERS.values()),
    "note": codes.CHRONICLE_LENGTH, "entry": codes.NOTE_NUMBERS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """A length that follows from how many a world has `of` something."""

    of: str
    times: int = 1
    more: int = 0
    least: int = 0

    def length(self, count: int) -> int:
        """The length where there are `count` of them."""
        return max(self.least, self.times * count + self.more)


COUNTED_DIMENSIONS = {
    "place": Counted("places"),
    "place_bound": Counted("places", more=1),
    "border": Counted("borders", times=2),  # once from each side
    "group": Counted("groups"),
    "group_bound": Counted("groups", more=1),
    "faction": Counted("factions"),
    "post": Counted("posts"),
    "centre": Counted("centres"),
    "some_centre": Counted("centres", least=1),
    "force": Counted("forces"),
    "force_bound": Counted("forces", more=1),
    "contingent": Counted("contingents"),
    "event": Counted("events"),
    "week": Counted("weeks", more=1),  # the start, then every week
    "act": Counted("acts"),
    "act_bound": Counted("acts", more=1),
    "act_cell": Counted("cells_of_acts"),
    "fighter": Counted("rows_of_fighters"),
}
DIMENSIONS = FIXED.keys() | COUNTED_DIMENSIONS.keys()
ALONE = "fighter"  # whose rows grow and are reused one by one: nothing else beside it


def lengths(counts: Mapping[str, int]) -> dict[str, int]:
    """How long each dimension is that `counts` say: by what is counted, `places` and so on.

    Raises KeyError for a count that no dimension follows from.
    """
    if unknown := counts.keys() - {counted.of for counted in COUNTED_DIMENSIONS.values()}:
        raise KeyError(f"no dimension follows from {', '.join(sorted(unknown))}")
    return FIXED | {
        name: counted.length(counts[counted.of])
        for name, counted in COUNTED_DIMENSIONS.items()
        if counted.of in counts
    }


def must_be_known(column: str, dimensions: Sequence[str]) -> None:
    """Raise TypeError for a dimension of a column that is none, or that stands beside no other."""
    for name in dimensions:
        if name not in DIMENSIONS:
            like = nearest(name, DIMENSIONS)
            hint = f"; did you mean {like}?" if like else f"; there are {sorted(DIMENSIONS)}"
            raise TypeError(f"{column} is laid out by {name}, which is no dimension{hint}")
    if ALONE in dimensions and len(dimensions) > 1:
        beside = ", ".join(dimensions)
        raise TypeError(f"{column} is laid out by {beside}; rows of {ALONE}s have one dimension")
