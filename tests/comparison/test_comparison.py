"""A comparison of real runs of the small scenario, and what must hold of any."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from comparison.worlds import write_world
from ebbtide.comparison.comparison import Comparison
from ebbtide.comparison.outcomes import OF_A_FORCE
from ebbtide.comparison.report.parts import effects, side_effects
from ebbtide.comparison.running import compare
from ebbtide.extensions import run_metric
from ebbtide.scenario import Faults
from ebbtide.study.results import open as open_results
from ebbtide.study.store import Refused

POLICIES = ["same", "harder", "longer", "nothing"]
REPLICATIONS = 12


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("world")
    return compare(
        write_world(folder), POLICIES, replications=REPLICATIONS, workers=1, out=folder / "kept"
    )


def test_a_policy_like_the_reference_differs_by_exactly_nothing_in_all(compared) -> None:
    apart = compared.differences()
    same = apart[apart["policy"] == "same"]
    assert len(same) == len(compared.outcomes)
    numbers = same[["difference", "low", "high", "better"]].fillna(0)
    assert (numbers == 0).all(axis=None)
    assert (same["relative"].fillna(0) == 0).all()
    table = compared.table().set_index(["outcome", "policy"])
    for name in compared.outcomes:
        assert table.loc[(name, "same")].equals(table.loc[(name, "minimal")])


def test_the_reference_stands_first_and_every_policy_beside_it(compared) -> None:
    assert compared.policies == ("minimal", "same", "harder", "longer", "nothing")
    assert set(compared.differences()["policy"]) == {"same", "harder", "longer", "nothing"}
    assert "12 replications, from 2001-10-07" in repr(compared)


def test_until_they_part_runs_of_two_policies_are_the_same_to_the_last_bit(compared) -> None:
    weeks = compared.results.series()
    own = {name: table.reset_index(drop=True) for name, table in weeks.groupby("policy")}
    for policy, day in {"longer": "2002-09-01", "harder": "2001-10-07"}.items():
        before, after = (
            [
                table[condition].drop(columns=["run", "policy"]).reset_index(drop=True)
                for table in (own["minimal"], own[policy])
                for condition in [table["date"] < day if early else table["date"] >= day]
            ]
            for early in (True, False)
        )
        pd.testing.assert_frame_equal(*before, check_exact=True)
        assert not after[0].equals(after[1])


def test_means_and_totals_are_of_the_weeks_counted(compared) -> None:
    weeks = compared.results.series(["fighters", "civilians_harmed"], group="embers")
    counted = weeks[weeks["date"] >= "2001-10-07"]
    own = counted[counted["policy"] == "harder"].groupby("replication")
    place = compared.policies.index("harder")
    mean = compared.values["mean_strength"][:, place]
    np.testing.assert_allclose(mean, own["fighters"].mean())
    harmed = compared.values["civilians_harmed_by_group"][:, place]
    np.testing.assert_allclose(harmed, own["civilians_harmed"].sum())


def test_of_the_whole_run_they_are_the_metrics_of_the_same_meaning(compared) -> None:
    whole = Comparison.of(compared.results, start="2001-01-07")
    runs = compared.results.runs().pivot(index="replication", columns="policy")
    for name, metric in {
        "area_under_strength": "area_under_strength",
        "civilians_harmed_by_group": "civilians_harmed_by_group_total",
        "civilians_harmed_by_forces": "civilians_harmed_by_forces_total",
        "forces_effort": "forces_effort_total",
        "forces_losses": "forces_losses_total",
    }.items():
        kept = runs[metric][list(whole.policies)].to_numpy(float)
        np.testing.assert_allclose(whole.values[name], kept, rtol=1e-5)


def test_strength_is_told_at_the_ends_of_years_and_any_weekly_outcome_on_a_day(compared) -> None:
    dated = [name for name in compared.outcomes if "@" in name]
    assert dated == ["fighters@2001-12-31", "fighters@2002-12-31"]
    asked = ["fighters@2002-12-31", "districts_held@2003-03-02", "fighters_displaced@2002-03-03"]
    found = Comparison.of(compared.results, outcomes=asked)
    weeks = compared.results.series(group="embers")
    for name, last in zip(asked, ("2003-01-05", "2003-03-02", "2002-03-03"), strict=True):
        own = weeks[weeks["date"] == last].pivot(index="replication", columns="policy")
        kept = own[name.partition("@")[0]][list(found.policies)].to_numpy(float)
        np.testing.assert_allclose(found.values[name], kept)
    assert [each.better for each in found.outcomes.values()] == ["less", "less", None]
    later = Comparison.of(compared.results, outcomes=["fighters@2003-03-02"])
    np.testing.assert_allclose(
        later.values["fighters@2003-03-02"],
        Comparison.of(compared.results, outcomes=["fighters_at_end"]).values["fighters_at_end"],
    )
    for wrong, told in {
        "fighters@2013-01-01": "a day after 2001-01-07 and not after 2003-03-02",
        "fighters@soon": "as fighters@2003-03-02",
        "figthers@2002-12-31": "did you mean fighters",
    }.items():
        with pytest.raises(Faults, match=told):
            Comparison.of(compared.results, outcomes=[wrong])


def test_what_another_group_gains_is_counted_from_the_week_before_the_first(compared) -> None:
    assert [name for name in compared.outcomes if name.startswith("gained_by_")] == [
        "gained_by_league"
    ]
    weeks = compared.results.series(["fighters"], group="league")
    before, last = (
        weeks[weeks["date"] == day].pivot(index="replication", columns="policy", values="fighters")
        for day in ("2001-09-30", "2003-03-02")  # they part on 7 October
    )
    gained = (last - before)[list(compared.policies)].to_numpy(float)
    assert np.ptp(gained, axis=1).max() > 0
    np.testing.assert_allclose(compared.values["gained_by_league"], gained)


def test_what_each_force_does_adds_up_to_what_all_do(compared) -> None:
    forces = compared.results.manifest["comparison"]["forces"]
    sums = dict(zip(OF_A_FORCE, ("civilians_harmed_by_forces", "forces_effort"), strict=True))
    for stem, total in sums.items():
        each = sum(compared.values[f"{stem}_{force}"] for force in forces)
        np.testing.assert_allclose(each, compared.values[total], rtol=1e-5)


def test_a_finished_folder_is_read_in_another_way_without_a_run(compared, monkeypatch) -> None:
    import ebbtide.model

    monkeypatch.setattr(ebbtide.model, "Insurgency", None)  # it would fail
    scenario = Path(compared.results.folder).with_name("minimal.toml")
    again = compare(
        scenario, ["nothing", "longer", "same", "harder"], replications=REPLICATIONS, workers=1,
        start="2002-01-06", outcomes=["ended", "fighters_peak"], reference=None,
        out=compared.results.folder,
    )  # fmt: skip
    assert list(again.outcomes) == ["ended", "fighters_peak"]
    assert again.table()["best"].isna().sum() == 5  # of a peak neither way is said to be better
    other = Comparison.of(open_results(compared.results.folder), reference="nothing")
    assert other.policies[0] == "nothing"
    one, two = (
        c.differences().set_index(["outcome", "policy"]).loc["mean_strength"]
        for c in (compared, other)
    )
    assert one.loc["nothing", "difference"] == -two.loc["minimal", "difference"]


def test_a_name_that_a_folder_has_not_is_told(compared) -> None:
    with pytest.raises(Faults, match="did you mean nothing"):
        Comparison.of(compared.results, reference="nothin")
    with pytest.raises(Faults, match="a date from 2001-01-07 to 2003-03-02"):
        Comparison.of(compared.results, start="2013-01-01")


def test_civilians_who_flee_are_compared_and_fewer_is_better(compared) -> None:
    displaced = compared.outcomes["civilians_displaced"]
    assert (displaced.unit, displaced.better) == ("people", "less")
    assert "civilians_displaced" in side_effects(compared)
    weeks = compared.results.series()
    weeks = weeks[(weeks["group"] == "embers") & (weeks["date"] >= str(compared.start))]
    own = weeks[weeks["policy"] == "longer"]
    told = compared.told("civilians_displaced")[:, compared.policies.index("longer")]
    by_run = own.groupby("replication")["civilians_displaced"].sum()
    assert told == pytest.approx(by_run.to_numpy(), rel=1e-5)
    assert told.min() > 0


def test_a_folder_from_before_an_outcome_was_declared_is_read_without(compared, tmp_path) -> None:
    folder = shutil.copytree(compared.results.folder, tmp_path / "copy")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["study"]["series"]["outcomes"].remove("civilians_displaced")
    del manifest["metrics"]["civilians_displaced_total"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for part in ("runs", "series"):
        for file in (folder / part).glob("*.parquet"):
            kept = pd.read_parquet(file)
            kept.drop(columns=[c for c in kept if "civilians_displaced" in c]).to_parquet(file)
    before = Comparison.of(open_results(folder))
    assert list(before.outcomes) == [n for n in compared.outcomes if n != "civilians_displaced"]
    with pytest.raises(Faults, match="did you mean"):
        Comparison.of(open_results(folder), outcomes=["civilians_displaced@2001-12-31"])


def test_a_replication_that_failed_under_one_policy_is_left_out_under_all(compared, tmp_path):
    folder = shutil.copytree(compared.results.folder, tmp_path / "copy")
    for file in (folder / "runs").glob("*.parquet"):
        table = pd.read_parquet(file)
        failed = (table["replication"] == 3) & (table["policy"] == "harder")
        table.assign(status=table["status"].mask(failed, "failed")).to_parquet(file)
    found = Comparison.of(open_results(folder))
    assert found.lived.left_out == 1
    assert len(found.values["mean_strength"]) == REPLICATIONS - 1
    kept = np.delete(compared.values["mean_strength"], 3, axis=0)
    np.testing.assert_array_equal(found.values["mean_strength"], kept)


def test_a_folder_of_something_else_is_refused(tmp_path) -> None:
    from ebbtide.study.conduct import conduct
    from ebbtide.study.executor import executor
    from ebbtide.study.store import Store
    from study.worlds import MANIFEST, ToyRun, design

    with Store(tmp_path / "run", MANIFEST) as store:
        conduct(design(2), store, executor(ToyRun(), 1))
    with pytest.raises(Refused, match="not made by `ebbtide compare`"):
        Comparison.of(open_results(tmp_path / "run"))


def test_in_a_notebook_it_is_a_table_of_differences(compared) -> None:
    shown = compared._repr_html_()
    for expected in ("mean_strength", "harder", "paired differences", "2001-10-07"):
        assert expected in shown


def test_a_ranking_by_means_names_who_is_ahead_of_whom(compared) -> None:
    pairs = compared.pairs("mean_strength")
    assert len(pairs) == 10
    means = compared.table().set_index(["outcome", "policy"])["mean"]["mean_strength"]
    assert (means[pairs["ahead"]].to_numpy() <= means[pairs["behind"]].to_numpy()).all()
    same = pairs[pairs[["ahead", "behind"]].isin(["same", "minimal"]).all(axis=1)]
    assert (same[["apart", "reversed_in_runs", "reversed_in_means"]] == 0).all(axis=None)


def test_more_is_better_where_an_outcome_says_so(compared) -> None:
    lost = compared.losses("support_lost")
    np.testing.assert_array_equal(lost, -compared.told("support_lost"))
    with pytest.raises(Faults, match="one of which less or more is better"):
        compared.losses("fighters_displaced")
    with pytest.raises(Faults, match="did you mean ended"):
        compared.regret("endet")


def test_what_becomes_of_the_group_is_no_side_effect_and_all_else_is(compared) -> None:
    of_the_group = {"fighters", "districts_held", "support"}
    for name in effects(compared):
        assert {*compared.outcomes[name].of} <= of_the_group | {
            "fighters_at_end", "districts_held_at_end", "ended", "support_lost",
        }, name  # fmt: skip
    assert "other_groups_gain" in side_effects(compared)
    assert {*effects(compared)} | {*side_effects(compared, one_by_one=True)} == {*compared.outcomes}


@run_metric("weeks", better="less", side_effect=True)
def weeks_with_many(trajectory):
    """Weeks with more than 100 fighters."""
    return int((trajectory.fighters > 100).sum())


@run_metric("weeks")
def weeks_with_any(trajectory):
    """Weeks with a fighter."""
    return int((trajectory.fighters > 0).sum())


def test_policies_are_compared_by_a_metric_of_ones_own_that_says_which_way_is_better(tmp_path):
    own = [weeks_with_many, weeks_with_any]
    found = compare(
        write_world(tmp_path), "harder", replications=2, workers=1, extensions=own,
        out=tmp_path / "kept",
    )  # fmt: skip
    assert "weeks_with_many" in found.outcomes
    assert "weeks_with_any" not in found.outcomes
    assert side_effects(found, one_by_one=True)[-1] == "weeks_with_many"
    np.testing.assert_array_equal(found.losses("weeks_with_many"), found.told("weeks_with_many"))
    with pytest.raises(Faults, match='found "fewer"; allowed: less, more'):
        run_metric("weeks", better="fewer")


def test_who_keeps_limits_and_who_is_beaten(compared) -> None:
    with pytest.raises(Faults, match=r"limits: mean_strength: found .a.; allowed: a number"):
        compared.satisficing({"mean_strength": "a"})
    nothing = compared.satisficing({"mean_strength": -1.0})
    assert (nothing == 0).all()
    strength, support = compared.told("mean_strength"), compared.told("support_lost")
    kept = compared.satisficing({"mean_strength": 200.0, "support_lost": 0.02})
    expected = ((strength <= 200) & (support >= 0.02)).mean(axis=0)
    np.testing.assert_allclose(kept.to_numpy(), expected)
    alone = compared.tradeoff(["mean_strength"])
    assert (alone["pareto"] == (alone["mean_strength"] == alone["mean_strength"].min())).all()


def test_every_table_is_of_every_policy_and_says_its_unit(compared) -> None:
    tables = compared.tables()
    assert set(tables) == {
        "outcomes", "differences", "pairs", "regret", "tradeoff", "acceptability", "information",
        "variance_parts", "efforts", "break_even", "failures",
    }  # fmt: skip
    assert (tables["regret"][["expected", "largest"]] >= 0).all(axis=None)
    shares = tables["acceptability"].groupby("weight")
    np.testing.assert_allclose(shares["best"].sum(), 1)
    assert (shares["chosen"].sum() == 1).all()
    assert set(tables["information"]["quantity"]) <= set(compared.results.manifest["uncertainties"])


@pytest.mark.slow
def test_figures_are_drawn_of_it_in_both_styles(compared, tmp_path) -> None:
    from ebbtide.comparison.figures import FIGURES, draw_comparison

    drawn = draw_comparison(compared, tmp_path)
    assert {file.stem for file in drawn} >= {*FIGURES} - {"information"}  # drawn above the noise
    for file in drawn:
        assert getattr(compared, f"plot_{file.stem}")(style="grey") is not None
    with pytest.raises(Faults, match='style: found "gray"; allowed: colour, grey'):
        compared.plot_fans(style="gray")
    few = Comparison.of(compared.results, outcomes=["fighters_peak"])
    assert few.plot_acceptability() is few.plot_tradeoff() is few.plot_information() is None
    assert few.plot_differences() is not None
    assert set(few.tables()) == {"outcomes", "differences"}
