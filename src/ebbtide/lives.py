"""Single lives: why and when a simulated man joined, moved, led, changed sides and left.

A run keeps no such record. Since every draw is a function of seed, decision, man and week, his life is
found by living the run's weeks again, phase by phase, and looking at his row: nothing is estimated.
These are anonymous agents of a simulation, and stand for no person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ebbtide.engine import random_numbers
from ebbtide.engine.choice import uniform_among
from ebbtide.engine.phase import Compiled, Phase
from ebbtide.engine.phases import fates, leaders, orders
from ebbtide.engine.plain import within
from ebbtide.engine.random_numbers import Decision
from ebbtide.engine.slices import NO_HAZARD, laid_out, owner_of
from ebbtide.scenario.notebook import titled_table
from ebbtide.world import identity
from ebbtide.world.codes import End, Hazard, Kind
from ebbtide.world.posts import NO_POST, Hunted

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.model import Insurgency

FACED = tuple(hazard for hazard in Hazard if hazard.owner is hazard)
FACED_BY_NUMBER = {int(hazard): hazard for hazard in FACED}
FOLLOWED = 12  # men whom a log tells
called_by = lru_cache(maxsize=256)(within)  # of every man and week, and each search reads bytecode


@lru_cache(maxsize=256)
def calls(phase: Compiled, function: Compiled) -> bool:
    """Whether a phase calls a function of the engine, at whatever depth."""
    try:
        within(phase, function)
    except LookupError:
        return False
    return True


class Turn(NamedTuple):
    """Something that happened to a man: when, what, in which phase of the week, and by which draw.

    It came since `drawn` was below `chance`; both are None where no draw of his own decided. Of a
    fate, `drawn` is how far his number of the week lay into that fate's slice of [0, 1).
    """

    date: dt.date
    what: str
    phase: str
    drawn: float | None = None
    chance: float | None = None

    def __str__(self) -> str:
        why = f" (draw {self.drawn:.6f} below {self.chance:.6f})" if self.drawn is not None else ""
        return f"{self.date:%d %b %Y}  {self.what}{why}"


@dataclass(frozen=True, eq=False, repr=False)
class Life:
    """A man's life in a run.

    `turns` are what happened to him, in order. `weeks` has a row for each week that he faced: `date`,
    `group`, `place`, `drawn` (the number in [0, 1) that decided his fate) and, of each fate that may
    come (`ebbtide.world.codes.Hazard`), its weekly probability for him.
    """

    id: int
    turns: tuple[Turn, ...]
    weeks: pd.DataFrame

    def __repr__(self) -> str:
        return f"Life(man {self.id}: {len(self.turns)} turns in {len(self.weeks)} weeks)"

    def __str__(self) -> str:
        return "\n".join([f"man {self.id}", *(f"    {turn}" for turn in self.turns)])

    def _repr_html_(self) -> str:
        rows = [
            (turn.date, turn.what, turn.phase, *map(_number, (turn.drawn, turn.chance)))
            for turn in self.turns
        ]
        below = f"He faced {len(self.weeks)} weeks: `.weeks` has his draw and hazards in each."
        headings = ("week to", "what", "phase", "draw", "below")
        return titled_table(f"man {self.id}", headings, rows, below)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"


def lives_of(model: Insurgency, ids: Iterable[int]) -> list[Life]:
    """The lives of men by id, up to the model's week.

    Raises LookupError for an id that nobody has had, and ValueError for a model that was changed by
    hand, which cannot be lived again.
    """
    ids = [int(each) for each in ids]
    if 0 in ids:  # what stands in a row without a man
        raise LookupError(f"nobody of id 0 has served by {model.date}")
    again = model.anew()
    men = [_Man(again, each) for each in ids]
    _look(men, again, None, {})
    again._live_part = partial(_live_part, again, men)  # type: ignore[method-assign]
    while again.week < model.week:
        again.step()
    if not np.array_equal(model.state.series.table, again.state.series.table, equal_nan=True):
        raise ValueError("the model was changed by hand: its weeks cannot be lived again")
    for man in men:
        if not man.turns:
            raise LookupError(f"nobody of id {man.id} has served by {model.date}")
    return [man.life() for man in men]


def who_served(model: Insurgency, group: str) -> list[int]:
    """The ids of all whom a group had at any week's end so far, in the order in which they entered."""
    again = model.anew()
    first, stop = again.world.group_start[again.group_names.index(group) :][:2]
    found: set[int] = set()
    while True:
        of, ids = again.state.fighter_faction, again.state.fighter_id
        found.update(ids[(ids != 0) & (of >= first) & (of < stop)].tolist())
        if again.week == model.week:
            return sorted(found)
        again.step()


