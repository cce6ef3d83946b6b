"""`ebbtide calibrate` makes a bank, goes on with it, and writes draws that runs are made from."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from calibration.spoken import spoken_of
from ebbtide.calibration import sensitivity
from ebbtide.cli.calibrate import QUANTITIES_TOLD
from typed import typed

ASKED = ("--runs=50", "--workers=1", "--no-plots")


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch):
    """Errors of sensitivities are not looked at here, and take most of a minute."""
    monkeypatch.setattr(sensitivity, "RESAMPLES", 5)


@pytest.fixture
def spoken(tmp_path):
    return spoken_of(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A bank of one round, made once for all."""
    folder = tmp_path_factory.mktemp("made")
    spoken_of(folder)
    words = ["calibrate", "own.toml", "--rounds=1", *ASKED, "--out=bank"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert typed(*words) == 0
    return folder / "bank"


@pytest.fixture
def bank(made, spoken, tmp_path):
    """That bank, beside the scenario."""
    return shutil.copytree(made, tmp_path / "bank")


@pytest.mark.slow
def test_a_bank_is_made_told_and_gone_on_with(ebbtide, tmp_path, spoken):
    first = ebbtide("calibrate", "own.toml", "--rounds=1", *ASKED, "--out=bank", "--json")
    assert first.code == 0
    told = json.loads(first.out)
    assert told["runs"] == 50
    assert "round 1: 50 runs are worth" in first.err
    again = ebbtide("calibrate", "own.toml", "--rounds=1", *ASKED, "--out=bank", "--json")
    assert json.loads(again.out) == told
    more = ebbtide("calibrate", "own.toml", "--rounds=2", *ASKED, "--out=bank")
    assert "round 2: 100 runs" in more.err
    for heading in ("What is said, and what would be", "bias of Gazette", "moved most"):
        assert heading in more.out
    statements = pd.read_csv(tmp_path / "bank" / "statements.csv")
    assert statements["publisher"].tolist() == ["Gazette", "Gazette"]
    quantities = pd.read_csv(tmp_path / "bank" / "quantities.csv")
    assert {"groups.embers.pay", "groups.league.fighters"} < set(quantities["quantity"])
    for name in quantities["quantity"].head(QUANTITIES_TOLD):
        assert f"\n{name} " in more.out  # whole, and by no part of it


@pytest.mark.slow
def test_runs_are_made_from_its_draws(ebbtide, tmp_path, spoken):
    made = ebbtide(
        "calibrate",
        "own.toml",
        "--rounds=1",
        *ASKED,
        "--out=bank",
        "--to=draws.csv",
        "--draws=20",
        "--by=nearest",
    )
    assert made.code == 1  # of 50 runs: few to choose from
    draws = pd.read_csv(tmp_path / "draws.csv")
    assert len(draws) == 20
    spoken_of(tmp_path, further='posterior = "draws.csv"')
    asked = ("run", "own.toml", "--replications=20", "--workers=1", "--no-plots")
    assert ebbtide(*asked, "--out=fitted").code == 0
    kept = pd.read_parquet(tmp_path / "fitted" / "runs")
    assert sorted(kept["groups.league.fighters"].round(6)) == sorted(
        draws["groups.league.fighters"].round(6)
    )
    assert sorted(kept["fighters_at_cut"]) == sorted(draws["fighters_at_cut"])
    assert ebbtide(*asked, "--priors", "--out=prior").code == 0
    prior = pd.read_parquet(tmp_path / "prior" / "runs")
    assert set(prior["groups.league.fighters"]).isdisjoint(draws["groups.league.fighters"])
    too_many = ebbtide("run", "own.toml", "--replications=21", "--no-plots")
    assert too_many.code == 2
    assert "at most 20, the draws of own's posterior; or --priors" in too_many.err


@pytest.mark.parametrize("asked", [("calibrate", *ASKED, "--out=bank"), ("check",)])
def test_what_has_no_prior_cannot_be_free(ebbtide, tmp_path, asked):
    command, *options = asked
    spoken_of(tmp_path, free=["groups.embers.crime"])
    answer = ebbtide(command, "own.toml", *options)
    assert answer.code == 2
    assert "groups.embers.crime" in answer.err
    assert "a quantity with a prior" in answer.err
    assert not (tmp_path / "bank").exists()


def test_without_a_cut_there_is_no_evidence_up_to_it(ebbtide, spoken):
    text = spoken.read_text(encoding="utf-8")
    spoken.write_text(text.replace("cut = 2002-12-29\n", ""), encoding="utf-8")
    answer = ebbtide("calibrate", "own.toml", *ASKED, "--out=bank")
    assert answer.code == 2
    assert "own.toml: cut is missing; needed: the day up to which" in answer.err
    assert "`calibrate` asks for a `cut`" in ebbtide("check", "own.toml").out


def test_a_check_tells_what_is_free(ebbtide, tmp_path, spoken):
    freed = "[calibration] frees 2 quantities for `calibrate`: groups.embers.pay, groups.league.fighters"
    assert freed in ebbtide("check", "own.toml").out
    assert "no [calibration] says which" in ebbtide("check", "lake").out
    assert "calibrat" not in ebbtide("check", "minimal").out


@pytest.mark.slow
def test_of_weights_that_are_not_to_be_trusted_that_is_told_first(
    ebbtide, bank, tmp_path, monkeypatch
):
    """The bank is made, and may be read otherwise; draws that were asked of them are no posterior."""
    asked = ("calibrate", "own.toml", "--rounds=1", *ASKED, "--out=bank")
    answer = ebbtide(*asked)
    assert answer.code == 0
    doubt, table = (
        answer.out.index(each) for each in ("not to be trusted", "What is said, and what")
    )
    assert doubt < table
    assert ebbtide(*asked, "--to=draws.csv").code == 1
    few = ebbtide(*asked, "--to=draws.csv", "--by=nearest")
    assert few.code == 1
    assert "100% of all runs are kept (at most 5%), which is hardly more than the priors" in few.out
    marked = (tmp_path / "draws.csv").read_text(encoding="utf-8").splitlines()
    assert all("effective draws; 100% of all runs kept as the nearest" in row for row in marked[1:])
    monkeypatch.setattr("ebbtide.calibration.posterior.MOST_KEPT", 1.0)
    monkeypatch.setattr("ebbtide.calibration.posterior.FEWEST_EFFECTIVE", 10)
    nearest = ebbtide(*asked, "--to=draws.csv", "--by=nearest")
    assert nearest.code == 0
    assert "not to be trusted" not in nearest.out + nearest.err
    assert "doubt" not in (tmp_path / "draws.csv").read_text(encoding="utf-8")


def test_evidence_of_another_group_than_the_focus_weighs_nothing(ebbtide, spoken, tmp_path):
    file = tmp_path / "own.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('of = "embers"', 'of = "league"'), encoding="utf-8")
    answer = ebbtide("calibrate", "own.toml", *ASKED)
    assert answer.code == 2
    assert "evidence.of: found league" in answer.err
    assert "the focus, whose men runs are weighed by: embers" in answer.err


def test_a_scenario_without_a_word_of_it_is_told_what_to_write(ebbtide):
    answer = ebbtide("calibrate", "minimal", *ASKED)
    assert answer.code == 2
    assert "[calibration]" in answer.err


def test_with_everything_held_back_there_is_nothing_to_weigh_by(ebbtide, tmp_path, spoken):
    file = tmp_path / "strength.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    held = [f"{rows[0]},held_back", *(f"{row},1" for row in rows[1:])]
    file.write_text("\n".join(held) + "\n", encoding="utf-8")
    answer = ebbtide("calibrate", "own.toml", *ASKED, "--out=bank")
    assert answer.code == 2
    assert "nothing to weigh by" in answer.err


@pytest.mark.slow
def test_another_bank_is_not_written_into(ebbtide, tmp_path, bank):
    other = ebbtide("calibrate", "own.toml", "--rounds=1", *ASKED, "--out=bank", "--seed=2")
    assert other.code == 2
    assert "seed: the folder has 1, asked is 2" in other.err


def test_a_bank_is_scored_beside_naive_forecasts(ebbtide, tmp_path, bank):
    asked = ("scores", "own.toml", "--bank=bank", "--since=2002-01-01")
    answer = ebbtide(*asked, "--csv=scores.csv", "--out=scores.md")
    assert answer.code == 0
    scores = pd.read_csv(tmp_path / "scores.csv")
    model = scores[scores["forecaster"] == "the model"]
    assert model["statement"].tolist() == ["fighters, 2002-06-30"] * 2
    assert model["lead"].tolist() == [4, 12]
    walked = scores[scores["forecaster"] == "persistence"]
    assert walked["median"].to_numpy() == pytest.approx([200, 200], rel=0.01)
    page = (tmp_path / "scores.md").read_text(encoding="utf-8")
    assert "| persistence |" in page
    assert "| fighters, 2002-06-30 | Gazette | 4 | 200 |" in page


@pytest.mark.slow
def test_a_packed_bank_says_the_same_to_the_last_bit(ebbtide, tmp_path, bank):
    asked = ("posterior", "own.toml", "--by=nearest")
    whole = ebbtide(*asked, "--bank=bank", "--pack=small")
    assert whole.code == 0
    assert "small: 50 runs in " in whole.err
    kept = pd.read_parquet(tmp_path / "small" / "runs")
    assert len(kept) == 50
    assert "groups.league.fighters" not in kept
    small = ebbtide(*asked, "--bank=small")
    assert small.code == 0
    assert small.out == whole.out
    driven = [ebbtide("sensitivity", "own.toml", f"--bank={name}") for name in ("bank", "small")]
    assert driven[0].code == 0, driven[0].err
    assert driven[0].out == driven[1].out
    again = ebbtide(*asked, "--bank=bank", "--pack=small")
    assert again.code != 0
    assert "small: holds something already" in again.err


def test_what_cannot_be_scored_is_told(ebbtide, tmp_path, bank):
    without = ebbtide("scores", "own.toml")
    assert without.code == 2
    assert "`ebbtide calibrate` makes one" in without.err
    asked = ("--replications=2", "--workers=1", "--no-plots")
    assert ebbtide("run", "own.toml", *asked, "--out=runs").code == 0
    no_bank = ebbtide("scores", "own.toml", "--bank=runs")
    assert no_bank.code == 2
    assert "the folder of a bank of runs" in no_bank.err
    spoken_of(tmp_path, further="[groups.embers]\nbrand = 0.7")
    other = ebbtide("scores", "own.toml", "--bank=bank")
    assert other.code == 2
    assert "scenario: found another than that of the bank" in other.err


def test_a_bank_of_other_evidence_is_not_scored(ebbtide, tmp_path, bank):
    file = tmp_path / "strength.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("180,220", "190,220"), encoding="utf-8"
    )
    answer = ebbtide("scores", "own.toml", "--bank=bank")
    assert answer.code == 2
    assert "evidence: found another than that of the bank" in answer.err


