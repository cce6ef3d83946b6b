"""The Mesa agents: groups, state forces and fighters, on top of the columns.

An agent holds no state of its own: its attributes read the columns of the model. Its methods are
the phases of the week (`model.py`), each the plain Python function that the compiled phase loops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
from mesa.agentset import AgentSet

from ebbtide.engine import (
    accounts,
    attacks,
    cells,
    commands,
    fates,
    forces,
    leaders,
    luck,
    muster,
    orders,
    record,
    recruits,
    standing,
)
from ebbtide.engine.plain import plain
from ebbtide.world.identity import KIND_NAMES
from ebbtide.world.state import NO_POST

if TYPE_CHECKING:
    from ebbtide.model import Insurgency


class Group(mesa.Agent["Insurgency"]):
    """An insurgent group: musters, keeps accounts, takes stock, feels the ground, attacks, recruits."""

    model: Insurgency

    def __init__(self, model: Insurgency, row: int, name: str) -> None:
        super().__init__(model)
        self.row = row
        self.name = name

    @property
    def size(self) -> int:
        """Its fighters now."""
        start, stop = self.model.setting.group_start[self.row : self.row + 2]
        return int(self.model.state.men[start:stop].sum())

    @property
    def money(self) -> float:
        """Its reserve in thousand USD."""
        return float(self.model.state.money[self.row])

    @money.setter
    def money(self, amount: float) -> None:
        self.model.state.money[self.row] = amount

    @property
    def brand(self) -> float:
        """What its name promises, 0 to 1."""
        return float(self.model.state.brand[self.row])

    @brand.setter
    def brand(self, level: float) -> None:
        self.model.state.brand[self.row] = level

    @property
    def cohesion(self) -> float:
        """How far it holds together, 0 to 1."""
        return float(self.model.state.cohesion[self.row])

    @cohesion.setter
    def cohesion(self, level: float) -> None:
        self.model.state.cohesion[self.row] = level

    @property
    def fighters(self) -> AgentSet[Fighter]:
        """Its fighters as agents."""
        own = [fighter for fighter in self.model.fighters if fighter.group is self]
        return AgentSet(own, random=self.model.random)

    def muster(self) -> None:
        """Count men by place, feel growth, see who is within reach."""
        self.model.act(muster.muster, self.row)

    def keep_promises(self) -> None:
        """Set aside what goes to allies."""
        self.model.act(muster.keep_promises, self.row)

    def keep_accounts(self) -> None:
        """Take in money and pay what is due as far as it goes."""
        self.model.act(accounts.keep_accounts, self.row)

    def take_stock(self) -> None:
        """Update command, cohesion, brand, capability and notoriety."""
        self.model.act(standing.take_stock, self.row)

    def feel_the_ground(self) -> None:
        """Update pressure, support, resistance, morale and districts, place by place."""
        self.model.act(cells.feel_the_ground, self.row)

    def appoint(self) -> None:
        """Fill posts that have stood empty long enough."""
        self.model.act(leaders.appoint, self.row)

    def decide_commands(self) -> None:
        """Let each local command decide whether it goes over."""
        self.model.act(commands.decide_commands, self.row)

    def weigh_risks(self) -> None:
        """Work out the hazards that its men read when they face the week."""
        self.model.act(cells.weigh_risks, self.row)

    def attack(self) -> None:
        """Attack state forces and civilians."""
        self.model.act(attacks.attack, self.row)

    def recruit(self) -> None:
        """Decide how many men join."""
        self.model.act(recruits.recruit, self.row)

    def write_down(self) -> None:
        """Record the week."""
        plain(record.write_down)(self.model.setting, self.model.state, self.model.week, self.row)


class StateForce(mesa.Agent["Insurgency"]):
    """A state force or armed locals: watches groups, learns where they are, and fires."""

    model: Insurgency

    def __init__(self, model: Insurgency, row: int, name: str) -> None:
        super().__init__(model)
        self.row = row
        self.name = name

    @property
    def attention(self) -> dict[str, float]:
        """Its attention (0 to 1) to every group by name."""
        return dict(
            zip(self.model.group_names, self.model.state.attention[self.row].tolist(), strict=True)
        )

    def watch_and_strike(self) -> None:
        """Update attention and intelligence, and share out fire."""
        self.model.act(forces.watch_and_strike, self.row)


class Fighter(mesa.Agent["Insurgency"]):
    """A fighter: a view of one row, made when somebody looks, void when the man has left."""

    model: Insurgency
    unique_id: int  # type: ignore[assignment]  # which Mesa says is None

    def __init__(self, model: Insurgency, row: int) -> None:
        # Not through Agent.__init__, which would register every view with the model.
        self.model = model
        self.row = row
        self.unique_id = int(model.state.fighter_id[row])
        self.pos = None

    @property
    def present(self) -> bool:
        """Whether the man still serves with any group."""
        return int(self.model.state.fighter_id[self.row]) == self.unique_id

    def _column(self, name: str) -> int:
        if not self.present:
            raise LookupError(
                f"fighter {self.unique_id} has left; look at model.fighters again after a step"
            )
        return int(getattr(self.model.state, name)[self.row])

    @property
    def group(self) -> Group:
        """The group he fights for."""
        faction = self._column("fighter_faction")
        return self.model.groups[int(self.model.setting.faction_group[faction])]

    @property
    def faction(self) -> str:
        """His faction, or his group where it has none."""
        return self.model.faction_names[self._column("fighter_faction")]

    @property
    def place(self) -> str:
        """Where he is."""
        return self.model.place_names[self._column("fighter_place")]

    @property
    def origin(self) -> str:
        """How he came to his group: founding, local_poor, like_minded, foreign, allies, switched."""
        return KIND_NAMES[self._column("fighter_origin")]

    @property
    def came_from(self) -> Group | None:
        """The group he left for this one, if any."""
        row = self._column("fighter_came_from")
        return None if row < 0 else self.model.groups[row]

    @property
    def weeks_served(self) -> int:
        """Weeks with his present group."""
        return self.model.week - self._column("fighter_since")

    @property
    def leads(self) -> bool:
        """Whether he holds a post."""
        return self.present and self._column("fighter_post") != NO_POST

    def remove(self) -> None:
        """Not for hands: fighters leave through the rules, so that the books balance."""
        raise TypeError("fighters leave through the rules; a view cannot be removed")

    def face_the_hunt(self) -> None:
        """Survive the week in his post, or not."""
        if self.leads:
            self.model.act(leaders.face_the_hunt, self._column("fighter_post"))

    def follow_orders(self) -> None:
        """Cross over with founders or with his commander."""
        if self.present:
            self.model.act(orders.follow_orders, self.row)

    def face_the_week(self) -> None:
        """Let one draw decide which end, if any, comes for him."""
        if not self.present:
            return
        setting, week = self.model.setting, self.model.week
        drawn = luck.uniform(setting.key0, setting.key1, luck.FATE, self.unique_id, week)
        if drawn < self.model.widest_draw:
            self.model.act(fates.face_the_week, self.row, drawn)


def view(model: Insurgency, row: int, known: dict[int, Any]) -> Fighter:
    """The fighter in a row: the view made before if he is still there, else a new one."""
    fighter = known.get(row)
    if fighter is None or not fighter.present:
        fighter = Fighter(model, row)
    return fighter
