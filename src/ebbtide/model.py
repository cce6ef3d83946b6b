"""The model, and its week on one page.

A week has sixteen phases. In each, every actor reads what the phases before left and writes only
its own row; what is added up are whole numbers; so the order of actors never matters.

     1. Policy sets the levers: what state forces may and must do this week.
     2. Conditions happen: foundings, pledges, leaders' deaths that become known.
     3. Groups muster: men by place, the sense of winning, who is within reach.
     4. Forces watch and strike: attention, intelligence, fire.
     5. Groups keep promises: what they send their allies.
     6. Groups keep accounts: income, pay, media.
     7. Groups take stock: command, cohesion, brand, notoriety.
     8. Groups feel the ground: pressure, support, resistance, morale, districts.
     9. Leaders face the hunt.
    10. Groups appoint to posts that stood empty long enough.
    11. Commands decide whether to go over to another group.
    12. Fighters follow their commanders and face the week.
    13. Groups attack.
    14. Groups recruit.
    15. Recruits enter.
    16. The week is written down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from mesa.agentset import AgentSet
from mesa.experimental.scenarios import Scenario as MesaScenario

from ebbtide.agents import Fighter, Group, StateForce, view
from ebbtide.engine import conditions, fates, leaders, luck, record, service, week
from ebbtide.engine.assemble import assemble
from ebbtide.engine.plain import plain
from ebbtide.engine.record import FIGHTERS
from ebbtide.scenario import Fault, Faults, Policy, Scenario, load, load_policy
from ebbtide.scenario.faults import shown
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES
from ebbtide.world.state import (
    COMMAND_ALARM,
    FREE,
    SEED_ALARM,
    USED,
)

if TYPE_CHECKING:
    import pandas as pd

type Actor = mesa.Agent[Insurgency]
DEFAULT_SCENARIO = "minimal"


class Insurgency(mesa.Model["Actor", "MesaScenario[Insurgency]"]):
    """Insurgent groups, their fighters and the forces against them, week by week.

    Args:
        scenario: a loaded scenario, a path or the name of a shipped one (the small one if none).
        rng: the seed, any integer or what NumPy takes for one; None draws a fresh one.
        policy: a loaded policy, a path or a name; None is the scenario's own.
        agents_way: run the phases as methods of agents, in plain Python. The results are the
            same to the last bit, and some hundred times slower: for reading, tests and teaching.
        overrides: values by dotted path, such as `**{"groups.rebels.pay": 120}`; an unknown one
            raises Faults, which names the nearest.

    Quantities with a prior stand at their medians unless an override says otherwise.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path | None = None,
        *,
        rng: Any = None,
        policy: Policy | str | Path | None = None,
        agents_way: bool = False,
        **overrides: Any,
    ) -> None:
        self.seed = _seed(rng)
        # Mesa's own generators, which no rule draws from, take no seed below zero.
        super().__init__(scenario=MesaScenario(rng=abs(self.seed)))
        loaded = scenario if isinstance(scenario, Scenario) else load(scenario or DEFAULT_SCENARIO)
        self.conditions = loaded.with_overrides(overrides) if overrides else loaded
        if policy is None:
            self.policy = self.conditions.policy
        elif isinstance(policy, Policy):
            self.policy = policy
            faults: list[Fault] = []
            policy.check(self.conditions.file, self.conditions.names, faults)
            if faults:
                raise Faults(faults)
        else:
            self.policy = load_policy(policy, self.conditions)
        self.agents_way = agents_way
        self.week = 0
        self.setting, self.parameters, self.state = assemble(
            self.conditions,
            self.policy,
            self.conditions.medians(),
            luck.seed_key(self.seed),
        )
        self.widest_draw = float(plain(fates.widest_draw)(self.parameters))
        self.place_names = list(self.conditions.file.places)
        self.group_names = list(self.conditions.file.groups)
        self.faction_names = [
            f"{name}.{faction}" if faction else name
            for name, group in self.conditions.file.groups.items()
            for faction in (group.factions or [""])
        ]
        self.groups = [Group(self, g, name) for g, name in enumerate(self.group_names)]
        self.forces = [
            StateForce(self, f, name) for f, name in enumerate(self.conditions.file.forces)
        ]
        self._views: dict[int, Fighter] = {}
        self.datacollector = mesa.DataCollector(model_reporters=_reporters(self.group_names))
        for group in self.groups:
            self.act(leaders.appoint, group.row)
            self._write_down(group.row)
        self.datacollector.collect(self)

    def step(self) -> None:
        """Live one week."""
        if self.week >= self.setting.weeks:
            self.running = False
            return
        self.week += 1
        if self.agents_way:
            self._week_by_agents()
        else:
            columns = (self.setting.compiled, self.parameters.compiled, self.state.compiled)
            entering = week.week_until_intake(*columns, self.week)
            self.make_room(entering)
            week.week_from_intake(self.setting.compiled, self.state.compiled, self.week)
        self.datacollector.collect(self)
        if self.week >= self.setting.weeks:
            self.running = False

    def _week_by_agents(self) -> None:
        setting, parameters, state = self.setting, self.parameters, self.state
        # 1. Policy sets the levers.
        plain(conditions.set_levers)(setting, state, self.week)
        # 2. Conditions happen.
        plain(conditions.happen)(setting, parameters, state, self.week)
        # 3. Groups muster.
        self._do(self.groups, "muster")
        # 4. Forces watch and strike.
        self._do(self.forces, "watch_and_strike")
        # 5. Groups keep promises.
        self._do(self.groups, "keep_promises")
        # 6. Groups keep accounts.
        self._do(self.groups, "keep_accounts")
        # 7. Groups take stock.
        self._do(self.groups, "take_stock")
        # 8. Groups feel the ground.
        self._do(self.groups, "feel_the_ground")
        # 9. Leaders face the hunt.
        self._do(self.leaders, "face_the_hunt")
        # 10. Groups appoint.
        self._do(self.groups, "appoint")
        # 11. Commands decide.
        self._do(self.groups, "decide_commands")
        # 12. Fighters follow their commanders and face the week.
        if state.alarms[SEED_ALARM] or state.alarms[COMMAND_ALARM]:
            self._do(self.fighters, "follow_orders")
        self._do(self.groups, "weigh_risks")
        self._do(self.fighters, "face_the_week")
        # 13. Groups attack.
        self._do(self.groups, "attack")
        # 14. Groups recruit.
        self._do(self.groups, "recruit")
        # 15. Recruits enter.
        self.make_room(int(state.intake.sum()))
        plain(service.enter)(setting, state, self.week)
        # 16. The week is written down.
        self._do(self.groups, "write_down")

    def _do(self, actors: Iterable[Actor], phase: str) -> None:
        """Let all actors live one phase, in whatever order."""
        members = actors if isinstance(actors, AgentSet) else AgentSet(actors, random=self.random)
        self.in_order(members).do(phase)

    def in_order(self, members: AgentSet[Actor]) -> AgentSet[Actor]:
        """The order in which actors act: as they stand. Tests shuffle it, and nothing changes."""
        return members

    def act(self, phase: Any, row: int, *more: Any) -> None:
        """Run one phase for one actor's row, in plain Python in the agents' way."""
        if self.agents_way:
            plain(phase)(self.setting, self.parameters, self.state, self.week, row, *more)
        else:
            columns = (self.setting.compiled, self.parameters.compiled, self.state.compiled)
            phase(*columns, self.week, row, *more)

    def _write_down(self, row: int) -> None:
        if self.agents_way:
            plain(record.write_down)(self.setting, self.state, self.week, row)
        else:
            record.write_down(self.setting.compiled, self.state.compiled, self.week, row)

    def make_room(self, entering: int) -> None:
        """Lengthen the fighters' columns when recruits need more rows than are free."""
        state = self.state
        capacity = len(state.fighter_id)
        needed = int(state.rows[USED]) + max(0, entering - int(state.rows[FREE]))
        if needed <= capacity:
            return
        longer = max(needed, capacity + capacity // 2)
        names = [name for name in state.fields if name.startswith("fighter_")] + ["free_rows"]
        columns = {}
        for name in names:
            column = getattr(state, name)
            columns[name] = np.zeros(longer, column.dtype)
            columns[name][:capacity] = column
        state.replace(**columns)

    def run_until_end(self) -> None:
        """Live all weeks that are left."""
        while self.running:
            self.step()

    @property
    def date(self) -> Any:
        """The last day of the current week."""
        return self.conditions.dates[self.week]

    @property
    def fighters(self) -> AgentSet[Fighter]:
        """All fighters as agents; views are made now and kept until their men leave."""
        state = self.state
        rows = np.nonzero(state.fighter_id[: state.rows[USED]])[0]
        self._views = {row: view(self, row, self._views) for row in rows.tolist()}
        return AgentSet(self._views.values(), random=self.random)

    @property
    def leaders(self) -> AgentSet[Fighter]:
        """The fighters who hold posts."""
        rows = [int(row) for row in self.state.post_row if row >= 0]
        for row in rows:
            self._views[row] = view(self, row, self._views)
        return AgentSet([self._views[row] for row in rows], random=self.random)

    def series(self) -> pd.DataFrame:
        """A row a week and group: `date`, `group` and every outcome (see `OUTCOMES` for units)."""
        import pandas as pd

        weeks, n_groups = self.week + 1, len(self.group_names)
        found = self.state.series[:weeks].reshape(weeks * n_groups, len(OUTCOMES))
        frame = pd.DataFrame(found.copy(), columns=list(OUTCOMES))
        frame.insert(0, "group", self.group_names * weeks)
        frame.insert(0, "date", _dates(self.conditions, weeks, n_groups))
        return frame

    def places(self, weeks: Sequence[int] | None = None) -> pd.DataFrame:
        """A row a week, group and place: `date`, `group`, `place` and the outcomes by place.

        Of all weeks so far, or of those asked for (0 is the start).
        """
        import pandas as pd

        asked = np.arange(self.week + 1) if weeks is None else np.array(weeks, np.int64)
        n_groups, n_places = len(self.group_names), len(self.place_names)
        shape = (len(asked) * n_groups * n_places, len(PLACE_OUTCOMES))
        found = self.state.places_series[asked].reshape(shape)
        frame = pd.DataFrame(found, columns=list(PLACE_OUTCOMES))
        frame.insert(0, "place", self.place_names * (len(asked) * n_groups))
        frame.insert(0, "group", np.tile(np.repeat(self.group_names, n_places), len(asked)))
        dates = np.array(self.conditions.dates, "datetime64[s]")[asked]
        frame.insert(0, "date", np.repeat(dates, n_groups * n_places))
        return frame

    def defections(self) -> pd.DataFrame:
        """Who came over from whom: `date`, `group`, `came_from`, `men`; only where men did."""
        import pandas as pd

        found = self.state.defections[: self.week + 1]
        weeks, groups, others = np.nonzero(found)
        names = np.array(self.group_names)
        return pd.DataFrame(
            {
                "date": np.array(self.conditions.dates, "datetime64[s]")[weeks],
                "group": names[groups],
                "came_from": names[others],
                "men": found[weeks, groups, others],
            }
        )

    def force_series(self) -> pd.DataFrame:
        """A row a week, force and group: `date`, `force`, `group` and the outcomes by force."""
        import pandas as pd

        weeks, n_forces, n_groups = self.week + 1, len(self.forces), len(self.group_names)
        shape = (weeks * n_forces * n_groups, len(FORCE_OUTCOMES))
        frame = pd.DataFrame(
            self.state.forces_series[:weeks].reshape(shape).copy(), columns=list(FORCE_OUTCOMES)
        )
        names = [force.name for force in self.forces]
        frame.insert(0, "group", self.group_names * (weeks * n_forces))
        frame.insert(0, "force", np.tile(np.repeat(names, n_groups), weeks))
        frame.insert(0, "date", _dates(self.conditions, weeks, n_forces * n_groups))
        return frame

    def __getstate__(self) -> dict[str, Any]:
        kept = self.__dict__.copy()
        kept["_views"] = {}
        return kept


def _dates(scenario: Scenario, weeks: int, times: int) -> np.ndarray:
    return np.repeat(np.array(scenario.dates[:weeks], "datetime64[s]"), times)


def _seed(rng: Any) -> int:
    """A whole number from whatever a caller gives for a seed; a browser gives text."""
    try:
        if isinstance(rng, int | np.integer | str):
            return int(rng)
        return int(np.random.default_rng(rng).integers(1 << 62))
    except (TypeError, ValueError) as error:
        allowed = "a whole number, or what NumPy takes for a seed"
        raise Faults([Fault("rng", None, shown(rng), allowed)]) from error


def _strength(model: Insurgency, row: int) -> int:
    return int(model.state.series[model.week, row, FIGHTERS])


def _reporters(names: list[str]) -> dict[str, Callable[[Insurgency], Any]]:
    return {f"fighters_{name}": partial(_strength, row=row) for row, name in enumerate(names)}
