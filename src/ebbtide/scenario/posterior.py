"""Draws of a posterior, from a CSV file: whole runs that agree with the record, by what makes them.

A row is a run of a bank: its quantities and its random numbers are keyed by `base_seed` and `run`, but
for the quantities that have a column of their own, by dotted path. `fighters_at_cut` is what came of
it, by which anybody can see that it is still that run.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ebbtide.scenario.document import Keys
from ebbtide.scenario.faults import Fault, shown
from ebbtide.scenario.fixed_table import FixedTable
from ebbtide.scenario.geography import read_rows
from ebbtide.scenario.project import label
from ebbtide.scenario.quantity import Quantity

BASE_SEED, RUN, MADE_WITH = "base_seed", "run", "made_with"
CAME_OF_IT = "fighters_at_cut"
DOUBT = "doubt"  # why the draws are not to be trusted, in words; no such column where they are


@dataclass(frozen=True, slots=True)
class PosteriorDraw:
    """A run of a bank, and where the quantities stand that were not drawn from their priors.

    `fighters_at_cut` is what came of it in the bank; None where the file does not say.
    """

    base_seed: int
    run: int
    values: Mapping[str, float]
    fighters_at_cut: int | None = None


@dataclass(frozen=True, slots=True)
class PosteriorDraws:
    """Draws, each as likely; `made_with` is the digest of the rules and numbers behind them.

    `doubt` says in words why they are not to be trusted; empty where they are.
    """

    draws: tuple[PosteriorDraw, ...]
    made_with: str
    digest: str
    doubt: str = ""

    def __len__(self) -> int:
        return len(self.draws)


def read_draws(
    path: Path,
    quantities: Mapping[str, Quantity],
    faults: list[Fault],
    set_beside: Collection[Keys] = (),
) -> PosteriorDraws | None:
    """The draws of a file; None if it has faults, which are told.

    What is `set_beside` the scenario may take away quantities that have a column.
    """
    before, draws, made_with, doubt = len(faults), [], "", ""
    columns = [CAME_OF_IT, DOUBT, *quantities, *_taken_away(path, set_beside)]
    for where, cells in read_rows(path, (BASE_SEED, RUN, MADE_WITH), columns, faults):
        told = (BASE_SEED, RUN, *([CAME_OF_IT] if CAME_OF_IT in cells else []))
        whole = {name: _whole(where, name, cells, faults) for name in told}
        values = {
            name: _number(where, name, cell, quantities[name], faults)
            for name, cell in cells.items()
            if name in quantities
        }
        made_with, doubt = cells.get(MADE_WITH, ""), cells.get(DOUBT, "") or doubt
        draws.append(
            PosteriorDraw(whole[BASE_SEED], whole[RUN], FixedTable(values), whole.get(CAME_OF_IT))
        )
    if not draws and len(faults) == before:
        faults.append(
            Fault(label(path), None, "no row", "a row a draw, as `ebbtide calibrate` writes")
        )
    if len(faults) > before:
        return None
    return PosteriorDraws(tuple(draws), made_with, sha256(path.read_bytes()).hexdigest(), doubt)


def _taken_away(path: Path, set_beside: Collection[Keys]) -> list[str]:
    """Columns of the file that lie under what is set beside the scenario."""
    if not set_beside or not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header = next(csv.reader(lines), [])
    return [
        name
        for name in header
        if any(tuple(name.split("."))[: len(keys)] == keys for keys in set_beside)
    ]


def _whole(where: str, name: str, cells: Mapping[str, str], faults: list[Fault]) -> int:
    found = cells.get(name, "")
    if not found.isdecimal():
        faults.append(Fault(where, name, shown(found), "a whole number"))
        return 0
    return int(found)


def _number(where: str, name: str, found: str, quantity: Quantity, faults: list[Fault]) -> float:
    low, high = quantity.bounds
    try:
        number = float(found)
    except ValueError:
        number = float("nan")
    if not low <= number <= high:
        faults.append(Fault(where, name, shown(found), f"a number from {low:g} to {high:g}"))
    return number
