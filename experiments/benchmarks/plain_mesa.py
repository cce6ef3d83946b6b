"""The fighters of a khorasan week as a Mesa tutorial would write them: objects with attributes.

They stand where Ebbtide's fighters stand in a week of a run, in cells that keep that week's fire,
support, morale and so on. Only the men are lived: what forces and groups do, and all recording, is
given to them for nothing. Each man's hazards are those that the engine has him read. Left out: where
he goes when he changes sides or place (any cell will do), the posts and commanders that some follow,
orders of foundings and pledges, and the books.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import mesa
import numpy as np
from mesa.experimental.scenarios import Scenario

from ebbtide.engine.plain import plain
from ebbtide.engine.slices import bounds
from ebbtide.model import Insurgency
from ebbtide.rules import displacement, leaving, switching, targeting
from ebbtide.world.codes import HAZARDS, Hazard, Kind


@dataclass(frozen=True)
class Man:
    """What brought a man, and how long he has served."""

    hired: int = 1
    like_minded: int = 0
    abroad: int = 0
    forced: int = 0
    seasoned: bool = False
    served: float = 0.0


@dataclass
class Cell:
    """A faction's men in a place, and all that their hazards depend on."""

    hit_by_forces: list[float]
    hit_by_rivals: float
    attackers: float
    caught: float
    men: float
    outsider: float
    support: float
    morale: float
    pay_share: float
    amnesty: float
    onslaught: float
    drive: float
    hold: float
    grievance: float
    others: list[tuple[float, float, float, float]]  # contact, pull, courtship, openness by group
    hazards: list[float] = field(default_factory=lambda: [0.0] * HAZARDS)


class ByRules(mesa.Agent["PlainMesa"]):
    """A fighter who works out every hazard by the rules, and draws for each."""

    def __init__(self, model: PlainMesa, cell: Cell, man: Man) -> None:
        super().__init__(model)
        self.cell = cell
        self.man = man
        self.serves = True

    def step(self) -> None:
        """Face the week, hazard by hazard."""
        if not self.serves:
            return
        draw = self.model.random.random
        killed = draw() < self.fire() or draw() < self.offensive()
        if (
            killed
            or draw() < self.capture()
            or draw() < self.desertion()
            or draw() < self.surrender()
        ):
            self.serves = False
        elif draw() < self.switching() or draw() < self.flight() or draw() < self.moving():
            self.cell = self.random.choice(self.model.cells)

    def fire(self) -> float:
        """The hazard of being killed by fire."""
        cell, rules = self.cell, self.model.rules
        stranger = targeting.stranger(self.man.abroad, cell.outsider)
        exposure = targeting.exposure(cell.support, stranger, rules.targeting_outsider_weight)
        spared = 1.0
        for hit in cell.hit_by_forces:
            share = targeting.struck(targeting.exposed_to(hit, exposure), cell.men)
            spared = displacement.spared(spared, share)
        for hit in (cell.hit_by_rivals, cell.attackers):
            spared = displacement.spared(spared, targeting.struck(hit, cell.men))
        return targeting.fire_hazard(spared, rules.targeting_fire_highest)

    def offensive(self) -> float:
        """The hazard of being killed in an offensive."""
        killed = self.model.rules.displacement_killed
        return displacement.killed_hazard(self.cell.onslaught, killed)

    def capture(self) -> float:
        """The hazard of being caught."""
        cell, highest = self.cell, self.model.rules.targeting_arrest_highest
        return targeting.hazard(cell.caught, cell.men, 1.0, highest)

    def desertion(self) -> float:
        """The hazard of deserting."""
        cell, man, rules = self.cell, self.man, self.model.rules
        tie = leaving.tie(
            man.like_minded,
            man.abroad,
            man.forced,
            leaving.newness(man.seasoned, man.served, rules.leaving_settling),
            rules.leaving_like_minded_tie,
            rules.leaving_foreign_tie,
            rules.leaving_forced_weight,
            rules.leaving_newcomer_weight,
        )
        return leaving.desertion_hazard(
            cell.pay_share,
            cell.morale,
            man.hired,
            tie,
            rules.leaving_highest,
            rules.leaving_tendency,
            rules.leaving_arrears_weight,
            rules.leaving_morale_weight,
            rules.leaving_hired_weight,
        )

    def surrender(self) -> float:
        """The hazard of surrendering."""
        cell, rules = self.cell, self.model.rules
        return leaving.surrender_hazard(
            cell.morale,
            cell.amnesty,
            rules.leaving_surrender_highest,
            rules.leaving_surrender_tendency,
            rules.leaving_morale_weight,
            rules.leaving_amnesty_weight,
        )

    def switching(self) -> float:
        """The hazard of going over to another group."""
        cell = self.cell
        weights = (
            switching.weight(contact, pull, courtship, openness, cell.hold, cell.grievance)
            for contact, pull, courtship, openness in cell.others
        )
        return switching.hazard(sum(weights), self.model.rules.switching_highest)

    def flight(self) -> float:
        """The hazard of being driven out of his place."""
        driven_out = self.model.rules.displacement_driven_out
        return displacement.driven_out_hazard(self.cell.onslaught, driven_out)

    def moving(self) -> float:
        """The hazard of moving for other reasons."""
        rules = self.model.rules
        return displacement.hazard(
            self.cell.drive, rules.displacement_rate, rules.displacement_highest
        )


