"""Reading a study file: what it says, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ebbtide.scenario import Faults, load
from ebbtide.study.conduct import conduct
from ebbtide.study.executor import InProcess
from ebbtide.study.results import Results
from ebbtide.study.store import Store
from ebbtide.study.study import Study

from .studies import STUDY, written
from .worlds import MANIFEST, ToyRun
from .worlds import design as toy_design

EXPERIMENTS = Path(__file__).resolve().parents[2] / "experiments"
PAY, START = "groups.embers.pay", "policy.acts.strikes.start"


def test_a_study_is_replications_of_points_under_policies(tmp_path):
    study = Study.read(written(tmp_path))
    design = study.design()
    assert len(design) == 8
    first = [tuple(run.values.values()) for run in design[:4]]
    assert first == [
        (pay, day) for pay in (100, 400) for day in (dt.date(2001, 7, 1), dt.date(2001, 10, 7))
    ]
    assert [run.replication for run in design] == [0] * 4 + [1] * 4
    assert len({run.seed for run in design}) == 2
    assert list(study.design(3))[:8] == list(design)


def test_what_is_not_varied_stands_at_medians_or_is_drawn_alike_at_every_point(tmp_path):
    medians = Study.read(written(tmp_path)).design()
    assert all(set(run.values) == {PAY, START} for run in medians)
    drawn = Study.read(
        written(tmp_path, old="replications = 2", new='replications = 2\nothers = "priors"')
    ).design()
    men = "groups.league.fighters"
    assert len({run.values[men] for run in drawn[:4]}) == 1
    assert drawn[0].values[men] != drawn[4].values[men]
    assert {run.values[PAY] for run in drawn} == {100, 400}


def test_a_varied_act_reaches_the_run(tmp_path):
    study = Study.read(written(tmp_path))
    simulator, design = study.simulator(), study.design()
    model = simulator.live(design[0])
    assert model.policy.file.acts["strikes"].start == dt.date(2001, 7, 1)
    assert model.policy.id == "minimal"
    assert model.scenario.quantities[PAY].median == 100
    assert simulator(design[0]).metrics != simulator(design[1]).metrics


def test_a_varied_weight_by_place_reaches_the_run(tmp_path):
    """Here half of the league's men stand in the one place, there nine tenths."""
    weight = "groups.league.places.highland"
    changed = written(tmp_path, old='"groups.embers.pay"', new=f'"{weight}"')
    changed.write_text(changed.read_text().replace("low = 100", "low = 1").replace("= 400", "= 9"))
    study = Study.read(changed)
    simulator, design = study.simulator(), study.design()
    assert [run.values[weight] for run in (design[0], design[2])] == [1, 9]
    shares = []
    for run in (design[0], design[2]):
        at_start = simulator.live(run).places([0]).query("group == 'league'")
        men = at_start.set_index("place").fighters
        shares.append(men["highland"] / men.sum())
    assert shares == pytest.approx([0.5, 0.9], abs=0.01)


