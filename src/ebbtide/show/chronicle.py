"""What happened to a group, week by week, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, assert_never

from ebbtide.scenario.deployments import under
from ebbtide.scenario.faults import counted
from ebbtide.scenario.levers import LEVERS, groups_met
from ebbtide.scenario.schema.events import (
    AllianceChange,
    CentreChange,
    Deployment,
    Event,
    Founding,
    HostilityChange,
    LeaderLoss,
    Pledge,
)
from ebbtide.world.codes import STANDING_IS_NOTED_IN, End, Note, Slot, Target
from ebbtide.world.outcomes import ATTACKS, labels
from ebbtide.world.posts import Hunted

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.model import Insurgency

_JOINED, _LEFT = labels("entries"), labels("exits")
_LOST = {int(hunted): hunted.told for hunted in Hunted}
_ENDS = {int(end): end.label for end in End}


def chronicle(model: Insurgency, group: str) -> Iterator[str]:
    """Lines that tell each lived week of a group, from its first fighters on, and what was before.

    First the strength and what moved it, then what happened: acts of policy that begin or end,
    leaders lost and replaced, local commands that change sides, great attacks.
    """
    series = model.series()
    weeks = series[series["group"] == group].reset_index(drop=True)
    happened = _happenings(model, group)
    killed_by = _killed_by(model, group)
    yield from _before(model, group, series)
    for week, row in weeks.iterrows():
        said = happened.get(int(str(week)), [])
        if row["fighters"] == 0 and not said and not _moved(row):
            continue
        yield _strength(row) + killed_by.get(row["date"], "")
        yield _mood(row)
        yield from (f"    * {what}" for what in said)


def _before(model: Insurgency, group: str, series: pd.DataFrame) -> Iterator[str]:
    """What stands in the place of the weeks in which a group has no fighters yet."""
    has = series[(series["group"] == group) & (series["fighters"] > 0)]
    since = series["date"].iloc[-1] if has.empty else has["date"].iloc[0]
    earlier = series[(series["date"] < since) | has.empty]
    if earlier.empty:
        return
    first, last = earlier["date"].iloc[0], earlier["date"].iloc[-1]
    name = model.scenario.file.groups[group].name
    yield f"{first:%d %b %Y} to {last:%d %b %Y}: {name} has no fighters yet; of others there are"
    for other, rows in earlier.groupby("group", sort=False):
        if rows["fighters"].any():
            men = f"{rows['fighters'].iloc[0]:,.0f} at first, {rows['fighters'].iloc[-1]:,.0f} at last"
            yield f"    {model.scenario.file.groups[str(other)].name}: {men}"


def _killed_by(model: Insurgency, group: str) -> dict[object, str]:
    """Of the men of a group killed in a week, how many fell to which force, by date."""
    told = model.force_series()
    told = told[(told["group"] == group) & (told["men_killed"] > 0)]
    names = {name: force.name for name, force in model.scenario.file.forces.items()}
    found: dict[object, str] = {}
    for date, rows in told.groupby("date"):
        each = zip(rows["force"], rows["men_killed"], strict=True)
        by = ", ".join(f"{names[force]} {men:.0f}" for force, men in each)
        found[date] = f" (by force: {by})"
    return found


def _moved(row: pd.Series) -> bool:
    return bool(row[[*_JOINED, *_LEFT]].any())


def _counted(row: pd.Series, words: dict[str, str]) -> str:
    found = [(int(row[outcome]), said) for outcome, said in words.items()]
    return ", ".join(f"{count} {said}" for count, said in found if count) or "none"


def _strength(row: pd.Series) -> str:
    return (
        f"{row['date']:%d %b %Y}  {counted(row['fighters'], 'fighter')}; "
        f"joined: {_counted(row, _JOINED)}; left: {_counted(row, _LEFT)}"
    )


def _mood(row: pd.Series) -> str:
    attacks = int(row[[*ATTACKS]].sum())
    return (
        f"    pay {row['pay_share']:.0%} of what is due, {counted(row['leaders'], 'leader')}, "
        f"command {row['command']:.2f}, morale {row['morale']:.2f}, brand {row['brand']:.2f}, "
        f"support {row['support']:.2f}; holds {counted(row['districts_held'], 'district')}, reported in "
        f"{counted(row['places_reported'], 'place')}; {counted(attacks, 'attack')}, "
        f"{counted(row['civilians_harmed'], 'civilian')} harmed"
    )


def _happenings(model: Insurgency, group: str) -> dict[int, list[str]]:
    """What is told of a group by week: acts of policy, then the notes that the run took."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for week, said in _acts(model, group):
        found[week].append(said)
    for (week, kind), notes in _noted(model).items():
        found[week] += TOLD[kind](model, model.group_names.index(group), notes)
    return found


