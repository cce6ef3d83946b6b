"""How a function says that it extends the model: a decorator above it; it stays what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import Any, get_args

from ebbtide.scenario.faults import Fault, Faults, listed, shown
from ebbtide.world.sign import Sign

EXTENDS = "extends_ebbtide"  # the attribute of a function so declared


@dataclass(frozen=True, slots=True)
class WeeklyOutcome:
    """A number a week and group, out of the model and the group; with its unit.

    Whether it `adds_up` over groups is said where its unit does not.
    """

    unit: str
    adds_up: bool | None = None


@dataclass(frozen=True, slots=True)
class RunMetric:
    """A number a run, out of the weeks of the focus (`Trajectory`).

    Its unit, which way is better, whether it falls on others than the group, and, where its unit does
    not say, with how many digits behind the point it is told.
    """

    unit: str
    better: Sign | None = None
    side_effect: bool = False
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class RuleOverride:
    """A rule in the place of the model's own, by `mechanism.rule`."""

    rule: str


Extension = WeeklyOutcome | RunMetric | RuleOverride


def weekly_outcome[Function: Callable[..., Any]](
    unit: str, *, adds_up: bool | None = None
) -> Callable[[Function], Function]:
    """Declare a weekly outcome of one's own: `function(model, group)` gives a number in this unit.

    It is asked at the start and after every week, of each group (an `InsurgentGroup`), must change
    nothing and draw nothing. Its docstring is its meaning. It stands in `series` beside the model's.
    Whether it `adds_up` over groups follows from a unit that the model has, and has to be said of any
    other.
    """
    return _declaring(WeeklyOutcome(unit, adds_up), "weekly_outcome", unit)


def run_metric[Function: Callable[..., Any]](
    unit: str,
    better: Sign | None = None,
    *,
    side_effect: bool = False,
    digits: int | None = None,
) -> Callable[[Function], Function]:
    """Declare a metric of one's own: `function(trajectory)` gives a number a run in this unit.

    It gets the weeks of the scenario's focus: `trajectory.outcomes["fighters"]` is an array
    with a number a week, weekly outcomes of one's own are among them. None means that the run has no
    answer; the units `date` and `yes/no` are for dates and truth values. It stands in `runs`. By one of
    which `better` says which way is better (`"more"` or `"less"`) policies are compared; a `side_effect`
    falls on others than the group, and stands with such in the report of a comparison. With how many
    `digits` behind the point it is told follows from a unit that the model has, and has to be said of
    any other. Raises Faults.
    """
    if better is not None and better not in get_args(Sign):
        allowed = listed(get_args(Sign))
        raise Faults([Fault("extensions", "run_metric: better", shown(better), allowed)])
    return _declaring(RunMetric(unit, better, side_effect, digits), "run_metric", unit)


def rule_override[Function: Callable[..., Any]](rule: str) -> Callable[[Function], Function]:
    """Declare a rule in the place of the model's own, such as `leaving.desertion_hazard`.

    It takes the same arguments under the same names (`ebbtide explain RULE` lists them), and is, as
    every rule, a pure function of numbers: it reads `math` and plain numbers alone, and is compiled
    like the model's own, for about a minute once. What the rule it replaces keeps to, it must keep to:
    of a hazard above its highest, the excess is lost.
    """
    return _declaring(RuleOverride(rule), "rule_override", rule)


def _declaring(extension: Extension, called: str, said: object) -> Callable[[Any], Any]:
    """What declares a function. Raises Faults for what is none, and where the brackets are left out."""
    if callable(said):
        allowed = f'@{called}("...") above the function'
        raise Faults([Fault("extensions", called, f"{shown(said)} in the brackets", allowed)])
    if isinstance(extension, RuleOverride) and not isinstance(said, str):
        raise Faults([Fault("extensions", called, shown(said), "`mechanism.rule`, as text")])

    def declare(function: Any) -> Any:
        if not isinstance(function, FunctionType):
            allowed = "a function made with `def`"
            raise Faults([Fault("extensions", called, shown(function), allowed)])
        setattr(function, EXTENDS, extension)
        return function

    return declare


def extends(function: Any) -> Any:
    """What a function so declared says that it is."""
    return getattr(function, EXTENDS)


def meaning_of(function: Any) -> str:
    """The first paragraph of a function's docstring, as one line."""
    return " ".join((function.__doc__ or "").partition("\n\n")[0].split())


def unit_of(function: Any) -> str:
    """The unit of a weekly outcome or a metric."""
    return str(extends(function).unit).strip()


def better_of(function: Any) -> Sign | None:
    """Which way a metric is better, if either is."""
    declared: RunMetric = extends(function)
    return declared.better


def adds_up_of(function: Any) -> bool | None:
    """Whether a weekly outcome adds up over groups; None where its unit says so."""
    declared: WeeklyOutcome = extends(function)
    return declared.adds_up


def digits_of(function: Any) -> int | None:
    """With how many digits behind the point a metric is told; None where its unit says so."""
    declared: RunMetric = extends(function)
    return declared.digits


def side_effect_of(function: Any) -> bool:
    """Whether a metric falls on others than the group."""
    declared: RunMetric = extends(function)
    return declared.side_effect
