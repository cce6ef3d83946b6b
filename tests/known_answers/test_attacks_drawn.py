"""Attacks come in Poisson numbers, and their severity has the power law that was asked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import minimize_scalar

from ebbtide.model import Insurgency
from ebbtide.scenario import Scenario
from ebbtide.world.codes import Note, Slot, Target

from .worlds import ERRORS, FORCE, IMPROBABLE, only, table, world

WEEKS, FIGHTERS, EACH = 800, 100, 60  # attacks a week by 1,000 fighters
LEAST, MOST = 30, 5000  # every attack harms so many that the chronicle notes it
SOFT = 1 / (1 + np.exp(1.0))


KINDS = {"mounted": 0.0, "carried": 1.0}  # the share of its attacks that goes into the city


@pytest.fixture(scope="module", params=[2.2, 2.5, 2.8])
def exponent(request: pytest.FixtureRequest) -> float:
    return request.param


@pytest.fixture(scope="module", params=KINDS)
def model(
    written: Callable[..., Scenario], exponent: float, request: pytest.FixtureRequest
) -> Insurgency:
    """All attacks of one kind, with the severity asked for; the other kind's harms nobody."""
    kind, other = request.param, next(each for each in KINDS if each != request.param)
    scenario = written(
        world(WEEKS, {"band": {"fighters": FIGHTERS, "attacks": EACH}}, place={"city": 1})
    )
    stated = {f"attacks__{kind}_exponent": exponent, f"attacks__{kind}_least": LEAST,
              f"attacks__{other}_exponent": 5, f"attacks__{other}_least": 0.1}  # fmt: skip
    overrides = only("attacks", attacks__soft_tendency=-1, attacks__soft_weight=0,
                     attacks__city_softness=0, attacks__reach=KINDS[kind],
                     attacks__capability_weight=1, attacks__men_lost=0, attacks__price=0,
                     **stated)  # fmt: skip
    model = Insurgency(scenario, rng=1, **overrides)
    model.run_until_end()
    return model


def noted(model: Insurgency) -> np.ndarray:
    """A row an attack: week, kind, group, place, target, people harmed."""
    notes = model.state.chronicle[: model.state.rows[Slot.NOTED]]
    return notes[notes[:, 1] == Note.GREAT_ATTACK]


def test_numbers_of_attacks_are_poisson(model: Insurgency) -> None:
    series = model.series().iloc[1:]
    capability = (0.5 + 0.5 + 1) / 3  # middling leaders and cohesion, full pay
    rate = EACH / 1000 * FIGHTERS * 2 * capability
    for name, mean in (("attacks_civilians", rate * SOFT), ("attacks_state", rate * (1 - SOFT))):
        counts = series[name].to_numpy().astype(int)
        assert abs(counts.mean() - mean) < ERRORS * np.sqrt(mean / WEEKS)
        most = int(stats.poisson.isf(10 / WEEKS, mean))
        expected = stats.poisson.pmf(np.arange(most), mean)
        expected = WEEKS * np.append(expected, 1 - expected.sum())
        found = np.bincount(np.minimum(counts, most), minlength=most + 1)
        rare = np.nonzero(expected.cumsum() > 5)[0][0]  # few weeks with so few attacks: one class
        found, expected = (np.append(x[: rare + 1].sum(), x[rare + 1 :]) for x in (found, expected))
        assert stats.chisquare(found, expected).pvalue > IMPROBABLE
    against = stats.pearsonr(series["attacks_civilians"], series["attacks_state"])
    assert against.pvalue > IMPROBABLE


def test_severity_has_the_stated_exponent(model: Insurgency, exponent: float) -> None:
    """Greatest likelihood of whole numbers harmed, with the cut at 5,000 (Clauset and others)."""
    people = noted(model)[:, 5]
    assert people.min() == LEAST
    cut = people >= MOST

    def minus_log_likelihood(tried: float) -> float:
        beyond = (people / LEAST) ** (1 - tried)
        beyond_next = np.where(cut, 0, ((people + 1) / LEAST) ** (1 - tried))
        return -np.log(beyond - beyond_next).sum()

    fitted = minimize_scalar(minus_log_likelihood, bounds=(1.5, 5), method="bounded").x
    assert len(people) > 5000
    assert abs(fitted - exponent) < ERRORS * (exponent - 1) / np.sqrt(len(people))


def test_severity_is_a_power_law_throughout(model: Insurgency, exponent: float) -> None:
    people = noted(model)[:, 5]
    edges = np.unique(np.floor(LEAST * np.linspace(1, 0.01, 21)[:-1] ** (1 / (1 - exponent))))
    beyond = (edges / LEAST) ** (1 - exponent)
    expected = len(people) * -np.diff(np.append(beyond, 0))
    found = np.histogram(people, [*edges, np.inf])[0]
    assert stats.chisquare(found, expected).pvalue > IMPROBABLE
    assert people.max() > 5 * LEAST
    assert people.sum() == model.series()[["civilians_harmed", "state_harmed"]].to_numpy().sum()


