"""The week on one page: its phases, in order, and what they become in machine code.

In each phase every actor reads what the phases before left and writes only its own row; what is
added up are whole numbers; so the order of actors never matters. Both ways of running, what is
compiled ahead and the ODD follow this table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numba

from ebbtide.compilation.compiled import PLAIN
from ebbtide.compilation.machine_code import are_kept
from ebbtide.engine.parameters import Parameters
from ebbtide.engine.phase import Phase, compiled_phases
from ebbtide.engine.phases import (
    accounts,
    attacks,
    civilians,
    commands,
    entries,
    events,
    fates,
    flows,
    forces,
    ground,
    leaders,
    levers,
    muster,
    orders,
    predation,
    promises,
    record,
    recruits,
    risks,
    stock,
)
from ebbtide.world.state import State
from ebbtide.world.structure import structure_of
from ebbtide.world.world import World

UNTIL_INTAKE = (
    Phase("What is counted within a week begins anew.", flows.begin_anew),
    Phase(
        "Policy sets the levers: what state forces may and must do this week.", levers.set_levers
    ),
    Phase(
        "Events happen: foundings, pledges, leaders' deaths that become known or have a date.",
        events.happen,
    ),
    Phase(
        "Groups muster: men by place, the sense of winning, who is within reach.",
        muster.muster,
        of="groups",
    ),
    Phase(
        "Forces watch and strike: attention, intelligence, fire.",
        forces.watch_and_strike,
        of="forces",
    ),
    Phase(
        "Groups keep promises: what they send their allies.", promises.keep_promises, of="groups"
    ),
    Phase(
        "Groups compare their pay with that of others where their men are.",
        accounts.compare_pay,
        of="groups",
    ),
    Phase("Groups keep accounts: income, pay, media.", accounts.keep_accounts, of="groups"),
    Phase("Groups take stock: command, cohesion, brand, notoriety.", stock.take_stock, of="groups"),
    Phase(
        "Groups feel the ground: pressure, support, resistance, morale, districts.",
        ground.feel_the_ground,
        of="groups",
    ),
    Phase("Leaders face the hunt.", leaders.face_the_hunt, of="posts"),
    Phase("Groups appoint to posts that stood empty long enough.", leaders.appoint, of="groups"),
    Phase(
        "Local commands decide whether to go over to another group.",
        commands.decide_commands,
        of="groups",
    ),
    Phase(
        "Fighters follow orders: with founders, or with their commanders.",
        orders.follow_orders,
        of="fighters",
        all_at_once=orders.all_follow_orders,
        only_if=orders.any_orders,
    ),
    Phase("Groups weigh the risks that their men meet.", risks.weigh_risks, of="groups"),
    Phase(
        "Fighters face the week.",
        fates.face_the_week,
        of="fighters",
        all_at_once=fates.all_face_the_week,
    ),
    Phase("Groups attack.", attacks.attack, of="groups"),
    Phase("Groups take men by force.", predation.take_by_force, of="groups"),
    Phase("Groups recruit.", recruits.recruit, of="groups"),
)
FROM_INTAKE = (
    Phase("Recruits enter.", entries.enter),
    Phase(
        "Groups just founded name their leaders.",
        leaders.name_first_leaders,
        of="groups",
        at_start=True,
    ),
    Phase("Civilians flee the fighting and come home.", civilians.flee_and_come_home),
    Phase("The week is written down.", record.write_down, of="groups", at_start=True),
)
WEEK = UNTIL_INTAKE + FROM_INTAKE  # between the two room is made for who enters

week_until_intake = compiled_phases("week_until_intake", UNTIL_INTAKE)
week_from_intake = compiled_phases("week_from_intake", FROM_INTAKE)

_COLUMNS = tuple(structure_of(columns) for columns in (World, Parameters, State))
WEEK_TYPES = ((*_COLUMNS, numba.int64),) * 2  # of the arguments of both


def compile_backwards(phases: Sequence[Phase] = UNTIL_INTAKE) -> None:
    """Compile phases from the last to the first: half of them, while another lives a week."""
    if PLAIN:
        return
    for phase in reversed(phases):
        act: Any = phase.all_at_once or phase.act
        whose = act.py_func.__code__.co_argcount - len(_COLUMNS)  # the week, and most often a row
        act.compile((*_COLUMNS, *(numba.int64,) * whose))


def is_compiled(weeks: Sequence[Any] = (week_until_intake, week_from_intake)) -> bool:
    """Whether machine code of the parts of a week is on disk already, or none is wanted."""
    return PLAIN or are_kept(weeks, WEEK_TYPES)
