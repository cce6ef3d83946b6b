"""What the ODD says by hand, of phases, draws and the start, keeps step with the code."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ebbtide.engine.plain import plain
from ebbtide.engine.random_numbers import Decision
from ebbtide.engine.slices import laid_out
from ebbtide.explain import engine
from ebbtide.explain.odd.code import starts
from ebbtide.explain.odd.week import prose
from ebbtide.explain.week import ToldPhase, week
from ebbtide.model import Insurgency
from ebbtide.rules import MECHANISMS, support
from ebbtide.scenario import Scenario
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.schema.events import Founding
from ebbtide.world.codes import Hazard, Kind
from ebbtide.world.state import State

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
PHASES = {phase.name: phase for phase in week()}


def read_in(phase: ToldPhase) -> set[str]:
    """The rules that a phase reads, and the parameters that they take, as prose may call them."""
    found = set(phase.rules)
    for path in phase.rules:
        mechanism, _, name = path.partition(".")
        found |= {*MECHANISMS[mechanism].parameters_of(MECHANISMS[mechanism].rules[name])}
    return found


def strangers(phase: ToldPhase, said: str) -> Iterator[str]:
    """Names of rules, parameters and levers in prose that the phase does not read."""
    for code in re.findall(r"`([^`]+)`", said):
        dotted = re.findall(r"\b[a-z_]+\.[a-z_]+\b", code)
        yield from (name for name in dotted if name not in read_in(phase))
    levers = re.findall(r"\blevers? `(\w+)`", " ".join(said.split()))
    yield from (name for name in levers if name not in phase.levers)


def paragraph(phase: ToldPhase) -> str:
    """What the document says of a phase."""
    told = TEXT.partition("### 7.1 ")[2].partition("### 7.2 ")[0]
    return told.partition(f"**Phase {phase.number}. ")[2].partition("**Phase ")[0]


def rows(heads: str) -> list[list[str]]:
    """The rows of the document's table with these heads."""
    table = TEXT.partition(heads)[2].partition("\n\n")[0]
    return [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]


def test_every_phase_has_prose_and_no_other_has() -> None:
    assert sorted(prose()) == sorted(PHASES)
    assert not [name for name, said in prose().items() if not said]


@pytest.mark.parametrize("name", PHASES)
def test_prose_names_only_what_its_phase_reads(name: str) -> None:
    assert list(strangers(PHASES[name], prose()[name])) == []


@pytest.mark.parametrize(
    ("said", "stranger"),
    [
        ("Then `leaving.desertion_hazard` comes.", "leaving.desertion_hazard"),
        ("It follows `attacks.rte` of men.", "attacks.rte"),
        ("It follows `2 * gone.rule(men)`.", "gone.rule"),
        ("It falls with `attacks.reech`.", "attacks.reech"),
        ("It is cut by the lever\n`amnesty`.", "amnesty"),
        ("A share `attacks.reach` of `attacks.rate` goes there.", None),
    ],
)
def test_a_stranger_in_prose_would_be_found(said: str, stranger: str | None) -> None:
    assert list(strangers(PHASES["attack"], said)) == ([stranger] if stranger else [])


@pytest.mark.parametrize("name", PHASES)
def test_all_that_a_phase_reads_is_named_where_it_is_told(name: str) -> None:
    phase = PHASES[name]
    told = paragraph(phase)
    assert told.startswith(phase.says.removesuffix("."))
    assert [rule for rule in phase.rules if f"`{rule}`" not in told] == []
    assert [each for each in (*phase.levers, *phase.draws) if f"`{each}`" not in told] == []


def test_no_rule_lever_or_draw_is_read_outside_what_is_told() -> None:
    """What no phase reads is read before the first week, or holds what the first phase puts there."""
    read = {rule for phase in week() for rule in phase.rules}
    for mechanism in MECHANISMS.values():
        for name in mechanism.rules:
            by = engine.readers(f"{mechanism.name}.{name}")
            before = all("/engine/assembly/" in place for place in by)
            assert before or f"{mechanism.name}.{name}" in read
    assert {lever for phase in week() for lever in phase.levers} == LEVERS.keys()
    assert {draw for phase in week() for draw in phase.draws} == {each.name for each in Decision}


def test_names_are_read_in_the_order_in_which_python_comes_to_them() -> None:
    known = {name: (name,) for name in ("targeting", "support", "deaths")}
    line = "deaths(targeting.hazard(hit, targeting.exposure(x), support.level), levers.amnesty[g])"
    assert list(engine.read(ast.parse(line), known)) == [
        ("targeting", "exposure"),
        ("support", "level"),
        ("targeting", "hazard"),
        (*engine.LEVER_COLUMNS, "amnesty"),
        ("deaths",),
    ]


def test_links_lead_to_the_headings_of_mechanisms() -> None:
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    led_to = set(re.findall(r"\]\(#([^)]+)\)", TEXT))
    assert led_to
    assert led_to <= MECHANISMS.keys()
    for name in led_to:
        assert headings.count(name.capitalize()) == 1


