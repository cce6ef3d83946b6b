"""What is worth knowing of events of a sound scenario: those that change nothing, or come too late to."""

from __future__ import annotations

from collections.abc import Iterator

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.events import AllianceChange, Founding, Pledge
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.weeks import as_they_come, week_felt, weeks_between


def notes_on_events(file: ScenarioFile) -> Iterator[CheckNote]:
    """Pledges that nobody follows, alliances that go on as they were, and events of the last week."""
    last = weeks_between(file.start, file.end)
    for name, event in file.events.items():
        of = (f"events.{name}",)
        if isinstance(event, Pledge) and all(
            each.quantile(1.0) == 0 for each in (event.share, event.brand)
        ):
            yield CheckNote("{}: nobody follows it and it adds no brand: it moves nothing", of)
        if not isinstance(event, Founding) and week_felt(file.start, event.date) >= last > 1:
            said = f"{{}} of {event.date} is in the last week: next to nothing comes of it"
            yield CheckNote(said, of, idle=False)
    yield from _same_alliances(file)


def _same_alliances(file: ScenarioFile) -> Iterator[CheckNote]:
    """Changes after which an ally sends what it sent before."""
    stands: dict[tuple[str, str], Quantity] = {}
    for name, event in as_they_come(file, AllianceChange):
        before = stands.get((event.group, event.ally))
        stands[event.group, event.ally] = event.holds
        held = (
            1.0 if before is None else None if before.uncertain else before.median
        )  # a tie holds whole at first
        if not event.holds.uncertain and event.holds.median == held:
            said = (
                f"{{}}: {event.ally} holds to {event.group} at {held:g} by then: it changes nothing"
            )
            yield CheckNote(said, (f"events.{name}",))
