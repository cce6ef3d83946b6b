"""Attributes of the model and its agents that are only read: to set them is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class ReadOnly:
    """What a class says to do instead of setting an attribute, which would do nothing or break the run.

    An attribute that its object holds may be set once, when that is made; a property never.
    """

    instead_of_setting: ClassVar[Mapping[str, str]] = {}

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.instead_of_setting and self._is_made(name):
            said = f"{type(self).__name__}.{name} is only read: {self.instead_of_setting[name]}"
            raise AttributeError(said, name=name)
        object.__setattr__(self, name, value)  # what Mesa's classes do too

    def _is_made(self, name: str) -> bool:
        """Whether it is there already: held under its name, or under that of a property."""
        declared = getattr(type(self), name, None)
        without_setter = isinstance(declared, property) and declared.fset is None
        return without_setter or name in self.__dict__ or f"_{name}" in self.__dict__
