"""What an insurgency does otherwise than Mesa's models: who acts in it, and by which random numbers."""

from __future__ import annotations

import random
from typing import Any

import mesa

from ebbtide.agents import Actor, Fighter
from ebbtide.mesa_scenario import ScenarioInMesa
from ebbtide.read_only import ReadOnly


class RandomOfModel(random.Random):
    """A model's random numbers for Mesa: who holds them holds the model.

    A set holds its agents weakly, and the views of fighters are held by their model alone. Whatever
    Mesa makes of a set (a selection, a copy, a pickle) has its random numbers, and so the model.
    """

    model: Any = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (), (self.model, self.getstate())

    def __setstate__(self, kept: tuple[Any, Any]) -> None:
        self.model, generator = kept
        self.setstate(generator)


class MesaModel[Member: mesa.Agent[Any]](ReadOnly, mesa.Model[Member, ScenarioInMesa]):
    """A Mesa model whose groups and forces stand as they are, and whose random numbers are its seed's."""

    @property
    def random(self) -> random.Random:
        """Random numbers for Mesa's own use, such as `AgentSet.shuffle`: no rule draws from them."""
        return self._random

    @random.setter
    def random(self, given: random.Random) -> None:
        self._random = RandomOfModel()
        self._random.model = self
        self._random.setstate(given.getstate())

    def register_agent(self, agent: Any) -> None:
        """Register an agent of the user's own.

        Raises TypeError for a view of a fighter, and once the model is made for groups and forces.
        """
        if isinstance(agent, Fighter) or (isinstance(agent, Actor) and "forces" in vars(self)):
            raise TypeError(f"{type(agent).__name__} is no agent to add: {agent.by_scenario}")
        super().register_agent(agent)

    def deregister_agent(self, agent: Any) -> None:
        """Let an agent of the user's own go. Raises TypeError for all others."""
        if isinstance(agent, Actor | Fighter):
            agent.remove()
        super().deregister_agent(agent)

    def remove_all_agents(self) -> None:
        """Not for hands: no rule would hear of it."""
        raise TypeError(f"agents cannot be removed: {Actor.by_scenario}")

    def reset_rng(self, rng: Any = None) -> None:
        """Not for hands: all random numbers of a run follow from its seed."""
        raise TypeError(
            "no rule draws from Mesa's generators: begin another run, Insurgency(..., rng=...)"
        )

    def reset_randomizer(self, seed: Any = None) -> None:
        """Not for hands: all random numbers of a run follow from its seed."""
        self.reset_rng(seed)
