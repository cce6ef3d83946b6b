"""Dotted names that TOML reads as tables in tables where they have no quotes."""

from __future__ import annotations

from ebbtide.scenario.document import Document
from ebbtide.scenario.faults import Fault, nearest
from ebbtide.scenario.quantity import STATED
from ebbtide.scenario.schema.events import BY_FACTION


def restate_dotted(document: Document, faults: list[Fault]) -> None:
    """Put `{ "a.b" = 0.4 }` where events have `{ a.b = 0.4 }`; that it wants quotes goes to `faults`."""
    events = document.data.get("events")
    for event in events if isinstance(events, dict) else ():
        for field in BY_FACTION:
            keys = ("events", event, field)
            found = document.get(keys)
            for group, table in [*found.items()] if isinstance(found, dict) else ():
                factions = document.get(("groups", group, "factions"))
                if not isinstance(table, dict) or any(
                    nearest(key, STATED) and key not in (factions or ()) for key in table
                ):
                    continue
                where = document.origin((*keys, group))
                del document.get(keys)[group]
                for faction, value in table.items():
                    name = f"{group}.{faction}"
                    allowed = f'the name in quotes: {field} = {{ "{name}" = ... }}'
                    key = ".".join((*keys, name))
                    faults.append(Fault(where, key, "a dotted name without quotes", allowed))
                    document.put((*keys, name), value, where)
