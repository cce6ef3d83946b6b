"""Commands say of what their runs are draws, and refuse draws that are no longer what they were."""

from __future__ import annotations

import json

import pytest

from ebbtide.scenario import load
from ebbtide.study.posterior import stamp
from shipped import copy_small

DOUBT = "12 effective draws; 20% of all runs kept as the nearest"
SAID = f"not to be trusted, as `ebbtide calibrate` wrote into their file: {DOUBT}."
RUN = ("run", "own.toml", "--replications=2", "--until=2001-03-30", "--workers=1", "--no-plots")


@pytest.fixture
def drawn(tmp_path):
    """The small scenario with two draws that are not to be trusted; returns their file."""
    copy_small(tmp_path)
    text = 'extends = "minimal.toml"\nposterior = "draws.csv"\n'
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    rows = [f"7,{run},x,{DOUBT},{240 + run}" for run in (3, 5)]
    head = "base_seed,run,made_with,doubt,groups.embers.pay"
    draws = tmp_path / "draws.csv"
    draws.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    scenario = load(tmp_path / "own.toml")
    made = stamp(scenario, scenario.posterior)
    draws.write_text(
        draws.read_text(encoding="utf-8").replace(",x,", f",{made},"), encoding="utf-8"
    )
    return draws


def test_a_run_says_of_what_it_is_drawn_and_that_draws_are_doubtful(ebbtide, drawn):
    told = ebbtide(*RUN, "--out=runs")
    assert told.code == 0, told.err
    assert "of 2 runs, drawn from the posterior" in " ".join(told.out.split())
    assert " ".join(told.out.split()).count(SAID) == 1
    stated = json.loads(ebbtide(*RUN, "--out=runs", "--json").out)
    assert (stated["drawn_from"], stated["doubt"]) == ("posterior", DOUBT)
    prior = ebbtide(*RUN, "--out=priors", "--priors")
    assert "of 2 runs, drawn from the priors" in " ".join(prior.out.split())
    assert "not to be trusted" not in prior.out


@pytest.mark.parametrize("others", ["posterior", "priors", "medians"])
def test_a_sweep_says_so_too(ebbtide, tmp_path, drawn, others):
    (tmp_path / "study.toml").write_text(
        f'title = "Draws"\nscenario = "own.toml"\nothers = "{others}"\nreplications = 1\n'
        'until = 2001-03-30\n[vary."groups.embers.media"]\nvalues = [0.2, 0.8]\n',
        encoding="utf-8",
    )
    told = ebbtide("sweep", "study.toml", "--workers=1", "--no-plots", "--out=swept")
    assert told.code == 0, told.err
    words = " ".join(told.out.split())
    if others == "medians":
        assert "groups.embers.media, every uncertain quantity at its median" in words
    else:
        assert f"groups.embers.media, drawn from the {others}" in words
    assert words.count(SAID) == (others == "posterior")


def test_check_refuses_what_a_run_refuses_in_the_same_words(ebbtide, drawn):
    assert ebbtide("check", "own.toml").code == 0
    drawn.write_text(drawn.read_text(encoding="utf-8").replace(",243", ",9243"), encoding="utf-8")
    checked, lived = ebbtide("check", "own.toml"), ebbtide(*RUN, "--out=runs")
    assert (checked.code, lived.code) == (2, 2)
    assert "posterior: found draws that were edited" in checked.err
    assert checked.err == lived.err
    assert ebbtide(*RUN, "--out=runs", "--priors").code == 0
