"""Groups, forces, centres or places that are called the same, so that no figure tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.faults import plainly
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.groups import Centre, Group
from ebbtide.scenario.schema.places import Place


def notes_on_names(file: ScenarioFile) -> Iterator[CheckNote]:
    """Groups, forces, centres or places of one display name: figures cannot tell them apart."""
    tables: dict[str, Mapping[str, Group | Force | Centre | Place]] = {
        "groups": file.groups, "forces": file.forces, "centres": file.centres, "places": file.places,
    }  # fmt: skip
    for table, each in tables.items():
        called: dict[str, list[str]] = {}
        for identifier, entry in each.items():
            called.setdefault(plainly(entry.name) or entry.name, []).append(identifier)
        for those in called.values():
            if len(those) > 1:
                of = tuple(f"{table}.{identifier}.name" for identifier in those)
                said = f"{{}} are one: {each[those[0]].name}; figures and tables cannot tell them apart"
                yield CheckNote(said, of, idle=False)