@pytest.mark.slow
def test_draws_of_other_numbers_are_not_lived(ebbtide, tmp_path, spoken):
    made = ("calibrate", "own.toml", "--rounds=1", *ASKED, "--out=bank", "--to=draws.csv")
    assert ebbtide(*made, "--draws=5", "--by=nearest").code == 1  # of 50 runs: few to choose from
    spoken_of(tmp_path, further='posterior = "draws.csv"\n[groups.embers]\nbrand = 0.7')
    asked = ("run", "own.toml", "--replications=2", "--workers=1", "--no-plots")
    stale = ebbtide(*asked)
    assert stale.code == 2
    assert "draws that were made with other rules or numbers" in stale.err
    assert ebbtide(*asked, "--priors", "--out=runs").code == 0
    spoken_of(tmp_path, further='posterior = "draws.csv"')
    beside = ebbtide(*asked, "--set", "groups.embers.brand=0.7", "--out=beside")
    assert beside.code == 0


def test_without_the_extra_it_is_told_what_to_install(ebbtide, tmp_path, spoken, monkeypatch):
    monkeypatch.setattr("ebbtide.calibration.extra.MODULES", ("no_such_module",))
    answer = ebbtide("calibrate", "own.toml", *ASKED, "--out=bank")
    assert answer.code == 2
    assert "pip install 'ebbtide[calibrate]'" in answer.err
    assert not (tmp_path / "bank").exists()


