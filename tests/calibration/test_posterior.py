"""Weights of whole runs: a posterior that has a closed form, a date, a publisher left out."""

import dataclasses
import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ebbtide.calibration.posterior import Posterior, quantile
from ebbtide.calibration.proposal import Proposal, log_prior
from ebbtide.calibration.report import affiliates_a_fighter, of_unknowns, ranged, summary
from ebbtide.evidence.strength import Strength
from ebbtide.evidence.unknown import SharedUnknown
from ebbtide.show.posterior import FACTORS, _bars

DAY, LATER = dt.date(2001, 6, 30), dt.date(2001, 12, 31)
ERROR = 0.15


def says(publisher, number, known=DAY, held_back=False):
    return Strength(
        name=publisher, words="fighters", publisher=publisher, known=known, last=known,
        held_back=held_back, low=number, high=number, outcome="fighters", places=("a",), first=DAY,
        unknown=SharedUnknown.none(f"bias of {publisher}"), count_error=ERROR,
    )  # fmt: skip


@pytest.fixture
def posterior():
    """Runs whose fighters are exp(7 + score / 2): the log of the number has a normal prior.

    Half of them were drawn elsewhere than from the prior, which no answer may feel.
    """
    elsewhere = Proposal(1, (0,), (0.8,), ((0.5,),))
    draws = [Proposal(1)] * 10_000 + [elsewhere] * 10_000
    scores = np.array([each.draw(np.random.default_rng([3, n])) for n, each in enumerate(draws)])
    rounds = ((10_000, Proposal(1)), (10_000, elsewhere))
    men = np.exp(7.0 + 0.5 * scores[:, 0])

    def ratios(rows):
        both = [np.log(0.5) + proposal.log_density(rows) for _, proposal in rounds]
        return log_prior(rows) - np.logaddexp.reduce(both, axis=0)

    bank = SimpleNamespace(
        all_scores=lambda runs: scores[runs], log_priors_over_proposals=ratios, free=("men",),
        scenario=SimpleNamespace(title="A toy"),
    )  # fmt: skip
    said = (says("Gazette", 1500), says("Herald", 900, LATER), says("Rumour", 9000, held_back=True))
    runs = pd.DataFrame({"run": np.arange(20_000), **{each.name: men for each in said}})
    return Posterior(bank, said, runs)


def closed(*said):
    """Mean of the score, and log evidence up to rounding, of a normal prior and normal errors."""
    precision = 1.0 + len(said) * (0.5 / ERROR) ** 2
    mean = sum((np.log(each) - 7.0) * 0.5 for each in said) / ERROR**2 / precision
    return mean, 1.0 / precision


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, (1500, 900)),
        ({"as_of": DAY}, (1500,)),
        ({"without": ["Gazette"]}, (900,)),
    ],
)
def test_the_posterior_is_that_of_the_closed_form(posterior, how, said):
    weights = posterior.weigh(**how).weights
    mean, variance = closed(*said)
    scores = posterior.scores[:, 0]
    found = weights @ scores
    assert found == pytest.approx(mean, abs=0.03)
    assert weights @ np.square(scores - found) == pytest.approx(variance, rel=0.12)


def test_with_nothing_said_the_posterior_is_the_prior(posterior):
    weights = posterior.weigh(as_of=dt.date(2000, 1, 1)).weights
    assert weights @ posterior.scores[:, 0] == pytest.approx(0, abs=0.03)


def test_the_evidence_is_the_chance_of_what_was_said(posterior):
    found = posterior.weigh(as_of=DAY).log_evidence
    spread = np.hypot(0.5, ERROR)
    chance = stats.norm.cdf(np.log(1550), 7.0, spread) - stats.norm.cdf(np.log(1450), 7.0, spread)
    assert found == pytest.approx(np.log(chance), abs=0.03)


def test_what_would_be_said_is_near_what_was_said(posterior):
    said = posterior.said(posterior.statements[0])
    median = quantile(said, posterior.weigh(as_of=DAY).weights, 0.5)
    assert median == pytest.approx(1500, rel=0.05)


def test_draws_are_as_many_as_their_weight(posterior):
    rows = posterior.resampled(1000)
    assert len(rows) == 1000
    mean, _ = closed(1500, 900)
    assert posterior.scores[rows, 0].mean() == pytest.approx(mean, abs=0.04)


def test_weights_of_many_runs_are_trusted_and_of_a_few_that_fit_are_not(posterior):
    assert "doubt" not in summary(posterior)
    far = dataclasses.replace(posterior, statements=(says("Gazette", 90_000),))
    told = summary(far)
    assert not told["by_likelihood"]["trusted"]
    assert "not to be trusted" in told["doubt"]


@pytest.mark.parametrize("k", [0.3, 0.95])
def test_pareto_k_is_that_of_the_largest_weights(posterior, k):
    """One over a uniform number to the power k has a Pareto tail of that k."""
    heavy = -k * np.log(np.random.default_rng(1).random(20_000))
    bank = SimpleNamespace(**vars(posterior.bank) | {"log_priors_over_proposals": lambda _: heavy})
    weighed = dataclasses.replace(posterior, bank=bank).weigh(as_of=dt.date(2000, 1, 1))
    assert weighed.pareto_k == pytest.approx(k, abs=0.15)
    assert weighed.trusted == (k < 0.7)


