"""Tables of what has been read and checked: to edit one would change a part of what follows from it."""

from __future__ import annotations

from typing import Any, Never

from pydantic import BaseModel


class FixedTable[Key, Value](dict[Key, Value]):
    """A dict that stays as it is made; what is made of it (`|`, `copy`) is a plain one."""

    def _refuse(self, *_: Any, **__: Any) -> Never:
        """Raise TypeError."""
        raise TypeError(
            "what has been read of a scenario or policy is not edited: "
            "another is made by with_overrides({PATH: VALUE})"
        )

    __setitem__ = __delitem__ = __ior__ = _refuse
    pop = popitem = clear = update = setdefault = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return FixedTable, (dict(self),)


def fix_tables(model: BaseModel) -> None:
    """Have a frozen model hold its tables, and those within them, as fixed ones."""
    held = vars(model)
    for name, value in held.items():
        if isinstance(value, dict):
            held[name] = fixed(value)


def fixed(table: dict[Any, Any]) -> FixedTable[Any, Any]:
    """A table fixed, with those within it."""
    if isinstance(table, FixedTable):
        return table
    return FixedTable(
        {key: fixed(value) if isinstance(value, dict) else value for key, value in table.items()}
    )


def fixed_json(value: Any) -> Any:
    """What JSON holds, fixed through and through: its tables fixed ones, its lists tuples."""
    if isinstance(value, dict):
        return FixedTable({key: fixed_json(each) for key, each in value.items()})
    return tuple(map(fixed_json, value)) if isinstance(value, list) else value
