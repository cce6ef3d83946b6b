"""A study: its file read and checked whole, with its scenario, policies and points."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ebbtide.scenario import Fault, Faults, Policy, Scenario, load, load_policy
from ebbtide.scenario.document import Document, read_document
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.scenario.project import label
from ebbtide.scenario.validation import validate
from ebbtide.study import points
from ebbtide.study.design import Design, Value
from ebbtide.study.simulate import OF_POLICY, Kept, Simulator, last_week
from ebbtide.study.study_file import StudyFile, Varied
from ebbtide.world.outcomes import OUTCOMES

MOST_RUNS = 20_000  # more are a slip as likely as a wish


@dataclass(frozen=True)
class Study:
    """A checked study. `named` are scenario and policies as a command would name them."""

    path: Path
    file: StudyFile
    scenario: Scenario
    policies: Mapping[str, Policy]
    points: tuple[Mapping[str, Value], ...]
    named: str
    policies_named: Mapping[str, str]

    @classmethod
    def read(cls, path: str | Path, *, most_runs: int | None = MOST_RUNS) -> Study:
        """Read a study file. Raises Faults, which names all that is wrong."""
        document = read_document(Path(path))
        faults: list[Fault] = []
        file = validate(StudyFile, document.data, document, faults)
        if file is None:
            raise Faults([_hinted(fault) for fault in faults])
        named = _named(file.scenario, document, ("scenario",))
        scenario = load(named)
        policies, policies_named = _policies(file, scenario, document, faults)
        axes = _axes(file, scenario, policies, document, faults)
        _check_rest(file, scenario, document, faults)
        if faults:
            raise Faults(faults)
        number = points.count(file.design.kind, axes, file.design.points)
        _check_size(file, number * len(policies) * file.replications, most_runs, document)
        laid = points.lay(file.design.kind, axes, file.design.points, file.seed)
        _check_duplicates(laid, file, document)
        return cls(Path(path), file, scenario, policies, tuple(laid), named, policies_named)

    @property
    def id(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem

    @property
    def until(self) -> str | None:
        return self.file.until.isoformat() if self.file.until else None

    def design(self, replications: int | None = None) -> Design:
        """Its runs; with more replications, these and new ones."""
        return Design(
            self.scenario,
            tuple(self.policies),
            replications or self.file.replications,
            self.file.seed,
            points=self.points,
            points_alone=self.file.others == "medians",
        )

    def simulator(self) -> Simulator:
        """What does a run of it."""
        series = self.file.series
        kept = (
            None
            if series is None
            else Kept(series.groups, series.outcomes, series.every, places=False)
        )
        return Simulator(
            self.scenario, dict(self.policies), last_week(self.scenario, self.until), kept
        )

    def statement(self) -> dict[str, Any]:
        """What the study file says beside scenario, policies, seed and horizon, for a manifest."""
        file = self.file
        vary = {path: _stated(varied) for path, varied in file.vary.items()}
        return {
            "title": file.title,
            "vary": vary,
            "design": file.design.model_dump(),
            "others": file.others,
            "series": file.series and file.series.model_dump(mode="json"),
        }


def is_study(document: Document) -> bool:
    """Whether a document is a study: it names a scenario, or says what is varied."""
    return bool(document.data.keys() & {"scenario", "vary", "replications"})


def _stated(varied: Varied) -> dict[str, Any]:
    said = {key: value for key, value in varied.model_dump().items() if value not in (None, False)}
    return {
        key: [_plain(v) for v in value] if isinstance(value, tuple) else _plain(value)
        for key, value in said.items()
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _hinted(fault: Fault) -> Fault:
    """A dotted path written without quotes is a table in a table: say how to write it."""
    if fault.key and fault.key.startswith("vary.") and fault.found == "an unknown key":
        path = fault.key.removeprefix("vary.")
        return replace(fault, allowed=f'a path in quotes: [vary."{path}"], with its range below')
    return fault


def _named(written: str, document: Document, keys: tuple[str, ...]) -> str:
    """A name as it is, a path from the study's folder as one from here; it stays in the project."""
    if Path(written).suffix != ".toml" and len(Path(written).parts) == 1:
        return written
    folder, file = document.folder(keys), document.origin(keys)
    return label(document.project.path(written, folder, file, ".".join(keys)))


def _policies(
    file: StudyFile, scenario: Scenario, document: Document, faults: list[Fault]
) -> tuple[dict[str, Policy], dict[str, str]]:
    if file.policies is None:
        return {scenario.policy.id: scenario.policy}, {}
    found: dict[str, Policy] = {}
    names: dict[str, str] = {}
    for written in file.policies:
        try:
            named = _named(written, document, ("policies",))
            policy = load_policy(named, scenario)
        except Faults as more:
            faults.extend(more.faults)
            continue
        if policy.id in found:
            where = document.origin(("policies",))
            faults.append(Fault(where, "policies", f"{shown(policy.id)} twice", "each once"))
        found[policy.id], names[policy.id] = policy, named
    return found, names


def _axes(
    file: StudyFile,
    scenario: Scenario,
    policies: Mapping[str, Policy],
    document: Document,
    faults: list[Fault],
) -> dict[str, points.Axis]:
    axes: dict[str, points.Axis] = {}
    for path, varied in file.vary.items():
        key = f'vary."{path}"'
        where = document.origin(("vary", path))
        try:
            axis, ends = _axis(path, varied, scenario, Fault(where, key, ""))
            for end in ends:
                _try(path, end, scenario, policies)
        except Faults as found:
            faults.extend(
                fault
                if fault.key and fault.key.startswith(key)
                else replace(fault, file=where, key=_said_key(key, fault))
                for fault in found.faults
            )
            continue
        axes[path] = axis
    return axes


