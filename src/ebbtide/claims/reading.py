"""A scenario's file of claim tests, read whole and checked against the scenario."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from ebbtide.claims.arithmetic import Named
from ebbtide.claims.causes import ACTS, check_attribution, check_together, holds_already
from ebbtide.claims.claim_tests import ClaimTests, FigureTest, Other, RuleTest, SignTest
from ebbtide.claims.figures import HELD_BACK, Figure, areas_of, read_figure
from ebbtide.claims.kind import KindOfMeasure, Known, check_fields
from ebbtide.claims.measures import days_asked, every
from ebbtide.claims.words import DIFFERENCE, names_in
from ebbtide.scenario import Fault, Faults, Policy, Scenario, content, load_policy
from ebbtide.scenario.document import Document, Keys, read_document
from ebbtide.scenario.evidence_rows import ALL, AND, named_in
from ebbtide.scenario.faults import MISSING, listed, nearest
from ebbtide.scenario.idle_mechanisms import why_moves_nothing
from ebbtide.scenario.project import label
from ebbtide.scenario.schema.evidence import CLAIM_KINDS
from ebbtide.scenario.validation import validate
from ebbtide.world import codes
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES

NONE_OR_BOTH = "none or both of these"


@dataclass(frozen=True)
class CaseTests:
    """The claim tests of a scenario, with the figures and policies that they name, by test id."""

    scenario: Scenario
    path: Path
    file: ClaimTests
    figures: Mapping[str, Figure] = field(repr=False)
    policies: Mapping[str, Policy] = field(repr=False)  # by name as written

    @property
    def digest(self) -> str:
        """SHA-256 of what the file and the ledger say, and of the figures and policies they name.

        Of the null model too: the figures that its curve is fitted to; and how publishers see a world
        (`observation`), which measures draw from. The page follows the file's order, so that order counts.
        """
        from ebbtide.claims.carriers import carried
        from ebbtide.claims.null import COLUMNS

        strength = self.scenario.evidence_tables()["strength"] if self.file.null_model else None
        observation = self.scenario.file.observation
        said = [
            CLAIM_KINDS,
            self.file.model_dump(),
            {name: claim.model_dump() for name, claim in self.scenario.claims.items()},
            {name: carried(name, self.scenario) for name in self.scenario.claims},
            {name: asdict(figure) for name, figure in self.figures.items()},
            {name: policy.digest for name, policy in self.policies.items()},
            None if strength is None else strength[COLUMNS].to_csv(index=False),
            None if observation is None else content.digest_of(observation),
        ]
        text = json.dumps(said, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def policy(self, other: Other) -> Policy:
        """The policy of another world: its own, else the scenario's."""
        return self.policies[other.policy] if other.policy else self.scenario.policy


def read_tests(scenario: Scenario) -> CaseTests:
    """The tests that the scenario's claims are held to. Raises Faults, also if it names none."""
    path = scenario.claim_tests
    if path is None:
        allowed = "a file of claim tests, and `evidence.claims`, the ledger of claims"
        raise Faults([Fault(label(scenario.path), "evidence.claim_tests", MISSING, allowed)])
    document = read_document(path)
    faults: list[Fault] = []
    tests = _Reader(scenario, path, document, parsed(document), faults).read()
    if faults:
        raise Faults(faults)
    return tests


def parsed(document: Document) -> ClaimTests:
    """A file of claim tests as such, not held against its scenario. Raises Faults."""
    faults: list[Fault] = []
    file = validate(ClaimTests, document.data, document, faults)
    if file is None:
        raise Faults(faults)
    return file


