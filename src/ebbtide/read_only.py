"""Attributes of the model and its agents that are only read: to set them is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Never


class ReadOnly:
    """What a class says to do instead of setting an attribute, which would do nothing or break the run.

    An attribute that its object holds may be set once, when that is made; a property never. What is
    `stated_elsewhere` no object of the class holds: nothing would read it there.
    """

    instead_of_setting: ClassVar[Mapping[str, str]] = {}
    stated_elsewhere: ClassVar[Mapping[str, str]] = {}

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.instead_of_setting and self._is_made(name):
            self._cannot_set(name, f"is only read: {self.instead_of_setting[name]}")
        if name in self.stated_elsewhere:
            self._cannot_set(name, f"would do nothing: {self.stated_elsewhere[name]}")
        object.__setattr__(self, name, value)  # what Mesa's classes do too

    def __delattr__(self, name: str) -> None:
        if name in self.instead_of_setting:
            self._cannot_set(name, f"is only read: {self.instead_of_setting[name]}")
        object.__delattr__(self, name)

    def _cannot_set(self, name: str, why: str) -> Never:
        raise AttributeError(f"{type(self).__name__}.{name} {why}", name=name)

    def _is_made(self, name: str) -> bool:
        """Whether it is there already: held under its name, or under that of a property."""
        declared = getattr(type(self), name, None)
        if isinstance(declared, property) and declared.fset is None:
            return True
        held = self.__dict__.get(name, self.__dict__.get(f"_{name}"))
        return held is not None  # as which Mesa begins an agent's id
