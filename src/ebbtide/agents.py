"""The Mesa agents: groups, state forces and fighters, on top of the columns.

An agent holds no state of its own: its attributes read the columns of the model. What it does in a
phase of the week (`engine.week.WEEK`) is the plain Python function that the compiled phase loops.
"""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any, ClassVar, Self, overload

import mesa
from mesa.agentset import AgentSet

from ebbtide.read_only import ReadOnly
from ebbtide.scenario.arguments import must
from ebbtide.scenario.python_values import as_stated
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.groups import Group
from ebbtide.stated_elsewhere import OTHERWISE, of_row
from ebbtide.world.codes import Kind
from ebbtide.world.posts import NO_POST
from ebbtide.world.units import meant_by
from ebbtide.world.variables import Variables

if TYPE_CHECKING:
    from ebbtide.engine.phase import Phase
    from ebbtide.model import Insurgency


_BY_RULES = "men join, move and leave through the rules, so that the books balance"
_OF_ROW = "the columns of the model go by it"


class Actor(ReadOnly, mesa.Agent["Insurgency"]):
    """Who acts in a phase with a row of his own: a group or a force."""

    model: Insurgency
    instead_of_setting: ClassVar = {
        "model": _OF_ROW,
        "row": _OF_ROW,
        "name": _OF_ROW,
        "unique_id": "Mesa counts its agents",
    }
    by_scenario: ClassVar = "groups and forces stand in the scenario"

    def __init__(self, model: Insurgency, row: int, name: str) -> None:
        super().__init__(model)
        self.row = row
        self.name = name

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    def live(self, phase: Phase) -> None:
        """Live one phase of the week."""
        self.model.act(phase.act, self.row)

    def remove(self) -> None:
        """Not for hands: the columns would go on without hearing of it."""
        raise TypeError(f"{self!r} cannot be removed: {self.by_scenario}")


class Settable:
    """A level of a group that may be set by hand: the state variable that is called as it is."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, declared = name, Variables.declared[name]
        self.unit = meant_by(declared.unit)
        self.__doc__ = f"{declared.meaning} ({declared.unit})"

    @overload
    def __get__(self, group: None, owner: type) -> Self: ...
    @overload
    def __get__(self, group: InsurgentGroup, owner: type) -> float: ...
    def __get__(self, group: InsurgentGroup | None, owner: type) -> Self | float:
        if group is None:
            return self
        return float(getattr(group.model.state, self.name)[group.row])

    def __set__(self, group: InsurgentGroup, stated: Any) -> None:
        """Set it. Raises Faults for what it cannot be."""
        found = as_stated(stated)
        number = isinstance(found, int | float) and not isinstance(found, bool)
        low, high = self.unit.low, self.unit.high
        allowed = (
            f"a number, at least {low:g}" if high == math.inf else f"a number, {low:g} to {high:g}"
        )
        within = number and low <= found <= min(high, sys.float_info.max)
        must(within, self.name, None, stated, allowed)
        getattr(group.model.state, self.name)[group.row] = float(found)


class InsurgentGroup(Actor):
    """An insurgent group, with its money, its ground and its men.

    What is `Settable` may be set; the next week begins with it.
    """

    money, brand, cohesion = Settable(), Settable(), Settable()
    settable: ClassVar = tuple(name for name, held in vars().items() if isinstance(held, Settable))

    instead_of_setting: ClassVar = {
        **Actor.instead_of_setting,
        "size": f"{_BY_RULES}; {OTHERWISE.format('groups.ID.fighters')}",
        "fighters": _BY_RULES,
    }
    stated_elsewhere: ClassVar = of_row("group", Group, {*instead_of_setting, *settable})

    @property
    def size(self) -> int:
        """Its fighters now."""
        start, stop = self.model.world.group_start[self.row : self.row + 2]
        return int(self.model.state.men[start:stop].sum())

    @property
    def fighters(self) -> AgentSet[Fighter]:
        """Its fighters as agents."""
        own = [fighter for fighter in self.model.fighters if fighter.group is self]
        return AgentSet(own, random=self.model.random)


class StateForce(Actor):
    """A state force or armed locals: watches groups, learns where they are, and fires."""

    instead_of_setting: ClassVar = {
        **Actor.instead_of_setting,
        "attention": "it follows what groups do; a policy's acts direct a force",
    }
    stated_elsewhere: ClassVar = of_row("force", Force, instead_of_setting)

    @property
    def attention(self) -> dict[str, float]:
        """Its attention (0 to 1) to every group by name."""
        return dict(
            zip(self.model.group_names, self.model.state.attention[self.row].tolist(), strict=True)
        )


class Fighter(ReadOnly, mesa.Agent["Insurgency"]):
    """A fighter: a view of one row, made when somebody looks, void when the man has left."""

    model: Insurgency
    instead_of_setting: ClassVar = {
        **dict.fromkeys(("model", "row", "unique_id"), _OF_ROW),
        **dict.fromkeys(
            ("present", "group", "faction", "place", "origin", "from_abroad", "came_from",
             "weeks_served", "leads"),
            _BY_RULES,
        ),
    }  # fmt: skip
    stated_elsewhere: ClassVar = of_row("fighter", None, instead_of_setting)
    by_scenario: ClassVar = _BY_RULES
    unique_id: int  # type: ignore[assignment]  # which Mesa says is None

    def __init__(self, model: Insurgency, row: int) -> None:
        # Not through Agent.__init__, which would register every view with the model.
        self.model = model
        self.row = row
        self.unique_id = int(model.state.fighter_id[row])
        self.pos = None

    @property
    def noted(self) -> bool:
        """Whether somebody has set an attribute of his own on him; a copied model keeps such views."""
        return bool(self.__dict__.keys() - {"model", "row", "unique_id", "pos"})

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Be the copied model's view of the row: a set holds agents weakly, and only models keep them."""
        self.__dict__.update(state)
        self.model.__dict__.setdefault("_views", {})[self.row] = self

    def __repr__(self) -> str:
        where = f"of {self.faction!r} in {self.place!r}" if self.present else "has left"
        return f"Fighter({self.unique_id}: {where})"

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
    def group(self) -> InsurgentGroup:
        """The group he fights for."""
        faction = self._column("fighter_faction")
        return self.model.groups[int(self.model.world.faction_group[faction])]

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
        """How he came to his group, by the name of a `Kind`."""
        origin = Kind(int(self._column("fighter_origin")))
        return origin.called

    @property
    def from_abroad(self) -> bool:
        """Whether he came from abroad, whatever group he serves now."""
        return bool(self._column("fighter_abroad"))

    @property
    def came_from(self) -> InsurgentGroup | None:
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

    def live(self, phase: Phase) -> None:
        """Live one phase of the week, as a fighter or in his post."""
        if not self.present:
            return
        if phase.of == "fighters":
            self.model.act(phase.act, self.row)
        elif self.leads:
            self.model.act(phase.act, self._column("fighter_post"))


def view(model: Insurgency, row: int, known: dict[int, Any]) -> Fighter:
    """The fighter in a row: the view made before if he is still there, else a new one."""
    fighter = known.get(row)
    if fighter is None or not fighter.present:
        fighter = Fighter(model, row)
    return fighter
