"""A scenario as Mesa knows scenarios: what `model.scenario` is.

Mesa keeps an object of its own class there, and SolaraViz' Reset makes a new one of the same class
and hands it to the model. Ours reads like the scenario that it stands for, and carries it over.
"""

from __future__ import annotations

from typing import Any

from mesa.experimental.scenarios import Scenario as MesaScenario

from ebbtide.scenario import Scenario


class ScenarioInMesa(MesaScenario):  # type: ignore[type-arg]  # Mesa 4 takes no argument
    """Attributes are those of the scenario it `stands_for`, beside Mesa's own."""

    stands_for: Any

    def __getattr__(self, name: str) -> Any:
        if name == "stands_for" or name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.stands_for, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return in_mesa, (self.stands_for, self.rng)


def in_mesa(scenario: Scenario, rng: Any) -> ScenarioInMesa:
    """A scenario for Mesa; a class of its own, so that what Mesa makes of it stands for the same."""
    members = {"__annotations__": {"stands_for": Any}, "stands_for": scenario}
    made: ScenarioInMesa = type("ScenarioInMesa", (ScenarioInMesa,), members)(rng=rng)
    return made
