"""Levels on the first day that the scenario gives in a way of their own, each in words and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from ebbtide.engine.assembly.rows import Rows, Values
from ebbtide.rules import attention, finance, support
from ebbtide.scenario import Scenario
from ebbtide.world.codes import Kind
from ebbtide.world.columns import Integers
from ebbtide.world.state import State
from ebbtide.world.world import World

wage_without = np.vectorize(finance.wage_without, otypes=[float])
drawn_supporters = np.vectorize(support.drawn_supporters, otypes=[float])


@dataclass(frozen=True)
class FirstDay:
    """What levels follow from: the scenario with its values, and the men of factions in places."""

    scenario: Scenario
    values: Values
    rows: Rows
    world: World
    men: Integers

    @cached_property
    def group_men(self) -> Integers:
        """Men of each group in each place."""
        found: Integers = np.add.reduceat(self.men, np.array(self.rows.group_start[:-1]), axis=0)
        return found

    @cached_property
    def founded(self) -> Any:
        """Whether each group is there, and is not founded later by an event."""
        later = self.scenario.file.foundings
        return np.array([name not in later for name in self.rows.groups], bool)

    @cached_property
    def attention(self) -> Any:
        """Of each force to each group."""
        world = self.world
        return np.where(self.founded, world.attention[:, None], world.attention_new[:, None])

    @cached_property
    def held(self) -> Any:
        """The share of each place that each group holds."""
        found = State.blank("held", self.rows.sizes)
        for name, group in self.scenario.file.groups.items():
            for place in group.held:
                stated = self.values[f"groups.{name}.held.{place}"]
                found[self.rows.groups[name], self.rows.places[place]] = stated
        return found

    def founding(self, name: str, men: Integers) -> Any:
        """A variable by group and kind, for men of whom all are of the kind founding."""
        found = State.blank(name, self.rows.sizes)
        found[:, Kind.FOUNDING] = men
        return found


class Level(NamedTuple):
    """A level in words, and worked out."""

    words: str
    of: Callable[[FirstDay], Any]


class Start(NamedTuple):
    """How variables start; and how where a mechanism is off, by its name."""

    variables: tuple[str, ...]
    level: Level
    off: Mapping[str, Level] = {}

    def at(self, day: FirstDay) -> Any:
        """The level in a scenario, with what it has switched off."""
        for mechanism, instead in self.off.items():
            if not day.scenario.rules_on[mechanism]:
                return instead.of(day)
        return self.level.of(day)


_ATTENTION = Level(
    "the force's `attention` to groups that are there, its `attention_new` to those founded later",
    lambda day: day.attention,
)
STARTS = (
    Start(
        ("men", "men_before"),
        Level("the men so put into factions and places", lambda day: day.men.copy()),
    ),
    Start(("group_men",), Level("the same, by group", lambda day: day.group_men)),
    Start(
        ("strength", "greatest"),
        Level("the same, by group in all", lambda day: day.group_men.sum(axis=1)),
    ),
    Start(
        ("held",),
        Level("the group's `held` by place, 0 where none is stated", lambda day: day.held),
    ),
    Start(
        ("most_held",),
        Level(
            "the districts of which that is the share, in all places",
            lambda day: day.held @ day.world.districts,
        ),
    ),
    Start(
        ("origins",),
        Level(
            "all men are of origin founding",
            lambda day: day.founding("origins", day.group_men.sum(axis=1)),
        ),
    ),
    Start(
        ("enlisted",),
        Level(
            "all men entered with the founding, where they stand",
            lambda day: day.founding("enlisted", day.group_men),
        ),
    ),
    Start(
        ("supporters",),
        Level(
            "`support.drawn_supporters` of the men there",
            lambda day: drawn_supporters(
                day.group_men, day.world.usual_support, day.world.supporters[:, None]
            ),
        ),
    ),
    Start(
        ("founded",),
        Level("yes, save for groups that an event founds later", lambda day: day.founded),
    ),
    Start(
        ("network",),
        Level(
            "1, and 0 for groups that an event founds later",
            lambda day: day.founded.astype(float),
        ),
    ),
    Start(
        ("wage",),
        Level(
            "the group's `pay`, and 0 (nothing yet) for groups that an event founds later",
            lambda day: day.world.pay * day.founded,
        ),
        {
            "finance": Level(
                "`finance.wage_without` of the group's `pay`",
                lambda day: wage_without(day.world.pay),
            )
        },
    ),
    Start(
        ("post_standing",),
        Level("the group's `standing`", lambda day: day.world.standing[day.world.post_group]),
    ),
    Start(("attention",), _ATTENTION),
    Start(
        ("attention_paid",),
        _ATTENTION,
        {
            "attention": Level(
                "`attention.paid_without`",
                lambda day: np.full_like(day.attention, attention.paid_without()),
            )
        },
    ),
)
