"""What is worth knowing of publishers over all files of evidence: one that is taken for two sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from ebbtide.scenario.evidence_files import EvidenceFile
from ebbtide.scenario.faults import are_alike, listed, shown


def notes_on_sources(files: Mapping[str, EvidenceFile]) -> Iterator[str]:
    """A line for a publisher under two dependences in one file, and for dependences nearly the same.

    Rows share an error where they have one `dependence`, or without one where they have one publisher.
    """
    of_rows = [file for file in files.values() if any("dependence" in row for row in file.rows)]
    for file in of_rows:
        for publisher in dict.fromkeys(row["publisher"] for row in file.rows):
            rows = [row for row in file.rows if row["publisher"] == publisher]
            under = dict.fromkeys(row["dependence"] for row in rows)
            if publisher and len(under) > 1:
                words = listed("none" if word is None else shown(word) for word in under)
                yield (
                    f"{file.at(*rows)}: {publisher} stands under several dependences, {words}: its rows "
                    "are taken for those of several sources, whose errors are apart"
                )
    named = dict.fromkeys(
        row["dependence"] for file in of_rows for row in file.rows if row["dependence"]
    )
    alike = [
        f"{shown(one)} and {shown(other)}"
        for one, other in combinations(named, 2)
        if are_alike(one, other)
    ]
    if alike:
        names = ", ".join(file.name for file in of_rows)
        yield f"{names}: dependences called nearly the same, {listed(alike)}: are they one source?"
