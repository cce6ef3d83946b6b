"""The week with rules of a user's own in the place of the model's.

Each compiled function that reads such a rule, at whatever depth, is built again from its own source,
with the user's function under the rule's name; all others stay what they are, so that nothing else
is compiled anew, and a model with other rules stands beside one without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from types import FunctionType, ModuleType
from typing import Any

from numba.core.dispatcher import Dispatcher

from ebbtide.compilation.closure import closure_digest
from ebbtide.compilation.compiled import callable_from_compiled, compiled
from ebbtide.engine.phase import Phase
from ebbtide.engine.week import (
    FROM_INTAKE,
    UNTIL_INTAKE,
    is_compiled,
    week_from_intake,
    week_until_intake,
)
from ebbtide.rules import MECHANISMS

Rules = Mapping[str, Callable[..., Any]]  # by `mechanism.rule`


@dataclass(frozen=True, eq=False)
class LivedWeek:
    """The phases of a week in their two parts, and what each part is in machine code."""

    until_intake: tuple[Phase, ...]
    from_intake: tuple[Phase, ...]
    compiled_until_intake: Any
    compiled_from_intake: Any

    @property
    def parts(self) -> tuple[tuple[tuple[Phase, ...], Any], ...]:
        """Both parts, in their order: between them room is made for who enters."""
        return (
            (self.until_intake, self.compiled_until_intake),
            (self.from_intake, self.compiled_from_intake),
        )

    @property
    def phases(self) -> tuple[Phase, ...]:
        """All of them."""
        return self.until_intake + self.from_intake

    @cached_property
    def is_compiled(self) -> bool:
        """Whether machine code of the week is on disk already, or none is wanted."""
        return is_compiled((self.compiled_until_intake, self.compiled_from_intake))


USUAL = LivedWeek(UNTIL_INTAKE, FROM_INTAKE, week_until_intake, week_from_intake)


def week_with(rules: Rules) -> LivedWeek:
    """The week in which these functions stand in the place of rules; the usual one for none."""
    if not rules:
        return USUAL
    build = _Builder(rules)
    return LivedWeek(
        tuple(map(build.phase, UNTIL_INTAKE)),
        tuple(map(build.phase, FROM_INTAKE)),
        build.function(week_until_intake),
        build.function(week_from_intake),
    )


class _Builder:
    """Builds what reads an overridden rule again, each function once."""

    def __init__(self, rules: Rules) -> None:
        self._new: dict[int, Any] = {}  # by the id of the old function
        self._kept: list[Any] = []  # so that no id is of another
        said = [f"{name} {closure_digest(function)}" for name, function in sorted(rules.items())]
        self._mark = sha256("\0".join(said).encode()).hexdigest()[:16]
        for name, function in rules.items():
            mechanism, _, rule = name.partition(".")
            own = callable_from_compiled(self._built(function, function.__globals__))
            self._new[id(MECHANISMS[mechanism].rules[rule].function)] = own

    def phase(self, phase: Phase) -> Phase:
        """A phase with its functions built again, if need be."""
        return replace(
            phase,
            act=self.function(phase.act),
            all_at_once=phase.all_at_once and self.function(phase.all_at_once),
            only_if=phase.only_if and self.function(phase.only_if),
        )

    def function(self, function: Any) -> Any:
        """The function as it is, or built again where it reads an overridden rule."""
        if id(function) in self._new:
            return self._new[id(function)]
        is_ours = isinstance(function, FunctionType) and function.__module__.startswith("ebbtide.")
        if not (isinstance(function, Dispatcher) or is_ours):
            return function
        source = getattr(function, "py_func", function)
        changed = self._changed(source)
        built: Any = function
        if changed:
            names = {**source.__globals__, **changed}
            built = self._built(source, names)
            if isinstance(function, Dispatcher):
                built = compiled(built)
        self._new[id(function)] = built
        self._kept.append(function)
        return built

    def _built(self, source: Any, names: dict[str, Any]) -> FunctionType:
        """A function of the same source that reads these globals.

        Machine code is linked by names: what differs needs one of its own.
        """
        built = FunctionType(source.__code__, names, source.__name__, source.__defaults__)
        built.__qualname__ = f"{source.__name__}_{self._mark}"
        built.__module__ = source.__module__
        return built

    def _changed(self, source: FunctionType) -> dict[str, Any]:
        """The globals that a function reads and that are built again."""
        changed = {}
        for name in source.__code__.co_names:
            value = source.__globals__.get(name)
            if isinstance(value, ModuleType):
                other: Any = self._module(value, source.__code__.co_names)
            elif isinstance(value, tuple):
                other = tuple(map(self.function, value))
                other = value if all(map(_same, other, value)) else other
            else:
                other = self.function(value)
            if other is not value:
                changed[name] = other
        return changed

    def _module(self, module: ModuleType, names: tuple[str, ...]) -> ModuleType:
        """The module, or one like it, with those of its functions built again that are read."""
        if not module.__name__.startswith("ebbtide."):
            return module
        read = {name: vars(module)[name] for name in names if name in vars(module)}
        changed = {name: self.function(value) for name, value in read.items()}
        if all(changed[name] is read[name] for name in read):
            return module
        other = ModuleType(module.__name__, module.__doc__)
        vars(other).update(vars(module) | changed)
        return other


def _same(one: Any, other: Any) -> bool:
    return one is other
