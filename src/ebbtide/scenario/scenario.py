"""A scenario: who is there, where, and how the world is; read whole and checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.scenario import arguments
from ebbtide.scenario.border_notes import notes_on_borders
from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.checks import check_scenario
from ebbtide.scenario.content import digest_of, draws_of, quantities_of, replaced, walk
from ebbtide.scenario.document import Document, Keys
from ebbtide.scenario.faults import Fault, Faults, counted, nearest, shown
from ebbtide.scenario.fixed_table import FixedTable
from ebbtide.scenario.measuring import notes
from ebbtide.scenario.names import Names, places_in
from ebbtide.scenario.new_names import notes_on_new_names
from ebbtide.scenario.notebook import titled_table
from ebbtide.scenario.overriding import OVERRIDE, value_at, without_signs_of_a_file
from ebbtide.scenario.parts import Parts, read_parts
from ebbtide.scenario.place_notes import notes_on_copies, notes_on_countries
from ebbtide.scenario.policy import IN_POLICY, OF_POLICY, Policy, where_written
from ebbtide.scenario.posterior import PosteriorDraws
from ebbtide.scenario.project import label
from ebbtide.scenario.published import Published
from ebbtide.scenario.python_values import as_stated, as_text
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.evidence import Claim
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.sources import Sources
from ebbtide.scenario.validation import NO_QUANTITY, faults_of_quantity
from ebbtide.scenario.weeks import A_YEAR, week_felt, weeks_between

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Scenario:
    """A checked scenario. Two scenarios are equal when their content and policy are."""

    path: Path
    file: ScenarioFile = field(repr=False)
    policy: Policy  # the default one
    quantities: dict[str, Quantity] = field(repr=False)  # by dotted path
    overrides: dict[str, object]  # what was set beside the file
    _parts: Parts = field(repr=False)
    _document: Document = field(repr=False)  # as written, before overrides

    @classmethod
    def read(cls, document: Document) -> Scenario:
        """Check a document as a scenario. Raises Faults."""
        allowed = "a document, as `read_document` gives it; `load` reads a file"
        arguments.must(isinstance(document, Document), "Scenario.read", None, document, allowed)
        return cls._build(document, {}, document.copy(), None)

    @classmethod
    def _build(
        cls,
        written: Document,
        overrides: dict[str, object],
        document: Document,
        policy: Policy | None,
    ) -> Scenario:
        file, chosen, parts = read_parts(document, policy, _keys_of(overrides))
        beside = FixedTable(overrides)
        return cls(written.path, file, chosen, quantities_of(file), beside, parts, written)

    @property
    def id(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem

    @property
    def title(self) -> str:
        """The title that its file states."""
        return self.file.title

    @property
    def names(self) -> Names:
        """The ids that the scenario defines."""
        return self._parts.names

    @property
    def focus(self) -> str:
        """Whom tables, plots and metrics are of: a group's id, or of several their ids joined by `+`.

        It is its file's focus, else the first group.
        """
        return "+".join(self.focus_groups)

    @property
    def focus_groups(self) -> tuple[str, ...]:
        """The groups of its focus: tables, plots and metrics are of their sum."""
        return self.file.focus or (next(iter(self.file.groups)),)

    @property
    def focus_name(self) -> str:
        """What its focus is called: by its file, else by the names of the groups."""
        *names, last = (self.file.groups[group].name for group in self.focus_groups)
        return self.file.focus_name or (f"{', '.join(names)} and {last}" if names else last)

    @property
    def focus_from(self) -> dt.date:
        """The day from which any group of its focus is there."""
        return min(map(self.there_from, self.focus_groups))

    def there_from(self, group: str) -> dt.date:
        """The day from which a group is there: that of its founding, else the start."""
        arguments.known(group, self.file.groups, "there_from", "group")
        founding = self.file.foundings.get(group)
        return self.file.start if founding is None else self.file.events[founding].date

    def first_year(self, group: str) -> range:
        """The weeks from that at whose end a group is there first to a year later, or the last one."""
        founded = group in self.file.foundings
        first = self.week_felt(self.there_from(group)) if founded else 0
        return range(first, min(first + A_YEAR, self.weeks) + 1)

    @property
    def weeks(self) -> int:
        """Weeks simulated: as many as it takes to reach the end."""
        return weeks_between(self.file.start, self.file.end)

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        """The start and the last day of every week; length `weeks` + 1."""
        start = self.file.start
        return tuple(start + dt.timedelta(weeks=week) for week in range(self.weeks + 1))

    def week_of(self, date: dt.date) -> int:
        """The week w with dates[w-1] < date <= dates[w]; 0 up to the start."""
        return weeks_between(self.file.start, arguments.day(date, "week_of"))

    def week_felt(self, date: dt.date) -> int:
        """The week in which what has a date is felt: as `week_of`, but the first up to the start."""
        return week_felt(self.file.start, arguments.day(date, "week_felt"))

    @cached_property
    def uncertainties(self) -> dict[str, Quantity]:
        """The quantities that have a prior."""
        return FixedTable(
            {path: known for path, known in self.quantities.items() if known.uncertain}
        )

    @cached_property
    def draws(self) -> dict[str, str]:
        """The draw behind each uncertain quantity: its own path, or that of a table that shares one."""
        return draws_of(self.file)

    def uncertain_under(self, policy: Policy | None = None) -> dict[str, Quantity]:
        """All that has a prior in a run under a policy, by the paths of a run's values.

        Those of the policy (without: the scenario's own) begin with `policy.`; policies that state
        the same act have it by the same path, and so the same draw of it.
        """
        return {**self.uncertainties, **(self.policy if policy is None else policy).uncertainties}

    def draw_of(self, path: str) -> str:
        """The draw behind an uncertain quantity, of a policy's its own."""
        return self.draws.get(path, path)

    def medians(self) -> dict[str, float]:
        """The median of every quantity by dotted path."""
        return self._medians.copy()

    @cached_property
    def _medians(self) -> dict[str, float]:
        return {path: known.median for path, known in self.quantities.items()}

    def sample(self, probabilities: Mapping[str, float]) -> dict[str, float]:
        """Every quantity's value: the quantile at the given probability, else the median.

        Raises Faults for a path that is no quantity and a probability outside 0 to 1.
        """
        faults = []
        for path, probability in arguments.values_by_path(probabilities, "sample").items():
            found = as_stated(probability)
            number = isinstance(found, int | float) and not isinstance(found, bool)
            if path not in self.quantities:
                faults.append(_unknown(path, self.quantities))
            elif not (number and 0 <= found <= 1):
                faults.append(Fault(OVERRIDE, path, f"the probability {shown(found)}", "0 to 1"))
        if faults:
            raise Faults(faults)
        drawn = {path: self.quantities[path].quantile(p) for path, p in probabilities.items()}
        return self.medians() | drawn

    def origin(self, path: str) -> Path:
        """The file that states the value at a dotted path: this one, or one that it extends."""
        arguments.must(isinstance(path, str), "origin", None, path, "a dotted path")
        keys = self._paths.get(path) or tuple(path.split("."))
        if path in self.quantities:
            keys = self.sources.stated_at(keys)
        return Path(self._document.origin(keys)).resolve()

    @cached_property
    def sources(self) -> Sources:
        """Where its numbers come from."""
        return Sources(self.file, self._document, self.overrides)

    @property
    def rules_stated(self) -> list[str]:
        """The paths of `[rules]` that its own file states, beside those that it extends."""
        if len(self._document.files) < 2:
            return []  # what a file must state where it extends none
        own = label(self.path)
        return [
            ".".join(keys)
            for keys, value in walk(self.file.rules, ("rules",))
            if len(keys) == 3
            and self._document.origin(self.sources.stated_at(keys)) == own
            and self._document.get(keys) is not None
            and not (keys[2] == "on" and value)
        ]

    @property
    def files(self) -> list[Path]:
        """Its file, and those that it extends, the nearest first."""
        return list(dict.fromkeys([self.path.resolve(), *reversed(self._document.files.values())]))

    @property
    def tried(self) -> frozenset[Keys]:
        """The keys of what was set beside the file."""
        return _keys_of(self.overrides)

    @property
    def rules_on(self) -> dict[str, bool]:
        """Whether each mechanism is on."""
        return {name: bool(table["on"]) for name, table in self.file.rules.items()}

    def places_in(self, stated: Iterable[str]) -> list[str]:
        """The ids of the places that ids and countries name together, in the file's order."""
        allowed = "ids of places and countries"
        return places_in(self.file.places, arguments.texts(stated, "places_in", "stated", allowed))

    @cached_property
    def outlines(self) -> dict[str, Any] | None:
        """The places' outlines as GeoJSON, property `code` the place's id; None without any.

        It is only read: its lists are tuples.
        """
        return None if self._parts.outlines is None else self._parts.outlines.geojson

    def notes_on_names(self) -> Iterator[CheckNote]:
        """A note on each id of its own, and of its policy's, that is nearly one of a file extended."""
        yield from notes_on_new_names(self.file, self._document)
        yield from notes_on_new_names(self.policy.file, self.policy.document)

    def notes_on_geography(self) -> Iterator[str]:
        """A line for what of its places and borders no map shows, or no border joins."""
        outlines = self._parts.outlines
        yield from notes_on_countries(self.file)
        yield from notes_on_copies(self.file)
        yield from notes_on_borders(self.file, outlines.geometries if outlines else ())
        yield from notes(outlines, self._parts.measured, self.file)

    @property
    def claims(self) -> dict[str, Claim]:
        """The ledger of claims by id, in the order of its file; empty without one."""
        return self._parts.ledger.claims if self._parts.ledger else FixedTable()

    @property
    def retold(self) -> str | None:
        """The text whose claims the ledger holds, as it cites it; None without a ledger."""
        return self._parts.ledger.source if self._parts.ledger else None

    @property
    def claim_tests(self) -> Path | None:
        """The file of tests that the claims are held to, if the scenario names one."""
        return self._parts.claim_tests

    @property
    def odd(self) -> Path | None:
        """The file of what the ODD document says of this case alone, if there is one."""
        return self._parts.odd

    @property
    def posterior(self) -> PosteriorDraws | None:
        """Draws of a posterior, if its file names some itself."""
        return self._parts.posterior

    def notes_on_posterior(self) -> list[str]:
        """What a check tells of draws."""
        keys = ("posterior",)
        if self.posterior is not None:
            doubt = self.posterior.doubt and f"; not to be trusted: {self.posterior.doubt}"
            return [f"posterior: {counted(len(self.posterior), 'draw')}, each a whole run{doubt}"]
        if self._document.get(keys) is None:
            return []
        of = self._document.origin(keys)
        return [f"posterior of {of}: not taken over, its draws are of that file's numbers"]

    def evidence_tables(self) -> dict[str, pd.DataFrame]:
        """Publishers' claims by kind (`strength`, `presence`), a row a claim, up to the cut."""
        return self.published.tables()

    @cached_property
    def published(self) -> Published:
        """What publishers say of it, read from its files of evidence."""
        files, focus = self._parts.evidence, self.focus
        since = min(map(self.there_from, self.file.evidence.of or self.focus_groups))
        return Published(files, self.file, self.dates, focus, since)

    @property
    def record(self) -> str:
        """The id of the policy that its file names, under which publishers saw the world."""
        return Path(self._document.data["policy"]).stem

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what a run can feel of the scenario and its default policy."""
        return digest_of(self.file, self.policy.digest)

    def __repr__(self) -> str:
        file = self.file
        changed = f", {len(self.overrides)} values overridden" if self.overrides else ""
        return (
            f"Scenario({self.id!r}: {self.title}; {len(file.groups)} groups in {len(file.places)} "
            f"places, {file.start} to {file.end}, policy {self.policy.id!r}{changed})"
        )

    def _repr_html_(self) -> str:
        file, fighters = self.file, "fighters at the start (medians)"
        rows = [
            (name, group.name, round(group.fighters.median), self.there_from(name))
            for name, group in file.groups.items()
        ]
        forces = ", ".join(force.name for force in file.forces.values())
        below = f"Forces: {forces or 'none'}. Quantities with a prior: {len(self.uncertainties)}."
        below += "".join(f" {path} = {as_text(value)}." for path, value in self.overrides.items())
        return titled_table(repr(self), ("id", "group", fighters, "there from"), rows, below)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __getstate__(self) -> dict[str, Any]:
        return {
            key: value for key, value in self.__dict__.items() if key not in ("outlines", "sources")
        }

    def with_overrides(self, overrides: Mapping[str, object]) -> Scenario:
        """The scenario with values set by dotted path; text is read as TOML where it can be.

        Raises Faults: an unknown path, a value that is not allowed there, a scenario that no
        longer fits together.
        """
        faults: list[Fault] = []
        found: dict[Keys, object] = {}
        for path, value in arguments.values_by_path(overrides, "with_overrides").items():
            keys = self._keys(path)
            if keys is None:
                faults.append(_unknown(path, self._paths))
            else:
                found[keys] = value_at(ScenarioFile, keys, value)
        if faults:
            raise Faults(faults)
        try:
            return self._with(found)
        except Faults as wrong:
            raise Faults(without_signs_of_a_file(wrong.faults), wrong.lead) from None

    def _with(self, found: Mapping[Keys, object]) -> Scenario:
        together = {**self.overrides, **{".".join(keys): found[keys] for keys in found}}
        if all(".".join(keys) in self.quantities for keys in found):
            return self._with_quantities(found, together)
        document = self._document.copy()
        for path, value in together.items():
            keys = self._keys(path)
            if keys is not None:
                document.put(keys, value, OVERRIDE)
        policy = None if ("policy",) in found else self.policy
        return self._build(self._document, together, document, policy)

    def _with_quantities(
        self, found: Mapping[Keys, object], together: dict[str, object]
    ) -> Scenario:
        file, quantities = self.file, dict(self.quantities)
        faults: list[Fault] = []
        said = Document(self._document.path, self._document.project, origins={(): OVERRIDE})
        for keys, value in found.items():
            path = ".".join(keys)
            try:
                quantities[path] = quantities[path].measure.read(value)
            except NO_QUANTITY as error:
                faults += faults_of_quantity(error, value, said, keys)
            file = replaced(file, keys, quantities[path])
        tried = _keys_of(together)
        check_scenario(file, self.names, said, faults, tried=tried, policy=self.policy.file)
        if faults:
            raise Faults(faults)
        beside = FixedTable(together)
        return replace(self, file=file, quantities=FixedTable(quantities), overrides=beside)

    @cached_property
    def _paths(self) -> dict[str, Keys]:
        return {".".join(keys): keys for keys, _ in walk(self.file)}

    def _keys(self, path: str) -> Keys | None:
        keys = self._paths.get(path)
        if keys is None and "." in path:  # part of a quantity: groups.a.pay.low
            table, key = path.rsplit(".", 1)
            outer = self._paths.get(table)
            stated = self._document.get(outer) if outer and table in self.quantities else None
            if outer and isinstance(stated, dict) and key in stated:
                return (*outer, key)
        return keys


def _keys_of(paths: Iterable[str]) -> frozenset[Keys]:
    return frozenset(tuple(path.split(".")) for path in paths)


def _unknown(path: str, known: Mapping[str, object]) -> Fault:
    if path.startswith((OF_POLICY, *IN_POLICY)):
        return Fault(OVERRIDE, path, "a value of a policy", where_written(path))
    return Fault(OVERRIDE, path, "an unknown key", None, nearest(path, known))
