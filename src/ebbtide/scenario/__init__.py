"""What a user writes: scenarios and policies, read and checked before anything runs."""

from ebbtide.scenario.faults import Fault, Faults
from ebbtide.scenario.library import load, load_policy
from ebbtide.scenario.policy import Policy
from ebbtide.scenario.quantity import Quantity
from ebbtide.scenario.scenario import Scenario
from ebbtide.scenario.summary import check

__all__ = [
    "Fault",
    "Faults",
    "Policy",
    "Quantity",
    "Scenario",
    "check",
    "load",
    "load_policy",
]