def _said_key(key: str, fault: Fault) -> str:
    inside = fault.key and f'"{fault.key}"' not in key and f'.{fault.key}"' not in key
    return f"{key} ({fault.key})" if inside else key


def _axis(
    path: str, varied: Varied, scenario: Scenario, fault: Fault
) -> tuple[points.Axis, list[Value]]:
    """The axis of a varied path and the values at which it is tried. Raises Faults."""
    ranged = varied.low is not None or varied.high is not None
    if ranged + (varied.values is not None) + varied.prior != 1:
        allowed = "one of: low and high, values, prior = true"
        raise Faults([replace(fault, found="none or several of these", allowed=allowed)])
    if varied.prior:
        known = scenario.uncertainties.get(path)
        if known is None:
            allowed = f"a quantity with a prior, such as {listed(scenario.uncertainties, 3)}"
            near = nearest(path, scenario.uncertainties)
            raise Faults([replace(fault, found="prior = true", allowed=allowed, nearest=near)])
        return points.of_prior(known), []
    if varied.values is not None:
        values = [_as_value(value, path, scenario) for value in varied.values]
        if not values:
            raise Faults([replace(fault, found="values = []", allowed="at least one value")])
        return points.of_values(values), values
    low, high = varied.low, varied.high
    if _is_number(low) and _is_number(high):
        low, high = float(low), float(high)  # type: ignore[arg-type]
        if varied.scale == "log" and low <= 0:
            found = f'low = {low:g}, scale = "log"'
            raise Faults([replace(fault, found=found, allowed="low above 0")])
        axis = points.of_range(low, high, log=varied.scale == "log")
    elif isinstance(low, dt.date) and isinstance(high, dt.date):
        if varied.scale == "log":
            raise Faults([replace(fault, found='dates, scale = "log"', allowed="linear")])
        axis = points.of_dates(low, high)
    else:
        found = f"low = {shown(low)}, high = {shown(high)}"
        raise Faults([replace(fault, found=found, allowed="two numbers, or two dates")])
    if not low < high:  # type: ignore[operator]
        found = f"low = {shown(low)}, high = {shown(high)}"
        raise Faults([replace(fault, found=found, allowed="low below high")])
    return axis, [low, high]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_value(value: Any, path: str, scenario: Scenario) -> Value:
    """A number of a quantity or of a policy is a float however it is written."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    of_quantity = path in scenario.quantities or path.startswith(OF_POLICY)
    return float(value) if whole and of_quantity and not path.endswith(".post") else value


def _try(path: str, value: Value, scenario: Scenario, policies: Mapping[str, Policy]) -> None:
    """Raise Faults if the scenario, or a policy, cannot take the value."""
    if not path.startswith(OF_POLICY):
        scenario.with_overrides({path: value})
        return
    faults: list[Fault] = []
    for policy in policies.values():
        moved = policy.with_overrides({path.removeprefix(OF_POLICY): value})
        moved.check(scenario.file, scenario.names, faults)
    if faults:
        raise Faults(faults)


def _check_rest(
    file: StudyFile, scenario: Scenario, document: Document, faults: list[Fault]
) -> None:
    def say(keys: tuple[str, ...], found: str, allowed: str, near: str | None = None) -> None:
        faults.append(Fault(document.origin(keys), ".".join(keys), found, allowed, near))

    start, end = scenario.file.start, scenario.file.end
    if file.until is not None and not start < file.until <= end:
        say(("until",), file.until.isoformat(), f"a date after {start} and not after {end}")
    if file.series is not None:
        for name in file.series.outcomes or ():
            if name not in OUTCOMES:
                allowed = f"outcomes: {listed(OUTCOMES)}"
                say(("series", "outcomes"), shown(name), allowed, nearest(name, OUTCOMES))
        for name in file.series.groups or ():
            groups = scenario.file.groups
            if name not in groups:
                allowed = f"groups: {listed(groups)}"
                say(("series", "groups"), shown(name), allowed, nearest(name, groups))
    number = file.design.points
    if file.design.kind == "sobol" and file.vary and number & (number - 1):
        near = str(1 << (number.bit_length() - 1))
        say(("design", "points"), str(number), "a power of two, for a Sobol sequence", near)


def _check_size(file: StudyFile, runs: int, most: int | None, document: Document) -> None:
    if most is not None and runs > most:
        allowed = f"at most {most:,} runs; --yes allows more"
        raise Faults([Fault(label(document.path), None, f"a study of {runs:,} runs", allowed)])


def _check_duplicates(laid: list[dict[str, Value]], file: StudyFile, document: Document) -> None:
    """Two runs at one point with one seed would be one run twice."""
    times = Counter(tuple(point.values()) for point in laid)
    twice = [point for point, number in times.items() if number > 1]
    if twice:
        example = ", ".join(
            f"{path} = {_plain(value)}" for path, value in zip(laid[0], twice[0], strict=True)
        )
        found = f"{len(laid) - len(times)} duplicate points, such as {example}"
        allowed = "each point once; `replications` gives a point several runs"
        where = document.origin(("design",))
        raise Faults(
            [Fault(where, "design" if "design" in document.data else "vary", found, allowed)]
        )
