"""A project of one's own: it checks and runs as it is made, and builds on what is shipped by name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from ebbtide.model import Insurgency
from ebbtide.scenario import Faults, load, load_policy
from ebbtide.scenario.document import read_toml
from ebbtide.scenario.schema.events import Founding
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.groups import Group

ROOT = Path(__file__).resolve().parents[2]


def test_it_checks_as_it_stands_and_says_nothing_to_mend(ebbtide, tmp_path, monkeypatch):
    assert ebbtide("new", "my conflict/über-land").code == 0
    monkeypatch.chdir(tmp_path / "my conflict" / "über-land")
    policies = sorted(f"policies/{file.name}" for file in Path("policies").iterdir())
    assert len(policies) > 5
    files = ("scenario.toml", *policies, "study.toml", "prices.toml")
    answer = ebbtide("check", *files, "--scenario=scenario.toml")
    assert answer.code == 0
    assert "a sound scenario, Über land" in answer.out
    assert "[calibration] frees 2 quantities for `calibrate`: groups.rebels.fighters" in answer.out
    assert "acts are priced by prices.toml" in answer.out
    assert "note" not in answer.out
    assert answer.err == ""


def test_its_claim_reaches_rule_event_outcome_and_test(ebbtide, tmp_path, monkeypatch):
    ebbtide("new", "mine")
    monkeypatch.chdir(tmp_path / "mine")
    assert "1 claim, held to 1 rule test, 1 figure test" in ebbtide("check", "scenario.toml").out
    told = " ".join(ebbtide("explain", "young-crossed", "--scenario=scenario.toml").out.split())
    for said in ("¶3", "crossed over to it at its founding", "founding.crossing_share", "fighters",
                 "events.splinter-founded", "claims.toml:"):  # fmt: skip
        assert said in told
    assert "young-crossed" in ebbtide("explain", "founding", "--scenario=scenario.toml").out


@pytest.mark.slow
def test_its_claims_are_judged(ebbtide, tmp_path, monkeypatch):
    ebbtide("new", "mine")
    monkeypatch.chdir(tmp_path / "mine")
    answer = ebbtide("claims", "scenario.toml", "--replications=10", "--workers=1")
    assert answer.code == 0
    assert "## `young-crossed`: R met, C " in answer.out


def test_it_runs_and_its_policies_tell_apart(ebbtide, tmp_path):
    ebbtide("new", "mine")
    scenario = load(tmp_path / "mine" / "scenario.toml")
    ends = {}
    for policy in ("record", "money", "nothing"):
        model = Insurgency(scenario, rng=1, policy=policy)
        model.run_until_end()
        ends[policy] = model.state.series.fighters[:, 1].sum()
    assert 0 < ends["money"] < ends["record"] < ends["nothing"]


@pytest.mark.slow
def test_its_files_are_what_its_schemas_say(ebbtide, tmp_path):
    ebbtide("new", "mine")
    for name, kind in (
        ("scenario", "scenario"),
        ("policies/record", "policy"),
        ("study", "study"),
        ("prices", "prices"),
    ):
        schema = json.loads((tmp_path / "mine" / "schemas" / f"{kind}.schema.json").read_text())
        tables = read_toml(tmp_path / "mine" / f"{name}.toml")
        jsonschema.validate(json.loads(json.dumps(tables, default=str)), schema)
        first = (tmp_path / "mine" / f"{name}.toml").read_text().splitlines()[0]
        written = first.removeprefix("#:schema ")
        assert (tmp_path / "mine" / f"{name}.toml").parent.joinpath(written).is_file()


def test_its_comments_on_keys_are_the_schema_s(ebbtide, tmp_path):
    """A key's meaning is said once: in the schema."""
    ebbtide("new", "mine")
    tables = {"groups": Group, "forces": Force, "events": Founding}
    table, said = None, 0
    for line in (tmp_path / "mine" / "scenario.toml").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"\[(\w+)", line):
            table = tables.get(head[1])
        if table and (stated := re.match(r"(\w+) = .*?(?:  # (.*))?$", line)) and stated[2]:
            assert stated[2] == table.model_fields[stated[1]].description, line
            said += 1
    assert said > 30


@pytest.mark.parametrize(
    ("folder", "title"), [(".", "Mine"), ("a\nb", "A b"), ("__", "A conflict")]
)
def test_its_title_is_the_folder_s_name(ebbtide, tmp_path, monkeypatch, folder, title):
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")
    assert ebbtide("new", folder).code == 0
    assert load(Path(folder) / "scenario.toml").file.title == title


def test_what_is_there_is_left_alone(ebbtide, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    answer = ebbtide("new", "mine")
    assert (answer.code, "is there already" in answer.err) == (2, True)
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def variant(folder: Path, extends: str) -> Path:
    file = folder / "variant.toml"
    file.write_text(f'extends = "{extends}"\ntitle = "A variant"\n')
    return file


def test_a_shipped_scenario_is_varied_by_name_with_its_tables_and_policies(tmp_path):
    own, shipped = load(variant(tmp_path, "ebbtide:khorasan")), load("khorasan")
    assert own.medians() == shipped.medians()
    assert own.claims == shipped.claims
    assert load_policy("truce", own) == load_policy("truce", shipped)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "truce.toml").write_text('title = "Mine comes first"\n[acts]\n')
    assert load_policy("truce", own).title == "Mine comes first"


def test_a_name_that_nothing_shipped_has_is_told_with_the_nearest(tmp_path):
    with pytest.raises(Faults, match=r"extends.*ebbtide:minimum.*mean ebbtide:minimal"):
        load(variant(tmp_path, "ebbtide:minimum"))
    with pytest.raises(Faults, match="extends"):
        load(variant(tmp_path, "ebbtide:../README"))


@pytest.mark.slow
def test_a_wheel_alone_makes_checks_and_runs_a_project(tmp_path):
    """Installed from what `pip install` gets, without the checkout, in a folder with odd signs."""
    where = tmp_path / "eigener Ördner"
    where.mkdir()
    subprocess.run(["uv", "build", "--wheel", "-q", f"--out-dir={tmp_path}", str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    pip = ["uv", "pip", "install", "-q", "--no-deps", f"--target={installed}", str(wheel)]
    subprocess.run(pip, check=True)
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def run(*words: str, folder: Path) -> str:
        command = [sys.executable, "-m", "ebbtide.cli.main", *words]
        done = subprocess.run(
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    find = [sys.executable, "-c", "import ebbtide; print(ebbtide.__file__)"]
    found = subprocess.run(find, cwd=where, env=environment, capture_output=True, text=True)
    assert found.stdout.startswith(str(installed))
    run("new", "mine", folder=where)
    assert "# What a scenario can say" in run("explain", "docs/scenarios.md", folder=where)
    assert "a sound scenario" in run("check", "scenario.toml", folder=where / "mine")
    assert "strength.png" in run(
        "run", "scenario.toml", "--replications=2", "--out=kept", folder=where / "mine"
    )
    assert "2 policies" in run("check", "study.toml", folder=where / "mine")
    assert "invented" in run(
        "explain", "groups.rebels.outsider", "--scenario=scenario.toml", folder=where / "mine"
    )
