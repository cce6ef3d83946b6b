"""What a manifest.json holds: its keys, by which `ebbtide.study.manifest` writes it and all read it.

Keys that came later than the format have a value that they have in folders without them; what a later
version adds is let be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from ebbtide.scenario.document import Document
from ebbtide.scenario.faults import MISSING, Fault, listed, nearest, shown
from ebbtide.scenario.project import Project
from ebbtide.scenario.validation import validate
from ebbtide.world.sign import Sign
from ebbtide.world.tables import ENDED, OF_RUN


def _day(text: str) -> str:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("day", "a date such as 2016-11-30, in quotes") from None
    return text


Day = Annotated[str, AfterValidator(_day)]
Days = Annotated[tuple[Day, ...], Field(strict=False)]
TextList = Annotated[tuple[str, ...], Field(strict=False)]


class KeptTable(BaseModel):
    """A table of a manifest: strict in what it must hold, whatever else is there."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    def told(self) -> dict[str, Any]:
        """What is written of it: what was said, and none of what stands for what was not."""
        return self.model_dump(mode="json", exclude_unset=True)


class KeptFounding(KeptTable):
    """Which event makes a group, and when."""

    event: str
    date: Day


class KeptScenario(KeptTable):
    """The scenario, and of whom numbers are."""

    id: str
    title: str
    named: str
    digest: str
    start: Day
    end: Day
    cut: Day | None
    focus: str
    focus_groups: Annotated[TextList, Field(min_length=1)] = ()
    focus_name: str | None = None
    groups: Annotated[dict[str, str], Field(min_length=1)]
    foundings: dict[str, KeptFounding] = {}


class KeptPolicy(KeptTable):
    """A policy under which runs are."""

    title: str
    named: str | None
    digest: str


class KeptMetric(KeptTable):
    """A number of a run: which way is better where policies are compared, and if it is a side effect.

    With how many digits behind the point it is told, where its unit does not say.
    """

    unit: str
    meaning: str
    better: Sign | None = None
    side_effect: bool = False
    digits: int | None = None


class KeptFunction(KeptTable):
    """A weekly outcome or metric of the user's own.

    Whether an outcome adds up over groups, where its unit does not say.
    """

    unit: str
    meaning: str
    digest: str
    adds_up: bool | None = None


class KeptRule(KeptTable):
    """A function of the user's own, `by` its name, in the place of a rule."""

    by: str
    meaning: str
    digest: str


class KeptExtensions(KeptTable):
    """What the user added."""

    named: TextList = ()
    outcomes: dict[str, KeptFunction] = {}
    metrics: dict[str, KeptFunction] = {}
    rules: dict[str, KeptRule] = {}


class KeptDesign(KeptTable):
    """How a study's points are laid."""

    kind: str
    points: int


class KeptSeries(KeptTable):
    """Which series a study keeps."""

    groups: TextList | None
    outcomes: TextList | None
    every: Annotated[int, Field(ge=1)]
    by_force: TextList = ()


class KeptCalibration(KeptTable):
    """What a bank of runs is made with."""

    free: TextList
    runs: int
    evidence: str
    lives: str


class KeptStudy(KeptTable):
    """What a study file says."""

    title: str
    vary: dict[str, dict[str, Any]]
    design: KeptDesign
    others: str
    series: KeptSeries | None
    calibration: KeptCalibration | None = None


class KeptStructure(KeptTable):
    """Rival views of structure, and how many draws of the posterior hold each."""

    says: str
    quantity: str
    at: Annotated[tuple[float, ...], Field(strict=False, min_length=1)]
    views: Annotated[TextList, Field(min_length=2)]
    source: str
    prior: Annotated[tuple[float, ...], Field(strict=False, min_length=2)]
    draws: Annotated[tuple[int, ...] | None, Field(strict=False)]


@dataclass(frozen=True, slots=True)
class Reading:
    """Declares what a comparison is read by and no run rests on: asked anew it is told anew."""


class KeptComparison(KeptTable):
    """How a comparison of policies is read unless asked otherwise."""

    reference: str
    policies: Annotated[TextList, Field(min_length=1)]  # the reference alone, where a search begins
    start: Day
    forces: dict[str, str]
    structures: dict[str, KeptStructure] = {}
    # What these hold is stated and read by one file each of `ebbtide.comparison`.
    equal_effort: Annotated[dict[str, Any] | None, Reading()] = None
    updated: Annotated[dict[str, Any] | None, Reading()] = None
    less_than_ended: Annotated[dict[str, Any], Reading()] = {}
    outdone: Annotated[dict[str, Any], Reading()] = {}
    prices: Annotated[dict[str, Any] | None, Reading()] = None
    record: Annotated[dict[str, Any] | None, Reading()] = None
    doubt: Annotated[str | None, Reading()] = None  # of the posterior that is drawn from


class ManifestFile(KeptTable):
    """A manifest, whole."""

    format: int
    versions: dict[str, str]
    code: str
    scenario: KeptScenario
    policies: Annotated[dict[str, KeptPolicy], Field(min_length=1)]
    seed: Annotated[int, Field(ge=0)]
    replications: Annotated[int, Field(ge=1)]
    until: Day | None
    fixed: bool
    posterior: str | None = None
    overrides: dict[str, str]
    study: KeptStudy | None
    weekly_places: bool = False
    weeks_of_parts: Days = ()
    varied: dict[str, str | None]
    uncertainties: TextList
    metrics: Annotated[dict[str, KeptMetric], Field(min_length=1)]
    extensions: KeptExtensions = KeptExtensions()
    command: str
    comparison: KeptComparison | None = None


# What folders without a key that came later mean by it.
LATER = {
    name: value
    for name, value in ManifestFile.model_construct().model_dump(mode="json").items()
    if not ManifestFile.model_fields[name].is_required()
}


def faults_of(path: Path, kept: Mapping[str, Any]) -> list[Fault]:
    """What is wrong in a manifest: a key that is missing, or that holds what it cannot mean."""
    document = Document(path, Project(path.parent), dict(kept), {(): str(path)})
    faults: list[Fault] = []
    read = validate(ManifestFile, document.data, document, faults)
    return faults if read is None else [*_unknown_groups(str(path), read)]


def faults_beside(
    path: Path, kept: Mapping[str, Any], columns: Iterable[str], policies: Iterable[str]
) -> list[Fault]:
    """What the table of runs has and a manifest does not know: a policy, a number of a run.

    Of its other columns those with a dot are values by path.
    """
    numbers = [name for name in columns if "." not in name and name not in (*OF_RUN, *ENDED)]
    met = {"metrics": numbers, "policies": policies}
    return [
        Fault(str(path), f"{key}.{name}", MISSING, "what it has: the table of runs has it")
        for key, names in met.items()
        for name in dict.fromkeys(names)
        if name not in kept[key]
    ]


def _unknown_groups(file: str, read: ManifestFile) -> Iterator[Fault]:
    """Of whom numbers are, and series: groups that the scenario has."""
    scenario, series = read.scenario, read.study and read.study.series
    named: dict[str, tuple[str, ...]] = {"scenario.focus_groups": scenario.focus_groups}
    if not scenario.focus_groups:
        named = {"scenario.focus": (scenario.focus,)}
    named["study.series.groups"] = (series and series.groups) or ()
    for key, groups in named.items():
        for group in groups:
            if group not in scenario.groups:
                near = nearest(group, scenario.groups)
                yield Fault(file, key, shown(group), f"groups: {listed(scenario.groups)}", near)
