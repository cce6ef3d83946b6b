"""What is worth knowing of rows of evidence that no run can give, by who and what its scenario has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.deployments import operates_in, under
from ebbtide.scenario.evidence_files import EvidenceFile
from ebbtide.scenario.evidence_notes import Told, interval_of
from ebbtide.scenario.faults import listed
from ebbtide.scenario.part_notes import notes_on_counts_of_a_day
from ebbtide.scenario.schema.evidence import (
    CIVILIANS_HARMED,
    HELD,
    KILLED,
    PERCENT,
    STATE_KILLED,
    telling_apart,
)
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.source_notes import notes_on_sources
from ebbtide.scenario.weeks import week_felt

if TYPE_CHECKING:
    from ebbtide.scenario.scenario import Scenario

NOT_OF_SIMPLE = {  # what groups of simple dynamics never do
    HELD: "which holds no ground",
    CIVILIANS_HARMED: "which mounts no attacks",
}


def notes_beyond_the_model(scenario: Scenario) -> Iterator[str]:
    """A line for sources and parts, shares of origin that cannot be, and what is 0 in every run."""
    published = scenario.published
    file = under(scenario.policy.file, scenario.file)
    yield from notes_on_sources(published.files)
    for rows in published.files.values():
        yield from notes_on_counts_of_a_day(
            rows, lambda row: published.places(row["area"]) or list(file.places)
        )
        yield from _of_origin(rows, published.of, file)
        yield from _all_held_back(rows)
        for row in rows.rows:
            places = published.places(row["area"]) or list(file.places)
            yield from _of_no_force(rows, row, places, file)
            yield from _of_simple_groups(rows, row, published.of, file)


def _all_held_back(rows: EvidenceFile) -> Iterator[str]:
    """A file of which nothing is left for a posterior."""
    if len(rows.rows) > 1 and all(row["held_back"] for row in rows.rows):
        yield f"{rows.name}: all {len(rows.rows)} rows are held back: no posterior is fitted to any"


def _of_origin(rows: EvidenceFile, of: Any, file: ScenarioFile) -> Iterator[str]:
    """Shares of former members of those it speaks of, of nobody yet, and above all men together."""
    shares: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    apart = telling_apart("strength", "counts")
    for row in rows.rows:
        counts = str(row.get("counts", ""))
        if not counts.startswith(PERCENT):
            continue
        former = counts.removeprefix(PERCENT)
        said = _said(rows, row)
        shares[tuple(row[key] for key in apart)].append(row)
        if former in of:
            yield f"{said} is of its own former members: nobody comes to {former} from {former}"
        elif former in file.foundings and row["date"] < (
            founded := file.events[file.foundings[former]].date
        ):
            yield f"{said}, when {former} is not founded yet (on {founded}): it is 0 in every run"
    for together in shares.values():
        least = sum(row["low"] for row in together)
        if len(together) > 1 and least > 100:
            said = f"{rows.at(*together)}: {together[0]['publisher']}, {together[0]['date']}"
            words = listed(dict.fromkeys(row["counts"] for row in together))
            yield f"{said}: shares ({words}) of {least:g}% at the least in all: more than the whole"


def _of_no_force(
    rows: EvidenceFile, row: Mapping[str, Any], places: list[str], file: ScenarioFile
) -> Iterator[str]:
    """Dead by forces, or of them, where and when no force of the state's operates."""
    counts = row.get("counts")
    if counts not in (KILLED, STATE_KILLED) or row["high"] == 0:
        return
    if None in (row["first"], row["last"]) or row["last"] < row["first"]:
        return
    weeks = range(week_felt(file.start, row["first"]), week_felt(file.start, row["last"]) + 1)
    there = [
        name
        for name, force in file.forces.items()
        if not (counts == STATE_KILLED and force.local)
        if operates_in(file, name, weeks) & {*places}
    ]
    if not there:
        where = f"in {row['area']} " if row["area"] else ""
        yield (
            f"{_said(rows, row)}: no force operates {where}from {row['first']} to {row['last']}: it "
            "is 0 in every run"
        )


def _of_simple_groups(
    rows: EvidenceFile, row: Mapping[str, Any], of: Any, file: ScenarioFile
) -> Iterator[str]:
    """What is said of groups of simple dynamics alone, and such groups never do."""
    if row["high"] == 0 or any(file.groups[group].dynamics != "simple" for group in of):
        return
    words = row.get("measure") or row.get("counts") or ""
    for word, why in NOT_OF_SIMPLE.items():
        if (word in words) if "measure" in row else word == words:
            yield (
                f"{_said(rows, row)} is of {listed(of)}, of simple dynamics, {why}: it is 0 in every run"
            )


def _said(rows: EvidenceFile, row: Mapping[str, Any]) -> str:
    day = row["date"] if "first" not in row else f"{row['first']} to {row['last']}"
    words = row.get("counts") or row.get("measure")
    return f"{rows.at(row)}: {row['publisher']}, {day}: {interval_of(row)} ({words})"