def _acts(model: Insurgency, group: str) -> Iterator[tuple[int, str]]:
    """The weeks in which acts begin and end that a group can feel: the weeks of the run itself."""
    world = model.world
    spans = zip(world.act_start.tolist(), world.act_stop.tolist(), strict=True)
    for (name, act), (begins, ends) in zip(model.policy.file.acts.items(), spans, strict=True):
        met = groups_met(act, model.group_names)
        if met and group not in met:
            continue
        if LEVERS[act.kind].at_start_only:  # what happens at once is told as it happens
            continue
        by = f" by {model.scenario.file.forces[act.force].name}" if act.force else ""
        what = f"policy: {act.kind.replace('_', ' ')}{by}"
        yield begins, f"{what} begins ({name})"
        yield ends, f"{what} ends ({name})"


Notes = list[SimpleNamespace]  # of one kind and week, with the numbers that `Note` declares


def _noted(model: Insurgency) -> dict[tuple[int, Note], Notes]:
    """What the run noted, by week and kind, in the order in which kinds are told."""
    count = int(model.state.rows[Slot.NOTED])
    found: defaultdict[tuple[int, Note], Notes] = defaultdict(list)
    for entry in sorted(model.state.chronicle[:count].tolist()):
        week, kind = entry[0], Note(entry[1])
        found[week, kind].append(kind.read(entry))
    order = list(TOLD)
    return {at: found[at] for at in sorted(found, key=lambda at: (at[0], order.index(at[1])))}


def _events(model: Insurgency) -> Mapping[str, Event]:
    """The events of the run by id, in the order of its columns: the policy's deployments too."""
    return under(model.policy.file, model.scenario.file).events


def _group(model: Insurgency, g: int) -> str:
    return str(model.scenario.file.groups[model.group_names[g]].name)


def _faction(model: Insurgency, c: int) -> str:
    """The group of a faction, and which faction of it where there are several."""
    group, _, faction = model.faction_names[c].partition(".")
    named = model.scenario.file.groups[group]
    return f"{named.name} ({named.factions[faction].name})" if faction else str(named.name)


def _place(model: Insurgency, p: int) -> str:
    return str(model.scenario.file.places[model.place_names[p]].name)


def _founded(model: Insurgency, g: int, notes: Notes) -> Iterator[str]:
    """Told of the group that is founded, and of those whose men go over to it."""
    for note in notes:
        of = note.group
        came, from_elsewhere = _founders(model, of)
        if of == g:
            whose = [
                f"{counted(men, 'man', 'men')} of {_group(model, h)}" for h, men in came.items()
            ]
            if from_elsewhere:
                whose.append(f"{counted(from_elsewhere, 'man', 'men')} from elsewhere")
            yield f"it is founded{', by ' if whose else ''}{' and '.join(whose)}"
        elif g in came:
            comes = "is founded" if from_elsewhere else "splits off"
            yield f"{_group(model, of)} {comes}, and {came[g]:,} of its men go over to it"


def _founders(model: Insurgency, g: int) -> tuple[dict[int, int], int]:
    """In the week of a group's founding: men who came over by the group that they left, and others."""
    founding = model.scenario.file.foundings.get(model.group_names[g])
    if founding is None:
        return {}, 0
    e = list(_events(model)).index(founding)
    came = model.state.defections[model.world.event_week[e], g].tolist()
    from_elsewhere = int(model.world.event_men[e].sum())
    return {h: int(men) for h, men in enumerate(came) if men}, from_elsewhere


def _pledged(model: Insurgency, g: int, notes: Notes) -> Iterator[str]:
    for note in notes:
        if g in (note.group, note.to):
            yield f"{_group(model, note.group)} pledges to {_group(model, note.to)}"


