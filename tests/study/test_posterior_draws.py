"""Draws of a posterior: read strictly, and lived as whole runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ebbtide.scenario import Faults, Scenario, load
from ebbtide.scenario.summary import scenario_lines
from ebbtide.study.design import Design, seed_of
from ebbtide.study.posterior import made_with
from ebbtide.study.study import Study
from shipped import copy_small

PAY = "groups.embers.pay"
HEAD = f"base_seed,run,made_with,{PAY}"


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[..., Scenario]:
    """The small scenario with a file of draws."""
    copy_small(tmp_path)

    def write(*rows: str, head: str = HEAD) -> Scenario:
        (tmp_path / "draws.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        text = 'extends = "minimal.toml"\nposterior = "draws.csv"\n'
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
        return load(tmp_path / "own.toml")

    return write


def test_a_draw_is_the_run_of_the_bank_with_what_has_a_column_of_its_own(drawn) -> None:
    scenario = drawn("7,3,abc,250", "7,5,abc,260", "7,3,abc,250")
    posterior = scenario.posterior
    assert posterior is not None
    assert len(posterior) == 3
    policy = (scenario.policy.id,)
    of_bank = Design(scenario, policy, 6, 7)
    lived = Design(scenario, policy, 3, 1, posterior=posterior)
    by_pay = {250.0: of_bank[3], 260.0: of_bank[5]}
    assert sorted(run.values[PAY] for run in lived) == [250.0, 250.0, 260.0]
    for run in lived:
        kept = by_pay[float(run.values[PAY])]
        assert run.seed == kept.seed
        assert {k: v for k, v in run.values.items() if k != PAY} == {
            k: v for k, v in kept.values.items() if k != PAY
        }


def test_another_seed_takes_the_same_draws_in_another_order(drawn) -> None:
    scenario = drawn(*(f"7,{run},abc,{200 + run}" for run in range(20)))
    policy = (scenario.policy.id,)
    one, other = (
        [
            run.values[PAY]
            for run in Design(scenario, policy, 20, seed, posterior=scenario.posterior)
        ]
        for seed in (1, 2)
    )
    assert sorted(one) == sorted(other)
    assert one != other


def test_what_is_set_beside_the_file_is_no_draw(drawn) -> None:
    scenario = drawn("7,3,abc,250").with_overrides({PAY: 300})
    [run] = Design(scenario, (scenario.policy.id,), 1, 1, posterior=scenario.posterior)
    assert PAY not in run.values
    assert scenario.quantities[PAY].median == 300


@pytest.mark.parametrize(
    ("row", "head", "told"),
    [
        ("7,three,abc,250", HEAD, 'run: found "three"; allowed: a whole number'),
        ("7,3,abc,much", HEAD, f'{PAY}: found "much"; allowed: a number from 0'),
        ("7,3,abc,-1", HEAD, f'{PAY}: found "-1"'),
        ("7,3,abc,250", HEAD.replace("pay", "pya"), "did you mean groups.embers.pay?"),
        ("7,abc,250", HEAD.replace("run,", ""), "run: found no such column"),
    ],
)
def test_what_is_wrong_in_a_file_of_draws_is_told(drawn, row, head, told) -> None:
    with pytest.raises(Faults) as found:
        drawn(row, head=head)
    assert told in str(found.value)


def test_a_file_without_draws_is_told(drawn) -> None:
    with pytest.raises(Faults, match=r"draws\.csv: found no row"):
        drawn()


def test_a_study_takes_its_other_quantities_from_draws_where_it_asks_for_them(
    drawn: Callable[..., Scenario], tmp_path: Path
) -> None:
    rows = [f"7,{run},{made_with(drawn('7,1,abc,250'))},{200 + run}" for run in (3, 5)]
    scenario = drawn(*rows)

    def study(others: str, replications: int = 2) -> Study:
        text = f'title = "Draws"\nscenario = "own.toml"\nothers = "{others}"\n'
        text += (
            f'replications = {replications}\n[vary."groups.embers.media"]\nvalues = [0.2, 0.8]\n'
        )
        (tmp_path / "study.toml").write_text(text, encoding="utf-8")
        return Study.read(tmp_path / "study.toml")

    runs = list(study("posterior").design())
    assert sorted({float(run.values[PAY]) for run in runs}) == [203.0, 205.0]
    of_bank = {seed_of(7, run) for run in (3, 5)}
    assert {run.seed for run in runs} == of_bank
    assert study("posterior").manifest(["ebbtide"])["posterior"] == scenario.posterior.digest
    assert {run.seed for run in study("priors").design()}.isdisjoint(of_bank)
    with pytest.raises(Faults, match="at most 2, the draws of own's posterior"):
        study("posterior", replications=3)
    drawn("7,3,other,250")
    with pytest.raises(Faults, match="made with other rules or numbers"):
        study("posterior")
    (tmp_path / "own.toml").write_text('extends = "minimal.toml"\n', encoding="utf-8")
    with pytest.raises(Faults, match="own names no posterior"):
        study("posterior")


def test_draws_are_not_taken_over_by_a_file_that_extends_theirs(
    drawn: Callable[..., Scenario], tmp_path: Path
) -> None:
    """They are of the numbers of the file that names them, and a check tells of it."""
    assert "posterior: 2 draws" in "\n".join(scenario_lines(drawn("7,3,abc,250", "7,5,abc,260")))
    other = tmp_path / "other.toml"
    other.write_text('extends = "own.toml"\n[groups.embers]\nmedia = 0.2\n', encoding="utf-8")
    extended = load(other)
    assert extended.posterior is None
    assert any("own.toml: not taken over" in line for line in scenario_lines(extended))


@pytest.mark.parametrize("doubt", ["", "12 effective draws; 20% of all runs kept as the nearest"])
def test_a_file_of_draws_that_are_not_to_be_trusted_is_told_by_check_and_comparison(
    drawn, doubt
) -> None:
    from ebbtide.comparison.running import compare
    from ebbtide.comparison.told import told

    head, cell = (
        ("base_seed,run,doubt,made_with", f"{doubt},") if doubt else ("base_seed,run,made_with", "")
    )
    made = made_with(drawn("7,3,abc,250"))
    scenario = drawn(*(f"7,{run},{cell}{made},250" for run in (3, 5)), head=f"{head},{PAY}")
    notes = [line for line in scenario_lines(scenario) if "posterior: 2 draws" in line]
    assert len(notes) == 1
    assert notes[0].endswith(f"not to be trusted: {doubt}" if doubt else "each a whole run")
    folder = scenario.path.parent / "kept"
    found = compare(scenario.path, ["nothing"], replications=2, workers=1, out=folder)
    said = [line for line in told(found)["notes"] if "draws are not to be trusted" in line]
    assert len(said) == bool(doubt)
    assert all(line.endswith(f"wrote into their file: {doubt}.") for line in said)
