"""A study: its file read and checked whole, with its scenario, policies and points."""

from __future__ import annotations

import contextlib
import datetime as dt
import shlex
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ebbtide.extensions import NO_EXTENSIONS, Extensions
from ebbtide.scenario import Fault, Faults, Policy, Scenario, arguments, load, load_policy
from ebbtide.scenario.document import Document, Keys, read_document
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.scenario.file_kind import FileKind, kind_of_file
from ebbtide.scenario.policy import OF_POLICY
from ebbtide.scenario.posterior import PosteriorDraws
from ebbtide.scenario.project import label
from ebbtide.scenario.validation import validate_mended
from ebbtide.study import points
from ebbtide.study.asked import options
from ebbtide.study.axes import axes_of
from ebbtide.study.design import MOST_RUNS, Design, Value, fault_of_runs
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.extended import named_without_root
from ebbtide.study.manifest import manifest_of
from ebbtide.study.manifest_file import KeptDesign, KeptSeries, KeptStudy
from ebbtide.study.posterior import refuse_stale
from ebbtide.study.simulate import Kept, Simulator, last_week
from ebbtide.study.study_file import DesignTable, StudyFile, Varied
from ebbtide.world.outcomes import OUTCOMES

MOST_POINTS = 1_000_000  # more are not laid out


