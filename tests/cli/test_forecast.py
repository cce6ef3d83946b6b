"""`ebbtide forecast` writes what may be said, once; `ebbtide score` holds it against what was said."""

from __future__ import annotations

import json
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from calibration.spoken import spoken_of
from claims.written import LEDGER
from ebbtide.calibration.hub import LEVELS
from ebbtide.scenario import load
from ebbtide.study.posterior import stamp
from typed import typed

TESTS = """
source = "invented"
[forecast.many]
claim = "rise"
words = "at least 250 at the end"
holds = { kind = "at_least", of = [{ kind = "at", outcome = "fighters", date = 2003-03-02 }, 250] }
[forecast.more]
claim = "rise"
words = "then: at least 300"
given = { kind = "at_least", of = [{ kind = "at", outcome = "fighters", date = 2003-03-02 }, 250] }
holds = { kind = "at_least", of = [{ kind = "at", outcome = "fighters", date = 2003-03-02 }, 300] }
"""
ASKED = ("forecast", "own.toml", "--workers=1")
OF_BANK = (*ASKED, "--bank=bank", "--draws=40")
HEAD = "date,date_precision,low,high,counts,area,publisher,dependence,check,note"


def scenario_in(folder, further=""):
    file = spoken_of(folder, further=further)
    (folder / "claims.toml").write_text(LEDGER, encoding="utf-8")
    (folder / "tests.toml").write_text(TESTS, encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    named = 'of = "embers"\nclaims = "claims.toml"\nclaim_tests = "tests.toml"\n'
    file.write_text(text.replace('of = "embers"\n', named), encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A bank, draws of it and a forecast as of the cut, made once for all."""
    folder = tmp_path_factory.mktemp("made")
    scenario_in(folder)
    calibrated = ("calibrate", "own.toml", "--runs=50", "--rounds=1", "--workers=1", "--no-plots",
                  "--draws=40", "--to=draws.csv", "--out=bank")  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert typed(*calibrated) == 1  # draws of so few runs are not to be trusted
        assert typed(*OF_BANK, "--out=frozen") == 0
    return folder


@pytest.fixture
def there(made, tmp_path):
    """All of it in the folder of the test."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def samples(folder):
    found = pd.read_parquet(folder / "samples.parquet")
    return found[found["target"] == "fighters"]


def own_numbers(folder, day):
    found = samples(folder)
    chosen = (found["publisher"] == "nobody") & (found["target_end_date"].astype(str) == day)
    return found[chosen].sort_values("output_type_id")["value"].to_numpy()


@pytest.mark.slow
def test_its_draws_are_whole_runs_of_the_bank(there):
    """By what comes of them in the end."""
    of_bank = pd.read_parquet(there / "bank" / "runs")["fighters_at_end"].round()
    last = own_numbers(there / "frozen", "2003-03-02")
    assert len(last) == 40
    assert {*last} <= {*of_bank}
    assert len({*last}) > 20


def test_quantiles_are_in_the_hubverses_columns(there):
    [file] = (there / "frozen" / "model-output" / "ebbtide-own").iterdir()
    assert file.name == "2002-12-29-ebbtide-own.csv"
    table = pd.read_csv(file)
    assert {*table.columns} == {
        "reference_date", "target", "horizon", "target_end_date", "location", "days", "publisher",
        "output_type", "output_type_id", "value",
    }  # fmt: skip
    assert {*table["output_type"]} == {"quantile"}
    keys = ["target", "target_end_date", "publisher"]
    assert (table.groupby(keys)["output_type_id"].apply(list).map(tuple) == LEVELS).all()
    assert table.groupby(keys)["value"].is_monotonic_increasing.all()
    assert {*table["target_end_date"]} == {"2002-12-29", "2002-12-31", "2003-03-02"}
    drawn = own_numbers(there / "frozen", "2003-03-02")
    chosen = (table["publisher"] == "nobody") & (table["target_end_date"] == "2003-03-02")
    assert table[chosen]["value"].to_numpy() == pytest.approx(np.quantile(drawn, LEVELS), rel=1e-5)


def test_who_spoke_before_has_his_bias_and_anybody_else_none_that_is_known(there):
    """Of the same runs: what the Gazette's two counts tell of its bias narrows what it may say."""
    found = samples(there / "frozen").pivot_table(
        index=["target_end_date", "output_type_id"], columns="publisher", values="value"
    )
    spread = {name: np.log(found[name] / found["nobody"]).std() for name in ("Gazette", "anybody")}
    assert spread["anybody"] > 1.2 * spread["Gazette"] > 0
    of_draw = np.log(found["anybody"] / found["nobody"]).unstack(level=0)
    assert of_draw.corr().to_numpy()[0, 1] > 0.5  # one bias a draw, on all days


def test_the_texts_forecasts_are_shares_of_the_draws(there):
    last = own_numbers(there / "frozen", "2003-03-02")
    many, more = pd.read_csv(there / "frozen" / "claims.csv").to_dict("records")
    assert many["probability"] == pytest.approx((last >= 250).mean())
    assert more["probability"] == pytest.approx((last[last >= 250] >= 300).mean(), nan_ok=True)
    assert many["low"] < many["probability"] < many["high"]
    assert many["draws"] > more["draws"]
    page = (there / "frozen" / "forecast.md").read_text(encoding="utf-8")
    assert f"| `rise` | at least 250 at the end | {many['probability']:.0%} (" in page


def test_naive_forecasts_stand_beside_it(there):
    found = {file.parent.name for file in (there / "frozen" / "model-output").glob("*/*.csv")}
    assert {"naive-persistence", "naive-random_walk", "naive-drift"} < found
    table = pd.read_csv(next((there / "frozen" / "model-output" / "naive-persistence").iterdir()))
    assert table[table["output_type_id"] == 0.5]["value"].to_numpy() == pytest.approx(200, rel=1e-4)


@pytest.mark.slow
def test_beyond_the_scenarios_end_runs_are_lived_on(ebbtide, there):
    longer = ebbtide(*OF_BANK, "--until=2003-06-29", "--out=longer")
    assert longer.code == 0
    days = samples(there / "longer")["target_end_date"].astype(str)
    assert {*days} == {"2002-12-29", "2002-12-31", "2003-03-31", "2003-06-29"}
    for day in ("2002-12-29", "2002-12-31"):
        before, after = (own_numbers(there / name, day) for name in ("frozen", "longer"))
        assert before.tolist() == after.tolist()
    ends = [own_numbers(there / "longer", day) for day in ("2003-03-31", "2003-06-29")]
    assert ends[0].tolist() != ends[1].tolist()
    page = (there / "longer" / "forecast.md").read_text(encoding="utf-8")
    assert "The scenario goes to 2003-03-02, and runs were lived on to 2003-06-29." in page
    assert "lived on" not in (there / "frozen" / "forecast.md").read_text(encoding="utf-8")
    stated = json.loads((there / "longer" / "forecast.json").read_text(encoding="utf-8"))
    assert (stated["stated_to"], stated["end"]) == ("2003-03-02", "2003-06-29")
    assert "--until=2003-06-29" in stated["command"]
    short = ebbtide(*OF_BANK, "--until=2003-01-01", "--out=short")
    assert short.code == 2
    assert "--until: found 2003-01-01; allowed: a day from 2003-03-02 on" in short.err


@pytest.mark.slow
def test_the_same_command_makes_the_same_forecast(ebbtide, there):
    assert ebbtide(*OF_BANK, "--out=again").code == 0
    first, second = (
        json.loads((there / name / "forecast.json").read_text()) for name in ("frozen", "again")
    )
    assert first == second
    assert ebbtide(*OF_BANK, "--seed=2", "--out=other").code == 0
    other = json.loads((there / "other" / "forecast.json").read_text())
    assert other["sha256"] != first["sha256"]


def test_its_hash_is_that_of_the_lines_of_sha256sum(there):
    stated = json.loads((there / "frozen" / "forecast.json").read_text())
    files = " ".join(sorted(stated["files"]))
    command = f"sha256sum {files} | sha256sum"
    told = subprocess.run(
        ["sh", "-c", command], cwd=there / "frozen", capture_output=True, text=True
    )
    assert told.stdout.split()[0] == stated["sha256"]


@pytest.mark.slow
def test_what_was_published_later_weighs_nothing(ebbtide, there):
    assert ebbtide(*OF_BANK, "--as-of=2002-03-31", "--out=early").code == 0
    strength = there / "strength.csv"
    text = strength.read_text(encoding="utf-8")
    strength.write_text(text.replace("150,250", "800,900"), encoding="utf-8")
    shutil.rmtree(there / "bank")
    calibrated = ("calibrate", "own.toml", "--runs=50", "--rounds=1", "--workers=1", "--no-plots")
    assert ebbtide(*calibrated, "--out=bank").code == 0
    assert ebbtide(*OF_BANK, "--as-of=2002-03-31", "--out=later").code == 0
    early, later = (samples(there / name)["value"].to_numpy() for name in ("early", "later"))
    assert (early == later).all()
    table = pd.read_csv(next((there / "early" / "model-output" / "ebbtide-own").iterdir()))
    assert {*table["reference_date"]} == {"2002-03-31"}
    assert table["target_end_date"].min() == "2002-03-31"


@pytest.mark.slow
def test_draws_of_the_scenarios_posterior_are_lived(ebbtide, there):
    scenario_in(there, further='posterior = "draws.csv"')
    assert ebbtide(*ASKED, "--out=own").code == 0
    stated = json.loads((there / "own" / "forecast.json").read_text())
    assert stated["draws"] == 40
    assert stated["effective"] <= 40
    assert len(stated["posterior"]) == 64
    drawn = pd.read_csv(there / "draws.csv")["fighters_at_cut"]
    assert sorted(own_numbers(there / "own", "2002-12-29")) == sorted(drawn)


def test_draws_that_are_no_longer_those_runs_are_refused(ebbtide, there):
    scenario_in(there, further='posterior = "draws.csv"')
    drawn = pd.read_csv(there / "draws.csv")
    drawn.loc[3, "fighters_at_cut"] += 1
    drawn.to_csv(there / "draws.csv", index=False)
    scenario = load(there / "own.toml")
    assert scenario.posterior is not None
    drawn["made_with"] = stamp(scenario, scenario.posterior)  # as if they had been written so
    drawn.to_csv(there / "draws.csv", index=False)
    answer = ebbtide(*ASKED, "--out=own")
    assert answer.code == 2
    assert "40 draws are no longer the runs that they were" in answer.err
    assert not (there / "own").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (ASKED, "a scenario that names a posterior, or the folder of a bank: --bank"),
        ((*OF_BANK, "--as-of=2003-01-31"), "a day after 2001-01-07 and not after 2002-12-29"),
        ((*OF_BANK, "--as-of=spring"), "a date such as"),
        ((*OF_BANK, "--out=frozen"), "a forecast is written once"),
    ],
)
def test_what_cannot_be_forecast_is_told(ebbtide, there, words, told):
    answer = ebbtide(*words)
    assert answer.code == 2
    assert told in " ".join(answer.err.split())