def test_what_the_prior_would_say_feels_nothing_of_what_was_said():
    """With a bias that nobody knows, the prior's sayings spread by it, whatever was said."""
    bias = SharedUnknown.bias("bias of Gazette", 0.4)
    said = dataclasses.replace(says("Gazette", 9000), unknown=bias)
    runs = pd.DataFrame({"run": np.arange(20_000), "Gazette": np.full(20_000, 1000.0)})
    bank = SimpleNamespace(
        all_scores=lambda runs: np.zeros((len(runs), 1)),
        log_priors_over_proposals=lambda rows: np.zeros(len(rows)),
    )
    unknown_yet = Posterior(bank, (said,), runs).said(said, as_of=dt.date.min)
    assert np.log(unknown_yet).mean() == pytest.approx(np.log(1000), abs=0.02)
    assert np.log(unknown_yet).std() == pytest.approx(np.hypot(0.4, ERROR), abs=0.02)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "log_weights",
    [
        np.r_[0.0, np.full(49, -800.0)],
        np.r_[np.zeros(5), np.full(20, -800.0)],
        np.arange(10.0),
        np.array([0.0, 1.0]),
    ],
)
def test_where_too_few_runs_carry_the_weight_there_is_no_k_and_no_warning(posterior, log_weights):
    n = len(log_weights)
    bank = SimpleNamespace(
        **vars(posterior.bank) | {"log_priors_over_proposals": lambda _: log_weights}
    )
    few = dataclasses.replace(posterior, bank=bank, runs=posterior.runs.head(n))
    weighed = few.weigh(as_of=dt.date(2000, 1, 1))
    assert weighed.pareto_told == "no Pareto k: too few runs carry the weight"
    assert not weighed.trusted


def test_an_unknown_at_an_end_of_its_grid_may_lie_beyond():
    row = {"least": 0.009, "greatest": 112.4}

    def told(low, median, high):
        ends = dict(
            zip(
                ("posterior_5%", "posterior_50%", "posterior_95%"), (low, median, high), strict=True
            )
        )
        return ranged(row | ends, "posterior")

    assert told(0.5, 3.14, 9.2) == "3.1 (0.5 to 9.2)"
    assert told(0.5, 3.14, 112.4) == "3.1 (0.5 to at least 112)"
    assert told(0.009, 3.14, 110.0) == "3.1 (at most 0.009 to 110)"
    assert told(112.4, 112.4, 112.4) == "at least 112"


def test_what_goes_beyond_the_edge_of_a_figure_has_an_arrow():
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    row = {f"{of}_{at}": 1.0 for of in ("prior", "posterior") for at in ("5%", "50%", "95%")}
    _bars(ax, 1, row, float, FACTORS)
    assert not {line.get_marker() for line in ax.lines} & {"<", ">"}
    _bars(ax, 1, row | {"posterior_95%": 100.0, "prior_5%": 0.001}, float, FACTORS)
    beyond = {line.get_marker(): line.get_xdata()[0] for line in ax.lines}
    assert (beyond["<"], beyond[">"]) == FACTORS


def test_a_bias_is_told_between_the_nodes_that_runs_are_weighed_on():
    """Six counts pin it: its quantiles are those of the closed form, a twentieth apart."""
    bias = SharedUnknown.bias("bias of Gazette", 0.4)
    said = tuple(
        dataclasses.replace(
            says("Gazette", 1130), name=f"count {n}", low=1120, high=1140, unknown=bias
        )
        for n in range(6)
    )
    runs = pd.DataFrame({"run": np.arange(50), **{each.name: np.full(50, 1000.0) for each in said}})
    bank = SimpleNamespace(
        all_scores=lambda runs: np.zeros((len(runs), 1)),
        log_priors_over_proposals=lambda rows: np.zeros(len(rows)),
    )
    [row] = of_unknowns(Posterior(bank, said, runs)).to_dict("records")
    precision = 0.4**-2 + 6 * ERROR**-2
    mean, sd = 6 * ERROR**-2 * np.log(1.13) / precision, precision**-0.5
    for at, name in ((0.05, "posterior_5%"), (0.5, "posterior_50%"), (0.95, "posterior_95%")):
        assert np.log(row[name]) == pytest.approx(stats.norm.ppf(at, mean, sd), abs=0.01)
    assert np.log(row["prior_95%"]) == pytest.approx(0.4 * stats.norm.ppf(0.95), abs=0.01)


def test_affiliates_a_fighter_are_those_of_the_counts_nearest_in_time():
    affiliates = dataclasses.replace(says("Herald", 4000), name="all", outcome="affiliates")
    near, far = says("Gazette", 1000), says("Rumour", 1000, LATER)
    runs = pd.DataFrame({"run": np.arange(50), "all": 4000.0, "Gazette": 1000.0, "Rumour": 1.0})
    bank = SimpleNamespace(
        all_scores=lambda runs: np.zeros((len(runs), 1)),
        log_priors_over_proposals=lambda rows: np.zeros(len(rows)),
    )
    found = affiliates_a_fighter(Posterior(bank, (far, affiliates, near), runs))
    assert found["posterior_50%"].tolist() == found["prior_5%"].tolist() == [4.0]
