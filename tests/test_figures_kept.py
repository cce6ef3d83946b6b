"""The figures of README and documents, and the tables between them, are of the model as it is."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ebbtide.compilation.sources import drawing_digest, lives_digest
from ebbtide.scenario import Policy, Scenario, load
from ebbtide.study.study import Study

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ROOT / "docs" / "figures"
MADE: dict[str, Any] = tomllib.loads((FIGURES / "made-of.toml").read_text(encoding="utf-8"))
OF: dict[str, dict[str, str]] = MADE["figures"]
PAGE = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
TABLE = re.compile(r"<!-- table: (\S+) -->\n\n(.*?\n)\n<!-- end of table -->\n", re.DOTALL)
TABLES = dict(TABLE.findall(PAGE))
STUDIED = PAGE.partition("\n## Three studies\n")[2]


def inputs(command: str) -> Iterator[str]:
    """All that a command reads, as text: scenario, policies, study, what publishers say of the case."""
    _, verb, file = shlex.split(command)
    if verb == "sweep":
        study = Study.read(ROOT / file)
        yield repr(
            (study.statement().told(), study.file.replications, study.file.seed, study.until)
        )
        yield repr([(run.policy, sorted(run.values.items())) for run in study.design()])
        yield from _of(study.scenario, *study.policies.values())
    else:
        scenario = load(ROOT / file)
        yield from _of(scenario, scenario.policy)
        if scenario.posterior is not None:
            yield f"posterior {scenario.posterior.digest}"
        for kind, table in scenario.evidence_tables().items():
            yield f"{kind} {table.to_csv(index=False)}"


def _of(scenario: Scenario, *policies: Policy) -> Iterator[str]:
    yield scenario.digest
    yield from (f"{policy.id} {policy.digest}" for policy in policies)


def found(figure: str) -> dict[str, str]:
    """What a figure would be made of now."""
    read = "\0".join(inputs(OF[figure]["command"]))
    return {
        "inputs": sha256(read.encode()).hexdigest(),
        "content": sha256((FIGURES / figure).read_bytes()).hexdigest(),
    }


def test_figures_kept_are_of_the_model_as_it_is() -> None:
    now = {"model": lives_digest(), "drawing": drawing_digest()}
    stated = {key: MADE[key] for key in now}
    assert stated == now, f"run all commands of made-of.toml, copy what they draw, and state {now}"


def test_every_figure_kept_is_told() -> None:
    assert set(OF) == {path.name for path in FIGURES.glob("*.png")}


@pytest.mark.parametrize("figure", OF)
def test_a_figure_kept_is_of_what_its_command_reads(figure: str) -> None:
    now = found(figure)
    stated = {key: OF[figure][key] for key in now}
    assert stated == now, f"run {OF[figure]['command']}, copy what it draws, and state {now}"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_kept_is_as_its_command_printed_it(name: str) -> None:
    """With the figure of the same sweep, whose digests stand for both."""
    stated = OF[f"sweep-{name}.png"]["table"]
    now = sha256(TABLES[name].encode()).hexdigest()
    assert stated == now, f"print it: ebbtide plot results/{name} --table; then state {now}"


def test_no_number_of_a_study_is_told_by_hand() -> None:
    """Numbers stand in the tables: the prose has none but years and names of files."""
    swept = {name for name in OF if name.startswith("sweep-")}
    assert {f"sweep-{name}.png" for name in TABLES} == swept
    prose = re.sub(r"`[^`]*`|\b201[3-8]\b", "", TABLE.sub("", STUDIED))
    assert STUDIED
    assert re.findall(r".*\d.*|.*%.*", prose) == []
