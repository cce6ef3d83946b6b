"""Ebbtide simulates how insurgent groups rise and ebb.

The public names are loaded when they are first used, so that importing the package is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison
    from ebbtide.comparison.running import compare
    from ebbtide.extensions import Extensions, rule_override, run_metric, weekly_outcome
    from ebbtide.model import Insurgency
    from ebbtide.scenario import Faults, Policy, Scenario, load, load_policy
    from ebbtide.scenario.override_notes import MovesNothing
    from ebbtide.show import plot
    from ebbtide.study.results import Results
    from ebbtide.study.results import open_results as open
    from ebbtide.study.running import run, sweep

_HOME = {
    "Comparison": ("ebbtide.comparison.comparison", "Comparison"),
    "Extensions": ("ebbtide.extensions", "Extensions"),
    "Faults": ("ebbtide.scenario", "Faults"),
    "Insurgency": ("ebbtide.model", "Insurgency"),
    "MovesNothing": ("ebbtide.scenario.override_notes", "MovesNothing"),
    "Policy": ("ebbtide.scenario", "Policy"),
    "Results": ("ebbtide.study.results", "Results"),
    "Scenario": ("ebbtide.scenario", "Scenario"),
    "load": ("ebbtide.scenario", "load"),
    "load_policy": ("ebbtide.scenario", "load_policy"),
    "rule_override": ("ebbtide.extensions", "rule_override"),
    "run_metric": ("ebbtide.extensions", "run_metric"),
    "weekly_outcome": ("ebbtide.extensions", "weekly_outcome"),
    "run": ("ebbtide.study.running", "run"),
    "sweep": ("ebbtide.study.running", "sweep"),
    "compare": ("ebbtide.comparison.running", "compare"),
    "open": ("ebbtide.study.results", "open_results"),
    "plot": ("ebbtide.show", "plot"),
}

__all__ = [  # noqa: RUF022 - in the order of use
    "load",
    "load_policy",
    "Insurgency",
    "run",
    "sweep",
    "compare",
    "open",
    "plot",
    "weekly_outcome",
    "run_metric",
    "rule_override",
    "Extensions",
    "Scenario",
    "Policy",
    "Results",
    "Comparison",
    "Faults",
    "MovesNothing",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("ebbtide")
    if name not in _HOME:
        raise AttributeError(f"module 'ebbtide' has no attribute {name!r}")
    module, attribute = _HOME[name]
    found = getattr(import_module(module), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__, "__version__"])