def test_a_bank_with_a_part_of_a_round_is_not_weighed(ebbtide, tmp_path, bank):
    """All rounds are one mixture by their numbers, which a missing part would falsify."""
    max((bank / "runs").glob("*.parquet")).unlink()
    answer = ebbtide("scores", "own.toml", "--bank=bank")
    assert answer.code == 2
    assert "of 50 runs are still to be done; the same `ebbtide calibrate` goes on" in answer.err
    assert ebbtide("calibrate", "own.toml", "--rounds=1", *ASKED, "--out=bank").code == 0
    assert ebbtide("scores", "own.toml", "--bank=bank", "--since=2002-01-01").code == 0


@pytest.mark.parametrize("text", ["", "[{}]", "[1]", "{"])
def test_damaged_proposals_are_told(ebbtide, tmp_path, bank, text):
    (bank / "proposals.json").write_text(text, encoding="utf-8")
    answer = ebbtide("scores", "own.toml", "--bank=bank")
    assert answer.code == 2
    assert "proposals.json: damaged" in answer.err


def test_the_runs_nearest_to_what_was_said_answer_where_asked(ebbtide, bank):
    asked = ("calibrate", "own.toml", "--rounds=1", *ASKED, "--out=bank", "--json")
    told = json.loads(ebbtide(*asked, "--by=nearest").out)
    assert told["by"] == "nearest"
    assert told["effective"] > told["by_likelihood"]["effective"]
    refused = ebbtide(*asked, "--by=closest")
    assert refused.code == 2
    assert "nearest" in refused.err


