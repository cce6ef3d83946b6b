"""The model: a Mesa model that lives the week of `ebbtide.engine.week`, in machine code or by agents."""

from __future__ import annotations

import copy
import datetime as dt
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np
from mesa.agentset import AgentSet

from ebbtide import as_tables
from ebbtide.agents import Fighter, InsurgentGroup, StateForce, view
from ebbtide.collector import StrengthCollector
from ebbtide.engine import random_numbers
from ebbtide.engine.assembly import assemble
from ebbtide.engine.phase import Phase
from ebbtide.engine.plain import plain
from ebbtide.extensions import Extensions, answers
from ebbtide.extensions.extensions import told_if_not_compiled
from ebbtide.mesa_model import MesaModel
from ebbtide.mesa_scenario import ScenarioInMesa, in_mesa
from ebbtide.scenario import Fault, Faults, Policy, Scenario, arguments, load
from ebbtide.scenario.arguments import must
from ebbtide.scenario.faults import shown
from ebbtide.scenario.library import chosen_policy
from ebbtide.scenario.notebook import titled_table
from ebbtide.scenario.override_notes import warn_of_overrides
from ebbtide.scenario.policy import parted
from ebbtide.scenario.python_values import as_stated, whole
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.stated_elsewhere import of_run
from ebbtide.world.codes import Slot

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.lives import Life

type Member = mesa.Agent[Insurgency]
DEFAULT_SCENARIO = "minimal"
_NOT_THE_CALLERS = (str(Path(mesa.__file__).parent), str(Path(__file__).parent))


