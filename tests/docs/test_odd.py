"""The ODD description is fresh, whole, and free of what only code says."""

import re

import pytest

from ebbtide.rules import MECHANISMS
from ebbtide.scenario import load
from ebbtide.world.outcomes import OUTCOMES

from .written import ROOT, experiment

TEXT = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
HEADINGS = (
    "1. Purpose and patterns", "2. Entities, state variables and scales",
    "3. Process overview and scheduling", "4. Design concepts", "5. Initialization",
    "6. Input data", "7. Submodels",
)  # fmt: skip
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction",
    "Sensing", "Interaction", "Stochasticity", "Collectives", "Observation",
)  # fmt: skip


def test_it_is_fresh() -> None:
    assert experiment("odd").document() == TEXT, "run `uv run python experiments/odd.py`"


def test_it_has_the_protocol_in_order() -> None:
    found = [line.removeprefix("## ") for line in TEXT.splitlines() if line.startswith("## ")]
    assert tuple(found[:7]) == HEADINGS
    assert tuple(re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", TEXT, re.MULTILINE))[1:] == CONCEPTS


def test_every_mechanism_and_parameter_is_described_once() -> None:
    described = [line.removeprefix("#### ") for line in TEXT.splitlines() if "#### " in line]
    assert sorted(described) == sorted(name.capitalize() for name in MECHANISMS)
    for name, mechanism in MECHANISMS.items():
        section = TEXT.partition(f"#### {name.capitalize()}\n")[2].partition("\n#")[0]
        for parameter in mechanism.parameters:
            assert section.count(f"| `{parameter}` |") == 1, f"{name}.{parameter}"


def test_every_phase_of_the_week_is_told() -> None:
    listed = re.findall(
        r"^(\d+)\. ", TEXT.partition("## 3.")[2].partition("## 4.")[0], re.MULTILINE
    )
    told = TEXT.partition("### 7.1 ")[2].partition("### 7.2 ")[0]
    assert re.findall(r"\*\*Phase (\d+)", told) == listed


def test_what_holds_without_a_mechanism_is_told_for_each() -> None:
    table = TEXT.partition("| mechanism off |")[2].partition("\n\n")[0]
    rows = [line.split(" | ")[0].strip("| ") for line in table.splitlines()[2:]]
    assert sorted(name for row in rows for name in row.split("; ")) == sorted(MECHANISMS)


def test_every_act_and_event_is_listed() -> None:
    scenario = load("khorasan")
    acts = TEXT.partition("| lever | force |")[2].partition("\n\n")[0].splitlines()[2:]
    events = TEXT.partition("| date | event |")[2].partition("\n\n")[0].splitlines()[2:]
    assert len(acts) == len(scenario.policy.file.acts)
    assert len(events) == len(scenario.file.events)


def test_every_outcome_is_described() -> None:
    for name in OUTCOMES:
        assert f"| `{name}` |" in TEXT


@pytest.mark.parametrize("noise", ["{{", "}}", "None |", "inf ", "math.", "Claims: .", "``"])
def test_nothing_is_left_unfilled(noise: str) -> None:
    assert noise not in TEXT


def test_tables_are_whole() -> None:
    width = 0
    for line in TEXT.splitlines():
        columns = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (width and columns) or columns == width, line
        width = columns
