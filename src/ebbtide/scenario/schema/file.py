"""What a scenario file may say as a whole: its tables, by name."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import Field

from ebbtide.scenario.content import NotFelt
from ebbtide.scenario.schema.calibration import Calibration
from ebbtide.scenario.schema.events import Event, Founding
from ebbtide.scenario.schema.evidence import Evidence
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.groups import Centre, Group
from ebbtide.scenario.schema.observation import Observation
from ebbtide.scenario.schema.places import Border, Geography, Place
from ebbtide.scenario.schema.structures import RivalViews
from ebbtide.scenario.schema.table import Identifier, OneOrMoreGroups, Table

RuleTable = dict[str, object]  # read against the rules' own declarations


class ScenarioFile(Table):
    """A scenario as written (after `extends` has been followed)."""

    title: str = Field(description="title of the scenario")
    start: dt.date = Field(description="first day")
    end: dt.date = Field(description="the day by which the simulation ends")
    cut: dt.date | None = Field(
        default=None, description="the last day known to who chose its numbers"
    )
    policy: Annotated[str, NotFelt()] = Field(
        description="the default policy: a path, or a name in `NAME/policies/` or `policies/` beside "
        "this file, NAME.toml"
    )
    focus: OneOrMoreGroups | None = Field(
        default=None,
        description="the group that tables, numbers of runs and plots are of, or several, whose sum "
        "they are then of; the first group if left out",
    )
    focus_name: str | None = Field(
        default=None, description="what several groups of `focus` are called together"
    )
    geography: Annotated[Geography, NotFelt()] = Geography()
    places: Annotated[dict[Identifier, Place], Field(min_length=1)]
    borders: dict[Identifier, Border] = Field(default={})
    groups: Annotated[dict[Identifier, Group], Field(min_length=1)]
    forces: dict[Identifier, Force] = Field(default={})
    centres: dict[Identifier, Centre] = Field(default={})
    events: dict[Identifier, Event] = Field(default={})
    rules: dict[Identifier, RuleTable] = Field(description="the rules' free numbers")
    evidence: Annotated[Evidence, NotFelt()] = Evidence()
    observation: Annotated[Observation | None, NotFelt()] = Field(
        default=None, description="how publishers see a world: needed where one is calibrated"
    )
    calibration: Annotated[Calibration | None, NotFelt()] = Field(
        default=None, description="which uncertain quantities a posterior's search adapts to"
    )
    structures: Annotated[dict[Identifier, RivalViews], NotFelt()] = Field(
        default={}, description="rival views of how the world works, each a part of a prior"
    )
    posterior: Annotated[str | None, NotFelt()] = Field(
        default=None,
        description="CSV, draws of a posterior, as `ebbtide calibrate SCENARIO --to FILE` writes them: "
        "where runs take their uncertain quantities from, instead of the priors; a file that extends this "
        "one does not take them over",
    )
    odd: Annotated[str | None, NotFelt()] = Field(
        default=None, description="Markdown: what the ODD document says of this case alone"
    )

    def is_ever_there(self, group: str) -> bool:
        """Whether a group has men at the start, or is founded."""
        return self.groups[group].fighters.quantile(1.0) > 0 or group in self.foundings

    @property
    def foundings(self) -> dict[str, str]:
        """The id of the event that founds a group, by group, of those founded during the run."""
        return {
            event.group: name for name, event in self.events.items() if isinstance(event, Founding)
        }
