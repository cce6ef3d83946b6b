"""What levers cost that a run books no effort for, and what a week of each force is worth."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.installed import shipped_folders
from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.content import quantities_of
from ebbtide.scenario.document import read_document
from ebbtide.scenario.faults import MISSING, Fault, Faults, shown
from ebbtide.scenario.levers import LEVERS, PRICED
from ebbtide.scenario.project import policy_folders
from ebbtide.scenario.reporting import check_names, reporter
from ebbtide.scenario.schema.prices import PricesFile
from ebbtide.scenario.usual import notes_on_magnitudes
from ebbtide.scenario.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ebbtide.scenario.document import Document
    from ebbtide.scenario.quantity import Quantity
    from ebbtide.scenario.scenario import Scenario

PRICES_NAME = "prices.toml"
LEFT_OUT = "left out: which levers a run books, the model says itself"


@dataclass(frozen=True, eq=False)
class Prices:
    """A file of prices, checked."""

    path: Path
    file: PricesFile = field(repr=False)

    @classmethod
    def read(cls, path: Path, scenario: Scenario | None = None) -> Prices:
        """Read a file of prices; its names are checked against `scenario` if one is given.

        Raises Faults.
        """
        document = read_document(path)
        faults: list[Fault] = []
        file = validate(PricesFile, _unbooked(document, faults), document, faults)
        if file is not None and scenario is not None:
            _check(file, scenario, document, faults)
        if file is None or faults:
            raise Faults(faults)
        return cls(path, file)

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """By dotted path, such as `prices.amnesty.effort`."""
        return quantities_of(self.file)

    @property
    def shipped(self) -> bool:
        """Whether they are those that are shipped for all, and nobody's own."""
        return self.path.parent in shipped_folders()

    @property
    def without(self) -> list[str]:
        """The levers whose cost nobody says."""
        return [name for name in PRICED if name not in self.file.prices]

    def notes(self) -> Iterator[CheckNote]:
        """What is worth knowing of them: what is unusual or free, and a standard that is not one week."""
        yield from notes_on_magnitudes(self.file)
        standard = self.file.standard
        if standard is not None and standard in self.file.forces:
            worth = self.file.forces[standard].worth
            if worth.uncertain or worth.median != 1:
                said = f"{{}}: {standard} is the standard, a week of which is 1"
                yield CheckNote(said, (f"forces.{standard}.worth",), idle=False)
        costs = {f"forces.{name}.worth": each.worth for name, each in self.file.forces.items()}
        costs |= {f"prices.{name}.effort": each.effort for name, each in self.file.prices.items()}
        if free := tuple(path for path, price in costs.items() if price.quantile(1.0) == 0):
            said = "{}: 0, so that what is done by it costs nothing in a comparison at equal effort"
            yield CheckNote(said, free, idle=False)


def prices_of(scenario: Scenario) -> Prices:
    """A scenario's own prices, or those that are shipped for all. Raises Faults.

    Its own stand in `prices.toml` beside its folder of policies, or that of what it extends.
    """
    beside = [folder.parent for file in scenario.files for folder in policy_folders(file)]
    found = (folder / PRICES_NAME for folder in [*beside, *shipped_folders()])
    return Prices.read(next(file for file in found if file.is_file()), scenario)


def _unbooked(document: Document, faults: list[Fault]) -> dict[str, Any]:
    """What a document says, without what it says of effort that runs book; that is added to `faults`."""
    said, prices = dict(document.data), document.data.get("prices")
    if not isinstance(prices, dict):
        return said
    said["prices"] = kept = {}
    for name, price in prices.items():
        keys = ("prices", name)
        if name in LEVERS and LEVERS[name].booked:
            needed = f"left out: a run books all that {name} costs, as effort of forces"
            faults.append(Fault(document.origin(keys), ".".join(keys), shown(price), needed))
            continue
        kept[name] = price
        if isinstance(price, dict) and "booked" in price:
            kept[name] = {key: value for key, value in price.items() if key != "booked"}
            where = document.origin((*keys, "booked"))
            faults.append(Fault(where, f"prices.{name}.booked", shown(price["booked"]), LEFT_OUT))
    return said


def _check(file: PricesFile, scenario: Scenario, document: Document, faults: list[Fault]) -> None:
    """Add to `faults` what does not fit between prices and their scenario."""
    check_names(reporter(document, faults, ()), file, (), scenario.names)
    if file.standard is None:
        return
    needed = f"what a week of it is worth in weeks of {file.standard}, the standard"
    faults.extend(
        Fault(document.origin(("forces",)), f"forces.{force}", MISSING, needed)
        for force in scenario.file.forces
        if force != file.standard and force not in file.forces
    )
