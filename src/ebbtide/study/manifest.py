"""The manifest of a results folder: what was run, with which versions, and nothing of where."""

from __future__ import annotations

import datetime as dt
import json
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.compilation.sources import runs_digest
from ebbtide.extensions import NO_EXTENSIONS, Extensions
from ebbtide.scenario.policy import OF_POLICY
from ebbtide.study.extended import differing, digests_of, told_extensions
from ebbtide.study.manifest_file import (
    LATER,
    KeptFounding,
    KeptMetric,
    KeptPolicy,
    KeptScenario,
    KeptStudy,
    ManifestFile,
)
from ebbtide.study.metrics import metrics_with

if TYPE_CHECKING:
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.scenario.posterior import PosteriorDraws

FORMAT = 3
LIBRARIES = ("ebbtide", "numpy", "numba", "mesa", "pandas", "pyarrow")
DECIDING = ("ebbtide", "python", "numpy", "numba")  # versions by which results may differ
# What two folders of one study may differ in: how they were asked for, and what follows from the rest.
NO_IDENTITY = {"format", "command", "varied", "uncertainties", "metrics", "comparison"}


def manifest_of(
    scenario: Scenario,
    policies: Sequence[Policy],
    *,
    seed: int,
    replications: int,
    until: dt.date | None,
    fixed: bool,
    overrides: Mapping[str, str],
    named: str,
    command: str,
    policies_named: Mapping[str, str] | None = None,
    study: KeptStudy | None = None,
    weekly_places: bool = False,
    extensions: Extensions = NO_EXTENSIONS,
    posterior: PosteriorDraws | None = None,
) -> dict[str, Any]:
    """The manifest of a study of one scenario.

    `policies_named` are policies by id as the user named them (without: the scenario's own),
    `study` is what a study file says beside all this, `extensions` what the user added.
    `overrides` are as the user wrote them, `named` is the scenario as the user named it, `command`
    the command in full; a path from the root of this machine is cut to its last part.
    `weekly_places`: outcomes by place of every week.
    """
    file, named_policies = scenario.file, policies_named or {}
    return ManifestFile(
        format=FORMAT,
        versions=versions_of(("python", *LIBRARIES)),
        code=runs_digest(),
        scenario=KeptScenario(
            id=scenario.id,
            title=scenario.title,
            named=without_root(named),
            digest=scenario.digest,
            start=file.start.isoformat(),
            end=file.end.isoformat(),
            cut=file.cut.isoformat() if file.cut else None,
            focus=scenario.focus,
            focus_groups=scenario.focus_groups,
            focus_name=scenario.focus_name,
            groups={name: group.name for name, group in file.groups.items()},
            foundings={
                group: KeptFounding(event=event, date=file.events[event].date.isoformat())
                for group, event in file.foundings.items()
            },
        ),
        policies={
            policy.id: KeptPolicy(
                title=policy.title,
                named=without_root(named_policies[policy.id])
                if policy.id in named_policies
                else None,
                digest=policy.digest,
            )
            for policy in policies
        },
        seed=seed,
        replications=replications,
        until=until.isoformat() if until else None,
        fixed=fixed,
        posterior=None if posterior is None else posterior.digest,
        overrides=dict(sorted(overrides.items())),
        study=study,
        weekly_places=weekly_places,
        weeks_of_parts=() if study else _weeks_of_parts(scenario, until),
        varied=_units(scenario, policies, study.vary if study else ()),
        uncertainties=tuple(
            dict.fromkeys(path for each in policies for path in scenario.uncertain_under(each))
        ),
        metrics={
            name: KeptMetric(
                unit=metric.unit,
                meaning=metric.meaning,
                better=metric.better,
                side_effect=metric.side_effect,
                **({} if metric.digits is None else {"digits": metric.digits}),
            )
            for name, metric in metrics_with(extensions).items()
        },
        extensions=told_extensions(extensions),
        command=command,
    ).told()


def _weeks_of_parts(scenario: Scenario, until: dt.date | None) -> tuple[str, ...]:
    """The last days of the weeks kept by place since publishers speak of a part of the places."""
    weeks = sorted(scenario.published.weeks_of_parts())
    last = scenario.week_of(until) if until else scenario.weeks
    return tuple(scenario.dates[week].isoformat() for week in weeks if week <= last)


