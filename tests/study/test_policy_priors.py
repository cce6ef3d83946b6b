"""Strengths of acts that nobody knows: drawn with all else, alike under every policy that has the act."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from calibration.spoken import spoken_of
from ebbtide.calibration.bank import Bank, Observer
from ebbtide.calibration.proposal import Proposal
from ebbtide.evidence.reading import read_statements
from ebbtide.model import Insurgency
from ebbtide.scenario import Faults, Policy, Scenario, load, load_policy
from ebbtide.scenario.levers import LEVERS
from ebbtide.scenario.library import lived_with
from ebbtide.scenario.summary import scenario_lines
from ebbtide.study.chunk import work
from ebbtide.study.design import Design, probability_of
from ebbtide.study.simulate import Simulator
from shipped import copy_small

PATH = "policy.acts.strikes.strength"
PRIOR = '{ prior = "uniform", low = 0.2, high = 0.6, unit = "share", source = "a test" }'
OTHER_PRIOR = '{ prior = "uniform", low = 0.7, high = 0.9, source = "a test" }'
POLICIES = {
    "unsure": f'extends = "minimal.toml"\ntitle = "U"\n[acts.strikes]\nstrength = {PRIOR}\n',
    "more": 'extends = "unsure.toml"\ntitle = "M"\n[acts.strikes]\nleaders = 0.1\n',
    "none": 'extends = "unsure.toml"\ntitle = "N"\n[acts.strikes]\nstrength = 0\n',
    "harder": f'extends = "unsure.toml"\ntitle = "H"\n[acts.strikes]\nstrength = {OTHER_PRIOR}\n',
}


def write(folder: Path, **policies: str) -> None:
    copy_small(folder)
    for name, text in policies.items():
        file = folder / "minimal" / "policies" / f"{name}.toml"
        file.write_text(text, encoding="utf-8")


@pytest.fixture
def unsure(tmp_path: Path) -> tuple[Scenario, dict[str, Policy]]:
    """The small scenario under a policy with a prior, and policies beside it."""
    write(tmp_path, **POLICIES)
    text = 'extends = "minimal.toml"\npolicy = "minimal/policies/unsure.toml"\nposterior = "draws.csv"\n'
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    (tmp_path / "draws.csv").write_text(
        f"base_seed,run,made_with,{PATH}\n7,3,abc,0.31\n", encoding="utf-8"
    )
    scenario = load(tmp_path / "own.toml")
    return scenario, {name: load_policy(name, scenario) for name in POLICIES}


def test_policies_that_have_an_act_meet_the_same_draw_of_it(unsure) -> None:
    scenario, policies = unsure
    runs = list(Design(scenario, tuple(policies), 4, 5, stated=policies))
    for replication in range(4):
        under = {run.policy: run for run in runs if run.replication == replication}
        assert under["unsure"].values == under["more"].values
        assert PATH not in under["none"].values
        at = probability_of(5, replication, PATH)
        assert under["unsure"].values[PATH] == pytest.approx(0.2 + 0.4 * at)
        # Another prior stands at the same quantile.
        assert under["harder"].values[PATH] == pytest.approx(0.7 + 0.2 * at)


def test_a_draw_of_the_posterior_is_of_the_prior_that_it_was_of(unsure) -> None:
    scenario, policies = unsure
    drawn = Design(scenario, tuple(policies), 1, 1, posterior=scenario.posterior, stated=policies)
    under = {run.policy: run.values.get(PATH) for run in drawn}
    assert under["unsure"] == under["more"] == 0.31
    assert under["none"] is None
    assert under["harder"] == pytest.approx(0.7 + 0.2 * probability_of(7, 3, PATH))


def test_a_drawn_strength_reaches_the_run_and_its_row(unsure) -> None:
    scenario, policies = unsure
    design = Design(scenario, ("none", "unsure"), 1, 5, stated=policies)
    simulator = Simulator(scenario, policies, 30)
    strikes = list(policies["unsure"].file.acts).index("strikes")
    for run in design:
        strength = simulator.live(run).world.act_strength[strikes]
        assert strength == run.values.get(PATH, 0.0)
    kept = pq.read_table(BytesIO(work(simulator, list(design)).files["runs"])).to_pandas()
    strengths = kept.set_index("policy")[PATH]
    assert strengths["unsure"] == design[1].values[PATH]
    assert pd.isna(strengths["none"])


def test_fixed_takes_the_median_of_an_act_too(unsure) -> None:
    scenario, policies = unsure
    [run] = Design(scenario, ("unsure",), 1, 5, fixed=True, stated=policies)
    assert run.values[PATH] == pytest.approx(0.4)
    strikes = list(policies["unsure"].file.acts).index("strikes")
    model = Insurgency(scenario, rng=1, policy=policies["unsure"])
    assert model.world.act_strength[strikes] == pytest.approx(0.4)


def test_a_strength_that_is_set_beside_the_policy_is_no_draw(unsure) -> None:
    scenario, policies = unsure
    scenario, led = lived_with(scenario, policies["unsure"], {PATH: 0.9})
    [run] = Design(scenario, (led.id,), 1, 5, stated={led.id: led})
    assert PATH not in run.values


def test_a_check_tells_how_many_strengths_are_uncertain(unsure) -> None:
    scenario, _ = unsure
    assert any("1 of the strengths with a prior" in line for line in scenario_lines(scenario))


def test_what_happens_or_does_not_has_no_prior_and_neither_have_aims(tmp_path: Path) -> None:
    leader = (
        'kind = "leader_killed"\nagainst = ["embers"]\npost = 1\nstart = 2001-07-01\nsource = "t"'
    )
    write(
        tmp_path,
        bad=f'extends = "minimal.toml"\ntitle = "B"\n[acts.strikes]\nleaders = {PRIOR}\n'
        f"[acts.head]\n{leader}\nstrength = {PRIOR}\n",
    )
    with pytest.raises(Faults) as told:
        load_policy(tmp_path / "minimal/policies/bad.toml", load(tmp_path / "minimal.toml"))
    said = str(told.value)
    assert "acts.strikes.leaders: found a prior" in said
    assert "acts.head.strength: found a prior; allowed: 0 or 1: it happens or does not" in said


def test_a_bank_frees_a_strength_and_lives_it(tmp_path: Path) -> None:
    file = spoken_of(tmp_path, free=["groups.embers.pay", PATH])
    policies = tmp_path / "minimal" / "policies"
    (policies / "unsure.toml").write_text(POLICIES["unsure"], encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    file.write_text(f'policy = "minimal/policies/unsure.toml"\n{text}', encoding="utf-8")
    scenario = load(file)
    bank = Bank(scenario, 1, ((40, Proposal(2)),))
    strengths = [bank[run].values[PATH] for run in range(40)]
    assert 0.2 < min(strengths) < 0.3
    assert 0.5 < max(strengths) < 0.6
    statements = tuple(read_statements(scenario))
    seen = Observer(scenario, scenario.policy, 1, statements)
    of = dict(bank[0].values)
    run = bank[0]
    low, high = (
        seen(type(run)(0, run.policy, 0, run.seed, of | {PATH: end})).metrics for end in (0.2, 0.6)
    )
    assert low["fighters_at_end"] > high["fighters_at_end"]


def test_strengths_of_the_record_that_nobody_told_are_uncertain_under_all_that_build_on_it() -> (
    None
):
    """All that last: who was killed on a day is known. Those that kill most are freed."""
    scenario = load("khorasan")
    record = scenario.policy.file.acts
    lasting = {
        f"policy.acts.{name}.strength"
        for name, act in record.items()
        if not LEVERS[act.kind].all_or_nothing
    }
    freed = {path for path in scenario.file.calibration.free if path.startswith("policy.")}
    assert freed <= lasting
    for name in ("offensive", "amnesty", "truce"):
        assert load_policy(name, scenario).uncertainties.keys() == lasting
