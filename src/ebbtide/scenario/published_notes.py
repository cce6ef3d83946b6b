"""What a check tells of what publishers say: what is set beside nothing, and what cannot be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

from ebbtide.scenario.casualty_notes import notes_on_casualties
from ebbtide.scenario.evidence_files import EvidenceFile
from ebbtide.scenario.evidence_notes import notes_on_rows
from ebbtide.scenario.evidence_rows import word_measured
from ebbtide.scenario.faults import listed
from ebbtide.scenario.names import places_in
from ebbtide.scenario.part_notes import notes_on_parts
from ebbtide.scenario.published import Published, Unused
from ebbtide.scenario.schema.evidence import (
    COUNTED,
    DEATHS,
    HELD,
    OF_PERIOD,
    PERCENT,
    PRESENCE,
    STATE_KILLED,
)


def notes_on_published(published: Published) -> Iterator[str]:
    """A line for rows that are set beside nothing, and why, and for what cannot be."""
    yield from _notes_on_all(published)
    for kind, file in published.files.items():
        yield from _not_used(published, file)
        yield from _too_many(published, file)
        yield from notes_on_rows(file)
        yield from notes_on_parts(
            file, lambda row: published.places(row["area"]) or list(published.scenario.places)
        )
        if kind == "violence":
            yield from notes_on_casualties(file, *_men(published))
            yield from _of_parts_of_forces(published, file)
        yield from _not_drawn(published, kind, file)


def _notes_on_all(published: Published) -> Iterator[str]:
    """What holds of all files together."""
    focus = " and ".join(published.focus.split("+"))
    if published.files and not published.of_focus:
        of = " and ".join(published.of)
        yield f"evidence is of {of}, tables and plots are of {focus} (`focus`): set beside nothing"
    rows = [row for kind in published.files for row in published.used(kind)]
    every = [row for file in published.files.values() for row in file.rows]
    if every and not rows:
        until = "the cut" if published.scenario.cut else "the last week"
        days = f"from {published.days[0]} to {until}, {published.days[1]}"
        said = f"{min(row['date'] for row in every)} to {max(row['date'] for row in every)}"
        yield f"no row of evidence is of a day that is used, {days}: they are of {said}"
    if rows and all(row["held_back"] for row in rows):
        yield "all rows of evidence are held back: no posterior can be fitted to any"


def _not_used(published: Published, file: EvidenceFile) -> Iterator[str]:
    """Rows of days that are not used, by the reason."""
    unused: dict[Unused, list[Mapping[str, Any]]] = {}
    for row in file.rows:
        if (why := published.unused(row)) is not None:
            unused.setdefault(why, []).append(row)
    for why, of_it in unused.items():
        used = "is not used" if len(of_it) == 1 else "are not used"
        yield f"{file.at(*of_it)}: {why.of(len(of_it))}, and {used}"
    if not file.rows:
        yield f"{file.name}: no row below its header: nothing is set beside the model"


def _too_many(published: Published, file: EvidenceFile) -> Iterator[str]:
    """What counts more than there is where it counts."""
    for row in file.rows:
        there = _at_most(published, row)
        if there is not None and row["high"] > there[0]:
            said = row.get("counts") or row.get("measure")
            found = f"{row['publisher']}, {row['date']}: {row['high']:g} ({said})"
            yield f"{file.at(row)}: {found} is more than {there[0]:g}, {there[1]}"


def _at_most(published: Published, row: Mapping[str, Any]) -> tuple[float, str] | None:
    """What a row may count at most, and what that is; None where nothing bounds it."""
    if str(row.get("counts", "")).startswith(PERCENT):
        return 100, "the whole"
    if "measure" not in row:
        return None
    every = published.scenario.places
    places = published.places(row["area"]) or list(every)
    where = published.words(row["area"]) or "the scenario"
    districts = math.fsum(every[place].districts.quantile(1.0) for place in places)
    return {
        PRESENCE: (len(places), f"the places of {where}"),
        HELD: (districts, f"the districts of {where}"),
    }[word_measured(row)]


def _of_parts_of_forces(published: Published, file: EvidenceFile) -> Iterator[str]:
    """Losses told of an area beyond which the forces stand too: where these lose men nothing tells."""
    every = published.scenario.places
    beyond: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in file.rows:
        inside = set(published.places(row["area"]) or every)
        for name, force in published.scenario.forces.items():
            stands = set(places_in(every, force.places))
            told = row["counts"] == STATE_KILLED and not force.local
            if told and stands & inside and stands - inside:
                beyond.setdefault((name, published.words(row["area"])), []).append(row)
    for (name, where), rows in beyond.items():
        yield (
            f"{file.at(*rows)}: losses in {where}; those of {name} count wherever it stands, also beyond: "
            "a run's losses have no place"
        )


def _men(published: Published) -> tuple[float | None, str]:
    """About how many men they speak of, and who says so; None where nothing tells."""
    if (file := published.files.get("strength")) is not None:
        counts = [row for row in file.rows if row["counts"] in COUNTED and row["high"] > 0]
        if counts:
            return median(row["high"] for row in counts), f"{file.name}, in the median"
    men = sum(published.scenario.groups[group].fighters.median for group in published.of)
    return men or None, "at the start"


def _not_drawn(published: Published, kind: str, file: EvidenceFile) -> Iterator[str]:
    """What tables and plots of runs leave out of the rows that are used."""
    used = published.used(kind)
    beside_nothing = [row for row in used if row.get("counts") == DEATHS]
    if len(beside_nothing) < len(used) and kind == "violence":
        yield (
            f"{file.name}: held against runs by `prior`, `claims` and `calibrate`; no table or plot "
            "of a run has it"
        )
    elif beside_nothing:
        counted = listed(word for word in OF_PERIOD if word != DEATHS)
        yield (
            f"{file.name}: no run is held against it, since deaths of all sides (`{DEATHS}`) stand "
            f"beside nothing; what is: {counted}"
        )
    reports = sum("measure" in row and word_measured(row) == PRESENCE for row in used)
    if reports and len(published.focus.split("+")) > 1:
        rows = "1 row" if reports == 1 else f"{reports} rows"
        yield (
            f"{file.name}: {rows} of places with any {PRESENCE}, which do not add up over the groups "
            "of `focus`: in no table or plot"
        )