def test_series_are_kept_as_asked(tmp_path):
    study = Study.read(written(tmp_path))
    tables = study.simulator()(study.design()[0])
    assert list(tables.series.columns) == ["date", "group", "fighters"]
    assert set(tables.series["group"]) == {"embers"}
    weeks = (tables.series["date"].diff().dropna().dt.days // 7).to_list()
    assert set(weeks[:-1]) == {4}
    assert str(tables.series["date"].max().date()) == "2001-12-30"
    assert tables.places is None
    alone = Study.read(written(tmp_path, text=STUDY.split("[series]")[0]))
    assert alone.simulator()(alone.design()[0]).series is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("replications = 2", "replications = 0", "replications: found 0"),
        ("replications = 2", "replications = 6000", "24,000 runs; allowed: at most 20,000"),
        ("points = 2", "points = 3000000", "6,000,000 points; allowed: at most 1,000,000"),
        (
            'outcomes = ["fighters"]',
            'outcomes = ["fighters", "fighters"]',
            'series.outcomes: found "fighters" 2 times; allowed: each once',
        ),
        (
            'groups = ["embers"]',
            'groups = ["embers", "embers"]',
            'series.groups: found "embers" 2 times; allowed: each once',
        ),
        ('policies = ["minimal"]', "policies = []", "policies"),
        (
            'policies = ["minimal"]',
            'policies = ["minimum"]',
            "study.toml: policies: found no policy",
        ),
        ('policies = ["minimal"]', 'policies = ["nothing"]', "acts.strikes.start"),
        ('policies = ["minimal"]', 'policies = ["minimal", "minimal"]', "twice"),
        (
            'policies = ["minimal"]',
            'policies = ["minimal", "nothing"]',
            'no acts.strikes.start in "nothing"; allowed: a path that each of `policies` has: leave '
            'out "nothing", or state [acts.strikes] with start there too',
        ),
        (
            '[vary."policy.acts.strikes.start"]',
            '[vary."policy.minimal.acts.strikes.start"]',
            "the policy minimal in a path; allowed: policy.acts.strikes.start",
        ),
        ("groups.embers.pay", "groups.embers.paye", "did you mean groups.embers.pay?"),
        ('"groups.embers.pay"', "groups.embers.pay", 'in quotes: [vary."groups.embers.pay"]'),
        ("strikes.start", "strike.start", "did you mean acts.strikes.start?"),
        ("low = 100", "low = -5", "allowed: 0 to 100000 (USD/month)"),
        ("low = 100", "low = 500", "low below high"),
        ("low = 100", 'low = "a"', "two numbers, or two dates"),
        ("low = 100", "low = 100\nprior = true", "one of: low and high, values, prior = true"),
        ("low = 100", 'low = 0\nscale = "log"', "low above 0"),
        ("[2001-07-01, 2001-10-07]", "[]", "at least one value"),
        ("[2001-07-01, 2001-10-07]", "[2001-07-01, 2001-07-01]", "2001-07-01 2 times in values"),
        ("[2001-07-01, 2001-10-07]", "[1999-07-01]", "a date from 2001-01-07"),
        ('groups = ["embers"]', 'groups = ["ember"]', "did you mean embers?"),
        ('["fighters"]', '["fighter"]', "did you mean fighters?"),
        ("until = 2001-12-30", "until = 2011-12-30", "not after 2003-03-02"),
        ("points = 2", 'points = 3\nkind = "sobol"', "a power of two"),
        ("points = 2", 'points = 3\nkind = "sobel"', "did you mean sobol?"),
        ("title", "tilte", "did you mean title?"),
        ('scenario = "minimal"', 'scenario = "/etc/minimal.toml"', "absolute path"),
        ('scenario = "minimal"', 'scenario = "minimum"', "study.toml: scenario: found no scenario"),
    ],
)
def test_a_faulty_study_is_refused_in_words(tmp_path, old, new, said):
    with pytest.raises(Faults) as found:
        Study.read(written(tmp_path, old=old, new=new))
    assert said in str(found.value)


DEATH = """
title = "A death"
[acts.death]
kind = "leader_killed"
against = ["league"]
post = 1
start = 2001-07-01
strength = 1
"""
STRIKES = """
[acts.strikes]
kind = "strikes"
force = "garrison"
against = ["league"]
start = 2001-07-01
strength = 0.5
"""  # states no aim


def test_what_happens_or_does_not_has_values_and_no_range(tmp_path):
    (tmp_path / "death.toml").write_text(DEATH)
    ranged, path = "[2001-07-01, 2001-10-07]", "policy.acts.death.strength"
    text = STUDY.replace('["minimal"]', '["death.toml"]').replace(START, path)
    study = Study.read(written(tmp_path, text=text.replace(ranged, "[0, 1]")))
    deaths = [study.simulator().live(run).policy.file.acts["death"] for run in study.design()[:2]]
    assert [death.strength.median for death in deaths] == [0, 1]
    for limits in ("low = 0\nhigh = 1", "low = 0.25\nhigh = 0.5"):
        with pytest.raises(Faults) as found:
            Study.read(written(tmp_path, text=text.replace(f"values = {ranged}", limits)))
        (fault,) = found.value.faults
        assert fault.key == 'vary."policy.acts.death.strength"'
        assert fault.found == "a range, of the strength of leader_killed in death"
        assert str(fault.allowed).startswith("values = [0, 1]")