def _units(
    scenario: Scenario, policies: Sequence[Policy], paths: Iterable[str]
) -> dict[str, str | None]:
    """The units of varied values; None for what is no quantity (a date, a switch, a name)."""
    known = dict(scenario.quantities)
    for policy in policies:
        known |= {OF_POLICY + path: quantity for path, quantity in policy.quantities.items()}
    return {path: known[path].unit if path in known else None for path in paths}


def differences(kept: Mapping[str, Any], asked: Mapping[str, Any]) -> list[str]:
    """In what two manifests are of different studies, one readable line each.

    More replications are no difference: they are the same runs and new ones.
    """
    before, now = _identity(kept), _identity(asked)
    found = []
    for key in dict.fromkeys([*now, *before]):
        values = before.get(key), now.get(key)
        if (
            values[0] == values[1]
            or key in NO_IDENTITY
            or (key == "replications" and grows(kept, asked))
        ):
            continue
        if key == "extensions":
            found.append(differing(kept.get(key, {}), asked.get(key, {})))
        elif key == "study" and None not in values:
            found += _parts(key, *values)
        else:
            found.append(_difference(key, (kept, asked), values))
    return found


def _parts(key: str, before: Any, now: Any) -> list[str]:
    """The differing entries of two tables, by dotted key."""
    if not (isinstance(before, Mapping) and isinstance(now, Mapping)):
        return [f"{key}: the folder has {_show(before)}, asked is {_show(now)}"]
    return [
        line
        for part in dict.fromkeys([*before, *now])
        if before.get(part) != now.get(part)
        for line in _parts(f"{key}.{part}", before.get(part), now.get(part))
    ]


def grows(kept: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    """Whether more replications are asked than are kept."""
    return int(asked.get("replications", 0)) > int(kept.get("replications", 0))


def _difference(
    key: str, manifests: tuple[Mapping[str, Any], Mapping[str, Any]], values: tuple[Any, Any]
) -> str:
    if key in _NAMES:
        before, now = (_NAMES[key](manifest) for manifest in manifests)
        if before == now:
            shown = [_show(value) for value in values]
            return f"{key}: {now} has changed (digest {shown[0]} in the folder, now {shown[1]})"
        return f"{key}: the folder has {before}, asked is {now}"
    if key == "code":
        return "code: what the sources of ebbtide compute has changed since the folder was made"
    less = "; fewer replications cannot be taken from it" if key == "replications" else ""
    return f"{key}: the folder has {_show(values[0])}, asked is {_show(values[1])}{less}"


_NAMES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "scenario": lambda manifest: str(manifest.get("scenario", {}).get("named")),
    "policies": lambda manifest: ", ".join(manifest.get("policies", {})),
}


def versions_of(names: Iterable[str]) -> dict[str, str]:
    """What is installed of these, by name; of Python itself too."""
    return {
        name: platform.python_version() if name == "python" else version(name) for name in names
    }


def without_root(path: str) -> str:
    """A path as given if relative, else its last part: no path of a machine enters a file."""
    return Path(path).name if Path(path).is_absolute() else path


def _identity(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What makes two folders of one study; the title of a study is a remark."""
    study = manifest.get("study")
    versions = manifest.get("versions", {})
    rest = {key: said for key, said in manifest.items() if key != "versions"}
    return {
        **{name: versions.get(name) for name in DECIDING},
        **LATER,
        **rest,
        "scenario": manifest.get("scenario", {}).get("digest"),
        "extensions": digests_of(manifest.get("extensions", {})),
        "study": study and {key: said for key, said in study.items() if key != "title"},
        "policies": {
            name: policy.get("digest") for name, policy in manifest.get("policies", {}).items()
        },
    }


def _show(value: Any) -> str:
    if isinstance(value, str) and len(value) == 64:  # a digest
        return value[:12]
    if isinstance(value, dict) and value and all(len(str(v)) == 64 for v in value.values()):
        return ", ".join(str(digest)[:12] for digest in value.values())
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 90 else text[:87] + "..."
