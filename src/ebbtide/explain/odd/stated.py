"""What the scenario and its policy state, as tables."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import Any

from ebbtide.explain import number
from ebbtide.explain.ledger import cited
from ebbtide.explain.odd import tables
from ebbtide.scenario import Quantity, Scenario
from ebbtide.scenario.content import REMARKS
from ebbtide.scenario.levers import KINDS_BY_KEY, LEVERS
from ebbtide.scenario.schema.events import Deployment, Founding
from ebbtide.scenario.schema.forces import Contingent, Force
from ebbtide.scenario.schema.groups import Alliance, Faction, Group
from ebbtide.scenario.schema.policy import Act

MOST_COLUMNS = 8  # of quantities in one table


def claims(scenario: Scenario, kind: str) -> str:
    """Claims of a kind, as the ledger has them."""
    rows = [
        (f"`{name}`", cited(claim.paragraphs) or "data", claim.says, claim.shows, claim.null or "")
        for name, claim in scenario.claims.items()
        if kind in claim.kinds
    ]
    return tables.table(
        ["claim", "¶", "what is claimed", "the model must show", "a null model"], rows
    )


def counts(scenario: Scenario) -> str:
    """How many there are of what."""
    file = scenario.file
    factions = sum(len(group.factions) for group in file.groups.values())
    return (
        f"{len(file.places)} places with {len(file.borders)} borders, {len(file.groups)} groups "
        f"with {factions} named factions, {len(file.forces)} forces and {len(file.centres)} centre"
        + ("s" if len(file.centres) != 1 else "")
    )


def uncertain(scenario: Scenario) -> str:
    """How many quantities have a prior."""
    acts = len(scenario.policy.uncertainties)
    return (
        f"Of the scenario's {len(scenario.quantities)} quantities "
        f"{len(scenario.uncertainties)} have a prior"
        + (f", and so have {acts} strengths of the default policy's acts." if acts else ".")
    )


def groups(scenario: Scenario) -> str:
    """Groups with their quantities, in tables of a readable width."""
    heads = tables.heads(Group)
    stated = {group.name: tables.values(group) for group in scenario.file.groups.values()}
    wide = math.ceil(len(heads) / math.ceil(len(heads) / MOST_COLUMNS))
    return "\n\n".join(
        tables.table(
            ["group", *heads[first : first + wide]],
            [[name, *values[first : first + wide]] for name, values in stated.items()],
        )
        for first in range(0, len(heads), wide)
    )


def kinds(scenario: Scenario) -> str:
    """Groups with what is no quantity."""
    keys = [key for key in tables.plain(Group) if key != "name"]
    rows = [
        (group.name, *(_said(scenario, getattr(group, key)) for key in keys), group.source or "")
        for group in scenario.file.groups.values()
    ]
    return tables.table(["group", *(f"`{key}`" for key in keys), "source"], rows)


def factions(scenario: Scenario) -> str:
    """Factions of all groups."""
    rows = [
        (group.name, faction.name, *tables.values(faction), faction.source or "")
        for group in scenario.file.groups.values()
        for faction in group.factions.values()
    ]
    return tables.table(["group", "faction", *tables.heads(Faction), "source"], rows)


def weights(scenario: Scenario) -> str:
    """The weights of groups' and factions' men over places that have a prior."""
    places = scenario.file.places
    whose: list[Group | Faction] = []
    for group in scenario.file.groups.values():
        whose += [group, *group.factions.values()]
    rows = [
        (each.name, places[place].name, tables.value(said), said.stated.source or "as its table's")
        for each in whose
        for place, said in (each.places or {}).items()
        if said.uncertain
    ]
    return tables.table(["group or faction", "place", "weight", "source"], rows)


def held(scenario: Scenario) -> str:
    """Ground that groups hold on the first day."""
    places = scenario.file.places
    rows = [
        (group.name, places[place].name, tables.value(said), said.stated.source or "as the group's")
        for group in scenario.file.groups.values()
        for place, said in group.held.items()
    ]
    return tables.table(["group", "place", "`held` (share)", "source"], rows)


def hostility(scenario: Scenario) -> str:
    """Who is hostile to whom."""
    groups = scenario.file.groups
    rows = [
        (group.name, groups[other].name, tables.value(said),
         said.stated.source or "as the group's")
        for group in groups.values()
        for other, said in group.hostility.items()
    ]  # fmt: skip
    return tables.table(["group", "towards", "`hostility` (share)", "source"], rows)


def allies(scenario: Scenario) -> str:
    """Ties between groups."""
    groups = scenario.file.groups
    rows = [
        (group.name, groups[other].name, *tables.values(tie), "yes" if tie.lifeline else "no",
         str(tie.start or "the start"),
         number.source(scenario, f"groups.{name}.allies.{other}.men") or "")
        for name, group in groups.items()
        for other, tie in group.allies.items()
    ]  # fmt: skip
    heads = ["group", "its ally", *tables.heads(Alliance), "`lifeline`", "from"]
    return tables.table([*heads, "source of `men`"], rows)


def forces(scenario: Scenario) -> str:
    """State forces."""
    keys = [key for key in tables.plain(Force) if key != "name"]
    rows = [
        [force.name, *(_said(scenario, getattr(force, key)) for key in keys), *tables.values(force)]
        for force in scenario.file.forces.values()
    ]
    return tables.table(["force", *(f"`{key}`" for key in keys), *tables.heads(Force)], rows)


def contingents(scenario: Scenario) -> str:
    """Contingents of multinational forces."""
    rows = [
        (force.name, country, *tables.values(contingent), contingent.source or "as the force's")
        for force in scenario.file.forces.values()
        for country, contingent in force.contingents.items()
    ]
    return tables.table(["force", "country", *tables.heads(Contingent), "source"], rows)


def regions(scenario: Scenario) -> str:
    """The countries."""
    return ", ".join(sorted({f"`{place.country}`" for place in scenario.file.places.values()}))


def events(scenario: Scenario) -> str:
    """Dated events."""
    file = scenario.file
    names = {name: group.name for name, group in file.groups.items()}
    names |= {name: force.name for name, force in file.forces.items()}
    whose = {
        name: event.force if isinstance(event, Deployment) else event.group
        for name, event in file.events.items()
    }
    rows = [
        (f"{event.date:%Y-%m-%d}", event.kind.replace("_", " "),
         names.get(whose[name], whose[name]), _stated(scenario, name),
         event.source or event.note or "", ", ".join(f"`{claim}`" for claim in event.claims))
        for name, event in scenario.file.events.items()
    ]  # fmt: skip
    return tables.table(
        ["date", "event", "group or force", "what it brings", "source", "claims"], rows
    )


def _stated(scenario: Scenario, name: str) -> str:
    """What an event says beside its day and group: its quantities, and all else."""
    event, path = scenario.file.events[name], f"events.{name}."
    said = [
        f"`{key.removeprefix(path)}` {tables.value(quantity)}"
        for key, quantity in scenario.quantities.items()
        if key.startswith(path) and not key.startswith(f"{path}places.")
    ]
    for key in tables.plain(type(event)):
        plain = getattr(event, key)
        if (
            key not in ("kind", "date", "group", "force")
            and plain
            and not isinstance(plain, Quantity)
        ):
            said.append(f"`{key}` {_said(scenario, plain)}")
    if isinstance(event, Deployment) and event.places == ():
        said.append("`places` none")
    if isinstance(event, Founding):
        places = scenario.file.places
        gathers = (f"{places[p].name} ({tables.value(said)})" for p, said in event.places.items())
        said.append(f"`places`, by weight: {', '.join(gathers)}")
    return "; ".join(said)


def health(scenario: Scenario) -> str:
    """Centres' health by date, and their brands."""
    rows = [
        (centre.name, date, tables.value(said), said.stated.source or "as below")
        for centre in scenario.file.centres.values()
        for date, said in centre.health.items()
    ]
    sources = [
        textwrap.fill(
            f"{centre.name}: `brand` {tables.value(centre.brand)}. Source: {centre.source}.",
            100,
            break_on_hyphens=False,
        )
        for centre in scenario.file.centres.values()
    ]
    return "\n\n".join([tables.table(["centre", "date", "`health`", "source"], rows), *sources])


