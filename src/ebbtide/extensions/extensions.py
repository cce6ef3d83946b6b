"""Extensions: what a user adds, checked, told, and carried to workers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Self

from ebbtide.extensions.checking import faults_of
from ebbtide.extensions.declaring import (
    RuleOverride,
    RunMetric,
    WeeklyOutcome,
    adds_up_of,
    extends,
    meaning_of,
    unit_of,
)
from ebbtide.extensions.reading import functions_of
from ebbtide.scenario.faults import Fault, Faults
from ebbtide.world.recorded import Outcome

if TYPE_CHECKING:
    from ebbtide.engine.overridden import LivedWeek

Functions = Mapping[str, Callable[..., Any]]


class Extensions:
    """What extends the model: functions by name, and how the user named where they stand.

    Args:
        given: functions so declared, modules or Python files that hold some, one or many.

    Raises Faults: two of one name, a name that the model has, a rule that it has not or that takes
    other arguments.
    """

    def __init__(self, given: Iterable[Any] = ()) -> None:
        functions, self.named = functions_of(given)
        self.functions = tuple(functions)
        if faults := [*faults_of(functions)]:
            raise Faults(faults)

    @classmethod
    def of(cls, given: Any) -> Self:
        """The extensions that are given, which may be read already."""
        return given if isinstance(given, cls) else cls(given)

    def __bool__(self) -> bool:
        return bool(self.functions)

    def __repr__(self) -> str:
        return f"Extensions({', '.join(function.__name__ for function in self.functions)})"

    @cached_property
    def outcomes(self) -> Functions:
        """Weekly outcomes by name."""
        return self._of(WeeklyOutcome)

    @property
    def told_outcomes(self) -> dict[str, Outcome]:
        """Unit and meaning of weekly outcomes, by name."""
        return {
            name: Outcome(unit_of(function), meaning_of(function), added=adds_up_of(function))
            for name, function in self.outcomes.items()
        }

    @cached_property
    def metrics(self) -> Functions:
        """Numbers of a run by name."""
        return self._of(RunMetric)

    @cached_property
    def rules(self) -> Functions:
        """Rules in the place of the model's own, by `mechanism.rule`."""
        return {extends(function).rule: function for function in self._of(RuleOverride).values()}

    def _of(self, kind: type) -> Functions:
        own = [function for function in self.functions if isinstance(extends(function), kind)]
        return {function.__name__: function for function in own}

    @cached_property
    def week(self) -> LivedWeek:
        """The week with these rules."""
        return _week(tuple(self.rules.items()))

    def statement(self) -> dict[str, Any]:
        """What a manifest says of them: names, units, meanings, and digests of what they compute."""
        from ebbtide.compilation.closure import closure_digest, code_digest

        if not self:
            return {}
        told: dict[str, Any] = {"named": self.named}
        for kind, functions in (("outcomes", self.outcomes), ("metrics", self.metrics)):
            told[kind] = {
                name: {"unit": unit_of(function), "meaning": meaning_of(function),
                       "digest": code_digest(function)}
                for name, function in functions.items()
            }  # fmt: skip
        for name, function in self.outcomes.items():
            if (added := adds_up_of(function)) is not None:
                told["outcomes"][name]["adds_up"] = added
        told["rules"] = {
            rule: {"by": function.__name__, "meaning": meaning_of(function),
                   "digest": closure_digest(function)}
            for rule, function in self.rules.items()
        }  # fmt: skip
        return told

    def __reduce__(self) -> tuple[Any, ...]:
        from numba import cloudpickle

        with _by_value(self.functions):
            return _carried, (cloudpickle.dumps((self.functions, self.named)),)

    def __deepcopy__(self, known: Any) -> Self:
        return self


def _carried(content: bytes) -> Extensions:
    from numba import cloudpickle

    made = Extensions()
    made.functions, made.named = cloudpickle.loads(content)
    return made


@contextmanager
def _by_value(functions: Iterable[Any]) -> Iterator[None]:
    """While functions are pickled: with their code, since a worker may not find their modules."""
    from numba import cloudpickle

    modules = {sys.modules[f.__module__] for f in functions if f.__module__ in sys.modules}
    modules -= {sys.modules["__main__"]}  # which always goes so
    for module in modules:
        cloudpickle.register_pickle_by_value(module)
    try:
        yield
    finally:
        for module in modules:
            cloudpickle.unregister_pickle_by_value(module)


class NotCompiled(Faults):
    """Rules of a user's own that cannot be compiled: no run of theirs can be lived."""


@contextmanager
def told_if_not_compiled(extensions: Extensions) -> Iterator[None]:
    """Raise NotCompiled, not Numba's error, where rules of a user's own cannot be compiled."""
    from numba.core.errors import NumbaError

    try:
        yield
    except NumbaError as error:
        if not extensions.rules:
            raise
        names = ", ".join(function.__name__ for function in extensions.rules.values())
        found = f"what cannot be compiled: {' '.join(str(error).split())[:300]}"
        allowed = "arithmetic of numbers and `math`; agents_way=True runs it as it is"
        raise NotCompiled([Fault("extensions", names, found, allowed)]) from error


@lru_cache(maxsize=8)
def _week(rules: tuple[tuple[str, Callable[..., Any]], ...]) -> LivedWeek:
    from ebbtide.engine.overridden import week_with

    return week_with(dict(rules))


NO_EXTENSIONS = Extensions()