def test_without_a_cut_it_is_the_cut_that_is_missing(ebbtide, there):
    file = there / "own.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("cut = 2002-12-29\n", ""), encoding="utf-8"
    )
    answer = ebbtide(*OF_BANK)
    assert answer.code == 2
    assert "own.toml: cut is missing; needed: the day up to which evidence is used" in answer.err
    assert "--as-of" not in answer.err.partition("needed")[0]


def test_of_another_day_than_the_cut_the_posterior_says_nothing(ebbtide, there):
    scenario_in(there, further='posterior = "draws.csv"')
    answer = ebbtide(*ASKED, "--as-of=2002-03-31")
    assert answer.code == 2
    assert "2002-12-29, the posterior's day; of another day --bank answers" in answer.err


def later(folder, *rows):
    """A file of evidence that nobody had on the day of the forecast."""
    cells = [
        f"{date},day,{low},{high},fighters,{area},{who},,," for date, low, high, area, who in rows
    ]
    (folder / "later.csv").write_text("\n".join([HEAD, *cells]) + "\n", encoding="utf-8")
    return ("score", "frozen", "later.csv")


def test_it_is_scored_against_later_publications_and_reads_nothing_else(
    ebbtide, there, monkeypatch
):
    for file in there.glob("*.toml"):
        file.unlink()
    asked = later(
        there,
        ("2003-01-31", 180, 220, "all", "Gazette"),
        ("2002-06-30", 1, 2, "all", "Gazette"),
        ("2003-02-15", 300, 300, "XA", "Herald"),
        ("2003-02-15", 9, 9, "highland", "Herald"),
    )
    answer = ebbtide(*asked, "--csv=scores.csv")
    assert answer.code == 0, answer.err
    scores = pd.read_csv(there / "scores.csv")
    own = scores[scores["forecaster"] == "ebbtide-own"]
    assert own["said"].tolist() == [200, 300]
    assert own["as_said_by"].tolist() == ["Gazette", "anybody"]
    assert {"naive-persistence", "naive-random_walk"} < {*scores["forecaster"]}
    assert scores[["crps", "log_score", "interval_score", "pit"]].notna().all().all()
    assert "1 of 4: lies up to the day of the forecast, 2002-12-29" in answer.err
    assert "1 of 4: no forecaster speaks of such a count, place or period" in answer.err
    told = json.loads(ebbtide(*asked, "--json").out)
    assert (
        told["forecast"] == json.loads((there / "frozen" / "forecast.json").read_text())["sha256"]
    )
    assert len(told["scores"]) == len(scores)


