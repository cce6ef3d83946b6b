"""Mesa's own tools work on the model as they are."""

from __future__ import annotations

import ast
import gc
import inspect
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mesa
import pytest
from mesa.experimental.scenarios import Scenario as MesaScenario

from ebbtide.agents import Fighter
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario


def test_reporters_may_be_added_and_taken_out_in_mid_run(minimal: Scenario) -> None:
    model = Insurgency(minimal, rng=1)
    reporters = model.datacollector.model_reporters
    model.run_for(2)
    reporters["week"] = lambda model: model.week
    model.run_for(2)
    taken = reporters.pop("fighters_league")
    model.run_for(1)
    del reporters["week"]
    reporters["fighters_league"] = taken
    model.run_for(1)
    found = model.datacollector.get_model_vars_dataframe()
    weeks = [None if value != value else value for value in found["week"]]
    assert weeks == [None, None, None, 3, 4, 5, None]
    league = model.series().query("group == 'league'").fighters.tolist()
    league[5] = None
    assert [None if value != value else value for value in found["fighters_league"]] == league


def test_reporters_of_agents_are_asked_of_groups_and_forces_alone(minimal: Scenario) -> None:
    """As docs/mesa.md says: fighters are views, and are reported through the model."""
    model = Insurgency(minimal, rng=1)
    of_agents = mesa.DataCollector(agent_reporters={"row": "row"})
    of_fighters = mesa.DataCollector(agenttype_reporters={Fighter: {"row": "row"}})
    for collector in (of_agents, of_fighters):
        collector.collect(model)
    assert len(of_agents.get_agent_vars_dataframe()) == len(model.groups) + len(model.forces)
    assert of_fighters.get_agenttype_vars_dataframe(Fighter).isna().all(axis=None)


def visualisation(*names: str) -> dict[str, Callable[..., Any]]:
    """Functions of Mesa's browser page as they stand, without the browser's packages."""
    source = Path(mesa.__file__).parent / "visualization" / "solara_viz.py"
    tree = ast.parse(source.read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if getattr(node, "name", None) in names]
    assert len(tree.body) == len(names)
    namespace: dict[str, Any] = {"inspect": inspect, "Any": Any, "Scenario": MesaScenario}
    exec(compile(tree, str(source), "exec"), namespace)
    return namespace


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"rng": "3"},
        {"scenario": "minimal", "policy": "nothing", "rng": 1},
        {"groups.embers.recruitment": 3, "agents_way": False},
    ],
)
def test_the_browser_page_accepts_the_models_parameters(
    minimal: Scenario, parameters: dict[str, Any]
) -> None:
    check = visualisation("_check_model_params", "_get_scenario_defaults")["_check_model_params"]
    check(Insurgency(minimal, rng=1), parameters)
    check(Insurgency.__init__, parameters)
    Insurgency(**parameters).step()


def test_what_mesa_makes_of_the_scenario_stands_for_the_users_own(minimal: Scenario) -> None:
    """SolaraViz' Reset makes a scenario of the model's scenario's class and hands it over."""
    own = minimal.with_overrides({"groups.embers.recruitment": 3})
    model = Insurgency(own, rng=5)
    assert isinstance(model.scenario, MesaScenario)
    assert model.scenario.weeks == own.weeks
    again = Insurgency(scenario=type(model.scenario)(rng=None), rng="7")
    assert again.seed == 7
    assert again.scenario.quantities["groups.embers.recruitment"].median == 3
    with_slider = Insurgency(scenario=type(model.scenario)(), **{"groups.embers.recruitment": 200})
    assert with_slider.scenario.quantities["groups.embers.recruitment"].median == 200
    quiet = Insurgency(own, rng=5, policy="nothing", agents_way=True)
    reset = Insurgency(scenario=type(quiet.scenario)(), rng=5)
    assert reset.policy == quiet.policy != model.policy
    assert reset.agents_way
    assert Insurgency(scenario=type(quiet.scenario)(), policy="minimal").policy == model.policy
    kept = pickle.loads(pickle.dumps(model))
    assert kept.scenario.quantities["groups.embers.recruitment"].median == 3


def test_models_leave_no_scenario_behind(minimal: Scenario) -> None:
    """Mesa counts its scenarios by class and keeps every class that it has counted."""

    def scenarios() -> int:
        gc.collect()
        return sum(type(found) is Scenario for found in gc.get_objects())

    Insurgency(minimal, rng=1, **{"groups.embers.recruitment": 3})
    before = scenarios()
    for recruitment in (3.1, 3.2, 3.3):
        Insurgency(minimal, rng=1, **{"groups.embers.recruitment": recruitment})
    assert scenarios() == before
