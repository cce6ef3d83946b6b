"""What must be true of any state at the end of any week, and when two states are the same."""

from __future__ import annotations

import numpy as np

from ebbtide.model import Insurgency
from ebbtide.world import identity
from ebbtide.world.codes import End, Kind, Slot
from ebbtide.world.columns import Columns
from ebbtide.world.outcomes import OUTCOMES
from ebbtide.world.posts import NO_POST
from ebbtide.world.state import State

SHARES = [name for name, outcome in OUTCOMES.items() if outcome.unit == "share"]
SIGNED = {"momentum", "income_centre", "money"}  # below zero: losing; paying the centre; in debt
CELL_SHARES = ("morale", "support", "held", "contact", "pressure", "risk")
GROUP_SHARES = ("pay_share", "brand", "media", "cohesion", "command")


def outcome(model: Insurgency, name: str, week: int | None = None) -> np.ndarray:
    """An outcome of every group in one week, this week's if none is named."""
    return model.state.series.table[
        list(OUTCOMES).index(name), model.week if week is None else week
    ]


def live_rows(state: State) -> np.ndarray:
    return np.nonzero(state.fighter_id)[0]


def check_week(model: Insurgency) -> None:
    """The books of the week that has just passed balance, and every level is within its bounds."""
    check_rows(model)
    check_flows(model)
    check_civilians(model)
    check_bounds(model)


def check_rows(model: Insurgency) -> None:
    """Rows, counts by cell, counts by origin and posts tell of the same men."""
    world, state = model.world, model.state
    rows = live_rows(state)
    ids = state.fighter_id[rows]
    assert len(np.unique(ids)) == len(ids)
    assert rows.max(initial=-1) < state.rows[Slot.USED]
    assert len(rows) + state.rows[Slot.FREE] == state.rows[Slot.USED]
    free = state.free_rows[: state.rows[Slot.FREE]]
    assert len(np.unique(free)) == len(free)
    assert not state.fighter_id[free].any()
    men = np.zeros_like(state.men)
    np.add.at(men, (state.fighter_faction[rows], state.fighter_place[rows]), 1)
    np.testing.assert_array_equal(state.men, men)
    groups = world.faction_group[state.fighter_faction[rows]]
    origins = np.zeros_like(state.origins)
    np.add.at(origins, (groups, state.fighter_origin[rows]), 1)
    np.testing.assert_array_equal(state.origins, origins)
    enlisted = np.zeros_like(state.enlisted)
    np.add.at(enlisted, (groups, identity.kind_of(ids), identity.place_of(ids)), 1)
    np.testing.assert_array_equal(state.enlisted, enlisted)
    fighters = np.bincount(groups, minlength=world.groups)
    np.testing.assert_array_equal(outcome(model, "fighters"), fighters)
    np.testing.assert_array_equal([group.size for group in model.groups], fighters)
    np.testing.assert_array_equal(
        sum(outcome(model, f"fighters_{kind.called}") for kind in Kind), fighters
    )
    placed = state.place_series.fighters[model.week]
    np.testing.assert_array_equal(placed.sum(axis=1), fighters)
    held = state.post_row >= 0
    leaders = state.post_row[held]
    assert len(np.unique(leaders)) == len(leaders)
    assert np.isin(leaders, rows).all()
    np.testing.assert_array_equal(state.fighter_post[leaders], np.flatnonzero(held))
    assert np.count_nonzero(state.fighter_post[rows] != NO_POST) == len(leaders)
    np.testing.assert_array_equal(
        world.faction_group[state.fighter_faction[leaders]], world.post_group[held]
    )


