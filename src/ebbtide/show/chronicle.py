"""What happened to a group, week by week, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ebbtide.scenario.levers import LEVERS
from ebbtide.world.codes import Note, Slot, Target
from ebbtide.world.outcomes import labels

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.model import Insurgency

_JOINED, _LEFT = labels("entries"), labels("exits")


def chronicle(model: Insurgency, group: str) -> Iterator[str]:
    """Lines that tell each lived week of a group, from its first fighters on.

    First the strength and what moved it, then what happened: acts of policy that begin or end,
    leaders killed and replaced, commands that change sides, great attacks.
    """
    series = model.series()
    weeks = series[series["group"] == group].reset_index(drop=True)
    happened = _happenings(model, group)
    for week, row in weeks.iterrows():
        said = happened.get(int(str(week)), [])
        if row["fighters"] == 0 and not said and not _moved(row):
            continue
        yield _strength(row)
        yield _mood(row)
        yield from (f"    * {what}" for what in said)


def _moved(row: pd.Series) -> bool:
    return bool(row[[*_JOINED, *_LEFT]].any())


def _counted(row: pd.Series, words: dict[str, str]) -> str:
    found = [(int(row[outcome]), said) for outcome, said in words.items()]
    return ", ".join(f"{count} {said}" for count, said in found if count) or "none"


def _strength(row: pd.Series) -> str:
    return (
        f"{row['date']:%d %b %Y}  {int(row['fighters']):,} fighters; "
        f"joined: {_counted(row, _JOINED)}; left: {_counted(row, _LEFT)}"
    )


def _mood(row: pd.Series) -> str:
    attacks = int(row["attacks_state"] + row["attacks_civilians"])
    return (
        f"    pay {row['pay_share']:.0%} of what is due, {int(row['leaders'])} leaders, "
        f"command {row['command']:.2f}, morale {row['morale']:.2f}, brand {row['brand']:.2f}, "
        f"support {row['support']:.2f}; holds {int(row['districts_held'])} districts, present in "
        f"{int(row['places_present'])} places; {attacks} attacks, "
        f"{int(row['civilians_harmed'])} civilians harmed"
    )


def _happenings(model: Insurgency, group: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    g = model.group_names.index(group)
    for name, act in model.policy.file.acts.items():
        if act.against and group not in (*act.against, act.rival):  # without, it reaches all
            continue
        begins = model.scenario.week_of(act.start)
        by = f" by {model.scenario.file.forces[act.force].name}" if act.force else ""
        if not LEVERS[act.kind].at_start_only:  # what happens at once is told as it happens
            what = act.kind.replace("_", " ")
            found.setdefault(begins, []).append(f"policy: {what}{by} begins ({name})")
            if act.stop:
                ends = model.scenario.week_of(act.stop)
                found.setdefault(ends, []).append(f"policy: {what}{by} ends ({name})")
    count = int(model.state.rows[Slot.NOTED])
    taken: dict[int, list[int]] = {}
    for week, kind, *numbers in sorted(model.state.chronicle[:count].tolist()):
        if kind == Note.APPOINTED and numbers[0] == g:
            taken.setdefault(week, []).append(numbers[2])
        elif said := _said(model, g, kind, numbers):
            found.setdefault(week, []).append(said)
    for week, standings in taken.items():
        mean = sum(standings) / len(standings) / 1000
        posts = "a post is" if len(standings) == 1 else f"{len(standings)} posts are"
        found.setdefault(week, []).append(f"{posts} filled, standing {mean:.2f}")
    return found


def _said(model: Insurgency, g: int, kind: int, numbers: list[int]) -> str | None:
    first, second, third, fourth = numbers
    groups = [group.name for group in model.scenario.file.groups.values()]
    places = [place.name for place in model.scenario.file.places.values()]
    if kind == Note.COMMAND_WENT:
        owner = int(model.world.faction_group[first])
        if g not in (owner, third):
            return None
        faction = model.faction_names[first]
        return (
            f"a command of {faction} in {places[second]} ({fourth} men) goes over to "
            f"{groups[third]}, and part of it follows"
        )
    if kind == Note.PLEDGED and g in (first, second):
        return f"{groups[first]} pledges to {groups[second]}"
    if first != g:
        return None
    post = "its head" if second == 0 else f"the holder of its post {second + 1}"
    if kind == Note.FOUNDED:
        return "it is founded"
    if kind == Note.LEADER_LOSS:
        return "the loss of its leader becomes known, and the succession is disputed"
    if kind == Note.LEADER_KILLED:
        how = "as the record has it" if third else "by fire aimed at leaders"
        return f"{post} is killed, {how}"
    target = "civilians" if third == Target.CIVILIANS else "state forces"
    return f"an attack on {target} in {places[second]} kills or injures {fourth}"
