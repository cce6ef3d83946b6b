"""`ebbtide explain` answers at once, as text and as JSON."""

import json
import subprocess
import sys

import pytest

from ebbtide.cli.explain import explain

SLOW = ("mesa", "numba", "numpy", "pandas", "matplotlib")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ebbtide.cli.main", "explain", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_loads_nothing_that_is_slow() -> None:
    code = (
        "import sys; from ebbtide.cli.explain import explain; explain('fighters', 'khorasan');"
        f"print([name for name in {SLOW} if name in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stderr.strip() == "[]"


def test_an_unknown_name_ends_with_2_and_the_nearest() -> None:
    found = run("switching.hazzard")
    assert found.returncode == 2
    assert found.stdout == ""
    assert "did you mean switching.hazard" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_path_is_told_of_the_shipped_scenario_that_has_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    explain("groups.covenant.pay")
    said = capsys.readouterr()
    assert said.err == "not in khorasan; as lake has it:\n"
    assert said.out.startswith("groups.covenant.pay (quantity)")
    explain("groups.covenant.pay", "minimal")  # where it is asked for one, of that one alone
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith("groups.ID.pay (key)")
    assert "groups.embers.pay = prior" in said.out
    assert "covenant" not in said.out


def test_without_a_name_it_counts_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    explain(None, "minimal")
    kinds = [line.split()[1] for line in capsys.readouterr().out.splitlines()[2:-2]]
    assert kinds[:3] == ["mechanism", "rule", "parameter"]


def test_json_holds_the_same_facts(capsys: pytest.CaptureFixture[str]) -> None:
    explain("switching.hazard", "minimal", as_json=True)
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["kind"], entry["name"]) == ("rule", "switching.hazard")
    assert entry["form"] == "highest * total_weight / (1 + total_weight)"


def test_the_text_fits_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    explain("recruitment.appeal", "minimal")
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_a_kind_is_listed_with_first_lines(capsys: pytest.CaptureFixture[str]) -> None:
    explain("levers", "minimal")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "lever"
    (amnesty,) = [line for line in lines if line.startswith("  amnesty ")]
    assert "Fighters of the named groups give themselves up" in amnesty
    assert max(map(len, lines)) <= 100
    explain("lever", "minimal", as_json=True)
    listed = json.loads(capsys.readouterr().out)
    assert {"name": "raids", "kind": "lever"}.items() <= listed[2].items()
    assert not listed[2]["says"].endswith(".")
    explain("documents")
    assert "docs/scenarios.md" in capsys.readouterr().out.splitlines()


def test_a_key_that_is_called_like_a_kind_is_told_before_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    explain("events", "minimal")
    told = capsys.readouterr().out.split("\n\n")
    assert [text.splitlines()[0] for text in told] == ["events (key)", "event"]
