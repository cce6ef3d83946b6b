"""What is wrong with extensions, as faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import signature
from typing import Any

from ebbtide.extensions.declaring import RuleOverride, RunMetric, WeeklyOutcome, extends
from ebbtide.rules import MECHANISMS
from ebbtide.scenario.faults import Fault, listed, nearest, shown
from ebbtide.world.outcomes import OUTCOMES
from ebbtide.world.tables import ENDED, KEYS
from ebbtide.world.units import DATE, UNITS, YES_NO


def faults_of(functions: Iterable[Any]) -> Iterator[Fault]:
    """Two of one name, a name of the model's, a rule that is none or that takes other arguments."""
    yield from _twice(functions)
    for function in functions:
        yield from _faults(function)


def _twice(functions: Iterable[Any]) -> Iterator[Fault]:
    seen: dict[str, Any] = {}
    for function in functions:
        extended = extends(function)
        name = extended.rule if isinstance(extended, RuleOverride) else function.__name__
        if name in seen:
            yield Fault("extensions", name, "two functions", "one")
        seen[name] = function


def _faults(function: Any) -> Iterator[Fault]:
    name, extended = function.__name__, extends(function)
    match extended:
        case RuleOverride(rule):
            yield from _faults_of_rule(name, rule, function)
        case _:
            yield from _faults_of_unit(name, extended)
            if isinstance(extended, WeeklyOutcome) and name in OUTCOMES:
                yield Fault("extensions", name, "the name of an outcome of the model", "another")
            yield from _faults_of_arguments(name, extended, function)
            if name in {*KEYS, *ENDED} or not name.isidentifier():
                yield Fault("extensions", name, "no name for a column of the tables", "another")


def _faults_of_unit(name: str, extended: WeeklyOutcome | RunMetric) -> Iterator[Fault]:
    """It is one that the model has, or what has to be known of it is said beside it."""
    unit = extended.unit
    if not isinstance(unit, str):
        yield Fault("extensions", name, f"unit {shown(unit)}", "text")
        return
    said: int | None
    if isinstance(extended, WeeklyOutcome):
        said, fits = extended.adds_up, isinstance(extended.adds_up, bool)
        key, allowed = "adds_up", "True or False: whether a sum over groups means anything"
    else:
        said, fits = extended.digits, type(extended.digits) is int and 0 <= extended.digits <= 9
        key, allowed = "digits", "0 to 9: how many stand behind the point where it is told"
    if said is not None and not fits:
        yield Fault("extensions", f"{name}: {key}", shown(said), allowed)
    if said is None and unit.strip() not in UNITS:
        found = f"the unit {shown(unit)}, which the model has not"
        known = {outcome.unit for outcome in OUTCOMES.values()} | {DATE, YES_NO}
        allowed = f"beside it {key}={allowed}; or one that it has, such as {listed(known, 30)}"
        yield Fault("extensions", name, found, allowed, nearest(unit, UNITS))


def _faults_of_arguments(name: str, extended: Any, function: Any) -> Iterator[Fault]:
    """It is called with as many arguments as its kind has, by place."""
    given = ("model", "group") if isinstance(extended, WeeklyOutcome) else ("trajectory",)
    try:
        signature(function).bind(*given)
    except TypeError:
        taken = ", ".join(signature(function).parameters)
        yield Fault("extensions", name, f"the arguments {taken or 'none'}", ", ".join(given))


def _faults_of_rule(name: str, rule: str, function: Any) -> Iterator[Fault]:
    from ebbtide.compilation.closure import closure_digest

    known = {f"{mechanism}.{each}": declared for mechanism, file in MECHANISMS.items()
             for each, declared in file.rules.items()}  # fmt: skip
    if rule not in known:
        found = f"no rule {shown(rule)}"
        yield Fault("extensions", name, found, listed(known, 6), nearest(rule, known))
        return
    wanted, taken = _arguments(known[rule].function), _arguments(function)
    if wanted != taken:
        allowed = f"those of {rule}, in its order: {', '.join(wanted)}"
        yield Fault("extensions", name, f"the arguments {', '.join(taken) or 'none'}", allowed)
    try:
        closure_digest(function)
    except TypeError as error:
        yield Fault("extensions", name, str(error))


def _arguments(function: Any) -> tuple[str, ...]:
    code = function.__code__
    return tuple(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