@dataclass
class _Reader:
    scenario: Scenario
    path: Path
    document: Document
    file: ClaimTests
    faults: list[Fault]

    def read(self) -> CaseTests:
        known = self._known()
        for name, (first, last) in self.file.periods.items():
            keys = ("periods", name)
            for date in (first, last):
                known.check_date(date, keys)
            if last < first:
                self._say(keys, f"{first} to {last}", "the first day before the last", None)
        for name, measure in self.file.measure.items():
            measure.check(known, ("measure", name))
            self._check_end(name)
        known.check("claims", list(self.file.note), ("note",))
        policies: dict[str, Policy] = {}
        figures: dict[str, Figure] = {}
        for table, name, row in self.file.rows():
            keys = (table, name)
            check_fields(row, known, keys)
            for key in type(row).model_fields:
                if isinstance(measure := getattr(row, key), KindOfMeasure):
                    measure.check(known, (*keys, key))
            if isinstance(row, Other):
                self._check_other(row, keys, policies)
            if isinstance(row, RuleTest):
                self._check_reach(row, keys)
            if isinstance(row, SignTest):
                self._check_sign(row, known, keys)
            if isinstance(row, FigureTest) and (found := self._figure(row, known, keys)):
                figures[name] = found
        for name, breakdown in self.file.breakdown.items():
            check_fields(breakdown, known, ("breakdown", name))
            for number, part in enumerate(breakdown.part):
                part.measure.check(known, ("breakdown", name, "part", str(number), "measure"))
        self._check_null()
        check_attribution(self.scenario, self.file, known, self._said_at)
        if not self.faults:
            check_together(self.scenario, self.file, known, self._said_at)
        return CaseTests(self.scenario, self.path, self.file, figures, policies)

    def _say(self, keys: Keys, found: str, allowed: str | None, near: str | None) -> None:
        self.faults.append(Fault(self.document.origin(keys), ".".join(keys), found, allowed, near))

    def _known(self) -> Known:
        scenario, acts = self.scenario, self.scenario.policy.file.acts
        names = {
            "claims": list(scenario.claims),
            "groups": list(scenario.file.groups),
            "places and countries": [
                *sorted(scenario.names.countries), *scenario.file.places
            ],
            "forces": list(scenario.file.forces),
            "centres": list(scenario.file.centres),
            "outcomes by group": list(OUTCOMES),
            "outcomes by place": list(PLACE_OUTCOMES),
            "outcomes by force": list(FORCE_OUTCOMES),
            "periods": list(self.file.periods),
            "measures": list(self.file.measure),
            "ways of joining": [kind.called for kind in codes.Kind],
            "figures": list(self.file.figure),
            ACTS: list(dict.fromkeys([*acts, *(act.kind for act in acts.values())])),
        }  # fmt: skip
        return Known(names, scenario, self._say)

    def _check_end(self, name: str, seen: tuple[str, ...] = ()) -> None:
        """Tell a measure that is made of itself."""
        for part in every([self.file.measure[name]]):
            if isinstance(part, Named) and part.name in self.file.measure:
                chain = (*seen, name)
                if part.name in chain:
                    self._say(("measure", chain[0]), f"itself, by {' -> '.join(chain)}", None, None)
                    return
                self._check_end(part.name, chain)

    def _check_other(self, row: Other, keys: Keys, policies: dict[str, Policy]) -> None:
        if isinstance(row, RuleTest) and not row.differs:
            self._say(keys, "no policy and nothing switched off", "`policy` or `without`", None)
        if row.policy and row.policy not in policies:
            beside = self.path.parent / row.policy
            with self._said_at((*keys, "policy")):
                policies[row.policy] = load_policy(
                    beside if beside.is_file() else row.policy, self.scenario
                )
        if row.policy in policies and policies[row.policy] == self.scenario.policy:
            found, allowed = "the scenario's own policy", "another policy"
            self._say((*keys, "policy"), found, allowed, None)
        if row.without:
            with self._said_at((*keys, "without")):
                if self.scenario.with_overrides(row.without) == self.scenario:
                    self._say((*keys, "without"), *holds_already(row.without, self.scenario), None)
                idle = [why_moves_nothing(path, self.scenario.file) for path in row.without]
                if all(idle):
                    found = f"what moves nothing: {' and '.join(map(str, dict.fromkeys(idle)))}"
                    allowed = "a mechanism that finds something to work on"
                    self._say((*keys, "without"), found, allowed, None)

    def _check_reach(self, row: RuleTest, keys: Keys) -> None:
        """Tell days that come after the run's last."""
        scenario, file = self.scenario, self.file
        until = row.until or scenario.file.cut or scenario.file.end
        last = scenario.dates[min(scenario.week_of(until), scenario.weeks)]
        asked = days_asked(row.measure, file.measure, file.periods) if not self.faults else set()
        for day in sorted(asked):
            if day > last:
                self._say((*keys, "measure"), f"{day}", f"days up to {last}, the run's last", None)

    def _check_sign(self, row: SignTest, known: Known, keys: Keys) -> None:
        paired = row.measure is not None and row.sign is not None and row.differs
        alone = row.measure is None and row.sign is None and not row.differs
        if not (paired if row.holds is None else alone):
            allowed = "`holds`; or `measure`, `sign` and another world: `policy` or `without`"
            self._say(keys, "neither or both of these", allowed, None)
        if row.holds is not None:
            known.check("measures", names_in(row.note), (*keys, "note"))
        elif others := [name for name in names_in(row.note) if name != DIFFERENCE]:
            self._say((*keys, "note"), f'"{others[0]}"', DIFFERENCE, None)

    @contextlib.contextmanager
    def _said_at(self, keys: Keys) -> Iterator[None]:
        """Faults of what a key leads to are said of that key."""
        try:
            yield
        except Faults as found:
            file, key = self.document.origin(keys), ".".join(keys)
            self.faults += [
                replace(fault, file=file, key=f"{key} ({fault.key})" if fault.key else key)
                for fault in found.faults
            ]

    def _figure(self, row: FigureTest, known: Known, keys: Keys) -> Figure | None:
        if (row.evidence is None) == (row.interval is None):
            self._say(keys, NONE_OR_BOTH, "`evidence` or `interval`", None)
        stated = (row.null is not None) + (row.in_proportion_to is not None)
        if stated != 1 and (stated or self.file.null_model is not None):
            self._say(keys, NONE_OR_BOTH, "`null` or `in_proportion_to`", None)
        if row.held_back and row.evidence is not None:
            allowed = "the column `held_back` of the file of evidence, which says so"
            self._say((*keys, HELD_BACK), "`held_back` beside `evidence`", allowed, None)
        if row.in_proportion_to is not None:
            self._check_proportion(row, keys)
        known.check("measures", names_in(row.words), (*keys, "words"))
        if row.interval is not None:
            low, high = row.interval
            if low > high:
                self._say((*keys, "interval"), f"{low:g} to {high:g}", "the lower end first", None)
            told = Figure(*row.interval, held_back=row.held_back)
            self._check_held_back(told, row, keys)
            return told
        if row.evidence is None:
            return None
        keys = (*keys, "evidence")
        with self._said_at((*keys, "file")):
            file = self.document.project.path(
                row.evidence.file, self.path.parent.resolve(), self.document.origin(keys), "file"
            )
            figure = read_figure(row.evidence, file, known, keys)
            if figure is not None:
                self._check_area(row, file, keys)
                self._check_held_back(figure, row, keys[:-1])
            return figure
        return None

    def _check_held_back(self, figure: Figure, row: FigureTest, keys: Keys) -> None:
        if figure.held_back and row.looked_at:
            self._say((*keys, "looked_at"), f'"{row.looked_at}"', "none of what is held back", None)

    def _check_area(self, row: FigureTest, file: Path, keys: Keys) -> None:
        """Tell a measure of other places than the publisher speaks of, where his area is of names here."""
        measure, scenario = row.measure, self.scenario
        while isinstance(measure, Named) and measure.name in self.file.measure:
            measure = self.file.measure[measure.name]
        if row.evidence is None or not hasattr(measure, "places"):
            return
        known = scenario.names.of_what("places and countries")
        measured = scenario.published.places(AND.join(measure.places or ()))
        areas = areas_of(row.evidence, file)
        if len(areas) > 1 and any(scenario.published.places(area) == measured for area in areas):
            found = (
                f"rows of several areas: {listed(area or ALL for area in areas)}, in {file.name}"
            )
            self._say((*keys, "where"), found, "rows of one: say `area` too", None)
            return
        for area in areas:
            said = scenario.published.places(area)
            if known.issuperset(named_in(area)) and said != measured:
                found = f"a measure of {listed(measured) if measured else 'all places'}"
                allowed = f"the places that the evidence is of: {area or ALL}"
                self._say((*keys[:-1], "measure"), found, allowed, None)

    def _check_proportion(self, row: FigureTest, keys: Keys) -> None:
        if self.file.null_model is None:
            self._say(
                ("null_model",), MISSING, "its publisher: tests are in proportion to it", None
            )
        fitted = self.file.figure.get(row.in_proportion_to or "")
        for name, test in ((keys[1], row), (row.in_proportion_to, fitted)):
            if test is not None and (test.date is None) == (test.period is None):
                at = ("figure", str(name))
                self._say(at, NONE_OR_BOTH, "`date` or `period`, to read the curve", None)

    def _check_null(self) -> None:
        stated = self.file.null_model
        if stated is None:
            return
        strength = self.scenario.evidence_tables().get("strength")
        if strength is None:
            self._say(("null_model",), "no figures of strength", "`evidence.strength`", None)
            return
        for key in ("publisher", "counts"):
            known = list(strength[key].dropna().unique())
            if (found := getattr(stated, key)) not in known:
                near = nearest(found, known)
                self._say(("null_model", key), f'"{found}"', listed(known, 20), near)
