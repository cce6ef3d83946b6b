"""A scenario as Mesa knows scenarios: what `model.scenario` is.

Mesa keeps an object of its own class there, and SolaraViz' Reset makes a new one of the same class
and hands it to the model. Ours reads like the scenario that it stands for, and carries it over with
the policy and the way of running.
"""

from __future__ import annotations

from inspect import signature
from typing import Any

from mesa.experimental.scenarios import Scenario as MesaScenario

from ebbtide.scenario import Policy, Scenario

# What Mesa 4, and Mesa 3, call a scenario's number. It is stated, since Mesa's counter would keep every
# class, and what it stands for.
NUMBER = "scenario_id" if "scenario_id" in signature(MesaScenario).parameters else "_scenario_id"


class ScenarioInMesa(MesaScenario):  # type: ignore[type-arg]  # Mesa 4 takes no argument
    """Attributes are those of the scenario it `stands_for`, beside Mesa's own."""

    stands_for: Any
    lived_under: Any  # the policy
    agents_way: bool
    extended_by: Any  # the user's extensions

    def __init__(self, *, rng: Any = None, **kept: Any) -> None:
        super().__init__(rng=rng, **{NUMBER: 0, **kept})

    def __getattr__(self, name: str) -> Any:
        if name in ScenarioInMesa.__annotations__ or name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.stands_for, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return in_mesa, (
            self.stands_for,
            self.lived_under,
            self.agents_way,
            self.extended_by,
            self.rng,
        )


def in_mesa(
    scenario: Scenario, policy: Policy, agents_way: bool, extensions: Any, rng: Any
) -> ScenarioInMesa:
    """A scenario for Mesa; a class of its own, so that what Mesa makes of it stands for the same."""
    kept = {"stands_for": scenario, "lived_under": policy, "agents_way": agents_way,
            "extended_by": extensions}  # fmt: skip
    members = {"__annotations__": dict(ScenarioInMesa.__annotations__), **kept}
    made: ScenarioInMesa = type("ScenarioInMesa", (ScenarioInMesa,), members)(rng=rng)
    return made
