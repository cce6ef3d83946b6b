"""The command line as a whole: quick to answer, signals, versions, checks."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from importlib.metadata import version

import pytest
import typer
from typer.core import TyperOption

from ebbtide.calibration.extra import NEEDS_EXTRA
from ebbtide.cli import main

HEAVY = ("numpy", "numba", "pandas", "pyarrow", "mesa", "matplotlib", "pydantic", "rich")

PYTHON = shlex.quote(sys.executable)  # a folder's name may have a space


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from ebbtide.cli.main import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "run" in done.stdout
    assert done.stderr.strip() == "[]"


def test_version(ebbtide):
    answer = ebbtide("--version")
    assert (answer.code, answer.out.strip()) == (0, version("ebbtide"))


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-"])
def test_a_closed_stream_stops_nothing(tmp_path, closed):
    (tmp_path / "quiet.toml").write_text('title = "Nothing is done"\n')
    command = f"{PYTHON} -m ebbtide.cli.main check quiet.toml {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert ("Nothing is done" in done.stdout) == ("1>&-" not in closed)


@pytest.mark.slow
@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("asked", ["--version", "--help", "check quiet.toml"])
def test_a_stdout_that_takes_nothing_is_told(tmp_path, asked, buffered):
    (tmp_path / "quiet.toml").write_text('title = "Nothing is done"\n')
    command = f"{PYTHON} -m ebbtide.cli.main {asked} > /dev/full"
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": buffered},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        1, "stdout cannot be written: No space left on device\n"
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "code"),
    [("--version", 0), ("check quiet.toml", 0), ("check absent.toml", 2), ("rum", 2)],
)
def test_a_stderr_that_takes_nothing_changes_nothing_else(tmp_path, asked, code):
    (tmp_path / "quiet.toml").write_text('title = "Nothing is done"\n')
    command = f"{PYTHON} -m ebbtide.cli.main {asked}"
    both = [
        subprocess.run(["sh", "-c", f"{command} 2> {where}"], cwd=tmp_path, stdout=subprocess.PIPE)
        for where in ("/dev/null", "/dev/full")
    ]
    assert [done.returncode for done in both] == [code, code]
    assert both[0].stdout == both[1].stdout


def test_who_wants_no_more_of_stdout_is_told_nothing():
    command = f"({PYTHON} -m ebbtide.cli.main --help; echo $? >&2) | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert done.stderr == "1\n"


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_any_encoding_of_a_terminal_will_do(tmp_path, encoding):
    (tmp_path / "quiet.toml").write_text('title = "Nothing – is “done” …"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ebbtide.cli.main", "check", "quiet.toml"],
        cwd=tmp_path, capture_output=True, check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert b"Nothing ? is ?done?" in done.stdout


def test_a_signal_that_the_caller_ignores_stays_ignored(ebbtide, monkeypatch):
    heard = {}

    def command():
        heard.update({each: signal.getsignal(each) for each in (signal.SIGHUP, signal.SIGTERM)})

    monkeypatch.setattr(main, "app", command)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what nohup does
    try:
        assert ebbtide("check").code == 0
    finally:
        signal.signal(signal.SIGHUP, before)
    assert heard[signal.SIGHUP] == signal.SIG_IGN
    assert heard[signal.SIGTERM] not in (signal.SIG_IGN, signal.SIG_DFL)


def test_an_unknown_command_is_wrong_input(ebbtide):
    assert ebbtide("rum").code == 2


def test_check_says_what_files_hold(ebbtide, tmp_path):
    (tmp_path / "quiet.toml").write_text('title = "Nothing is done"\n')
    answer = ebbtide("check", "quiet.toml")
    assert answer.code == 0
    assert "Nothing is done" in answer.out


def test_check_reports_the_faults_of_all_files_at_once(ebbtide, tmp_path):
    (tmp_path / "one.toml").write_text("title = 3\n[acts.a]\nkind = 'strikes'\n")
    (tmp_path / "two.toml").write_text("title = \n")
    answer = ebbtide("check", "one.toml", "two.toml", "three.toml")
    assert answer.code == 2
    for said in ("one.toml", "title", "two.toml", "three.toml"):
        assert said in answer.err
    assert "Traceback" not in answer.err


def test_check_takes_the_policies_of_a_scenario(ebbtide, tmp_path):
    (tmp_path / "late.toml").write_text(
        'title = "Late"\n[acts.a]\nkind = "community_engagement"\nstart = 2001-03-04\nstrength = 1\n'
    )
    answer = ebbtide("check", "minimal", "--policy", "late.toml", "--policy", "nothing")
    assert answer.code == 0
    assert answer.out.index("a sound scenario") < answer.out.index(
        "late.toml: a sound policy, Late"
    )
    assert answer.out.count("fits minimal") == 2
    later = ebbtide("check", "minimal", "--policy", "late.toml@2001-04-01")
    assert "late@2001-04-01: a sound policy, Late, from 1 April 2001; fits minimal" in later.out


def test_check_tells_the_faults_of_all_its_policies(ebbtide, tmp_path):
    act = 'title = "x"\n[acts.a]\nkind = "amnesty"\nagainst = ["{}"]\nstart = 2001-03-04\nstrength = 1\n'
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(act.format(f"{name}s"))
    answer = ebbtide("check", "minimal", "--policy", "one.toml", "--policy", "two.toml")
    assert answer.code == 2
    assert '"ones"' in answer.err
    assert '"twos"' in answer.err
    answer = ebbtide("check", "one.toml", "--policy", "two.toml")
    assert (answer.code, "--policy" in answer.err, "scenarios" in answer.err) == (2, True, True)


def test_plot_of_what_holds_no_results(ebbtide, tmp_path):
    answer = ebbtide("plot", str(tmp_path))
    assert answer.code == 2
    assert "holds no results" in answer.err


def test_the_public_names_are_there_and_lazy():
    code = (
        "import sys, ebbtide as eb\n"
        "assert 'numpy' not in sys.modules\n"
        "assert set(eb.__all__) <= set(dir(eb))\n"
        "print(eb.load.__name__, eb.open.__name__, eb.__version__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[:2] == ["load", "open"]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        *(
            (name, NEEDS_EXTRA)
            for name in ("calibrate", "forecast", "posterior", "score", "scores", "sensitivity")
        ),
        *((name, "at least 10") for name in ("claims", "attribute")),
        ("calibrate", "at least 50"),
    ],
)
def test_help_says_what_a_command_needs(ebbtide, command, told):
    assert told in " ".join(ebbtide(command, "--help").out.split())


def of_commands():
    """Every option of every command."""
    for name, command in typer.main.get_command(main.app).commands.items():
        for option in command.params:
            if isinstance(option, TyperOption):
                yield name, option


@pytest.mark.parametrize(
    ("command", "option"),
    [(name, each.opts[0]) for name, each in of_commands() if not (each.multiple or each.is_flag)],
)
def test_of_an_option_given_twice_no_value_is_dropped_without_a_word(ebbtide, command, option):
    answer = ebbtide(command, option, "1", f"{option}=2")
    assert (answer.code, answer.err.strip()) == (2, f"{option}: found 2 values; allowed: one")


@pytest.mark.parametrize("twice", [["--keys", "--keys"], ["quiet.toml"]])
def test_a_switch_twice_and_several_files_are_no_values_to_drop(tmp_path, ebbtide, twice):
    (tmp_path / "quiet.toml").write_text('title = "Nothing is done"\n')
    assert ebbtide("check", "quiet.toml", *twice).code == 0
