"""`ebbtide plot`: back from a results folder to its scenario."""

from __future__ import annotations

import json
import shutil

import pytest

import ebbtide as eb
from ebbtide.scenario import load
from ebbtide.show.subject import subject_of
from ebbtide.study.reopen import scenario_of
from ebbtide.study.results import Results
from ebbtide.study.store import Refused
from typed import typed

from .conftest import WalkingInsurgency


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two runs of the stand-in, made once for all."""
    folder = tmp_path_factory.mktemp("made")
    asked = ("--no-plots", "--workers=1", "--replications=2", "--set=groups.embers.pay=77")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ebbtide.model.Insurgency", type("Walking", (WalkingInsurgency,), {}))
        patch.chdir(folder)
        assert typed("run", "minimal", *asked, "--out=kept") == 0
    return folder / "kept"


@pytest.fixture
def kept(made, walking, tmp_path):
    return Results.open(shutil.copytree(made, tmp_path / "kept"))


def test_the_scenario_of_results_has_their_overrides(kept):
    assert scenario_of(kept).quantities["groups.embers.pay"].median == 77


def test_a_scenario_that_changed_is_refused(kept, tmp_path):
    original = load("minimal").path
    shutil.copytree(original.parent, tmp_path / "scenarios")
    file = tmp_path / "scenarios" / original.name
    file.write_text(file.read_text().replace("posts = 6", "posts = 7"))
    with pytest.raises(Refused, match="not as it was"):
        scenario_of(kept, str(file))


def test_a_scenario_that_is_gone_is_asked_for(ebbtide, kept):
    path = kept.folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["scenario"]["named"] = "scenarios/lost.toml"
    path.write_text(json.dumps(manifest))
    answer = ebbtide("plot", "kept")
    assert answer.code == 2
    assert "--scenario" in answer.err


def test_damaged_results_are_told_as_such_and_mended_by_the_same_run(ebbtide, kept):
    file = next((kept.folder / "series").glob("*.parquet"))
    whole, content = kept.series(), file.read_bytes()
    file.write_bytes(content[:200] + bytes(8) + content[208:])
    answer = ebbtide("plot", "kept")
    assert answer.code == 2
    assert f"series/{file.name}: cannot be read" in answer.err
    assert "cannot be written" not in answer.err
    again = str(kept.manifest["command"]).split()[1:]
    answer = ebbtide(*again, "--out=kept", "--workers=1", "--no-plots")
    assert answer.code == 0
    assert f"series/{file.name} cannot be read; its runs are done again" in answer.err
    assert kept.series().equals(whole)


def drawn(answer) -> list[str]:
    assert answer.code == 0, answer.err
    return [line.rsplit("/", 1)[-1] for line in answer.out.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "files"),
    [
        (["--outcome=fighters"], ["fighters.png"]),
        (["--outcome=fighters", "--group=league"], ["fighters-league.png"]),
        (
            ["--outcome=fighters", "--group=league", "--group=embers"],
            ["fighters-league-embers.png"],
        ),
        (["--outcome=money", "--sum"], ["money-sum.png"]),
        (["--outcome=fighters", "--outcome=morale"], ["fighters.png", "morale.png"]),
        (["--outcome=peak_date"], ["spread-peak_date.png"]),
        (["--metric=ended", "--style=grey"], ["spread-ended.png"]),
        (["--outcome=fighters", "--places"], ["fighters-by-place.png"]),
    ],
)
def test_one_outcome_is_drawn_as_asked(ebbtide, kept, asked, files):
    assert drawn(ebbtide("plot", "kept", *asked)) == files
    for file in files:
        assert (kept.folder / "plots" / file).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--outcome=figthers"], "did you mean fighters?"),
        (["--outcome=fighters", "--group=leage"], "did you mean league?"),
        (["--outcome=fighters", "--policy=minimol"], "did you mean minimal?"),
        (["--metric=fighters_pek"], "did you mean fighters_peak?"),
        (["--group=league"], "--group: needs --outcome"),
        (["--outcome=fighters", "--metric=ended"], "leave out --metric"),
        (["--outcome=fighters", "--places", "--over=groups.embers.pay"], "one of them"),
        (["--style=blue"], "allowed: colour or grey"),
    ],
)
def test_what_cannot_be_drawn_is_told(ebbtide, kept, asked, said):
    answer = ebbtide("plot", "kept", *asked)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())


@pytest.mark.parametrize("asked", [[], ["--outcome=fighters"], ["--outcome=peak_date"]])
@pytest.mark.slow
def test_a_scenario_that_is_named_is_read_whatever_is_drawn(ebbtide, kept, asked):
    answer = ebbtide("plot", "kept", "--scenario=nix.toml", *asked)
    assert answer.code == 2
    assert "nix.toml" in answer.err
    assert ebbtide("plot", "kept", "--scenario=minimal", *asked).code == 0


def test_a_run_in_grey_goes_on_in_grey(ebbtide, walking):
    walking.interrupt_at = 2
    stopped = ebbtide("run", "minimal", "--replications=3", "--workers=1", "--style=grey")
    assert stopped.code == 130
    assert "--style=grey" in stopped.err


def test_outcomes_by_place_are_weekly_when_asked_for(ebbtide, walking, tmp_path):
    asked = ["run", "minimal", "--replications=1", "--workers=1", "--no-plots", "--out=weekly"]
    assert ebbtide(*asked, "--weekly-places").code == 0
    results = Results.open(tmp_path / "weekly")
    dates = results.places()["date"].unique()
    assert list(dates) == list(results.series(["fighters"])["date"].unique())
    shown = subject_of(results, scenario_of(results))
    assert shown is not None
    assert 1 < len(shown.half_years) < 20
    assert {*shown.half_years} < {*dates}
    again = ebbtide("run", "--from=weekly", "--run=0")
    assert "the same as what is kept" in again.out
    refused = ebbtide(*asked)
    assert refused.code == 2
    assert "weekly_places: the folder has true, asked is false" in refused.err


def test_an_outcome_of_a_group_that_is_not_there_yet_is_told(ebbtide):
    """The Embers are founded in June 2001."""
    asked = ("--replications=1", "--workers=1", "--no-plots", "--until=2001-02-04", "--out=few")
    assert ebbtide("run", "minimal", *asked).code == 0
    answer = ebbtide("plot", "few", "--outcome=fighters")
    assert answer.code == 2
    nothing = "few: nothing of {} to draw: "
    founded = nothing.format("fighters") + "the runs end before its group is founded"
    assert founded in answer.err
    with pytest.raises(Refused, match=f"^{founded}$"):
        eb.plot(Results.open("few"), "fighters")
    never = nothing.format("peak_date") + "no run has one (end of the first week with the most fig"
    for option in ("--outcome", "--metric"):
        assert never in ebbtide("plot", "few", f"{option}=peak_date").err
    with pytest.raises(Refused) as refused:
        eb.plot(Results.open("few"), "peak_date")
    assert never in str(refused.value)
