"""What a study varies, as axes: each range, list or prior checked where it is to be set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeGuard

from ebbtide.scenario import Fault, Faults, Policy, Scenario
from ebbtide.scenario.content import may_be_felt
from ebbtide.scenario.document import Document
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.overriding import value_at
from ebbtide.scenario.policy import OF_POLICY
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import PolicyFile
from ebbtide.scenario.shapes import bare, inner
from ebbtide.study import points
from ebbtide.study.design import Value
from ebbtide.study.study_file import StudyFile, Varied


def axes_of(
    file: StudyFile,
    scenario: Scenario,
    policies: Mapping[str, Policy],
    document: Document,
    faults: list[Fault],
) -> dict[str, points.Axis]:
    """The axis of each varied path; what is wrong with one goes to `faults`."""
    axes: dict[str, points.Axis] = {}
    for path, varied in file.vary.items():
        key = f'vary."{path}"'
        where = document.origin(("vary", path))
        try:
            _check_may_vary(path, scenario, Fault(where, key, ""))
            axis, ends = _axis(path, varied, (scenario, policies), Fault(where, key, ""))
            _check_in_between(path, varied, policies, Fault(where, key, ""))
            for end in ends:
                _try(path, end, scenario, policies)
        except Faults as found:
            faults.extend(
                fault
                if fault.key and fault.key.startswith(key)
                else replace(fault, file=where, key=_said_key(key, fault))
                for fault in found.faults
            )
            continue
        axes[path] = axis
    return axes


def _check_may_vary(path: str, scenario: Scenario, fault: Fault) -> None:
    """Raise Faults for what all runs of a study have in common, and for what no run can feel.

    A run's dates, cut and focus are those of its scenario: tables, plots and metrics go by them.
    """
    keys = tuple(path.removeprefix(OF_POLICY).split("."))
    if len(keys) == 1:
        of = "its policies" if path.startswith(OF_POLICY) else "its scenario"
        found = f"what a study has from {of}, the same for all runs"
        allowed = (
            "what stands in a table, such as a quantity, a switch or a date of an event or act"
        )
        if path == "policy":
            allowed = "a value of the policies (policy.acts...); `policies` lists those to compare"
        raise Faults([replace(fault, found=found, allowed=allowed)])
    file = PolicyFile if path.startswith(OF_POLICY) else ScenarioFile
    if not (may_be_felt(keys, file) or path in scenario.quantities):
        allowed = "what a run can feel: a quantity, a switch, a date"
        raise Faults([replace(fault, found="what no run can feel", allowed=allowed)])


def _check_in_between(
    path: str, varied: Varied, policies: Mapping[str, Policy], fault: Fault
) -> None:
    """Raise Faults for a range of what happens or does not: only its ends could be run."""
    if varied.low is None:
        return
    for policy in policies.values():
        for name, act in policy.file.acts.items():
            lever = LEVERS[act.kind]
            if lever.all_or_nothing and path == f"{OF_POLICY}acts.{name}.strength":
                found = f"a range, of the strength of {act.kind} in {policy.id}"
                allowed = f"values = [0, 1]; it is {lever.strength}"
                raise Faults([replace(fault, found=found, allowed=allowed)])


def _said_key(key: str, fault: Fault) -> str:
    inside = fault.key and f'"{fault.key}"' not in key and f'.{fault.key}"' not in key
    return f"{key} ({fault.key})" if inside else key


def _axis(
    path: str, varied: Varied, of: tuple[Scenario, Mapping[str, Policy]], fault: Fault
) -> tuple[points.Axis, list[Value]]:
    """The axis of a varied path and the values at which it is tried. Raises Faults."""
    scenario, _ = of
    ranged = varied.low is not None or varied.high is not None
    if ranged + (varied.values is not None) + varied.prior != 1:
        allowed = "one of: low and high, values, prior = true"
        raise Faults([replace(fault, found="none or several of these", allowed=allowed)])
    if varied.prior:
        return points.of_prior(_prior(path, of, fault), scenario.draw_of(path)), []
    if varied.values is not None:
        values = [_as_value(value, path, scenario) for value in varied.values]
        if not values:
            raise Faults([replace(fault, found="values = []", allowed="at least one value")])
        if twice := [value for value in dict.fromkeys(values) if values.count(value) > 1]:
            found = f"{shown(twice[0])} {values.count(twice[0])} times in values"
            raise Faults([replace(fault, found=found, allowed="each value once")])
        return points.of_values(values), values
    low, high = varied.low, varied.high
    if _is_number(low) and _is_number(high):
        low, high = float(low), float(high)
        ascending = low < high
        if varied.scale == "log" and low <= 0:
            found = f'low = {low:g}, scale = "log"'
            raise Faults([replace(fault, found=found, allowed="low above 0")])
        axis = points.of_range(low, high, log=varied.scale == "log")
    elif isinstance(low, dt.date) and isinstance(high, dt.date):
        if varied.scale == "log":
            raise Faults([replace(fault, found='dates, scale = "log"', allowed="linear")])
        axis = points.of_dates(low, high)
        ascending = low < high
    else:
        found = f"low = {shown(low)}, high = {shown(high)}"
        raise Faults([replace(fault, found=found, allowed="two numbers, or two dates")])
    if not ascending:
        found = f"low = {shown(low)}, high = {shown(high)}"
        raise Faults([replace(fault, found=found, allowed="low below high")])
    return axis, [low, high]


def _prior(path: str, of: tuple[Scenario, Mapping[str, Policy]], fault: Fault) -> Quantity:
    """The quantity at a path that has a prior, the same in all policies. Raises Faults."""
    scenario, policies = of
    under = [scenario.uncertain_under(policy) for policy in policies.values()]
    found = [each[path] for each in under if path in each]
    if not found:
        known = dict.fromkeys(known for each in under for known in each)
        allowed = f"a quantity with a prior, such as {listed(known, 3)}"
        raise Faults(
            [replace(fault, found="prior = true", allowed=allowed, nearest=nearest(path, known))]
        )
    if len(found) < len(under) or not all(found[0].says_the_same(each) for each in found):
        allowed = "a prior that each of `policies` states alike"
        raise Faults([replace(fault, found="prior = true", allowed=allowed)])
    return found[0]


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_value(value: Any, path: str, scenario: Scenario) -> Value:
    """A number of a quantity is a float however it is written, and text that is a date one."""
    if isinstance(value, str):
        inner_path = path.removeprefix(OF_POLICY)
        model = ScenarioFile if inner_path == path else PolicyFile
        stated: Any = value_at(model, tuple(inner_path.split(".")), value)
        return stated if isinstance(stated, dt.date) else value
    whole = isinstance(value, int) and not isinstance(value, bool)
    of_quantity = path in scenario.quantities or _of_quantity_of_policy(path)
    return float(value) if whole and of_quantity else value


def _of_quantity_of_policy(path: str) -> bool:
    """Whether a policy may state a quantity at a path, whether or not it does."""
    if not path.startswith(OF_POLICY):
        return False
    kind: Any = PolicyFile
    for key in path.removeprefix(OF_POLICY).split("."):
        kind = bare(inner(kind, key))
    return kind is Quantity


def _try(path: str, value: Value, scenario: Scenario, policies: Mapping[str, Policy]) -> None:
    """Raise Faults if the scenario, or a policy, cannot take the value."""
    if not path.startswith(OF_POLICY):
        scenario.with_overrides({path: value})
        return
    inner = path.removeprefix(OF_POLICY)
    _check_all_have(inner, policies)
    faults: list[Fault] = []
    for policy in policies.values():
        try:
            moved = policy.with_overrides({inner: value})
        except Faults as found:
            faults += [replace(each, found=f"{each.found} in {policy.id}") for each in found.faults]
            continue
        moved.check(scenario.file, scenario.names, faults, tried=scenario.tried)
    if faults:
        raise Faults(faults)


def _check_all_have(inner: str, policies: Mapping[str, Policy]) -> None:
    """Raise Faults for a path that names one of the policies, or that some of them lack."""
    first, _, rest = inner.partition(".")
    if first in policies and rest:
        allowed = f"{OF_POLICY}{rest}: it varies in each of `policies`"
        raise Faults([Fault("", inner, f"the policy {first} in a path", allowed)])
    lacking = [policy.id for policy in policies.values() if inner not in policy.paths]
    if not lacking or len(lacking) == len(policies):
        return
    table = ".".join(inner.split(".")[:2])
    key = inner.removeprefix(f"{table}.")
    them = " and ".join(map(shown, lacking))
    found = f"no {inner} in {them}"
    allowed = (
        f"a path that each of `policies` has: leave out {them}, or state [{table}] "
        f"with {key} there too (an act of strength 0 moves nothing)"
    )
    raise Faults([Fault("", inner, found, allowed)])
