"""The names that a scenario defines and that its other tables, and policies, refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ebbtide.scenario.faults import nearest
from ebbtide.scenario.fixed_table import FixedTable
from ebbtide.scenario.schema.places import Place


@dataclass(frozen=True, slots=True)
class Names:
    """Ids as written, also of entries that have faults of their own."""

    places: frozenset[str]
    countries: frozenset[str]
    groups: frozenset[str]
    factions: frozenset[str]  # "group.faction"
    forces: frozenset[str]
    centres: frozenset[str]
    called: Mapping[str, Mapping[str, str]]  # by table, ids by the names that figures have of them

    @classmethod
    def of(cls, data: dict[str, Any]) -> Names:
        """The ids in a scenario as written, however wrong its tables may be."""
        groups = _tables(data, "groups")
        places = _tables(data, "places")
        countries = (_text(place, "country") for place in places.values())
        return cls(
            places=frozenset(places),
            countries=frozenset(country for country in countries if country),
            groups=frozenset(groups),
            factions=frozenset(
                f"{group}.{faction}"
                for group, table in groups.items()
                if isinstance(table, dict)
                for faction in _tables(table, "factions")
            ),
            forces=frozenset(_tables(data, "forces")),
            centres=frozenset(_tables(data, "centres")),
            called=FixedTable(
                {
                    kind: FixedTable(
                        {
                            called: name
                            for name, table in _tables(data, kind).items()
                            if (called := _text(table, "name"))
                        }
                    )
                    for kind in ("places", "groups", "forces", "centres")
                }
            ),
        )

    def meant(self, found: object, what: str, *others: str) -> str | None:
        """The name of a kind, or another, that is nearest to what was found; by display names too."""
        ids = dict(zip(others, others, strict=True))
        for each in what.split(" and "):
            ids |= self.called.get(each, {})
        ids |= {name: name for name in self.of_what(what)}
        near = nearest(found, ids)
        return None if near is None else ids[near]

    def of_what(self, what: str) -> frozenset[str]:
        """The names of what a field declares, such as `places and countries`."""
        return frozenset[str]().union(*(getattr(self, each) for each in what.split(" and ")))


def places_in(places: Mapping[str, Place], stated: Iterable[str]) -> list[str]:
    """The ids of the places that ids and countries name together, in the places' order."""
    named = set(stated)
    return [code for code, place in places.items() if code in named or place.country in named]


def _tables(data: dict[str, Any], key: str) -> dict[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _text(table: object, key: str) -> str | None:
    found = table.get(key) if isinstance(table, dict) else None
    return found if isinstance(found, str) else None
