"""What is worth knowing of the groups of a sound scenario: what they state and nothing comes of."""

from __future__ import annotations

from collections.abc import Iterator

from ebbtide.scenario.faults import listed
from ebbtide.scenario.schema.file import ScenarioFile


def notes_on_groups(file: ScenarioFile) -> Iterator[str]:
    """A line for each group that is never there, and for what groups state to no effect."""
    for name, group in file.groups.items():
        if not file.is_ever_there(name):
            yield f"groups.{name} has no fighters and no founding: it is never there"
        own = [faction.places is not None for faction in group.factions.values()]
        if group.places and own and all(own):
            yield f"groups.{name}.places: its factions state their own; they are its home alone"
    idle = [
        name
        for name, group in file.groups.items()
        if group.dynamics == "simple" and group.attacks.quantile(1.0) > 0
    ]
    if idle:
        yield f"`attacks` above 0 of groups of simple dynamics, which mount none: {listed(idle)}"
