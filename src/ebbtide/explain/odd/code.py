"""What the code declares, as tables: fields, state variables, levers, outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.compilation.sources import lives_digest
from ebbtide.explain.ledger import claims_of
from ebbtide.explain.odd import tables
from ebbtide.scenario import Scenario, schema
from ebbtide.scenario.levers import BREAKING_PEACE, LEVERS
from ebbtide.scenario.schema.table import Table
from ebbtide.world.codes import End
from ebbtide.world.posts import NEVER_FILLED
from ebbtide.world.recorded import Outcome

if TYPE_CHECKING:
    from ebbtide.world.columns import Column


def described() -> dict[str, type[Table]]:
    """The tables of the schema, by name."""
    return {
        table.__name__: table
        for table in Table.__subclasses__()
        if table.__module__.startswith(f"{schema.__name__}.")
    }


def fields(table: type[Table]) -> str:
    """Keys of a table of the schema that hold quantities."""
    rows = [
        (f"`{key}`", (said := tables.measure(table, key)).unit, tables.span(said.low, said.high),
         table.model_fields[key].description or "")
        for key in tables.quantities(table)
    ]  # fmt: skip
    return tables.table(["key", "unit", "allowed", "meaning"], rows)


def variables() -> str:
    """The columns of the state, by what they belong to."""
    from ebbtide.world.state import State

    rows = [
        (", ".join(column.dimensions), f"`{name}`", column.unit, column.meaning, _start(column))
        for name, column in State.declared.items()
        if not column.of_rows
    ]
    return tables.table(["of", "variable", "unit", "meaning", "at the start"], rows)


def starts() -> str:
    """How variables start to which the scenario gives a level in a way of its own."""
    from ebbtide.engine.assembly.levels import STARTS

    told: dict[str, list[str]] = {}
    for start in STARTS:
        off = (f"; {each.words} where `{name}` is off" for name, each in start.off.items())
        words = start.level.words + "".join(off)
        told.setdefault(words, []).extend(f"`{name}`" for name in start.variables)
    rows = [(", ".join(names), words) for words, names in told.items()]
    return tables.table(["variable", "at the start"], rows)


def _start(column: Column) -> str:
    if column.start is None:
        return "by the scenario"
    if column.start == NEVER_FILLED:
        return "never"
    level = f"`{column.start}`" if isinstance(column.start, str) else f"{column.start:g}"
    return level if column.since is None else f"{level}, {column.since.value}"


def outcomes(outcomes: dict[str, Outcome], scenario: Scenario, within: str = "") -> str:
    """Outcomes, with the claims that they show."""
    rows = [
        (f"`{name}`", said.unit, said.meaning,
         ", ".join(f"`{claim}`" for claim in claims_of(scenario, "shows_in", f"{within}{name}")))
        for name, said in outcomes.items()
    ]  # fmt: skip
    return tables.table(["outcome", "unit", "meaning", "claims"], rows)


def measured(digest: str) -> str:
    """Of which model sizes told by hand are: of the present one, or of one before."""
    now = lives_digest().startswith(digest)
    of = (
        "the model as it is"
        if now
        else "an earlier state of the model: read them as orders of size"
    )
    return f"measured at model digest `{digest}`, {of}"


def earth_radius() -> str:
    """The radius with which distances are worked out (km)."""
    from ebbtide.scenario.measuring import EARTH_RADIUS_KM

    return f"{EARTH_RADIUS_KM:,.0f}"


def exact_poisson() -> str:
    """The largest mean up to which a Poisson number is found by inversion."""
    from ebbtide.engine.random_numbers import LARGEST_EXACT_MEAN

    return f"{LARGEST_EXACT_MEAN:g}"


def levers() -> str:
    """What a policy can move."""
    rows = [
        (f"`{name}`", ", ".join(lever.held_by), ", ".join(lever.needs), lever.meaning,
         lever.strength, lever.cost, lever.side_effects)
        for name, lever in LEVERS.items()
    ]  # fmt: skip
    heads = ["lever", "held by", "an act must state", "what it moves", "strength", "effort",
             "side effects"]  # fmt: skip
    return tables.table(heads, rows)


def breaking_peace() -> str:
    """The levers whose acts send a force against groups that it spares otherwise."""
    return ", ".join(f"`{name}`" for name in BREAKING_PEACE)


def decapitated() -> str:
    """What becomes of leaders whose loss shakes their group: the verbs of those ends."""
    verbs = (end.words.partition(" ")[0] for end in End if end.decapitates)
    return " or ".join(dict.fromkeys(verbs))