def _leader_loss(model: Insurgency, g: int, notes: Notes) -> Iterator[str]:
    said = "the loss of its leader becomes known, and the succession is disputed"
    return (said for note in notes if note.group == g)


def _leader_lost(model: Insurgency, g: int, notes: Notes) -> Iterator[str]:
    for note in notes:
        if note.group == g:
            who = "its head" if note.rank == 0 else f"the holder of its post {note.rank + 1}"
            yield f"{who} is {_LOST[note.hunted].format(end=_ENDS[note.end])}"


def _command_went(model: Insurgency, g: int, notes: Notes) -> Iterator[str]:
    for note in notes:
        if g in (int(model.world.faction_group[note.faction]), note.to):
            yield (
                f"a local command of {_faction(model, note.faction)} in {_place(model, note.place)} "
                f"({counted(note.men, 'man', 'men')}) goes over to {_group(model, note.to)}, and part "
                "of it follows"
            )


def _tie_changed(model: Insurgency, g: int, notes: Notes) -> Iterator[str]:
    events = list(_events(model).values())
    for note in notes:
        level, who = float(model.world.event_level[note.event]), _group(model, note.group)
        other = int(model.world.event_to[note.event])
        if g not in (note.group, other):
            continue
        event: Event = events[note.event]
        match event:
            case HostilityChange():
                yield f"hostility of {who} towards {_group(model, other)} is {level:.2f} from now on"
            case AllianceChange():
                yield f"of what {_group(model, other)} sends {who}, {level:.0%} comes from now on"
            case CentreChange(centre=centre):
                behind = model.scenario.file.centres[centre].name if centre else "its centre"
                yield f"{behind} stands behind it by {level:.0%} from now on"
            case Founding() | Pledge() | LeaderLoss() | Deployment():
                pass  # which change no tie
            case never:
                assert_never(never)


def _deployed(model: Insurgency, g: int, notes: Notes) -> Iterator[str]:
    """Told of every group: whom a force meets it also is that keeps away from it."""
    file, places = model.scenario.file, model.scenario.file.places
    events = list(_events(model).values())
    for note in notes:
        event = events[note.event]
        if not isinstance(event, Deployment):
            continue
        force = file.forces[event.force]
        said = []
        if event.places is not None:
            where = (places[name].name if name in places else name for name in event.places)
            said.append(f"operates in {', '.join(where) or 'no place'}")
        first, *contingents = range(*model.world.contingent_start[note.force : note.force + 2])
        scales = model.world.event_scale[note.event]
        if event.scale is not None:
            said.append(f"has {scales[first]:.3g} times its stated capacity and arrests")
        for country, k in zip(force.contingents, contingents, strict=True):
            if country in event.scale_in:
                said.append(f"has {scales[k]:.3g} times those of its contingent in {country}")
        yield f"{force.name} {' and '.join(said)} from now on"


def _great_attack(model: Insurgency, g: int, notes: Notes) -> Iterator[str]:
    for note in notes:
        if note.group == g:
            whom = "civilians" if note.target == Target.CIVILIANS else "state forces"
            yield f"an attack on {whom} in {_place(model, note.place)} kills or injures {note.harmed}"


def _appointed(model: Insurgency, g: int, notes: Notes) -> Iterator[str]:
    """All posts that the week filled, in one line."""
    standings = [note.standing for note in notes if note.group == g]
    if standings:
        posts = "a post is" if len(standings) == 1 else f"{len(standings)} posts are"
        yield f"{posts} filled, standing {sum(standings) / len(standings) / STANDING_IS_NOTED_IN:.2f}"


# How each kind of note is told, in the order in which a week tells them.
TOLD: dict[Note, Callable[[Insurgency, int, Notes], Iterator[str]]] = {
    Note.FOUNDED: _founded,
    Note.PLEDGED: _pledged,
    Note.LEADER_LOSS: _leader_loss,
    Note.LEADER_LOST: _leader_lost,
    Note.TIE_CHANGED: _tie_changed,
    Note.DEPLOYED: _deployed,
    Note.COMMAND_WENT: _command_went,
    Note.GREAT_ATTACK: _great_attack,
    Note.APPOINTED: _appointed,
}
