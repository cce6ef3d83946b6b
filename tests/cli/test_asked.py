"""What is asked by a command is kept as a command: no option that changes the answer is left out."""

from __future__ import annotations

import pytest
from typer.main import get_command

from ebbtide.calibration.calibrate import CalibrationAsked
from ebbtide.cli.conducting import OF_DOING
from ebbtide.cli.main import app
from ebbtide.comparison.question import Question
from ebbtide.study.asked import Asked, options, options_by_field

# Beside how it is done (`OF_DOING`), what is asked of runs that are there.
OF_READING = {
    "compare": {"bank"},
    "run": {"log", "group", "from_", "number"},
    "calibrate": {"by", "draws", "to"},
}


@pytest.mark.parametrize(
    ("command", "kind"), [("compare", Question), ("run", Asked), ("calibrate", CalibrationAsked)]
)
def test_every_option_that_changes_the_runs_is_said_by_what_is_asked(command, kind):
    parameters = {each.name: each for each in get_command(app).commands[command].params}
    assert OF_READING[command] <= parameters.keys()
    left_out = {*OF_DOING, *OF_READING[command]}
    said = {
        each.opts[0]
        for name, each in parameters.items()
        if each.param_type_name == "option" and name not in left_out
    }
    assert said == {*options_by_field(kind).values()}


def test_options_are_said_as_they_are_typed():
    said = {
        "--policy": ["one", "other"],
        "--set": {"rules.rivalry.on": "false", "groups.a.pay": "3"},
        "--fixed": True,
        "--priors": False,
        "--until": None,
        "--seed": 0,
    }
    assert options(said) == [
        "--policy=one", "--policy=other", "--set=rules.rivalry.on=false", "--set=groups.a.pay=3",
        "--fixed", "--seed=0",
    ]  # fmt: skip
