"""What a study file may say: a scenario, its policies, what is varied, and what is kept.

title = "Pay against the first day of strikes"
scenario = "minimal"                # a shipped name, or a path relative to this file
policies = ["minimal", "nothing"]   # names beside the scenario, or such paths
replications = 10

[design]
kind = "grid"
points = 5                          # a grid: steps of each range; else points in all

[vary."groups.<id>.pay"]
low = 100
high = 400
scale = "log"

[vary."policy.acts.strikes.start"]  # a value of the policies
values = [2001-10-07, 2002-10-06]
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue, WithJsonSchema

from ebbtide.scenario.schema.table import Table
from ebbtide.study.drawn_from import DrawnFrom

Layout = Literal["grid", "random", "latin_hypercube", "sobol"]
Limit = Annotated[
    object,
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "format": "date"}]}),
]
AnyValue = Annotated[object, WithJsonSchema({"type": ["number", "string", "boolean"]})]
_ONE_WAY: list[JsonValue] = [  # for editors; which of the three is missing, the reader says
    {"anyOf": [{"properties": {"values": False}}, {"properties": {"low": False, "high": False}}]},
    {
        "anyOf": [
            {"properties": {"prior": {"const": False}}},
            {"properties": {"low": False, "high": False, "values": False}},
        ]
    },
]


class Varied(Table):
    """How one value is varied: by a range, by a list, or as the scenario's prior says.

    Exactly one of the three: `low` and `high`, `values`, or `prior = true`.
    """

    model_config = ConfigDict(json_schema_extra={"allOf": _ONE_WAY})

    low: Limit = Field(default=None, description="least value, a number or a date; needs `high`")
    high: Limit = Field(default=None, description="greatest value, of the same kind as `low`")
    scale: Literal["linear", "log"] = Field(
        default="linear",
        description="steps from low to high: linear, equal differences; log, equal ratios "
        "(numbers above 0)",
    )
    values: Annotated[tuple[AnyValue, ...], Field(strict=False)] | None = Field(
        default=None,
        description="the values themselves, instead of a range: numbers, dates, true and false, "
        "or names; a grid runs each, other designs draw among them",
    )
    prior: bool = Field(
        default=False,
        description="true: as likely as the scenario's own prior says (`ebbtide check SCENARIO "
        "--keys` lists what has one); a grid takes the middles of equally likely parts",
    )


class DesignTable(Table):
    """Which points are run: a point gives each varied value one of its values."""

    kind: Layout = Field(
        default="grid",
        description="how points are laid: grid, every value with every other; random, drawn one "
        "by one; latin_hypercube, drawn so that each value's range is covered evenly; sobol, drawn "
        "so that all ranges together are",
    )
    points: Annotated[int, Field(ge=1)] = Field(
        default=5,
        description="of a grid: steps of each range or prior (a list has its own); else: points "
        "in all, for sobol a power of two",
    )


class SeriesTable(Table):
    """Which weekly series are kept; without this table, the metrics of each run alone.

    Series are most of a sweep's size, and what figures over time are drawn from.
    """

    groups: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = Field(
        default=None, description="ids of groups; all of the scenario's if left out"
    )
    outcomes: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = Field(
        default=None,
        description="names of weekly outcomes; all if left out (`ebbtide explain` lists them)",
    )
    every: Annotated[int, Field(ge=1)] = Field(
        default=1, description="one week in so many is kept, the first and the last always"
    )


class StudyFile(Table):
    """A study as written (after `extends` has been followed).

    Its runs: policies x points x replications.
    """

    title: str = Field(description="title of the study, on its figures")
    scenario: str = Field(description="name of a shipped scenario, or a path relative to this file")
    policies: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = Field(
        default=None,
        description="names of policies beside the scenario, or paths relative to this file; "
        "the scenario's own if left out",
    )
    until: dt.date | None = Field(
        default=None, description="stop in the week of this date; at the scenario's end if left out"
    )
    seed: Annotated[int, Field(ge=0)] = Field(
        default=1, description="the seed of all runs' seeds, and of a drawn design"
    )
    replications: Annotated[int, Field(ge=1)] = Field(
        default=1,
        description="runs of each policy at each point, each with random numbers of its own; policies "
        "and points share them, so that they differ by their own doing",
    )
    others: Annotated[DrawnFrom, Field(strict=False)] = Field(
        default=DrawnFrom.MEDIANS,
        description="what uncertain quantities do that are not varied: stay at their medians, or in "
        "each replication are drawn from their priors, or are those of a draw of the scenario's posterior",
    )
    design: DesignTable = Field(default=DesignTable(), description="which points are run")
    vary: dict[str, Varied] = Field(
        default={},
        description="what is varied, by dotted path in quotes: a value of the scenario "
        '([vary."groups.<id>.pay"]) or of its policies ([vary."policy.acts.<id>.start"])',
    )
    series: SeriesTable | None = Field(
        default=None, description="which weekly series are kept; none if left out"
    )
