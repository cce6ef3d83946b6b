"""Acts that are never felt, since others of their kind hold the same lever harder all the while."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ebbtide.rules import targeting
from ebbtide.scenario.cells import Cell, cells_of
from ebbtide.scenario.levers import AIMS
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import Act
from ebbtide.scenario.weeks import in_force


def covered(acts: Mapping[str, Act], file: ScenarioFile) -> Iterator[tuple[str, list[str]]]:
    """Each act that others cover in all its weeks, groups and places, with these others.

    The strongest of several holds a lever; of equally strong ones the first aim that differs decides,
    and of those that say the same all but the first are covered.
    """
    by_kind: dict[str, list[str]] = {}
    for name, act in acts.items():
        by_kind.setdefault(act.kind, []).append(name)
    for names in by_kind.values():
        if len(names) > 1:
            cells = {name: dict.fromkeys(cells_of(acts[name], file)) for name in names}
            for number, name in enumerate(names):
                outdo = [
                    other
                    for place, other in enumerate(names)
                    if _outdoes(acts[other], acts[name], first=place < number)
                ]
                if by := _covering(name, outdo, acts, cells, file):
                    yield name, by


def _outdoes(one: Act, other: Act, *, first: bool) -> bool:
    """Whether an act holds a lever where another would too; `first` whether it stands before it."""
    ahead = 0.0
    for strength, of_other in zip(_held(one), _held(other), strict=True):
        ahead = targeting.ahead(ahead, strength, of_other)
    return one is not other and (ahead > 0 or (ahead == 0 and first))


def _held(act: Act) -> list[float]:
    """The strength of an act, and its aims in their order."""
    aims = (getattr(act, key) for key in AIMS)
    return [act.strength.median, *(aim.median if aim else 0.0 for aim in aims)]


def _covering(
    name: str,
    outdo: list[str],
    acts: Mapping[str, Act],
    cells: Mapping[str, Collection[Cell]],
    file: ScenarioFile,
) -> list[str]:
    """Those of the acts that outdo one which cover it, if they do so wholly."""
    covering: dict[str, None] = {}
    for cell in cells[name]:
        left = set(in_force(acts[name], file))
        for other in outdo:
            if cell in cells[other] and left & set(in_force(acts[other], file)):
                left -= set(in_force(acts[other], file))
                covering[other] = None
        if left:
            return []
    return list(covering)