class Insurgency(MesaModel["Member"]):
    """Insurgent groups, their fighters and the forces against them, week by week.

    Args:
        scenario: a loaded scenario, a path or the name of a shipped one (the small one if none).
        rng: the seed, any integer or what NumPy takes for one; None draws a fresh one.
        policy: a loaded policy, a path or a name; None is the scenario's own.
        agents_way: run the phases as methods of agents, in plain Python. The results are the
            same to the last bit, and some hundred times slower: for reading, tests and teaching.
        extensions: weekly outcomes and rules of one's own: functions so declared, modules or Python
            files that hold some, one or many (`weekly_outcome`, `rule_override`).
        overrides: values by dotted path, such as `**{"groups.rebels.pay": 120}`, or of the policy,
            such as `**{"policy.acts.strikes.start": date(2001, 7, 1)}`; scalars of NumPy and pandas
            are taken as what they hold. An unknown path raises Faults, which names the nearest; of
            one that moves nothing, `MovesNothing` warns.

    Quantities with a prior stand at their medians unless an override says otherwise.
    """

    instead_of_setting: ClassVar = {
        "scenario": "a run has one from its first day; begin another: Insurgency(SCENARIO, ...)",
        "policy": "a run has one from its first day; begin another: Insurgency(..., policy=...)",
        **dict.fromkeys(("week", "date"), "weeks are lived: step(), run_until(...)"),
        "seed": "a run has one from its first day; begin another: Insurgency(..., rng=...)",
        "extensions": "a run has them from its first day; begin another: Insurgency(..., extensions=...)",
        "fighters": "men join and leave through the rules, so that the books balance",
        "leaders": "leaders rise and fall through the rules",
        **dict.fromkeys(
            ("groups", "forces", "group_names", "place_names", "faction_names"),
            "who is there, and where, stands in the scenario",
        ),
        **dict.fromkeys(
            ("world", "parameters", "state"),
            "its columns are set one by one, such as model.state.money[0] = 100",
        ),
    }
    stated_elsewhere: ClassVar = of_run(ScenarioFile, instead_of_setting)

    def __init__(
        self,
        scenario: Scenario | str | Path | None = None,
        *,
        rng: Any = None,
        policy: Policy | str | Path | None = None,
        agents_way: bool | None = None,
        extensions: Any = (),
        **overrides: Any,
    ) -> None:
        if isinstance(scenario, ScenarioInMesa):  # of another model, by Mesa's Reset
            rng = scenario.rng if rng is None else rng
            policy = policy or scenario.lived_under
            agents_way = scenario.agents_way if agents_way is None else agents_way
            extensions = extensions or scenario.extended_by
            scenario = scenario.stands_for
        self.seed = _seed(rng)
        loaded = _scenario(scenario)
        _refuse_seed(overrides)
        of_scenario, of_policy = parted(overrides)
        if of_scenario:
            loaded = loaded.with_overrides(of_scenario)
        chosen = chosen_policy(policy, loaded, of_policy)
        way = as_stated(agents_way)
        must(way is None or isinstance(way, bool), "agents_way", None, agents_way, "True or False")
        self.agents_way = bool(way)
        self.extensions = Extensions.of(extensions)
        # Mesa's own generators, which no rule draws from, take no seed below zero.
        kept = in_mesa(loaded, chosen, self.agents_way, self.extensions, abs(self.seed))
        super().__init__(scenario=kept)
        self.policy = chosen
        if overrides:
            warn_of_overrides(loaded, chosen, overrides)
        self._week = 0
        self.world, self.parameters, self.state = assemble(
            loaded, self.policy, loaded.medians(), random_numbers.seed_key(self.seed)
        )
        self.place_names = tuple(loaded.file.places)
        self.group_names = tuple(loaded.file.groups)
        self.faction_names = tuple(
            f"{name}.{faction}" if faction else name
            for name, group in loaded.file.groups.items()
            for faction in (group.factions or [""])
        )
        self.groups = tuple(
            InsurgentGroup(self, g, name) for g, name in enumerate(self.group_names)
        )
        self.forces = tuple(StateForce(self, f, name) for f, name in enumerate(loaded.file.forces))
        self._views: dict[int, Fighter] = {}
        self.datacollector = StrengthCollector(self.group_names)
        shape = (self.world.weeks + 1, len(self.groups))
        self._own_outcomes = {name: np.full(shape, np.nan) for name in self.extensions.outcomes}
        for phase in self.extensions.week.phases:
            if phase.at_start:
                actors = () if phase.of is None else (getattr(self.world, phase.of),)
                for row in np.ndindex(*actors):
                    self.act(phase.act, *row)
        self._note_own_outcomes()
        self.datacollector.collect(self)

    def step(self) -> None:
        """Live one week; after the scenario's last it warns, and nothing is lived."""
        if self.week >= self.world.weeks:
            self.running = False
            said = f"the scenario ended on {self.date}: no week is left to live"
            warnings.warn(said, skip_file_prefixes=_NOT_THE_CALLERS)
            return
        try:
            self._live_week()
        except BaseException:
            self.step = self._refuse  # type: ignore[method-assign]  # Mesa would step no more, and not say so
            raise
        if self.week >= self.world.weeks:
            self.running = False

    def _live_week(self) -> None:
        self._week += 1
        until_intake, from_intake = self.extensions.week.parts
        self._live_part(*until_intake)
        self.make_room(int(self.state.intake.sum()))
        self._live_part(*from_intake)
        self._note_own_outcomes()
        self.datacollector.collect(self)

    def _refuse(self) -> None:
        """What a step is after one that was broken off: its week is lived in part."""
        raise RuntimeError(
            f"the week that ends on {self.date} was broken off: this model cannot go on, begin anew"
        )

    def _live_part(self, phases: Sequence[Phase], compiled: Any) -> None:
        if self.agents_way:
            for phase in phases:
                self.live(phase)
            return
        if not self.extensions:
            compiled(*self._columns, self.week)
            return
        with told_if_not_compiled(self.extensions):
            compiled(*self._columns, self.week)

    def _note_own_outcomes(self) -> None:
        """Ask each weekly outcome of the user's own of each group."""
        for name, outcome in self.extensions.outcomes.items():
            for group in self.groups:
                with answers.asked(f"weekly outcome {name} of {group.name}, {self.date}"):
                    found = answers.number(outcome(self, group))
                self._own_outcomes[name][self.week, group.row] = np.nan if found is None else found

    @property
    def _columns(self) -> tuple[Any, Any, Any]:
        return self.world.compiled, self.parameters.compiled, self.state.compiled

    def live(self, phase: Phase) -> None:
        """Let all actors of a phase live it, in plain Python and whatever order."""
        if phase.only_if is not None and not plain(phase.only_if)(self.state):
            return
        if phase.of is None:
            self.act(phase.act)
            return
        self.in_order(self._actors(phase.of)).do("live", phase)

    def _actors(self, of: str) -> AgentSet[Any]:
        """Those who live a phase; who holds a post does so as a fighter."""
        match of:
            case "fighters":
                return self.fighters
            case "posts":
                return self.leaders
        return AgentSet(getattr(self, of), random=self.random)

    def in_order(self, members: AgentSet[Member]) -> AgentSet[Member]:
        """The order in which actors act: as they stand. Tests shuffle it, and nothing changes."""
        return members

    def act(self, act: Callable[..., Any], *row: int) -> None:
        """Do what a phase does for one actor's row, in plain Python in the agents' way."""
        if self.agents_way:
            plain(act)(self.world, self.parameters, self.state, self.week, *row)
            return
        with told_if_not_compiled(self.extensions):
            act(*self._columns, self.week, *row)

    def make_room(self, entering: int) -> None:
        """Lengthen the fighters' columns when recruits need more rows than are free."""
        state = self.state
        capacity = len(state.fighter_id)
        needed = int(state.rows[Slot.USED]) + max(0, entering - int(state.rows[Slot.FREE]))
        if needed <= capacity:
            return
        longer = max(needed, capacity + capacity // 2)
        columns = {}
        for name, declared in state.declared.items():
            if declared.dimensions == ("fighter",):
                columns[name] = np.full(longer, declared.start, declared.dtype)
                columns[name][:capacity] = getattr(state, name)
        for name, column in columns.items():
            setattr(state, name, column)

    def run_until_end(self) -> None:
        """Live all weeks that are left."""
        while self.running:
            self.step()

    def run_until(self, end: dt.date | str | float | Callable[[Insurgency], bool]) -> bool:  # type: ignore[override]
        """Live until a date, a week, or until a condition holds.

        Args:
            end: a date (or its text, such as `2016-11-30`): until the week that holds it; a whole
                number: until that week; a function of the model, asked before each week: until it is
                true, or the scenario's last week has been lived.

        Returns whether the end was reached: a condition may never hold.

        Raises ValueError for an end that lies behind, after the scenario's last week, or that is no
        date, and TypeError for anything else.
        """
        if callable(end):
            while not (reached := bool(end(self))) and self.running:
                self.step()
            return reached
        week = self._week_of(end)
        if not self.week <= week <= self.world.weeks:
            last = self.scenario.dates[-1]
            raise ValueError(
                f"cannot run until {end}: the model is in week {self.week} ({self.date}), "
                f"and its last is {self.world.weeks} ({last})"
            )
        while self.week < week:
            self.step()
        return True

    def go_on_from(self, past: Insurgency) -> None:
        """Stand where another model does, of the same scenario and seed; this one has lived no week."""
        object.__setattr__(self, "state", copy.deepcopy(past.state))
        self._week = past.week

    def run_for(self, duration: float) -> None:
        """Live so many weeks.

        Raises ValueError for more than are left, and TypeError for what is no whole number.
        """
        weeks = whole(duration)
        if weeks is None:
            raise TypeError(f"run for a whole number of weeks, not {shown(duration)}")
        self.run_until(self.week + weeks)

    def _week_of(self, end: Any) -> int:
        """The week that a date lies in, or a number of weeks as it is."""
        end = as_stated(end)
        if isinstance(end, dt.datetime):
            end = end.date()
        if isinstance(end, str):
            end = arguments.day(end, "run_until")
        if isinstance(end, dt.date):
            first, last = self.scenario.dates[0], self.scenario.dates[-1]
            if not first <= end <= last:
                raise ValueError(f"{end} lies outside the scenario, {first} to {last}")
            return int(self.scenario.week_of(end))
        is_number = isinstance(end, int | float | np.integer | np.floating)
        if not is_number or isinstance(end, bool) or not np.isfinite(end) or end != int(end):
            raise TypeError(
                f"run until a date, a whole week or a function of the model, not {end!r}"
            )
        return int(end)

    @property
    def week(self) -> int:
        """The number of the current week; 0 is the start."""
        return self._week

    @property
    def date(self) -> Any:
        """The last day of the current week."""
        return self.scenario.dates[self.week]

    @property
    def fighters(self) -> AgentSet[Fighter]:
        """All fighters as agents; views are made now and kept until their men leave."""
        state = self.state
        rows = np.nonzero(state.fighter_id[: state.rows[Slot.USED]])[0]
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
        """A row a week and group: `date`, `group` and every outcome (see `OUTCOMES` for units).

        After them come those of the user's own.
        """
        return as_tables.of_groups(self, self._own_outcomes)

    def places(self, weeks: Sequence[int] | None = None) -> pd.DataFrame:
        """A row a week, group and place: `date`, `group`, `place` and the outcomes by place.

        Of all weeks so far, or of those asked for (0 is the start).
        """
        return as_tables.of_places(self, weeks)

    def defections(self) -> pd.DataFrame:
        """Who came over from whom: `date`, `group`, `came_from`, `men`; only where men did."""
        return as_tables.of_defections(self)

    def force_series(self) -> pd.DataFrame:
        """A row a week, force and group: `date`, `force`, `group` and the outcomes by force."""
        return as_tables.of_forces(self)

    def fate(self, man: int | Fighter) -> Life:
        """The life of a man so far: when and why he joined, moved, led, changed sides and left.

        `man` is a fighter, or the `unique_id` of one, who may have left since. The run's weeks are lived
        again, which takes about as long as they did. Raises LookupError for an id that nobody has had,
        ValueError for a model that was changed by hand. It is about agents of the simulation alone.
        """
        from ebbtide.lives import lives_of

        if isinstance(man, Fighter) and man.model is not self:
            found = f"{man!r} of another model"
            raise Faults([Fault("fate", None, found, "a fighter of this one")])
        number = man.unique_id if isinstance(man, Fighter) else whole(man)
        if number is None:
            raise Faults([Fault("fate", None, shown(man), "a fighter, or the unique_id of one")])
        return lives_of(self, [number])[0]

    def anew(self) -> Insurgency:
        """The run as it began, in a plain model: what a class of the user's own adds is left out."""
        return Insurgency(
            self.scenario.stands_for,
            rng=self.seed,
            policy=self.policy,
            agents_way=self.agents_way,
            extensions=self.extensions,
        )

    def __repr__(self) -> str:
        way = ", agents' way" if self.agents_way else ""
        return (
            f"Insurgency({self.scenario.id!r}, policy {self.policy.id!r}, rng={self.seed}{way}: "
            f"week {self.week} of {self.world.weeks}, {self.date})"
        )

    def _repr_html_(self) -> str:
        strengths = [(group.name, group.size) for group in self.groups]
        return titled_table(repr(self), ("group", "fighters"), strengths)

    def __copy__(self) -> Insurgency:
        """A whole copy: what shared the columns, and Mesa's queue of steps, would live on as one."""
        return copy.deepcopy(self)

    def __getstate__(self) -> dict[str, Any]:
        kept = self.__dict__.copy()
        kept["_views"] = {row: each for row, each in self._views.items() if each.noted}
        return kept


def _scenario(scenario: Any) -> Scenario:
    """The scenario of a run, the small one if none is named. Raises Faults, and TypeError."""
    if isinstance(scenario, Scenario):
        return scenario
    return load(DEFAULT_SCENARIO if scenario is None else scenario)


def _refuse_seed(overrides: Mapping[str, Any]) -> None:
    """Raise Faults for a seed by the name that it has elsewhere."""
    if "seed" in overrides:
        found = f"seed={shown(overrides['seed'])}"
        raise Faults([Fault("Insurgency", None, found, "a run's seed is its rng", "rng")])


def _seed(rng: Any) -> int:
    """A whole number from whatever a caller gives for a seed; a browser gives text."""
    stated = as_stated(rng) if np.ndim(rng) == 0 else rng
    number = whole(stated)
    if number is not None:
        return number
    try:
        if isinstance(stated, str):
            return int(stated)
        if isinstance(stated, bool):
            raise TypeError(rng)
        return int(np.random.default_rng(rng).integers(1 << 62))
    except (TypeError, ValueError) as error:
        allowed = "a whole number, or what NumPy takes for a seed"
        raise Faults([Fault("rng", None, shown(rng), allowed)]) from error
