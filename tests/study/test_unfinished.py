"""A results folder without a finished run says so, and which command goes on, whoever reads it."""

from __future__ import annotations

import importlib.util
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

import ebbtide as eb
from ebbtide.study.reopen import run_of
from ebbtide.study.store import Refused
from ebbtide.study.tally import tally

QUICK = {"replications": 2, "workers": 1, "until": "2001-02-04"}
READERS: dict[str, Callable[[eb.Results], object]] = {
    "series": lambda results: results.series(),
    "one outcome": lambda results: results.series("fighters", group="league"),
    "places": lambda results: results.places(),
    "plot": lambda results: eb.plot(results, "fighters"),
    "plot of a number": lambda results: eb.plot(results, "fighters_peak"),
}
OF_RUNS = {"runs": lambda results: results.runs(), "tally": tally}
if importlib.util.find_spec("xarray"):
    READERS["xarray"] = lambda results: results.to_xarray()


def broken_off(folder: Path) -> eb.Results:
    """A folder whose command ended before its first run was kept."""

    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        eb.run("minimal", **QUICK, out=folder, report=stop)
    return eb.open(folder)


def failed(folder: Path) -> eb.Results:
    """A folder whose runs have all failed."""

    @eb.run_metric("men")
    def own(trajectory):
        return "many"

    return eb.run("minimal", **QUICK, out=folder, extensions=own)


@pytest.mark.parametrize("reader", READERS | OF_RUNS)
def test_none_finished_yet_is_told_with_the_command_that_goes_on(
    reader: str, tmp_path: Path
) -> None:
    folder = tmp_path / "a folder"
    with pytest.raises(Refused) as refused:
        (READERS | OF_RUNS)[reader](broken_off(folder))
    said, command = str(refused.value).split("\n")
    assert said == f"{folder}: no run is finished yet; this goes on:"
    words = shlex.split(command)
    assert words[:3] == ["ebbtide", "run", "minimal"]
    assert words[-1] == f"--out={folder}"


@pytest.mark.parametrize("reader", READERS)
def test_all_failed_is_told_with_the_first_error_and_what_tells_more(
    reader: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        READERS[reader](failed(tmp_path))
    assert "all 2 runs failed: run 0: RuntimeError: metric own, in men" in str(refused.value)
    assert f"ebbtide run --from={tmp_path} --run=0" in str(refused.value)


def test_a_notebook_shows_it(tmp_path: Path) -> None:
    none = broken_off(tmp_path / "none")
    assert repr(none).endswith("0 runs of 'minimal' under 'minimal')")
    assert "no run is finished yet; this goes on" in none._repr_html_()
    every = failed(tmp_path / "every")
    assert repr(every).endswith("2 runs of 'minimal' under 'minimal', 2 failed)")
    assert "all 2 runs failed" in every._repr_html_()
    assert len(every.runs()) == 2


def test_a_run_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds no run 0; runs kept: 0"):
        run_of(broken_off(tmp_path), 0)