@pytest.mark.parametrize("by", ["likelihood", "nearest"])
def test_a_page_tells_whom_to_believe_and_whether_to_trust_it(ebbtide, tmp_path, bank, by):
    answer = ebbtide("posterior", "own.toml", "--bank=bank", f"--by={by}", "--out=page.md")
    assert answer.code == 0, answer.err
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    for heading in ("What is said", "Whom to believe", "Without each publisher", "to be trusted?"):
        assert f"## {heading}" in page or heading in page
    assert "| Gazette |" in page
    assert "| (the priors alone) |" in page
    assert "`fighters_at_cut`" in page


@pytest.mark.slow
def test_two_banks_are_held_against_each_other(ebbtide, tmp_path, bank):
    asked = ("posterior", "own.toml", "--bank=bank", "--by=nearest")
    same = ebbtide(*asked, "--beside=bank")
    assert same.code == 2
    assert "--beside: found a bank of seed 1 too" in same.err
    other = ("calibrate", "own.toml", "--rounds=1", *ASKED, "--seed=2", "--out=second")
    assert ebbtide(*other).code == 0
    page = ebbtide(*asked, "--beside=second").out
    assert "Another bank of 50 runs (seed 2; worth" in page
    assert "--beside=BANK2`, of the bank that `ebbtide calibrate own.toml --runs=50" in page
    assert (
        "| `groups.embers.pay` | " in page.partition("## Another bank")[2].partition("## What")[0]
    )


@pytest.mark.slow
def test_a_page_tells_what_outcomes_hang_on(ebbtide, tmp_path, bank):
    answer = ebbtide("sensitivity", "own.toml", "--bank=bank", "--out=page.md", "--figures=figures")
    assert answer.code == 0, answer.err
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| (a number that nothing hangs on) |" in page
    assert "of 50 runs" in page.lower()
    assert "So few runs tell nothing" in page
    for name in ("fighters_at_cut", "left_at_cut", "fighters_at_end", "districts_held_at_cut"):
        assert f"figures/{name}.png" in page
        assert (tmp_path / "figures" / f"{name}.png").stat().st_size > 5000


@pytest.mark.parametrize("command", ["posterior", "sensitivity", "scores"])
def test_without_a_bank_the_command_that_makes_one_is_told(ebbtide, spoken, command):
    answer = ebbtide(command, "own.toml")
    assert answer.code == 2
    assert "`ebbtide calibrate` makes one" in answer.err


@pytest.mark.slow
def test_what_its_priors_say_is_told_and_no_run_lived(ebbtide, tmp_path, bank, monkeypatch):
    def never(model):
        raise AssertionError("a run was lived")

    monkeypatch.setattr("ebbtide.model.Insurgency.step", never)
    answer = ebbtide("prior", "own.toml", "--bank", "bank", "--out", "told/prior.md")
    assert answer.code == 0, answer.err
    text = (tmp_path / "told" / "prior.md").read_text(encoding="utf-8")
    assert "Generated by `ebbtide prior own.toml --bank=BANK`" in text
    assert "50 draws of the priors are the runs of a bank" in text
    assert "| fighters, 2002-06-30 | Gazette | 150-250 |" in text
    assert "| the counts of the goal | 2 | 1.5 |" in text
    assert "| held back |" not in text


@pytest.mark.slow
def test_draws_of_the_priors_are_as_many_as_the_bank_has(ebbtide, bank):
    answer = ebbtide("prior", "own.toml", "--bank", "bank", "--draws", "20")
    assert answer.code == 2
    assert "--draws: found 20; allowed: none: with --bank no run is lived" in answer.err