def acts(scenario: Scenario) -> str:
    """The default policy's acts, with every key that an act of one of their levers may state."""
    stated = scenario.policy.file.acts.values()
    used = {key for act in stated for key in LEVERS[act.kind].keys}
    keys = [key for key in Act.model_fields
            if key not in REMARKS and (key in used or key not in KINDS_BY_KEY)]  # fmt: skip
    rows = [
        [*(_said(scenario, getattr(act, key)) for key in keys),
         "; ".join(filter(None, (act.source, act.strength.stated.source, act.note)))]
        for act in stated
    ]  # fmt: skip
    heads = ["lever" if key == "kind" else f"`{key}`" for key in keys]
    told = tables.table([*heads, "source"], rows)
    return f"{told}\n\n{_deployments(scenario)}" if scenario.policy.file.deployments else told


def _deployments(scenario: Scenario) -> str:
    """The forces that the default policy deploys anew."""
    keys = [key for key in Deployment.model_fields if key not in REMARKS and key != "kind"]
    rows = [
        [*(_said(scenario, getattr(each, key)) for key in keys),
         "; ".join(filter(None, (each.source, each.note)))]
        for each in scenario.policy.file.deployments.values()
    ]  # fmt: skip
    table = tables.table([*(f"`{key}`" for key in keys), "source"], rows)
    return f"It deploys forces anew, beside the events above:\n\n{table}"


def _said(scenario: Scenario, stated: object) -> str:
    """What a table states for a key, with names in the place of ids."""
    if isinstance(stated, Quantity):
        return tables.value(stated)
    if isinstance(stated, tuple):
        return ", ".join(_said(scenario, each) for each in stated)
    if isinstance(stated, Mapping):
        return ", ".join(f"{_said(scenario, key)} ({said})" for key, said in stated.items())
    if isinstance(stated, bool):
        return "yes" if stated else "no"
    named: Any = (
        scenario.file.places | scenario.file.groups | scenario.file.forces | scenario.file.centres
    )
    if stated in named:
        return str(named[stated].name)
    return "" if stated is None else str(stated).replace("_", " ")
