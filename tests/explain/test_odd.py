"""The ODD description is fresh, whole, and free of what only code says."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ebbtide.compilation.sources import lives_digest
from ebbtide.explain.odd import code, document, tables
from ebbtide.rules import MECHANISMS, cohesion
from ebbtide.scenario import Faults, Scenario, load
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.quantity import Measure
from ebbtide.scenario.schema.forces import Force
from ebbtide.scenario.schema.groups import Group
from ebbtide.world.outcomes import OUTCOMES
from shipped import copy_small

ROOT = Path(__file__).resolve().parents[2]
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
    assert document(load("khorasan")) == TEXT, "run `uv run ebbtide odd khorasan --out docs/odd.md`"


@pytest.mark.parametrize(
    ("of", "told"), [("now", "the model as it is"), ("then", "an earlier state of the model")]
)
def test_sizes_told_by_hand_say_of_which_model_they_are(of: str, told: str, tmp_path: Path) -> None:
    digest = {"now": lives_digest()[:12], "then": "0123456789ab"}[of]
    said = f"## References\nSizes are {{{{measured {digest}}}}}.\n"
    text = " ".join(document(load(with_text(tmp_path, said))).split())
    assert f"Sizes are measured at model digest `{digest}`, {told}" in text


def test_any_scenario_has_a_whole_one() -> None:
    """Another scenario's document has its own tables, and nothing of the shipped case."""
    scenario = load("minimal")
    text = document(scenario)
    assert "{{" not in text
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        line for line in TEXT.splitlines() if line.startswith("## ")
    ]
    for group in scenario.file.groups.values():
        assert f"| {group.name} |" in text
    case = load("khorasan").file
    named = [
        one.name for table in (case.groups, case.forces, case.places) for one in table.values()
    ]
    assert [name for name in named if name in text] == []
    assert "The scenario names no claims" in text
    assert "¶" not in text  # rules and their general numbers cite no case's text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("## Pattern\nNone.\n", "Patterns and figures"),
        ("All of it.\n## References\n", "before the first heading"),
        ("## References\nBy {{weks}}.\n", "weeks"),
        ("## References\nIn {{phase happe}}.\n", "phase happen"),
    ],
)
def test_a_fault_in_the_text_of_a_case_is_told(tmp_path: Path, said: str, told: str) -> None:
    case = with_text(tmp_path, said)
    with pytest.raises(Faults, match=told) as caught:
        document(load(case))
    assert "case.md" in str(caught.value)


def with_text(folder: Path, said: str) -> Path:
    """The small shipped scenario, with a text of its own."""
    copy_small(folder)
    (folder / "case.md").write_text(said)
    case = folder / "case.toml"
    case.write_text('extends = "minimal.toml"\nodd = "case.md"\n')
    return case


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
    rows = [line.split(" | ")[0].strip("| `") for line in table.splitlines()[2:]]
    assert rows == list(MECHANISMS)


def test_every_act_and_event_is_listed() -> None:
    scenario = load("khorasan")
    acts = TEXT.partition("| lever | `force` |")[2].partition("\n\n")[0].splitlines()[2:]
    events = TEXT.partition("| date | event |")[2].partition("\n\n")[0].splitlines()[2:]
    assert len(acts) == len(scenario.policy.file.acts)
    assert len(events) == len(scenario.file.events)


def test_an_act_is_told_with_every_key_that_it_states(written: Callable[..., Scenario]) -> None:
    truce = """
title = "A truce"
[acts.spring]
kind = "truce"
against = ["embers"]
rival = "league"
start = 2001-03-04
strength = 0.25
"""
    text = document(written('extends = "minimal.toml"\npolicy = "truce"\n', truce=truce))
    heads, _, row = text.partition("| lever | `")[2].partition("\n\n")[0].splitlines()
    assert heads == "against` | `start` | `stop` | `strength` | `rival` | source |"
    assert row.split(" | ")[1:-1] == ["The Embers", "2001-03-04", "", "0.25", "The League"]


def test_every_quantity_of_a_group_and_a_force_is_shown() -> None:
    values = TEXT.partition("## 5.")[2].partition("## 6.")[0]
    for table in (Group, Force):
        for key, field in table.model_fields.items():
            if any(isinstance(said, Measure) for said in field.metadata):
                assert f"| `{key}` ({tables.measure(table, key).unit})" in values, key


def test_names_in_formulas_are_told_or_arguments() -> None:
    """What section 7 says of names in formulas speaks of names that formulas have."""
    forms = " ".join(rule.form for said in MECHANISMS.values() for rule in said.rules.values())
    assert "`drawn` is a uniform draw" in " ".join(TEXT.split())
    assert re.search(r"\bdrawn\b", forms)
    assert not re.search(r"\bluck\b", forms)


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


def test_what_decapitates_is_said_as_it_is_declared() -> None:
    """In the document by what the ends declare; in the rules' own words, which import nothing of it."""
    verbs = code.decapitated()
    assert f"`cohesion.shock` of the leaders {verbs}" in " ".join(TEXT.split())
    for said in (cohesion.__doc__, cohesion.shock.__doc__):
        assert f" {verbs}" in " ".join(str(said).split())


def test_what_is_no_quantity_stands_in_the_tables_too(written: Callable[..., Scenario]) -> None:
    stated = """extends = "minimal.toml"
[groups.league]
held = { highland = 0.5 }
[forces.garrison]
spares = ["embers"]
[events.embers-founded.promised]
"league.restless" = 2001-01-14
"""
    scenario = written(stated)
    text = document(scenario)
    (force,) = (f for f in scenario.file.forces.values() if f.spares)
    assert re.search(rf"\| {force.name} \|.*\| The Embers \|", text)
    assert "`promised` league.restless (2001-01-14)" in text
    assert re.search(r"\| The League \| \S+ \| 0\.5 \|", text)


def test_what_a_strength_means_is_told_of_each_lever() -> None:
    rows = [line.split(" | ") for line in code.levers().splitlines()]
    told = {row[0].strip("| `"): row[rows[0].index("strength")] for row in rows[2:]}
    assert told == {name: lever.strength for name, lever in LEVERS.items()}
