"""From a checked scenario, a policy and the values of one run to columns."""

from __future__ import annotations

from dataclasses import replace

from ebbtide.engine.assembly.rows import Rows, Values
from ebbtide.engine.assembly.start import state_at_start
from ebbtide.engine.assembly.world import world_of
from ebbtide.engine.parameters import Parameters, gather
from ebbtide.scenario import Policy, Quantity, Scenario
from ebbtide.scenario.content import walk
from ebbtide.scenario.deployments import under
from ebbtide.world.levers import Levers
from ebbtide.world.state import State
from ebbtide.world.world import World


def assemble(
    scenario: Scenario, policy: Policy, values: Values, key: tuple[int, int]
) -> tuple[World, Parameters, State]:
    """Columns of one run: its world, its parameters and its state on the first day.

    `values` holds a number for every quantity of the scenario by dotted path; `key` is the random
    numbers' (two 32-bit words).
    """
    if policy.file.deployments:
        scenario, values = _deployed(scenario, policy, values)
    parameters = gather(values, scenario.rules_on)
    rows = Rows(scenario)
    levers = Levers.allocate(rows.sizes)
    world = world_of(scenario, policy, values, parameters, rows, key, levers)
    return world, parameters, state_at_start(scenario, values, rows, world, levers)


def _deployed(scenario: Scenario, policy: Policy, values: Values) -> tuple[Scenario, Values]:
    """The scenario with the policy's deployments among its events, and their numbers with the values."""
    file = under(policy.file, scenario.file)
    deployed = {"events": policy.file.deployments}
    numbers = {
        ".".join(keys): said.median for keys, said in walk(deployed) if isinstance(said, Quantity)
    }
    return replace(scenario, file=file), {**values, **numbers}