def sample(ids: Sequence[int], number: int) -> list[int]:
    """So many of them at most, evenly spread."""
    if len(ids) <= number:
        return [*ids]
    return [ids[int(at)] for at in np.linspace(0, len(ids) - 1, number).round()]


def _live_part(
    model: Insurgency, men: list[_Man], phases: Sequence[Phase], compiled: object
) -> None:
    """Live a part of a week phase by phase, and look at the men after each."""
    for phase in phases:
        foreseen = {man.id: man.foresee(model, phase) for man in men if man.row is not None}
        _live_phase(model, phase)
        _look(men, model, phase, foreseen)


def _live_phase(model: Insurgency, phase: Phase) -> None:
    if model.agents_way:
        model.live(phase)
        return
    if phase.only_if is not None and not phase.only_if(model.state.compiled):
        return
    columns = (model.world.compiled, model.parameters.compiled, model.state.compiled, model.week)
    if phase.of is None or phase.all_at_once is not None:
        (phase.all_at_once or phase.act)(*columns)
        return
    for row in range(int(getattr(model.world, phase.of))):
        phase.act(*columns, row)


class Foreseen(NamedTuple):
    """What a phase may bring to a man, worked out before it: in words, his draw, its chance."""

    words: str
    drawn: float
    chance: float


def _look(
    men: list[_Man], model: Insurgency, phase: Phase | None, foreseen: dict[int, Foreseen | None]
) -> None:
    for man in men:
        man.look(model, phase, foreseen.get(man.id))