@dataclass(frozen=True)
class Study:
    """A checked study: a design, and what is kept of its runs.

    `named` are scenario and policies as a command would name them.
    """

    path: Path
    file: StudyFile
    scenario: Scenario
    policies: Mapping[str, Policy]
    points: tuple[Mapping[str, Value], ...]
    named: str
    policies_named: Mapping[str, str]
    extensions: Extensions = NO_EXTENSIONS

    @classmethod
    def read(
        cls,
        path: str | Path,
        extensions: Extensions = NO_EXTENSIONS,
        *,
        most_runs: int | None = MOST_RUNS,
    ) -> Study:
        """Read a study file. Raises Faults, which names all that is wrong.

        Outcomes that `extensions` add may be among those that it keeps.
        """
        path = arguments.path(path, "study", None, "a study file")
        document = read_document(path)
        _refuse_other(document)
        faults: list[Fault] = []
        mended: set[Keys] = set()
        file = validate_mended(StudyFile, document, faults, mended)
        faults = [_hinted(fault, document) for fault in faults]
        if file is None or mended & {("scenario",), ("policies",)}:
            raise Faults(faults)
        file = _without_mended(file, mended)
        try:
            named = _named(file.scenario, document, ("scenario",))
            with _said_at(named, document, "scenario"):
                scenario = load(named)
        except Faults as more:
            raise Faults([*faults, *more.faults], more.lead) from None
        policies, policies_named = _policies(file, scenario, document, faults)
        axes = axes_of(file, scenario, policies, document, faults)
        _check_posterior(file, scenario, document, faults)
        _check_rest(file, scenario, document, faults, [*OUTCOMES, *extensions.outcomes])
        if faults:
            raise Faults(faults)
        number = points.count(file.design.kind, axes, file.design.points)
        if number > MOST_POINTS:
            found, allowed = f"{number:,} points", f"at most {MOST_POINTS:,}"
            raise Faults([Fault(document.origin(("design",)), "design", found, allowed)])
        _check_size(number * len(policies) * file.replications, most_runs, document)
        laid = points.lay(file.design.kind, axes, file.design.points, file.seed)
        _check_duplicates(laid, document)
        return cls(path, file, scenario, policies, tuple(laid), named, policies_named, extensions)

    @property
    def id(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem

    @property
    def until(self) -> str | None:
        """The date up to which it runs, if its file states one."""
        return self.file.until.isoformat() if self.file.until else None

    def design(self, replications: int | None = None) -> Design:
        """Its runs; with more replications, these and new ones."""
        return Design(
            self.scenario,
            tuple(self.policies),
            replications or self.file.replications,
            self.file.seed,
            points=self.points,
            posterior=self.posterior,
            points_alone=self.file.others is DrawnFrom.MEDIANS,
            stated=self.policies,
        )

    @property
    def posterior(self) -> PosteriorDraws | None:
        """The draws that runs take their quantities from, if its file asks for them."""
        return self.scenario.posterior if self.file.others is DrawnFrom.POSTERIOR else None

    def simulator(self) -> Simulator:
        """What does a run of it."""
        series = self.file.series
        kept = (
            None
            if series is None
            else Kept(series.groups, series.outcomes, series.every, places=False)
        )
        return Simulator(
            self.scenario,
            dict(self.policies),
            last_week(self.scenario, self.until),
            kept,
            self.extensions,
        )

    def manifest(self, command: Sequence[str]) -> dict[str, Any]:
        """Enough to run it again exactly; `command` is the one that asks for it."""
        return manifest_of(
            self.scenario,
            list(self.policies.values()),
            seed=self.file.seed,
            replications=self.file.replications,
            until=self.file.until,
            fixed=False,
            overrides={},
            named=self.named,
            command=shlex.join(
                [*command, *options({"--with": named_without_root(self.extensions)})]
            ),
            policies_named=self.policies_named,
            study=self.statement(),
            extensions=self.extensions,
            posterior=self.posterior,
        )

    def statement(self) -> KeptStudy:
        """What the study file says beside scenario, policies, seed and horizon, for a manifest."""
        file, series = self.file, self.file.series
        return KeptStudy(
            title=file.title,
            vary={path: _stated(varied) for path, varied in file.vary.items()},
            design=KeptDesign(kind=file.design.kind, points=file.design.points),
            others=file.others.value,
            series=None
            if series is None
            else KeptSeries(groups=series.groups, outcomes=series.outcomes, every=series.every),
        )


def _stated(varied: Varied) -> dict[str, Any]:
    said = {key: value for key, value in varied.model_dump().items() if value not in (None, False)}
    return {
        key: [_plain(v) for v in value] if isinstance(value, tuple) else _plain(value)
        for key, value in said.items()
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _refuse_other(document: Document) -> None:
    """Raise Faults for a scenario or a policy, which is run and not swept."""
    kind = kind_of_file(document)
    if kind not in (FileKind.STUDY, None):
        allowed = "a study, which names its scenario and policies; `ebbtide run` runs one"
        raise Faults([Fault(label(document.path), None, kind.value, allowed)])


@contextlib.contextmanager
def _said_at(named: str, document: Document, key: str) -> Iterator[None]:
    """Faults of a name that leads nowhere are said of the key that holds it."""
    try:
        yield
    except Faults as found:
        where = document.origin((key,))
        raise Faults(
            [
                replace(fault, file=where, key=key)
                if fault.key is None and fault.file == named
                else fault
                for fault in found.faults
            ],
            found.lead,
        ) from None


def _without_mended(file: StudyFile, mended: Collection[Keys]) -> StudyFile:
    """The file without what stands in for faults, so that nothing more is said of it.

    An unknown key beside the others may have meant `policies`: then nothing is said of what is
    varied of them either.
    """
    faulty = {keys[0] for keys in mended}
    unsure = faulty - StudyFile.model_fields.keys() and file.policies is None
    vary = {
        path: varied
        for path, varied in file.vary.items()
        if not any(keys[:2] == ("vary", path) for keys in mended)
        and not (unsure and path.startswith(OF_POLICY))
    }
    design = DesignTable() if "design" in faulty else file.design
    return file.model_copy(update={"vary": vary, "design": design})


def _hinted(fault: Fault, document: Document) -> Fault:
    """A dotted path written without quotes is a table in a table: say how to write it."""
    said = fault.key or ""
    keys = said.split(".")
    if keys[0] != "vary" or len(keys) < 2 or fault.found != "an unknown key":
        return fault
    if any(said.startswith(f"vary.{path}.") for path in document.data["vary"] if "." in path):
        return fault
    table = document.data
    for key in keys:
        table = table.get(key, {})
    while isinstance(table, dict) and len(table) == 1:  # down to its range
        (key, table), *_ = table.items()
        keys += [key] if isinstance(table, dict) else []
    path = ".".join(keys[1:])
    return replace(fault, allowed=f'a path in quotes: [vary."{path}"], with its range below')


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
            with _said_at(named, document, "policies"):
                policy = load_policy(named, scenario)
        except Faults as more:
            faults.extend(more.faults)
            continue
        if policy.id in found:
            where = document.origin(("policies",))
            faults.append(Fault(where, "policies", f"{shown(policy.id)} twice", "each once"))
        found[policy.id], names[policy.id] = policy, named
    return found, names


def _check_rest(
    file: StudyFile,
    scenario: Scenario,
    document: Document,
    faults: list[Fault],
    outcomes: Collection[str],
) -> None:
    def say(keys: tuple[str, ...], found: str, allowed: str, near: str | None = None) -> None:
        faults.append(Fault(document.origin(keys), ".".join(keys), found, allowed, near))

    start, end = scenario.file.start, scenario.file.end
    if file.until is not None and not start < file.until <= end:
        say(("until",), file.until.isoformat(), f"a date after {start} and not after {end}")
    if file.series is not None:
        for key in ("outcomes", "groups"):
            for name, times in Counter(getattr(file.series, key) or ()).items():
                if times > 1:
                    say(("series", key), f"{shown(name)} {times} times", "each once")
        for name in file.series.outcomes or ():
            if name not in outcomes:
                allowed = f"outcomes: {listed(outcomes)}"
                say(("series", "outcomes"), shown(name), allowed, nearest(name, outcomes))
        for name in file.series.groups or ():
            groups = scenario.file.groups
            if name not in groups:
                allowed = f"groups: {listed(groups)}"
                say(("series", "groups"), shown(name), allowed, nearest(name, groups))
    number = file.design.points
    if file.design.kind == "sobol" and file.vary and number & (number - 1):
        near = str(1 << (number.bit_length() - 1))
        say(("design", "points"), str(number), "a power of two, for a Sobol sequence", near)


def _check_posterior(
    file: StudyFile, scenario: Scenario, document: Document, faults: list[Fault]
) -> None:
    """That draws of a posterior are there, of these rules and numbers, and enough of them."""
    if file.others is not DrawnFrom.POSTERIOR:
        return
    drawn = scenario.posterior
    if drawn is None:
        allowed = f"medians or priors: {scenario.id} names no posterior"
        faults.append(Fault(document.origin(("others",)), "others", shown(file.others), allowed))
        return
    try:
        refuse_stale(scenario)
    except Faults as stale:
        faults.extend(stale.faults)
    if file.replications > len(drawn):
        found = f"{file.replications} replications"
        allowed = f"at most {len(drawn)}, the draws of {scenario.id}'s posterior"
        faults.append(Fault(document.origin(("replications",)), "replications", found, allowed))


def _check_size(runs: int, most: int | None, document: Document) -> None:
    if most is not None and runs > most:
        raise Faults([fault_of_runs(label(document.path), f"a study of {runs:,} runs", most)])


def _check_duplicates(laid: list[dict[str, Value]], document: Document) -> None:
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