@pytest.mark.parametrize("target", ["state", "civilians"])
def test_how_many_attacks_tells_nothing_of_how_bad_they_are(model: Insurgency, target: str) -> None:
    """Not even of the first of the week, whose draw stands nearest to that of their number."""
    attacks = noted(model)
    attacks = attacks[
        attacks[:, 4] == {"state": Target.STATE, "civilians": Target.CIVILIANS}[target]
    ]
    weeks, first = np.unique(attacks[:, 0], return_index=True)
    counts = model.series()[f"attacks_{target}"].to_numpy()[weeks]
    assert (counts == np.bincount(attacks[:, 0])[weeks]).all()
    assert stats.spearmanr(counts, attacks[first, 5]).pvalue > IMPROBABLE


def test_the_dead_of_state_forces_are_their_share_of_those_harmed_and_of_the_exposed(
    written: Callable[..., Scenario],
) -> None:
    """Each attack's dead are of one force, by size and exposure; in the mean `fatal` of the harmed."""
    fatal, share = 0.3, 0.25
    text = world(WEEKS, {"band": {"fighters": FIGHTERS, "attacks": EACH}}, force={"capacity": 10})
    more = {"other": {"capacity": 30, "exposed": 0.111}, "planes": {"capacity": 500, "exposed": 0}}
    for name, stated in more.items():
        lines = table(f"forces.{name}", {**FORCE, "name": name, **stated})
        text += "\n" + "\n".join(lines)
    overrides = only("attacks", attacks__soft_tendency=-10, attacks__soft_weight=0,
                     attacks__reach=0, attacks__fatal=fatal, attacks__men_lost=0,
                     attacks__price=0, attacks__mounted_least=1,
                     attacks__mounted_exponent=3.5)  # fmt: skip
    model = Insurgency(written(text), rng=2, **overrides)
    model.run_until_end()
    harmed = model.series()["state_harmed"].sum()
    lost = model.force_series().groupby("force")["losses"].sum()
    assert model.series()["forces_losses"].sum() == lost.sum() > 500
    assert lost["planes"] == 0
    assert abs(lost.sum() - fatal * harmed) < ERRORS * np.sqrt(fatal * harmed)
    assert lost["other"] / lost.sum() == pytest.approx(share, abs=0.04)


def test_attacks_in_held_districts_follow_the_men_there(written: Callable[..., Scenario]) -> None:
    """At ten men in a held district for one elsewhere a fifth of the districts has 10/14 of the men."""
    model = Insurgency(
        written(world(WEEKS, {"band": {"fighters": FIGHTERS, "attacks": EACH}})),
        rng=3,
        **only("attacks", attacks__concentration=10, attacks__men_lost=0, attacks__price=0),
    )
    model.state.held[:] = 0.2
    model.run_until_end()
    series = model.series()
    attacks = series[["attacks_state", "attacks_civilians"]].to_numpy().sum()
    expected = 4 / 14 * attacks
    assert abs(series["attacks_outside"].sum() - expected) < ERRORS * np.sqrt(expected)


def test_groups_differ_in_whom_they_attack_how_badly_and_at_what_price(
    written: Callable[..., Scenario],
) -> None:
    """Two bands alike but for three numbers, with one rule of severity, share and price."""
    severity, dearer, leaning = 3.0, 2.5, 1.5
    usual = {"fighters": FIGHTERS, "attacks": EACH, "money": 1e6}
    other = {"civilian_targeting": leaning, "attack_severity": severity, "attack_price": dearer}
    model = Insurgency(
        written(world(WEEKS, {"usual": usual, "other": {**usual, **other}})),
        rng=4,
        **only("attacks", attacks__soft_tendency=-1, attacks__soft_weight=0, attacks__reach=0,
               attacks__capability_weight=1, attacks__men_lost=0, attacks__price=2,
               attacks__mounted_least=20, attacks__mounted_exponent=5),
    )  # fmt: skip
    bills = np.zeros(2)
    for _ in range(WEEKS):
        model.step()
        bills += model.state.attack_bill
    series = model.series().groupby("group")[
        ["attacks_state", "attacks_civilians", "attacks_outside", "state_harmed"]
    ]
    found = series.sum().loc[list(model.group_names)]
    attacks = found["attacks_state"] + found["attacks_civilians"]
    for g, expected in enumerate((SOFT, 1 / (1 + np.exp(1 - leaning)))):
        error = ERRORS * np.sqrt(expected * (1 - expected) / attacks.iloc[g])
        assert abs(found["attacks_civilians"].iloc[g] / attacks.iloc[g] - expected) < error
    each = (found["state_harmed"] / found["attacks_state"]).to_numpy()
    assert each[1] / each[0] == pytest.approx(severity, rel=0.05)
    assert bills / found["attacks_outside"].to_numpy() == pytest.approx([2, 2 * dearer])