@pytest.mark.parametrize(("key", "kind"), [("post", int), ("strength", float), ("leaders", float)])
def test_a_whole_number_of_an_act_is_of_the_type_of_its_key(tmp_path, key, kind):
    (tmp_path / "two.toml").write_text(DEATH + STRIKES)
    act = "death" if key == "post" else "strikes"
    path = f"policy.acts.{act}.{key}"
    text = STUDY.replace('["minimal"]', '["two.toml"]').replace(START, path)
    study = Study.read(written(tmp_path, text=text.replace("[2001-07-01, 2001-10-07]", "[1]")))
    assert {type(run.values[path]) for run in study.design()} == {kind}


def test_a_fault_of_shape_hides_none_of_content(tmp_path):
    path = written(tmp_path)
    faulty = {
        "replications = 2": 'replications = "two"',
        "points = 2": 'points = 3\nkind = "soboll"',
        "low = 100": "lwo = 100",
        '[vary."policy': '[vary."groups.ember.pay"]\nprior = true\n[vary."policy',
        '["fighters"]': '["fighter"]',
    }
    text = path.read_text()
    for old, new in faulty.items():
        text = text.replace(old, new)
    with pytest.raises(Faults) as found:
        Study.read(written(tmp_path, text))
    said = [(fault.key, fault.nearest) for fault in found.value.faults]
    assert said == [
        ("replications", None),
        ("design.kind", "sobol"),
        ("vary.groups.embers.pay.lwo", "low"),
        ('vary."groups.ember.pay"', "groups.embers.pay"),
        ("series.outcomes", "fighters"),
    ]
    assert "in quotes" not in str(found.value)


def test_a_scenario_that_is_not_there_hides_no_fault_of_the_study(tmp_path):
    text = written(tmp_path, old='"minimal"\n', new='"minimum"\n').read_text()
    with pytest.raises(Faults) as found:
        Study.read(written(tmp_path, text, old="replications = 2", new='replications = "two"'))
    assert [fault.key for fault in found.value.faults] == ["replications", "scenario"]


def test_a_misspelt_key_of_policies_is_one_fault(tmp_path):
    text = written(tmp_path, old="acts.strikes.start", new="acts.raids.start").read_text()
    with pytest.raises(Faults) as found:
        Study.read(written(tmp_path, text, old='policies = ["minimal"]', new='polices = ["raids"]'))
    assert [(fault.key, fault.nearest) for fault in found.value.faults] == [("polices", "policies")]


@pytest.mark.parametrize("study", sorted(EXPERIMENTS.glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_studies_are_sound(study):
    read = Study.read(study)
    assert 100 <= len(read.design()) <= 1000
    assert len(read.file.vary) == 2
    assert read.file.series is not None


def test_many_runs_are_allowed_when_asked(tmp_path):
    path = written(tmp_path, old="replications = 2", new="replications = 6000")
    assert len(Study.read(path, most_runs=None).design()) == 24_000


def test_a_policy_takes_values_by_path_and_refuses_what_does_not_fit():
    policy = load("minimal").policy
    moved = policy.with_overrides({"acts.strikes.start": dt.date(2002, 1, 6)})
    assert moved.file.acts["strikes"].start == dt.date(2002, 1, 6)
    assert policy.file.acts["strikes"].start == dt.date(2001, 10, 7)
    assert moved.id == policy.id
    assert moved.digest != policy.digest
    assert moved.with_overrides({"acts.strikes.start": dt.date(2001, 10, 7)}) == policy
    for path, value, said in (
        ("acts.strikes.strength", 2.0, "0 to 1"),
        ("acts.offensive.start", dt.date(2002, 10, 6), "a date after start"),
        ("acts.strike.start", dt.date(2002, 1, 6), "did you mean acts.strikes.start?"),
        ("acts.strikes.start", 3, "a date such as"),
    ):
        with pytest.raises(Faults, match=said):
            policy.with_overrides({path: value})


def test_results_as_xarray(tmp_path):
    pytest.importorskip("xarray")
    with Store(tmp_path, MANIFEST) as store:
        conduct(toy_design(4), store, InProcess(ToyRun(raises=frozenset({2}))))
    results = Results.open(tmp_path)
    found = results.to_xarray()
    assert found["fighters"].dims == ("run", "date", "group")
    series = results.series(group="reds")
    assert list(found["fighters"].sel(run=1, group="reds")) == list(
        series.loc[series["run"] == 1, "fighters"]
    )
    assert bool(found["fighters"].sel(run=2).isnull().all())
