"""Draws of a posterior: read strictly, and lived as whole runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ebbtide.scenario import Faults, Scenario, load
from ebbtide.scenario.summary import scenario_lines
from ebbtide.study.design import Design, seed_of
from ebbtide.study.posterior import refuse_stale, stamp
from ebbtide.study.study import Study
from shipped import copy_small

PAY = "groups.embers.pay"
HEAD = f"base_seed,run,made_with,{PAY}"
MADE = "MADE"  # in a row: what `calibrate` writes of such draws


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[..., Scenario]:
    """The small scenario with a file of draws."""
    copy_small(tmp_path)

    def write(*rows: str, head: str = HEAD) -> Scenario:
        (tmp_path / "draws.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        text = 'extends = "minimal.toml"\nposterior = "draws.csv"\n'
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
        found = load(tmp_path / "own.toml")
        if MADE not in "".join(rows):
            return found
        made = stamp(found, found.posterior)
        return write(*(row.replace(MADE, made) for row in rows), head=head)

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
    rows = [f"7,{run},{MADE},{200 + run}" for run in (3, 5)]
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
    scenario = drawn(*(f"7,{run},{cell}{MADE},250" for run in (3, 5)), head=f"{head},{PAY}")
    notes = [line for line in scenario_lines(scenario) if "posterior: 2 draws" in line]
    assert len(notes) == 1
    assert notes[0].endswith(f"not to be trusted: {doubt}" if doubt else "each a whole run")
    folder = scenario.path.parent / "kept"
    found = compare(scenario.path, ["nothing"], replications=2, workers=1, out=folder)
    said = [line for line in told(found)["notes"] if "draws are not to be trusted" in line]
    assert len(said) == bool(doubt)
    assert all(line.endswith(f"wrote into their file: {doubt}.") for line in said)


EDITED = "draws that were edited, rounded or put in another order after they were written"


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("200.123456", "200.1235", EDITED),
        ("7,1,", "7,8,", EDITED),
        ("so few,", "", EDITED),
        ("7,2,so few,{made},250\n", "", "2 draws, and not the 3 that were written"),
        (
            "7,2,so few,{made},250\n",
            "7,2,so few,{made},250\n" * 2,
            "4 draws, and not the 3 that were written",
        ),
        ("-{evidence}", "", "does not say what evidence weighed them and which rows it had"),
        ("{made}", "abc", "draws that were made with other rules or numbers"),
    ],
)
def test_a_file_of_draws_that_is_not_as_it_was_written_is_refused(
    drawn, tmp_path, was, now, told
) -> None:
    head = f"base_seed,run,doubt,made_with,{PAY}"
    pays = (200.123456, 210, 250)
    scenario = drawn(*(f"7,{at},so few,{MADE},{pay}" for at, pay in enumerate(pays)), head=head)
    refuse_stale(scenario)
    made = scenario.posterior.made_with
    assert made == stamp(scenario, scenario.posterior)
    said = {"made": made, "evidence": made.partition("-")[2]}
    file = tmp_path / "draws.csv"
    text = file.read_text(encoding="utf-8")
    if was == "so few,":  # the column is dropped, not emptied
        text = text.replace("doubt,", "")
    changed = text.replace(was.format(**said), now.format(**said))
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(Faults) as refused:
        refuse_stale(load(scenario.path))
    assert told in str(refused.value)
    assert "new ones, by `ebbtide calibrate own --to FILE`; or --priors" in str(refused.value)


def test_how_a_table_is_written_is_no_edit_of_its_draws(drawn, tmp_path) -> None:
    import pandas as pd

    scenario = drawn(f"7,1,{MADE},200.123456", f"7,2,{MADE},0.30000000000000004")
    file = tmp_path / "draws.csv"
    table = pd.read_csv(file, dtype=str)
    table[[*reversed(table.columns)]].to_csv(file, index=False, lineterminator="\r\n")
    again = load(scenario.path)
    assert again.posterior.digest != scenario.posterior.digest
    refuse_stale(again)


EVIDENCE = """\
date,date_precision,low,high,counts,area,publisher,dependence,held_back,check,note
2001-12-30,day,180,220,fighters,all,Gazette,,,,counted
2002-06-30,day,150,250,fighters,all,Herald,,,,
2003-06-29,day,150,250,fighters,all,Herald,,,,after the cut
"""


@pytest.mark.parametrize(
    ("was", "now", "is_other"),
    [
        ("180,220", "1800,2200", True),
        ("Herald,,,", "Herald,gazette,,", True),
        ("2001-12-30,day,180,220,fighters,all,Gazette,,,,counted\n", "", True),
        ("all,Gazette,,,", "all,Gazette,,1,", True),
        (",counted", ",told", False),
        ("2003-06-29,day,150", "2003-06-29,day,100", False),
    ],
)
def test_draws_that_other_evidence_weighed_are_refused(tmp_path, was, now, is_other) -> None:
    copy_small(tmp_path)
    said, draws = tmp_path / "strength.csv", tmp_path / "draws.csv"
    own = tmp_path / "own.toml"
    own.write_text(
        'extends = "minimal.toml"\nposterior = "draws.csv"\ncut = 2002-12-29\n'
        '[evidence]\nstrength = "strength.csv"\nof = "embers"\n',
        encoding="utf-8",
    )
    said.write_text(EVIDENCE, encoding="utf-8")
    draws.write_text(f"{HEAD}\n7,3,x,250\n", encoding="utf-8")
    scenario = load(own)
    draws.write_text(f"{HEAD}\n7,3,{stamp(scenario, scenario.posterior)},250\n", encoding="utf-8")
    refuse_stale(load(own))
    changed = EVIDENCE.replace(was, now)
    assert changed != EVIDENCE
    said.write_text(changed, encoding="utf-8")
    if not is_other:
        refuse_stale(load(own))
        return
    with pytest.raises(Faults, match="weighed by other evidence than its files now hold"):
        refuse_stale(load(own))


def test_draws_say_that_other_errors_of_publishers_weighed_them(drawn, tmp_path) -> None:
    scenario = drawn(f"7,1,{MADE},250")
    file = scenario.path
    text = file.read_text(encoding="utf-8")
    errs = 'district_error = { value = 0.77, unit = "districts", source = "a test" }'
    file.write_text(f"{text}[observation]\n{errs}\n", encoding="utf-8")
    with pytest.raises(Faults, match="weighed by other evidence"):
        refuse_stale(load(file))
