"""The log of a run tells a group the acts that it can feel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acts import policy_of
from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.show.chronicle import TOLD, chronicle
from ebbtide.world.codes import End, Note, Slot
from ebbtide.world.posts import Hunted


@pytest.mark.parametrize(
    ("lever", "told"),
    [
        ("border_control", {"league", "embers", "smugglers"}),
        ("amnesty", {"league"}),
        ("truce", {"league", "embers"}),
        ("leader_killed", set()),
    ],
)
def test_an_act_is_told_to_the_groups_it_reaches(
    busy: Scenario, tmp_path: Path, lever: str, told: set[str]
) -> None:
    """No group named reaches every group, a truce both sides; a death is told as it happens."""
    focused = busy.with_overrides({"focus": "league"})
    model = Insurgency(focused, rng=1, policy=policy_of(focused, lever, busy.dates[3], tmp_path))
    for _ in range(5):
        model.step()
    line = f"    * policy: {lever.replace('_', ' ')} begins (tried)"
    assert {g for g in model.group_names if line in chronicle(model, g)} == told


def test_an_act_from_the_first_day_is_told_in_the_first_lived_week(
    busy: Scenario, tmp_path: Path
) -> None:
    """It is in force from the first week that is lived; on the first day nothing is done yet."""
    policy = policy_of(busy, "border_control", busy.file.start, tmp_path)
    model = Insurgency(busy, rng=1, policy=policy)
    model.step()
    lines = list(chronicle(model, "league"))
    first = next(
        at for at, line in enumerate(lines) if line.startswith(f"{busy.dates[1]:%d %b %Y}")
    )
    assert lines.index("    * policy: border control begins (tried)") > first


def test_a_dated_death_is_laid_to_the_policy(busy: Scenario, tmp_path: Path) -> None:
    """Whatever policy dates it: no record need know of it."""
    focused = busy.with_overrides({"focus": "league"})
    policy = policy_of(focused, "leader_killed", busy.dates[3], tmp_path)
    model = Insurgency(focused, rng=1, policy=policy)
    model.run_until(4)
    killed = {
        group: [line for line in chronicle(model, group) if "is killed" in line]
        for group in model.group_names
    }
    (told,) = (lines for lines in killed.values() if lines)
    assert told == ["    * its head is killed, by a dated act of policy"]


def test_every_lost_post_is_told_with_how(busy: Scenario) -> None:
    """So that those filled and those lost come to those that are held."""
    focused = busy.with_overrides({"focus": "league"})
    model = Insurgency(focused, rng=2, **{"rules.leaving.tendency": 3})
    model.run_until(40)
    notes = model.state.chronicle[: model.state.rows[Slot.NOTED]]
    for g, group in enumerate(model.group_names):
        filled, lost = (notes[(notes[:, 1] == kind) & (notes[:, 2] == g)]
                        for kind in (Note.APPOINTED, Note.LEADER_LOST))  # fmt: skip
        held = (model.state.post_row[model.world.post_group == g] >= 0).sum()
        assert len(filled) - len(lost) == held
        told = [
            line for line in chronicle(model, group) if " is lost: " in line or "killed, by" in line
        ]
        assert len(told) == len(lost)
    assert any("is lost: deserted" in line for line in chronicle(model, "league"))


def test_every_kind_of_note_is_told(busy: Scenario) -> None:
    """One of each kind, of the first group where it names one, makes one line of its own."""
    assert TOLD.keys() == set(Note)
    model = Insurgency(busy, rng=1)
    for row, kind in enumerate(Note):
        name = {Note.TIE_CHANGED: "feud", Note.DEPLOYED: "wardens-grow"}.get(kind, "")
        event = [*busy.file.events].index(name) if name else 0
        model.state.chronicle[row] = [0, kind, 0, event, 0, Hunted.BY_FIRE]
    model.state.rows[Slot.NOTED] = len(Note)
    lines = [line for line in chronicle(model, model.group_names[0]) if line.startswith("    * ")]
    assert len(set(lines)) == len(Note)


@pytest.mark.parametrize("hunted", Hunted)
def test_every_way_to_lose_a_leader_is_told_in_its_own_words(
    busy: Scenario, hunted: Hunted
) -> None:
    model = Insurgency(busy, rng=1)
    model.state.chronicle[0] = [0, Note.LEADER_LOST, 0, 0, End.CAPTURED, hunted]
    model.state.rows[Slot.NOTED] = 1
    lines = list(chronicle(model, model.group_names[0]))
    assert f"    * its head is {hunted.told.format(end='captured')}" in lines
    assert len({other.told for other in Hunted}) == len(Hunted)


def test_an_unknown_way_to_lose_a_leader_is_refused(busy: Scenario) -> None:
    model = Insurgency(busy, rng=1)
    model.state.chronicle[0] = [0, Note.LEADER_LOST, 0, 0, End.CAPTURED, max(Hunted) + 1]
    model.state.rows[Slot.NOTED] = 1
    with pytest.raises(KeyError):
        list(chronicle(model, model.group_names[0]))


def test_an_unknown_note_is_refused(busy: Scenario) -> None:
    model = Insurgency(busy, rng=1)
    model.state.chronicle[0] = [0, max(Note) + 1, 0, 0, 0, 0]
    model.state.rows[Slot.NOTED] = 1
    with pytest.raises(ValueError, match="not a valid Note"):
        list(chronicle(model, model.group_names[0]))


def test_a_split_is_told_to_both_sides(written: Callable[..., Scenario]) -> None:
    """With the men who went over, which are those that the books count."""
    split = """extends = "minimal.toml"
policy = "policies/nothing.toml"
[events.embers-founded]
seed = { league = 0.3 }
"""
    for men, comes in ((0, "splits off"), (40, "is founded")):
        scenario = written(f"{split}men = {men}\n")
        model = Insurgency(scenario, rng=1)
        model.run_until_end()
        week = scenario.week_felt(scenario.there_from("embers"))
        series = model.series()
        at = series[series["date"] == str(scenario.dates[week])].set_index("group")
        gone, others = int(at["exits_switched"]["league"]), int(at["entries_founding"]["embers"])
        assert gone == at["entries_switched"]["embers"] > 0
        line = f"    * The Embers {comes}, and {gone:,} of its men go over to it"
        assert line in chronicle(model, "league")
        by = f"{gone:,} men of The League" + (f" and {others} men from elsewhere" if others else "")
        assert f"    * it is founded, by {by}" in chronicle(model, "embers")
        assert others == men


def test_what_was_before_a_group_is_said(busy: Scenario) -> None:
    """And nothing of the kind of one that is there from the first day."""
    model = Insurgency(busy, rng=1)
    model.run_until(6)
    first, second, *_ = chronicle(model, "embers")
    assert (
        first == "07 Jan 2001 to 14 Jan 2001: The Embers has no fighters yet; of others there are"
    )
    assert second.startswith("    The League: 400 at first, ")
    assert not next(chronicle(model, "league")).startswith("07 Jan 2001 to")
    early = Insurgency(busy, rng=1)
    early.step()
    assert next(chronicle(early, "embers")).startswith("07 Jan 2001 to 14 Jan 2001: ")
