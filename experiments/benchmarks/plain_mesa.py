"""The fighters of a khorasan week as a Mesa tutorial would write them: objects with attributes.

They stand where Ebbtide's fighters stand in a week of a run, in cells that keep that week's fire,
support, morale and so on. Only the men are lived: what forces and groups do, and all recording, is
given to them for nothing.
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


@dataclass
class Cell:
    """A faction's men in a place, and all that their hazards depend on."""

    hit: float
    caught: float
    men: float
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

    def __init__(self, model: PlainMesa, cell: Cell, abroad: float) -> None:
        super().__init__(model)
        self.cell = cell
        self.abroad = abroad
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
        exposure = targeting.exposure(cell.support, self.abroad, rules.targeting_outsider_weight)
        return targeting.hazard(cell.hit, cell.men, exposure, rules.targeting_highest)

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
        cell, rules = self.cell, self.model.rules
        return leaving.desertion_hazard(
            cell.pay_share,
            cell.morale,
            0,
            0.0,
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
            if contact > 0.0
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
        state, setting = week.state, week.world
        found: dict[tuple[int, int], Cell] = {}
        for c, p in np.argwhere(state.men > 0).tolist():
            g = int(setting.faction_group[c])
            found[c, p] = Cell(
                hit=float(state.hit[g, p]),
                caught=float(state.caught[g, p]),
                men=float(state.group_men[g, p]),
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
                        float(setting.courtship[o]),
                        float(setting.openness[g, o]),
                    )
                    for o in range(setting.groups)
                    if o != g
                ],
                hazards=state.hazards[c, p].tolist(),
            )
        self.cells = list(found.values())
        rows = np.flatnonzero(state.fighter_id)
        for c, p, origin in zip(
            state.fighter_faction[rows].tolist(),
            state.fighter_place[rows].tolist(),
            state.fighter_origin[rows].tolist(),
            strict=True,
        ):
            kind(self, found[c, p], float(origin == Kind.FOREIGN))

    def step(self) -> None:
        """Let all men face the week."""
        self.agents.do("step")