def test_slices_are_told_as_they_are_cut(khorasan: Scenario) -> None:
    parameters = Insurgency(khorasan, rng=1).parameters
    cut = plain(laid_out)(parameters)
    end, widths = 0.0, set()
    for name, _, bound, _ in rows("| slice, in order |"):
        hazard = Hazard[name.strip("`").upper()]
        width = getattr(parameters, bound.strip("`").replace(".", "_"))
        assert cut.beginning[hazard] == pytest.approx(end)
        end += width
        assert cut.stop[hazard] == pytest.approx(end)
        widths.add(width)
    assert max(cut.stop) == pytest.approx(end)
    assert len(widths) > 4  # else widths could be told in the place of others


def test_every_end_that_owns_a_slice_has_its_hazard_told() -> None:
    told = re.findall(r"^- `(\w+)`", prose()["weigh_risks"], re.MULTILINE)
    assert told == [hazard.called for hazard in Hazard if hazard.owner is hazard]


def test_every_draw_is_told_once() -> None:
    told = re.findall(r"`(\w+)`", " ".join(row[0] for row in rows("| draw |")))
    assert sorted(told) == sorted(each.name for each in Decision)


def founded_at_once(model: Insurgency) -> np.ndarray:
    events = model.scenario.file.events.values()
    later = {event.group for event in events if isinstance(event, Founding)}
    return np.array([name not in later for name in model.group_names])


def men_by_cell(model: Insurgency) -> np.ndarray:
    return np.add.reduceat(model.state.men, np.array(model.world.group_start[:-1]), axis=0)


def attention(model: Insurgency) -> np.ndarray:
    both = model.world.attention[:, None], model.world.attention_new[:, None]
    return np.where(founded_at_once(model), *both)


# What the document's table says of each column with no start of its own.
def held_as_stated(model: Insurgency) -> np.ndarray:
    groups = model.scenario.stands_for.file.groups.values()
    return np.array(
        [
            [group.held[p].median if p in group.held else 0.0 for p in model.place_names]
            for group in groups
        ]
    )


AT_THE_START: dict[str, Callable[[Insurgency], object]] = {
    "men": lambda model: np.array([
        np.bincount(model.state.fighter_place[(model.state.fighter_faction == c)
                                              & (model.state.fighter_id > 0)],
                    minlength=model.world.places)
        for c in range(model.world.factions)
    ]),
    "men_before": lambda model: model.state.men,
    "group_men": men_by_cell,
    "strength": lambda model: men_by_cell(model).sum(axis=1),
    "greatest": lambda model: men_by_cell(model).sum(axis=1),
    "most_held": lambda model: held_as_stated(model) @ model.world.districts,
    "origins": lambda model: np.outer(
        men_by_cell(model).sum(axis=1),
        np.arange(model.state.origins.shape[1]) == Kind.FOUNDING,
    ),
    "enlisted": lambda model: np.multiply.outer(
        np.arange(model.state.origins.shape[1]) == Kind.FOUNDING, men_by_cell(model)
    ).transpose(1, 0, 2),
    "supporters": lambda model: np.vectorize(support.drawn_supporters)(
        men_by_cell(model), model.world.usual_support, model.world.supporters[:, None]
    ),
    "held": held_as_stated,
    "founded": founded_at_once,
    "network": founded_at_once,
    "wage": lambda model: model.world.pay * founded_at_once(model),
    "post_standing": lambda model: model.world.standing[model.world.post_group],
    "attention": attention,
    "attention_paid": attention,
}  # fmt: skip


def test_what_the_scenario_gives_at_the_start_is_told(khorasan: Scenario) -> None:
    """Levels with a start of their own stand beside the variable; the rest has words of its own."""
    told = re.findall(r"`(\w+)`", " ".join(row[0] for row in rows("| variable | at the start |")))
    assert sorted(told) == sorted(AT_THE_START)
    assert sorted(told) == sorted(
        name for name, column in State.declared.items() if column.start is None
    )
    state = (model := Insurgency(khorasan, rng=1)).state
    for name, at_start in AT_THE_START.items():
        assert np.array_equal(getattr(state, name), at_start(model)), name


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_what_a_mechanism_that_is_off_changes_at_the_start_is_told(
    mechanism: str, minimal: Scenario
) -> None:
    usual, without = (
        Insurgency(minimal, rng=1, **values).state
        for values in ({}, {f"rules.{mechanism}.on": False})
    )
    changed = {name for name in AT_THE_START
               if not np.array_equal(getattr(usual, name), getattr(without, name))}  # fmt: skip
    told = {line for line in starts().splitlines() if f"where `{mechanism}` is off" in line}
    assert {name for line in told for name in re.findall(r"^\| `(\w+)`", line)} == changed


def test_with_all_off_wages_and_attention_start_as_they_stay(minimal: Scenario) -> None:
    off = {f"rules.{mechanism}.on": False for mechanism in ("finance", "attention")}
    model = Insurgency(minimal, rng=1, **off)
    assert np.array_equal(model.state.wage, model.world.pay)
    paid = model.state.attention_paid.copy()
    model.run_until(2)
    assert (paid == 1.0).all()
    assert np.array_equal(model.state.attention_paid, paid)
