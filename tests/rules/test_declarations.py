"""What a rule says of itself holds: its form, its bounds, its parameters, and that it is pure."""

from __future__ import annotations

import contextlib
import dis
import inspect
import math
import re
import struct
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from inputs import (
    LARGEST,
    PARAMETERS,
    RULES,
    SHARES,
    SIGNED,
    SMALLEST,
    WHOLE,
    call,
    drawn,
    named,
)

from ebbtide import rules
from ebbtide.rules import MECHANISMS
from ebbtide.rules.declaration import ASSUMED, BY_DEFINITION, Mechanism, Parameter, rule

INPUTS = 250
READS = {
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "floor": math.floor,
    "min": min,
    "max": max,
    "abs": abs,
    "logistic": lambda x: 1 / (1 + math.exp(-x)),
    "logit": lambda x: math.log(x / (1 - x)),
}


def reader(form: str) -> Callable[[dict[str, float]], Any]:
    """What works out the value of a form as a reader does."""
    *auxiliary, last = (part.strip() for part in form.split(";"))
    named = [part.partition(" = ") for part in auxiliary]
    steps = [(name, compile(value, form, "eval")) for name, _, value in named]
    result = compile(last, form, "eval")

    def read(stated: dict[str, float]) -> Any:
        names: dict[str, Any] = {"__builtins__": {}, **READS, **stated}
        for name, value in steps:
            names[name] = eval(value, names)
        return eval(result, names)

    return read


@pytest.mark.parametrize("name", RULES)
def test_a_rule_computes_its_form_within_its_bounds_and_the_same_again(name: str) -> None:
    said, read = RULES[name], reader(RULES[name].form)
    # a last bit may cross to the next whole number
    nearest = 1.0 if said.function.__annotations__["return"] is int else 1e-9
    low, high = said.within or (-math.inf, math.inf)

    for ends in (0.1, 0.6):
        for stated in drawn(name, INPUTS, ends=ends):
            found = call(name, **stated)
            assert math.isclose(found, read(stated), rel_tol=1e-9, abs_tol=nearest), stated
            assert low <= found <= (stated[high] if isinstance(high, str) else high), stated
            assert bits(call(name, **stated)) == bits(found), stated


def bits(value: float) -> bytes:
    return struct.pack("d", value)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_reads_numbers_alone(name: str) -> None:
    used = inspect.getclosurevars(RULES[name].function)
    constants = {each for each, value in used.globals.items() if isinstance(value, float)}
    assert used.globals.keys() - constants <= {"math"}
    assert used.builtins.keys() <= {"min", "max", "abs"}
    assert not used.nonlocals
    assert "STORE_GLOBAL" not in {
        each.opname for each in dis.get_instructions(RULES[name].function)
    }


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_what_it_means_and_rests_on(name: str) -> None:
    said = RULES[name]
    assert said.meaning.endswith(".")
    assert said.source in (ASSUMED, BY_DEFINITION) or re.search(r"\(\d{4}\)", said.source)
    assert not said.literature or re.search(r"\(\d{4}\)", said.literature)


def test_an_argument_of_which_no_range_is_known_is_refused() -> None:
    """It is not tried on shares in silence; what is declared elsewhere is known by its name."""
    assert named("crime") == (0.0, 1e5)  # a field of groups
    assert named("truce") == named("risk") == (0.0, 1.0)
    for unknown in ("roadz", "money_left", "group_men"):
        with pytest.raises(LookupError, match=f'"{unknown}"'):
            named(unknown)


def test_a_list_of_ranges_names_no_more_than_rules_take() -> None:
    taken = {argument for said in RULES.values() for argument in said.arguments}
    assert {*LARGEST, *SMALLEST, *SIGNED, *SHARES, *WHOLE} <= taken


def test_a_list_of_ranges_repeats_no_declaration() -> None:
    """What a field, a lever or a variable declares stands there alone; a few names mean other things."""
    declared = set()
    for argument in {*LARGEST, *SIGNED, *SHARES}:
        with contextlib.suppress(LookupError):
            named(argument)
            declared.add(argument)
    assert declared == {"supporters", "taken"}
    assert named("posts") == (1.0, 99.0)


def test_every_parameter_is_used_by_a_rule() -> None:
    used = {
        path
        for mechanism in MECHANISMS.values()
        for said in mechanism.rules.values()
        for path in mechanism.parameters_of(said)
    }
    assert used == PARAMETERS.keys()


def test_a_parameter_has_a_range_and_a_meaning() -> None:
    for path, said in PARAMETERS.items():
        assert said.low < said.high, path
        assert said.unit, path
        assert said.meaning, path


def test_every_file_of_the_folder_is_a_mechanism() -> None:
    stems = {path.stem for path in Path(next(iter(rules.__path__))).glob("*.py")}
    assert list(MECHANISMS) == sorted(stems - {"__init__", "declaration"})


def test_rules_speak_of_no_case() -> None:
    """Claims and paragraphs belong to the case, whose ledger names the rules."""
    for mechanism in MECHANISMS.values():
        for said in (mechanism, *mechanism.rules.values()):
            text = said.meaning + said.remarks
            assert "¶" not in text, mechanism.name
            assert "Claims" not in text, mechanism.name


def module(**names: Any) -> ModuleType:
    made = ModuleType("ebbtide.rules.made", "A mechanism made up.\n\nIt says\nmore.")
    made.__file__, made.WHEN_OFF = "made.py", "nothing happens"  # type: ignore[attr-defined]
    for name, value in names.items():
        if inspect.isfunction(value):
            value.__module__ = made.__name__
        setattr(made, name, value)
    return made


def test_a_mechanism_is_read_from_its_file() -> None:
    @rule("level * pace", within=(0.0, "level"), parameters={"pace": ("speed", "other.speed")})
    def slowed(level: float, pace: float) -> float:
        """A level slowed down.

        For good.
        """
        return level * pace

    speed = Parameter("share", 0.0, 1.0, "how fast")
    found = Mechanism.of(module(slowed=slowed, PARAMETERS={"speed": speed}))
    assert (found.name, found.meaning, found.remarks, found.when_off) == (
        "made",
        "A mechanism made up.",
        "It says more.",
        "nothing happens",
    )
    said = found.rules["slowed"]
    assert slowed(0.5, 0.5) == 0.25
    assert (said.meaning, said.remarks, said.source) == (
        "A level slowed down.",
        "For good.",
        ASSUMED,
    )
    assert said.arguments == ["level", "pace"]
    assert found.parameters_of(said) == ["made.speed", "other.speed"]


def test_a_mechanism_that_does_not_say_what_holds_without_it_is_refused() -> None:
    made = module()
    del made.WHEN_OFF
    with pytest.raises(TypeError, match=r"made has no WHEN_OFF"):
        Mechanism.of(made)


def test_a_function_that_is_no_rule_is_refused() -> None:
    def forgotten(level: float) -> float:
        return level

    with pytest.raises(TypeError, match=r"made\.forgotten has no @rule above it"):
        Mechanism.of(module(forgotten=forgotten))


def test_a_rule_with_a_parameters_name_is_refused() -> None:
    @rule("level")
    def speed(level: float) -> float:
        return level

    parameters = {"speed": Parameter("share", 0.0, 1.0, "how fast")}
    with pytest.raises(TypeError, match=r"made\.speed is a rule and a parameter"):
        Mechanism.of(module(speed=speed, PARAMETERS=parameters))


def test_a_form_is_read_with_its_auxiliary_names() -> None:
    assert reader("twice = 2 * level; max(twice, 1)")({"level": 3.0}) == 6.0
