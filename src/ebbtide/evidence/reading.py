"""A scenario's files of evidence as statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ebbtide.evidence.casualties import Casualties
from ebbtide.evidence.ground import DistrictsHeld
from ebbtide.evidence.killed import Killed
from ebbtide.evidence.killed_part import KilledPart
from ebbtide.evidence.losses import Losses
from ebbtide.evidence.origin import Origin
from ebbtide.evidence.presence import Presence
from ebbtide.evidence.statement import Statement, StatementOfPeriod
from ebbtide.evidence.strength import Strength
from ebbtide.evidence.unknown import SharedUnknown
from ebbtide.scenario.evidence_rows import days_meant, word_measured
from ebbtide.scenario.faults import Fault, Faults
from ebbtide.scenario.schema.evidence import (
    CIVILIANS_HARMED,
    COUNTED,
    HELD,
    KILLED,
    OF_ONE_COUNT,
    PERCENT,
    PRESENCE,
    STATE_KILLED,
)
from ebbtide.scenario.schema.observation import Magnitudes

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario
    from ebbtide.scenario.schema.observation import Observation

Row = Mapping[str, Any]
OF_A_ROW = {each.name for each in fields(StatementOfPeriod)}  # where a row has a column called so
UNSEEN = "rules.territory.unseen"  # the quantity whose range says how few affiliates are reported


def read_statements(scenario: Scenario) -> list[Statement]:
    """All that publishers say of the scenario's focus up to its cut, as statements.

    Raises Faults where nothing says how publishers err.
    """
    if scenario.file.observation is None:
        allowed = "a table [observation], as in parameters.toml, which `extends` brings"
        raise Faults([Fault(str(scenario.path.name), "observation", "no such table", allowed)])
    read = _EvidenceReader(scenario, scenario.file.observation)
    return [each for kind in scenario.published.files for each in read.of(kind)]


@dataclass(frozen=True)
class _EvidenceReader:
    scenario: Scenario
    numbers: Observation

    def of(self, kind: str) -> Iterator[Statement]:
        """The statements of one file."""
        rows = self.scenario.published.used(kind)
        read = {"strength": self._strength, "presence": self._presence, "violence": self._violence}
        for row in rows:
            found = read[kind](row, rows)
            if found is not None:
                yield found

    def _places(self, area: object) -> tuple[str, ...]:
        return tuple(self.scenario.published.places(area) or self.scenario.file.places)

    def _of_all(self, row: Row, what: str, unknown: SharedUnknown) -> dict[str, Any]:
        """What every statement has of its row, and the first day of a period."""
        area = self.scenario.published.words(row["area"])
        when = f"{row['date']}" if "first" not in row else f"{row['first']} to {row['last']}"
        words = f"{what}{f' in {area}' if area else ''}, {when}"
        return {key: row[key] for key in OF_A_ROW & row.keys()} | {
            "name": f"{row['publisher']}: {words}",
            "words": words,
            "known": row["date"],
            "last": row.get("last") or row["date"],
            "unknown": unknown,
        }

    def _shared(self, what: str, row: Row) -> str:
        return f"{what} of {row.get('dependence') or row['publisher']}"

    def _strength(self, row: Row, _: Sequence[Row]) -> Statement:
        places, counts = self._places(row["area"]), row["counts"]
        if counts.startswith(PERCENT):
            return self._origin(row, counts.removeprefix(PERCENT), places)
        outcome = COUNTED[counts]
        either_way = dt.timedelta(days=days_meant(row))
        bias = SharedUnknown.bias(self._shared("bias", row), self.numbers.publisher_bias.value)
        said = self._of_all(row, outcome, bias)
        first, last = self._within(row["date"] - either_way, row["date"] + either_way)
        return Strength(
            **said | {"last": last}, outcome=outcome, places=places, first=first,
            count_error=self.numbers.count_error.value,
        )  # fmt: skip

    def _within(self, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
        """Days of the run, and from the group's first one on."""
        start, _ = self.scenario.published.days
        return max(first, start), min(last, self.scenario.dates[-1])

    def _origin(self, row: Row, former: str, places: tuple[str, ...]) -> Statement:
        unknown = SharedUnknown.none(self._shared(f"share of {former}", row))
        name = self.scenario.file.groups[former].name
        said = self._of_all(row, f"% of its fighters who came from {name}", unknown)
        error = self.numbers.share_error.value
        return Origin(**said, former=former, places=places, share_error=error)

    def _presence(self, row: Row, _: Sequence[Row]) -> Statement:
        read = {HELD: self._held, PRESENCE: self._reported}
        return read[word_measured(row)](row)

    def _held(self, row: Row) -> Statement:
        said = self._of_all(row, "districts held", SharedUnknown.none(self._shared("ground", row)))
        places, error = self._places(row["area"]), self.numbers.district_error.value
        return DistrictsHeld(**said, places=places, district_error=error)

    def _reported(self, row: Row) -> Statement:
        within = self.scenario.quantities[UNSEEN]
        unseen = Magnitudes(
            low=within.quantile(0.0), high=within.quantile(1.0) * (1 + 1e-9),
            unit=within.unit, source=within.stated.source or "",
        )  # fmt: skip
        unknown = SharedUnknown.none(self._shared("presence", row))
        return Presence(
            **self._of_all(row, "places where it is reported", unknown),
            places=self._places(row["area"]),
            unseen=SharedUnknown.magnitude("unseen", unseen, nodes=15),
            false_reports=SharedUnknown.magnitude("false reports", self.numbers.false_reports, nodes=9),
        )  # fmt: skip

    def _violence(self, row: Row, rows: Sequence[Row]) -> Statement | None:
        read = {
            KILLED: self._killed,
            STATE_KILLED: self._losses,
            CIVILIANS_HARMED: self._casualties,
        }
        of_word = read.get(row["counts"])
        return of_word and of_word(row, rows)

    def _killed(self, row: Row, rows: Sequence[Row]) -> Statement:
        numbers, places = self.numbers, self._places(row["area"])
        whole = self._wider(row, rows)
        if whole is not None:
            unknown = SharedUnknown.none(self._shared("places of the killed", row))
            return KilledPart(
                **self._of_all(row, "of its men killed by state forces, those", unknown),
                places=self._places(whole["area"]), part=places,
                whole=round((whole["low"] + whole["high"]) / 2),
                killed_a_clash=numbers.killed_a_clash.value,
            )  # fmt: skip
        unknown = SharedUnknown.magnitude(self._shared("over-claim", row), numbers.over_claim)
        said = self._of_all(row, "its men killed by state forces", unknown)
        return Killed(**said, places=places, killed_error=numbers.killed_error.value)

    def _losses(self, row: Row, _: Sequence[Row]) -> Statement:
        numbers = self.numbers
        unknown = SharedUnknown.magnitude(self._shared("losses told", row), numbers.losses_told)
        said = self._of_all(row, "members of state forces killed by it", unknown)
        forces = self._forces(self._places(row["area"]))
        return Losses(**said, forces=forces, losses_error=numbers.losses_error.value)

    def _casualties(self, row: Row, _: Sequence[Row]) -> Statement:
        numbers, shared = self.numbers, self._shared("bias in casualties", row)
        unknown = SharedUnknown.bias(shared, numbers.casualty_bias.value)
        said = self._of_all(row, "civilians harmed by it", unknown)
        places, error = self._places(row["area"]), numbers.casualty_error.value
        return Casualties(**said, places=places, casualty_error=error)

    def _wider(self, row: Row, rows: Sequence[Row]) -> Row | None:
        """The row that counts the same, of the same publisher and days, in an area around this one's."""
        inside = set(self._places(row["area"]))
        return next(
            (
                other
                for other in rows
                if all(other[key] == row[key] for key in OF_ONE_COUNT)
                and inside < set(self._places(other["area"]))
            ),
            None,
        )

    def _forces(self, places: Sequence[str]) -> tuple[str, ...]:
        """The state's forces that stand in any of these places; where they lose men nothing tells.

        Armed locals are no side of the state's in what is counted of it.
        """
        inside = set(places)
        return tuple(
            name
            for name, force in self.scenario.file.forces.items()
            if not force.local and inside.intersection(self.scenario.places_in(force.places))
        )
