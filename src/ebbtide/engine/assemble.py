"""From a checked scenario, a policy and the values of one run to columns."""

from __future__ import annotations

from ebbtide.engine.parameters import Parameters, gather
from ebbtide.engine.rows import Rows, Values
from ebbtide.engine.setting import setting_of
from ebbtide.engine.start import state_at_start
from ebbtide.scenario import Policy, Scenario
from ebbtide.world.setting import Setting
from ebbtide.world.state import State


def assemble(
    scenario: Scenario, policy: Policy, values: Values, key: tuple[int, int]
) -> tuple[Setting, Parameters, State]:
    """Columns of one run: its setting, its parameters and its state on the first day.

    `values` holds a number for every quantity of the scenario by dotted path; `key` is the
    generator's (two 32-bit words).
    """
    parameters = gather(values, scenario.rules_on)
    world = Rows(scenario.file)
    setting = setting_of(scenario, policy, values, parameters, world, key)
    return setting, parameters, state_at_start(scenario, values, setting, world)