class ByCell(ByRules):
    """A fighter who reads hazards that were worked out once for his cell, and draws once."""

    def step(self) -> None:
        """Face the week with one draw."""
        if not self.serves:
            return
        drawn = self.model.random.random()
        for hazard, width in self.model.widths:
            if drawn < width:
                if drawn < self.cell.hazards[hazard]:
                    if hazard.fate.elsewhere:
                        self.cell = self.random.choice(self.model.cells)
                    else:
                        self.serves = False
                return
            drawn -= width


class PlainMesa(mesa.Model[ByRules, Scenario["PlainMesa"]]):
    """The men of one week of a run as agents of the given kind, in the order Mesa keeps them."""

    def __init__(self, week: Insurgency, kind: type[ByRules]) -> None:
        super().__init__(rng=1)
        self.rules = week.parameters
        widths = zip(Hazard, plain(bounds)(self.rules), strict=True)
        self.widths = [(hazard, width) for hazard, width in widths if hazard.owner is hazard]
        state, world = week.state, week.world
        found: dict[tuple[int, int], Cell] = {}
        for c, p in np.argwhere(state.men > 0).tolist():
            g = int(world.faction_group[c])
            found[c, p] = Cell(
                hit_by_forces=state.force_hit[:, g, p].tolist(),
                hit_by_rivals=float(state.rival_hit[g, p]),
                attackers=float(
                    state.hit[g, p] - state.rival_hit[g, p] - state.force_hit[:, g, p].sum()
                ),  # what fell in attacks of the week before: the week's own are counted already
                caught=float(state.caught[g, p]),
                men=float(state.group_men[g, p]),
                outsider=float(world.outsider[g]),
                support=float(state.support[g, p]),
                morale=float(state.morale[g, p]),
                pay_share=float(state.pay_share[g]),
                amnesty=float(state.levers.amnesty[g]),
                onslaught=float(state.onslaught[g, p]),
                drive=float(state.drive[g, p]),
                hold=float(state.hold[g]),
                grievance=float(state.grievance[c]),
                others=[
                    (
                        float(state.contact[o, p]),
                        float(state.pull[o]),
                        float(world.courtship[o]),
                        float(world.openness[g, o]),
                    )
                    for o in range(world.groups)
                    if o != g
                ],
                hazards=state.hazards[c, p].tolist(),
            )
        self.cells = list(found.values())
        rows = np.flatnonzero(state.fighter_id)
        for c, p, origin, abroad, since in zip(
            state.fighter_faction[rows].tolist(),
            state.fighter_place[rows].tolist(),
            state.fighter_origin[rows].tolist(),
            state.fighter_abroad[rows].tolist(),
            state.fighter_since[rows].tolist(),
            strict=True,
        ):
            man = Man(
                origin == Kind.LOCAL_POOR,
                origin == Kind.LIKE_MINDED,
                abroad,
                origin == Kind.FORCED,
                origin in (Kind.FOUNDING, Kind.SWITCHED),
                float(week.week - since),
            )
            kind(self, found[c, p], man)

    def step(self) -> None:
        """Let all men face the week."""
        self.agents.do("step")