def test_figures_in_thousands_are_told_and_scored_without_a_warning(ebbtide, there, recwarn):
    answer = ebbtide(*later(there, ("2003-01-31", 5, 8, "all", "Gazette")), "--json")
    assert answer.code == 0, answer.err
    assert "later.csv:2: Gazette, 2003-01-31: 5 to 8 (fighters); under 20 is unusual" in answer.err
    assert not [each for each in recwarn if issubclass(each.category, RuntimeWarning)]
    assert "Infinity" not in answer.out


def test_a_forecast_that_was_changed_is_not_scored(ebbtide, there):
    asked = later(there, ("2003-01-31", 180, 220, "all", "Gazette"))
    [file] = (there / "frozen" / "model-output" / "ebbtide-own").iterdir()
    file.write_text(file.read_text().replace(",0.5,", ",0.50,"), encoding="utf-8")
    answer = ebbtide(*asked)
    assert answer.code == 2
    assert (
        f"no longer the forecast that was made: model-output/ebbtide-own/{file.name}" in answer.err
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("fighters", "figthers"), "did you mean fighters?"),
        (lambda text: text.replace("publisher", "source"), "later.csv:1: source"),
        (lambda text: text.replace(",all,", ",XB,"), 'area: found "XB"'),
        (lambda text: text.replace("2003-01-31", "soon"), 'date: found "soon"'),
        (lambda text: text.replace("2003-01-31", "2002-01-31"), "nothing to score"),
        (lambda text: text.splitlines()[0] + "\n", "no row below its header"),
        (lambda text: "", "no header"),
    ],
)
def test_what_is_wrong_in_the_evidence_is_told(ebbtide, there, change, told):
    asked = later(there, ("2003-01-31", 180, 220, "all", "Gazette"))
    file = there / "later.csv"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    answer = ebbtide(*asked)
    assert answer.code == 2
    assert told in answer.err
    assert "Traceback" not in answer.err


def test_what_is_no_forecast_is_told(ebbtide, there):
    later(there, ("2003-01-31", 180, 220, "all", "Gazette"))
    for name in ("bank", "nowhere", "later.csv"):
        answer = ebbtide("score", name, "later.csv")
        assert answer.code == 2
        assert "no forecast.json; allowed: a folder that `ebbtide forecast` made" in answer.err
    missing = ebbtide("score", "frozen", "nothing.csv")
    assert missing.code == 2
    assert "nothing.csv" in missing.err
