"""The ledger of claims: read strictly, and every id used anywhere stands in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel

from ebbtide.cli.check import check
from ebbtide.explain import ledger
from ebbtide.rules import MECHANISMS
from ebbtide.scenario import Faults, load, load_policy
from shipped import SHIPPED, copy_small

WITH_LEDGER = [
    path.stem
    for path in SHIPPED.glob("*.toml")
    if "claims" in tomllib.loads(path.read_text(encoding="utf-8")).get("evidence", {})
]
UNUSED = {"predation"}  # no group of this case takes anything by force; the lake has some
POLICIES = [path.stem for path in (SHIPPED / "khorasan" / "policies").glob("*.toml")]


def used(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Every claim id that stands under a key `claims`, with where it stands."""
    if isinstance(value, BaseModel):
        value = {key: getattr(value, key) for key in type(value).model_fields}
    if not isinstance(value, Mapping):
        return
    for key, inner in value.items():
        if key == "claims" and isinstance(inner, tuple | list):
            yield from ((claim, at) for claim in inner)
        else:
            yield from used(inner, f"{at}.{key}".lstrip("."))


def test_a_scenario_with_a_ledger_is_shipped() -> None:
    assert WITH_LEDGER
    assert load("minimal").claims == {}


@pytest.mark.parametrize("name", WITH_LEDGER)
def test_every_claim_id_used_stands_in_the_ledger(name: str) -> None:
    scenario = load(name)
    found = [*used(scenario.file, name)]
    for policy in POLICIES:
        found += used(load_policy(policy, scenario).file, f"policy {policy}")
    assert len(found) > 50
    assert [(claim, at) for claim, at in found if claim not in scenario.claims] == []


@pytest.mark.parametrize("name", WITH_LEDGER)
def test_a_rule_or_datum_answers_to_every_claim(name: str) -> None:
    scenario = load(name)
    answered = {claim for claim, _ in [*used(scenario.file), *used(scenario.policy.file)]}
    answered |= {claim for claim, said in scenario.claims.items() if said.carried_by}
    carried = {claim for claim, said in scenario.claims.items() if "R" in said.kinds}
    assert carried - answered == set()


@pytest.mark.parametrize("name", WITH_LEDGER)
def test_every_name_in_the_ledger_is_one_of_the_model(name: str) -> None:
    scenario = load(name)
    ledger.check(scenario)
    named = {name for said in scenario.claims.values() for name in said.carried_by}
    assert set(MECHANISMS) - UNUSED <= named


@pytest.mark.parametrize(
    ("key", "stated", "allowed", "near"),
    [
        ("carried_by", "fonding", "mechanisms, rules and parameters: ", "founding"),
        ("carried_by", "founding.fare", "mechanisms, rules and parameters: ", "founding.far"),
        ("carried_by", "rules.founding.far", "mechanisms, rules and parameters: ", "founding.far"),
        ("shows_in", "fighter", "outcomes: ", "fighters"),
        ("shows_in", "force.effort", "outcomes: ", "forces.effort"),
        ("levers", "strike", "levers: ", "strikes"),
    ],
)
def test_an_unknown_name_in_a_ledger_is_told_with_the_nearest(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    key: str,
    stated: str,
    allowed: str,
    near: str,
) -> None:
    claim = f'paragraphs = [1]\nkinds = ["R"]\nsays = "x"\nshows = "y"\n{key} = ["{stated}"]'
    (tmp_path / "claims.toml").write_text(f'source = "s"\n[claims.a]\n{claim}\n', encoding="utf-8")
    with pytest.raises(typer.Exit):
        check([str(extended(tmp_path))])
    told = capsys.readouterr().err
    assert re.match(
        rf'.*claims\.toml: claims\.a\.{key}: found "{stated}"; allowed: {allowed}', told
    )
    assert told.endswith(f"did you mean {near}?\n")


def test_what_is_not_in_the_ledger_would_be_found() -> None:
    written = {"acts": {"raid": {"claims": ["lanch"]}}, "claims": ("launch",)}
    assert list(used(written)) == [("lanch", "acts.raid"), ("launch", "")]


@pytest.mark.parametrize(
    ("claim", "key"),
    [
        ('paragraphs = [0]\nkinds = ["R"]\nsays = "x"\nshows = "y"', "claims.a.paragraphs"),
        ('paragraphs = [1]\nkinds = ["X"]\nsays = "x"\nshows = "y"', "claims.a.kinds"),
        ('paragraphs = [1]\nkinds = ["R"]\nsays = "x"', "claims.a.shows"),
        ('paragraphs = [1]\nkinds = ["R"]\nsays = "x"\nshows = "y"\nnul = "z"', "claims.a.nul"),
    ],
)
def test_a_fault_in_a_ledger_is_told_with_its_file_and_key(
    tmp_path: Path, claim: str, key: str
) -> None:
    (tmp_path / "claims.toml").write_text(f'source = "s"\n[claims.a]\n{claim}\n', encoding="utf-8")
    with pytest.raises(Faults) as caught:
        load(extended(tmp_path))
    (fault,) = caught.value.faults
    assert fault.file.endswith("claims.toml")
    assert fault.key == key


def test_a_ledger_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Faults, match=r"evidence\.claims"):
        load(extended(tmp_path))


def extended(folder: Path) -> Path:
    """A copy of the small shipped scenario that names a ledger beside it."""
    (folder / "pyproject.toml").touch()
    copy_small(folder)
    path = folder / "with_ledger.toml"
    path.write_text(
        'extends = "minimal.toml"\n[evidence]\nclaims = "claims.toml"\n', encoding="utf-8"
    )
    return path