def check_flows(model: Insurgency) -> None:
    """Fighters now are those of a week ago with all who came and without all who went."""
    entries = sum(outcome(model, f"entries_{kind.called}") for kind in Kind)
    exits = sum(outcome(model, f"exits_{end.called}") for end in End)
    before = outcome(model, "fighters", model.week - 1)
    np.testing.assert_array_equal(outcome(model, "fighters"), before + entries - exits)
    switched = outcome(model, "entries_switched")
    assert switched.sum() == outcome(model, "exits_switched").sum()
    np.testing.assert_array_equal(model.state.joined_from.sum(axis=1), switched)
    killed = model.state.place_series.men_killed[model.week].sum(axis=1)
    by_forces = model.state.force_series.men_killed[model.week].sum(axis=0)
    np.testing.assert_array_equal(killed, by_forces)
    assert (killed <= outcome(model, "exits_killed")).all()
    by_rivals = model.state.killed_by_rivals_in.sum(axis=1)
    np.testing.assert_array_equal(by_rivals, outcome(model, "exits_killed_by_rivals"))


def check_civilians(model: Insurgency) -> None:
    """Who is away fled and has not returned; nobody is away twice, and no more return than may."""
    away = model.state.away.sum(axis=0)
    assert (away <= model.world.population * (1 + 1e-9)).all()
    before = outcome(model, "civilians_away", model.week - 1)
    fled, now = outcome(model, "civilians_displaced"), outcome(model, "civilians_away")
    returned = before + fled - now
    most = model.parameters.displacement_homecoming * before
    doubt = 1e-9 * (before + fled)
    assert (returned >= -doubt).all()
    assert (returned <= most + doubt).all()


def check_bounds(model: Insurgency) -> None:
    """No level is undefined, below zero where it cannot be, or above its bound."""
    state = model.state
    now = state.series.table[:, model.week]
    assert np.isfinite(now).all()
    for name in OUTCOMES:
        if name not in SIGNED:
            assert (outcome(model, name) >= 0).all(), name
    for name in SHARES:
        assert (outcome(model, name) <= 1).all(), name
    assert (np.abs(outcome(model, "momentum")) <= 1).all()
    assert (outcome(model, "affiliates") >= outcome(model, "fighters")).all()
    for name in (*CELL_SHARES, *GROUP_SHARES):
        column = getattr(state, name)
        assert ((column >= 0) & (column <= 1)).all(), name
    for column in (state.attention, state.intelligence, state.force_pressure):
        assert ((column >= 0) & (column <= 1)).all()
    for name, column in arrays(state).items():
        assert np.isfinite(column).all(), name


def arrays(columns: Columns) -> dict[str, np.ndarray]:
    """All columns, those of its parts by dotted names."""
    found = {name: getattr(columns, name) for name in columns.declared}
    for part in columns.parts:
        found |= {f"{part}.{name}": each for name, each in arrays(getattr(columns, part)).items()}
    return found


def assert_same(one: State, other: State) -> None:
    """Two states agree to the last bit in every column."""
    for (name, column), twin in zip(arrays(one).items(), arrays(other).values(), strict=True):
        np.testing.assert_array_equal(column, twin, err_msg=name)


def by_identity(state: State) -> np.ndarray:
    """The fighters, whatever rows they stand in: a line a man, in the order of their ids."""
    names = [name for name in State.declared if name.startswith("fighter_")]
    rows = live_rows(state)
    men = np.stack([getattr(state, name)[rows].astype(np.int64) for name in names])
    return men[:, np.argsort(men[0])]


def assert_same_but_rows(one: State, other: State) -> None:
    """Two states agree to the last bit, though their men may stand in other rows."""
    np.testing.assert_array_equal(by_identity(one), by_identity(other))
    posts = [np.where(s.post_row >= 0, s.fighter_id[s.post_row], 0) for s in (one, other)]
    np.testing.assert_array_equal(*posts)
    for (name, column), twin in zip(arrays(one).items(), arrays(other).values(), strict=True):
        if name == "chronicle":
            notes = [s.chronicle[np.lexsort(s.chronicle.T[::-1])] for s in (one, other)]
            np.testing.assert_array_equal(*notes, err_msg="chronicle, in whatever order")
        elif not name.startswith("fighter_") and name not in ("free_rows", "post_row"):
            np.testing.assert_array_equal(column, twin, err_msg=name)
