"""Where acts are not felt, since others of their kind hold the same lever harder all the while."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ebbtide.rules import targeting
from ebbtide.scenario.cells import Cell, cells_of
from ebbtide.scenario.levers import AIMS
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import Act
from ebbtide.scenario.weeks import in_force


@dataclass(frozen=True, slots=True)
class CoveredAct:
    """An act that others cover, wholly or in part.

    `cells` are all those of its lever that it moves, `by` those of them that it never holds, with the
    acts that hold them as strongly or more strongly in all weeks in which it is in force.
    """

    name: str
    kind: str
    cells: tuple[Cell, ...]
    by: Mapping[Cell, tuple[str, ...]]

    @property
    def wholly(self) -> bool:
        """Whether it moves nothing at all."""
        return len(self.by) == len(self.cells)

    @property
    def others(self) -> tuple[str, ...]:
        """The acts that cover it."""
        return tuple(dict.fromkeys(other for each in self.by.values() for other in each))


def covered(acts: Mapping[str, Act], file: ScenarioFile) -> Iterator[CoveredAct]:
    """Each act that others cover in all its weeks, in some of its groups and places at least.

    The strongest of several holds a lever; of equally strong ones the first aim that differs decides,
    and of those that say the same all but the first are covered. Strengths are the middles of what is
    stated.
    """
    by_kind: dict[str, list[str]] = {}
    for name, act in acts.items():
        by_kind.setdefault(act.kind, []).append(name)
    for kind, names in by_kind.items():
        if len(names) > 1:
            cells = {name: dict.fromkeys(cells_of(acts[name], file)) for name in names}
            weeks = {name: in_force(acts[name], file) for name in names}
            for number, name in enumerate(names):
                outdo = [
                    other
                    for place, other in enumerate(names)
                    if _outdoes(acts[other], acts[name], first=place < number)
                ]
                found = {
                    cell: by
                    for cell in cells[name]
                    if (by := _covering(cell, weeks[name], outdo, weeks, cells))
                }
                if found:
                    yield CoveredAct(name, kind, tuple(cells[name]), found)


def _outdoes(one: Act, other: Act, *, first: bool) -> bool:
    """Whether an act holds a lever where another would too; `first` whether it stands before it."""
    ahead = 0.0
    for strength, of_other in zip(_held(one), _held(other), strict=True):
        ahead = targeting.ahead(ahead, strength, of_other)
    outdoes = targeting.outdoes(_held(one)[0], ahead)
    return one is not other and (outdoes or (ahead == 0 and first))


def _held(act: Act) -> list[float]:
    """The strength of an act, and its aims in their order."""
    aims = (getattr(act, key) for key in AIMS)
    return [act.strength.median, *(aim.median if aim else 0.0 for aim in aims)]


def _covering(
    cell: Cell,
    in_weeks: Iterable[int],
    outdo: Iterable[str],
    weeks: Mapping[str, range],
    cells: Mapping[str, Collection[Cell]],
) -> tuple[str, ...]:
    """Those of the acts that outdo one which together hold a cell in all its weeks, if they do."""
    left, covering = set(in_weeks), []
    for other in outdo:
        if cell in cells[other] and left & set(weeks[other]):
            left -= set(weeks[other])
            covering.append(other)
    return () if left else tuple(covering)
