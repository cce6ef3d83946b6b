"""What the scenario and its policy state, as tables."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from ebbtide.explain import number
from ebbtide.explain.ledger import cited
from ebbtide.explain.odd import tables
from ebbtide.scenario import Scenario
from ebbtide.scenario import schema as declared
from ebbtide.scenario.levers import AIMS


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
    return (
        f"Of the scenario's {len(scenario.quantities)} quantities "
        f"{len(scenario.uncertainties)} have a prior."
    )


def groups(scenario: Scenario, *keys: str) -> str:
    """Groups with these quantities."""
    rows = [
        [group.name, *(tables.value(getattr(group, key)) for key in keys)]
        for group in scenario.file.groups.values()
    ]
    return tables.table(["group", *(tables.head(declared.Group, key) for key in keys)], rows)


def kinds(scenario: Scenario) -> str:
    """Groups with what is no quantity."""
    centres = scenario.file.centres
    rows = [
        (group.name, group.dynamics, str(group.posts),
         centres[group.centre].name if group.centre else "", group.source or "")
        for group in scenario.file.groups.values()
    ]  # fmt: skip
    return tables.table(["group", "`dynamics`", "`posts`", "`centre`", "source"], rows)


def factions(scenario: Scenario) -> str:
    """Factions of all groups."""
    rows = [
        (group.name, faction.name, tables.value(faction.share), tables.value(faction.discontent),
         faction.source or "")
        for group in scenario.file.groups.values()
        for faction in group.factions.values()
    ]  # fmt: skip
    return tables.table(["group", "faction", "`share`", "`discontent`", "source"], rows)


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
        (group.name, groups[other].name, tables.value(tie.men), tables.value(tie.money),
         "yes" if tie.lifeline else "no", str(tie.start or "the start"),
         number.source(scenario, f"groups.{name}.allies.{other}.men") or "")
        for name, group in groups.items()
        for other, tie in group.allies.items()
    ]  # fmt: skip
    heads = [
        "group",
        "its ally",
        *(tables.head(declared.Alliance, key) for key in ("men", "money")),
    ]
    return tables.table([*heads, "`lifeline`", "from", "source of `men`"], rows)


def forces(scenario: Scenario) -> str:
    """State forces."""
    keys = ("capacity", "arrests", "routine", "attention", "attention_new", "intelligence",
            "harm", "taken")  # fmt: skip
    heads = ["force", "`kind`", "where", *(tables.head(declared.Force, key) for key in keys)]
    places = scenario.file.places
    rows = [
        [force.name, force.kind, ", ".join(_named(places, force.places)),
         *(tables.value(getattr(force, key)) for key in keys)]
        for force in scenario.file.forces.values()
    ]  # fmt: skip
    return tables.table(heads, rows)


def _named(table: Mapping[str, Any], ids: Iterable[str]) -> list[str]:
    """Names of ids; what is no id, such as a country, stays as it is."""
    return [table[name].name if name in table else name for name in ids]


def regions(scenario: Scenario) -> str:
    """The countries."""
    return ", ".join(sorted({f"`{place.country}`" for place in scenario.file.places.values()}))


def events(scenario: Scenario) -> str:
    """Dated events."""
    names = {name: group.name for name, group in scenario.file.groups.items()}
    rows = [
        (f"{event.date:%Y-%m-%d}", event.kind.replace("_", " "),
         names.get(event.group, event.group), _stated(scenario, name),
         event.source or event.note or "", ", ".join(f"`{claim}`" for claim in event.claims))
        for name, event in scenario.file.events.items()
    ]  # fmt: skip
    return tables.table(["date", "event", "group", "what it brings", "source", "claims"], rows)


def _stated(scenario: Scenario, name: str) -> str:
    """The quantities of an event, and where a founding gathers."""
    event, path = scenario.file.events[name], f"events.{name}."
    said = [
        f"`{key.removeprefix(path)}` {tables.value(quantity)}"
        for key, quantity in scenario.quantities.items()
        if key.startswith(path)
    ]
    if isinstance(event, declared.Founding):
        places = scenario.file.places
        gathers = (f"{places[p].name} {weight:g}" for p, weight in event.places.items())
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
    """The default policy's acts."""
    file = scenario.file
    named = {
        name: said.name
        for table in (file.places, file.groups, file.forces)
        for name, said in table.items()
    }

    def names(stated: Iterable[str]) -> str:
        return ", ".join(named.get(name, name) for name in stated)

    rows = [
        (act.kind.replace("_", " "), names([act.force or ""]), names(act.against),
         names(act.places or ()), str(act.start), str(act.stop or ""), tables.value(act.strength),
         _aim(act), "; ".join(filter(None, (act.source, act.note))))
        for act in scenario.policy.file.acts.values()
    ]  # fmt: skip
    heads = [
        "lever",
        "force",
        "against",
        "where",
        "from",
        "until",
        "strength",
        "aimed at",
        "source",
    ]
    return tables.table(heads, rows)


def _aim(act: declared.Act) -> str:
    shares = [
        f"{key} {tables.value(share)}"
        for key in AIMS
        if (share := getattr(act, key)) is not None and share.median > 0
    ]
    return f"post {act.post}" if act.post else ", ".join(shares)