class _Man:
    """A man who is followed: where he stood when he was last looked at, and what happened so far."""

    def __init__(self, model: Insurgency, number: int) -> None:
        self.id = number
        self.row: int | None = None
        self.group = self.faction = self.place = self.post = -1
        self.turns: list[Turn] = []
        self.weeks: list[dict[str, Any]] = []
        self._places = [place.name for place in model.scenario.file.places.values()]
        self._groups = [group.name for group in model.scenario.file.groups.values()]

    def life(self) -> Life:
        """What was seen of him."""
        import pandas as pd

        columns = ["date", "group", "place", "drawn", *(hazard.called for hazard in FACED)]
        return Life(self.id, tuple(self.turns), pd.DataFrame(self.weeks, columns=columns))

    def look(self, model: Insurgency, phase: Phase | None, foreseen: Foreseen | None) -> None:
        """Note what a phase has done to him."""
        state = model.state
        if self.row is None:
            rows = np.flatnonzero(state.fighter_id == self.id)
            if rows.size:
                self._join(model, int(rows[0]), phase)
            return
        if int(state.fighter_id[self.row]) != self.id:
            self._turn(model, foreseen.words if foreseen else "leaves", phase, foreseen)
            self.row = None
            return
        before = self.group, self.place, self.post
        self._read(model)
        said = []
        if self.group != before[0]:
            said.append(f"goes over to {self._groups[self.group]}")
        if self.place != before[1]:
            said.append(f"is in {self._places[self.place]} now")
        if said:
            how = f"{foreseen.words}: " if foreseen else ""
            self._turn(model, how + ", ".join(said), phase, foreseen)
        if self.post not in (before[2], NO_POST):
            rank = int(model.world.post_rank[self.post])
            post = "head" if rank == 0 else f"the holder of post {rank + 1}"
            self._turn(model, f"becomes {post} of {self._groups[self.group]}", phase, None)

    def _join(self, model: Insurgency, row: int, phase: Phase | None) -> None:
        self.row = row
        self._read(model)
        kind = Kind(identity.kind_of(self.id))
        how = "is there at the start" if phase is None else f"joins, {kind.label}"
        where = f"in {self._places[self.place]}, with {self._groups[self.group]}"
        self._turn(model, f"{how}, {where}", phase, None)

    def _read(self, model: Insurgency) -> None:
        state = model.state
        self.faction = int(state.fighter_faction[self.row])
        self.group = int(model.world.faction_group[self.faction])
        self.place = int(state.fighter_place[self.row])
        self.post = int(state.fighter_post[self.row])

    def _turn(
        self, model: Insurgency, what: str, phase: Phase | None, foreseen: Foreseen | None
    ) -> None:
        says = "the start" if phase is None else phase.says
        by = (foreseen.drawn, foreseen.chance) if foreseen else (None, None)
        self.turns.append(Turn(model.date, what, says, *by))

    def foresee(self, model: Insurgency, phase: Phase) -> Foreseen | None:
        """What a phase that draws for him may bring, before it is lived."""
        for draw, foreseen in FORESEEN.items():
            if calls(phase.act, draw):
                return foreseen(self, model, phase)
        return None

    def _his_fate(self, model: Insurgency, phase: Phase) -> Foreseen | None:
        """Note the week that he faces; the fate in whose slice his draw fell, if any."""
        world, state, week, row = model.world, model.state, model.week, self.row
        drawn = random_numbers.uniform(
            int(world.key0), int(world.key1), np.int64(Decision.FATE), self.id, week
        )
        of_phase = partial(called_by, phase.act)
        chance_of = of_phase(fates.chance_of)
        hazards = {
            hazard: float(chance_of(world, model.parameters, state, week, row, hazard))
            for hazard in FACED
        }
        self.weeks.append(
            {"date": model.date, "group": model.group_names[self.group],
             "place": model.place_names[self.place], "drawn": drawn}
            | {hazard.called: chance for hazard, chance in hazards.items()}
        )  # fmt: skip
        slices = of_phase(laid_out)(model.parameters)
        h = of_phase(owner_of)(slices, drawn)
        if h == NO_HAZARD:
            return None
        fate = FACED_BY_NUMBER[h]
        chance, into = hazards[fate], drawn - slices.beginning[h]
        end = fate.fate.end
        done_to_him = end is not None and end.decapitates
        words = f"is {fate.fate.words}" if done_to_him else f"has {fate.fate.words}"
        if fate is Hazard.FIRE and chance > 0.0:
            at, by_forces = of_phase(uniform_among)(into, chance), np.empty(world.forces)
            end, _ = of_phase(fates.by_whose_fire)(
                world, model.parameters, state, row, at, by_forces
            )
            words = f"is {tuple(End)[end].words}"
        return Foreseen(words, into, chance)

    def _his_orders(self, model: Insurgency, phase: Phase) -> Foreseen | None:
        """Whether he crosses over with founders, or with his commander."""
        world, state, week = model.world, model.state, model.week
        crosses_with_founders = called_by(phase.act, orders.crosses_with_founders)
        crosses, drawn, chance = crosses_with_founders(world, state, week, self.row)
        if crosses:
            return Foreseen("crosses over with the founders", float(drawn), float(chance))
        goes_with_command = called_by(phase.act, orders.goes_with_command)
        goes, drawn, chance = goes_with_command(world, model.parameters, state, week, self.row)
        if goes:
            words = "his local command goes over, and he with it"
            return Foreseen(words, float(drawn), float(chance))
        return None

    def _his_hunt(self, model: Insurgency, phase: Phase) -> Foreseen | None:
        """The risk of the holder of a post."""
        if self.post == NO_POST:
            return None
        world, state = model.world, model.state
        drawn = random_numbers.uniform(
            int(world.key0), int(world.key1), np.int64(Decision.LEADER_FATE), self.id, model.week
        )
        if state.post_doomed[self.post] == 1:
            return Foreseen(f"is {Hunted.BY_DATED_ACT.told}", drawn, 1.0)
        risk_of_hunt = called_by(phase.act, leaders.risk_of_hunt)
        chance = float(risk_of_hunt(world, model.parameters, state, self.group, self.place))
        return Foreseen(f"is {Hunted.BY_FIRE.told}", drawn, chance)


# What decides over a man by a draw of his own: a phase that calls it is foreseen so.
FORESEEN = {
    fates.chance_of: _Man._his_fate,
    orders.crosses_with_founders: _Man._his_orders,
    leaders.risk_of_hunt: _Man._his_hunt,
}
