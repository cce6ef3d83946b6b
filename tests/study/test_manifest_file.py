"""A manifest with a key missing or wrong is told with file and key, by all that reads it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import ebbtide as eb
from ebbtide.study.manifest_file import KeptTable, ManifestFile, faults_of
from ebbtide.study.reopen import policy_of, run_of, scenario_of
from ebbtide.study.store import Refused
from ebbtide.study.summary import summarise
from extensions import own

REMOVED = object()
WRONG = (REMOVED, None, -1, "x", True, ["x"], {"x": "y"})
SHOWN_OF_MANY = {"fighters_peak", "ended_date", "weeks_with_many"}  # of metrics, one of each unit
STUDY = """
title = "Own"
scenario = "minimal"
policies = ["minimal", "nothing"]
until = 2001-02-04
[vary."groups.league.pay"]
values = [100, 200]
[series]
groups = ["league"]
outcomes = ["fighters"]
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders: `run` and `sweep`."""
    folder = tmp_path_factory.mktemp("kept")
    values = {"groups.league.pay": 130, "policy.acts.strikes.strength": 0.3}
    eb.run("minimal", replications=1, workers=1, until="2001-02-04", out=folder / "run",
           extensions=own, **values)  # fmt: skip
    (folder / "study.toml").write_text(STUDY)
    eb.sweep(folder / "study.toml", workers=1, out=folder / "sweep")
    return folder


def all_keys(value: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if keys:
        yield keys, value
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if keys != ("metrics",) or key in SHOWN_OF_MANY:
                yield from all_keys(inner, (*keys, key))


def changed(manifest: Mapping[str, Any], keys: tuple[str, ...], value: object) -> dict[str, Any]:
    made = copy.deepcopy(dict(manifest))
    table = made
    for key in keys[:-1]:
        table = table[key]
    if value is REMOVED:
        del table[keys[-1]]
    else:
        table[keys[-1]] = value
    return made


def used(folder: Path, *, whole: bool = True) -> None:
    """What reads a folder; the whole of it leads back to scenario and policy."""
    results = eb.open(folder)
    assert repr(results)
    assert results._repr_html_()
    run = run_of(results, 0)
    if whole:
        results.series()
        scenario = scenario_of(results)
        policy_of(results, scenario, run.policy)
        if results.manifest["study"] is None:
            summarise(results, scenario, run.policy)


def said_of(folder: Path, manifest: Mapping[str, Any], *, whole: bool) -> str | None:
    """What is told of a folder with this manifest; None if all can be read."""
    (folder / "manifest.json").write_text(json.dumps(manifest))
    try:
        used(folder, whole=whole)
    except (Refused, eb.Faults) as error:
        return str(error)
    return None


@pytest.mark.parametrize("name", ["run", "sweep"])
@pytest.mark.slow
def test_any_key_missing_or_wrong_is_told_or_harmless(kept: Path, name: str) -> None:
    file = kept / name / "manifest.json"
    text = file.read_text()
    manifest = json.loads(text)
    tried = [
        (keys, value, changed(manifest, keys, value))
        for keys, known in all_keys(manifest)
        for value in WRONG
        if type(value) is not type(known)
    ]
    try:
        told = {
            (keys, repr(value)): said_of(kept / name, other, whole=value is REMOVED)
            for keys, value, other in tried
        }
    finally:
        file.write_text(text)
    wrong = [said for said in told.values() if said is not None]
    assert len(wrong) > 0.8 * len(told)
    of_manifest = [said for said in wrong if said.startswith(str(file))]
    assert len(of_manifest) > 0.95 * len(wrong)  # the others: another scenario, policy or path


@pytest.mark.parametrize(
    ("keys", "value", "words"),
    [
        (("command",), REMOVED, "manifest.json: command is missing; needed: text in quotes"),
        (("seed",), "one", 'manifest.json: seed: found "one"; allowed: a whole number'),
        (("scenario", "cut"), "soon", 'scenario.cut: found "soon"; allowed: a date such as'),
        (("scenario", "focus_groups"), ["legue"], "did you mean league?"),
        (("policies",), {}, "policies: found a table; allowed: at least one entry"),
        (("metrics", "fighters_peak"), REMOVED, "metrics.fighters_peak is missing"),
        (("until",), None, "until 2003-03-02 by its manifest, and its runs end on 2001-02-04"),
        (("extensions", "metrics"), 3, "extensions.metrics: found 3; allowed: a table"),
    ],
)
def test_it_is_told_with_file_key_found_and_allowed(
    kept: Path, keys: tuple[str, ...], value: object, words: str
) -> None:
    file = kept / "run" / "manifest.json"
    text = file.read_text()
    try:
        file.write_text(json.dumps(changed(json.loads(text), keys, value)))
        with pytest.raises(Refused) as refused:
            used(kept / "run")
    finally:
        file.write_text(text)
    assert words in str(refused.value)


def undeclared(kept: Any, part: KeptTable, keys: tuple[str, ...] = ()) -> Iterator[str]:
    """The keys of a manifest that its schema does not know."""
    for key, value in kept.items():
        declared = getattr(part, key, REMOVED)
        if declared is REMOVED:
            yield ".".join((*keys, key))
        elif isinstance(declared, KeptTable):
            yield from undeclared(value, declared, (*keys, key))
        elif isinstance(declared, dict):
            for name, inner in declared.items():
                if isinstance(inner, KeptTable):
                    yield from undeclared(value[name], inner, (*keys, key, name))


@pytest.mark.parametrize("name", ["run", "sweep"])
def test_all_that_is_written_is_declared(kept: Path, name: str) -> None:
    manifest = json.loads((kept / name / "manifest.json").read_text())
    assert faults_of(kept / name / "manifest.json", manifest) == []
    read = ManifestFile.model_validate(manifest)
    assert [*undeclared(manifest, read)] == []
    assert manifest.keys() | {"comparison"} == ManifestFile.model_fields.keys()
