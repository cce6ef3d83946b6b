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

from pydantic import Field

from ebbtide.scenario.schema import Table

Kind = Literal["grid", "random", "latin_hypercube", "sobol"]


class Varied(Table):
    """How one value is varied: a range, a list, or as the scenario's prior says."""

    low: object = Field(default=None, description="least value: a number or a date")
    high: object = Field(default=None, description="greatest value, of the same kind")
    scale: Literal["linear", "log"] = Field(
        default="linear", description="log: equal steps are equal ratios"
    )
    values: Annotated[tuple[object, ...], Field(strict=False)] | None = Field(
        default=None, description="the values themselves, instead of a range"
    )
    prior: bool = Field(default=False, description="true: drawn from the scenario's own prior")


class DesignTable(Table):
    """Which points are run."""

    kind: Kind = Field(default="grid", description="how points are laid over what is varied")
    points: Annotated[int, Field(ge=1)] = Field(
        default=5, description="of a grid: steps of each range or prior; else: points in all"
    )


class SeriesTable(Table):
    """Which weekly series are kept; without this table, the numbers of each run alone."""

    groups: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = Field(
        default=None, description="groups; all if left out"
    )
    outcomes: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = Field(
        default=None, description="outcomes; all if left out"
    )
    every: Annotated[int, Field(ge=1)] = Field(
        default=1, description="one week in so many is kept, the first and the last always"
    )


class StudyFile(Table):
    """A study as written (after `extends` has been followed)."""

    title: str = Field(description="title of the study")
    scenario: str = Field(description="name of a shipped scenario, or a path")
    policies: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = Field(
        default=None, description="names of policies beside the scenario, or paths"
    )
    until: dt.date | None = Field(default=None, description="stop in the week of this date")
    seed: Annotated[int, Field(ge=0)] = Field(default=1, description="the seed of all runs' seeds")
    replications: Annotated[int, Field(ge=1)] = Field(
        default=1, description="runs of each policy at each point, each with luck of its own"
    )
    others: Literal["medians", "priors"] = Field(
        default="medians", description="what uncertain quantities do that are not varied"
    )
    design: DesignTable = DesignTable()
    vary: dict[str, Varied] = Field(
        default={}, description="what is varied, by dotted path in quotes"
    )
    series: SeriesTable | None = None
