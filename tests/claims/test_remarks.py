"""What a check tells of sound tests of claims: other days than the figure's, nobody there, one world."""

import pytest

from ebbtide.claims.reading import read_tests
from ebbtide.claims.remarks import remarks
from ebbtide.scenario import Faults, Scenario, load

from .written import TESTS, case

RULE = (
    '\n[rule.{name}]\nclaim = "rise"\nwords = "so"\nmeasure = {measure}\nsign = "more"\n{world}\n'
)
ROW = 'where = { publisher = "The Gazette"'
USED = TESTS.replace("all = [2001-01-07, 2003-03-02]\n", "")
SOUND = USED.replace(ROW, f'{ROW}, date = "2003-02-28"', 1)  # of one day, not of both rows
BORN = "2001-06-03"  # the Embers
OFF = 'without = { "rules.founding.on" = false }'


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return load(case(tmp_path_factory.mktemp("case")))


def told(scenario: Scenario, text: str) -> list[str]:
    (scenario.path.parent / "tests.toml").write_text(text, encoding="utf-8")
    return list(remarks(read_tests(scenario)))


def test_a_sound_file_has_none(scenario: Scenario) -> None:
    assert told(scenario, SOUND) == []


def test_rows_of_other_days_that_are_added_up_are_told(scenario: Scenario) -> None:
    found = told(scenario, USED)
    assert found == ["figure.size: asks of 2003-03-02, and strength.csv speaks of 2002-06-30"]


@pytest.mark.parametrize(
    ("day", "is_told"),
    [("2003-03-02", False), ("2003-02-22", False), ("2002-12-29", True), ("2002-03-02", True)],
)
def test_a_figure_of_another_day_than_its_row_is_told(
    scenario: Scenario, day: str, is_told: bool
) -> None:
    text = SOUND.replace("date = 2003-03-02", f"date = {day}", 1).replace(
        "until = 2003-03-02\n", ""
    )
    found = [line for line in told(scenario, text) if line.startswith("figure.size: asks of")]
    assert bool(found) == is_told
    if is_told:
        assert found == [f"figure.size: asks of {day}, and strength.csv speaks of 2003-02-28"]


@pytest.mark.parametrize(
    ("measure", "asked"),
    [
        ('{ kind = "at", outcome = "fighters", date = 2001-02-04 }', "2001-02-04"),
        (
            '{ kind = "sum", outcome = "attacks_state", period = "early" }',
            "2001-01-07 to 2001-02-04",
        ),
        ('{ kind = "at", outcome = "fighters", group = "league", date = 2001-02-04 }', None),
        ('{ kind = "sum", outcome = "attacks_state", period = "all" }', None),
    ],
)
def test_a_test_of_a_group_before_its_founding_is_told(
    scenario: Scenario, measure: str, asked: str | None
) -> None:
    text = TESTS.replace("[periods]\n", "[periods]\nearly = [2001-01-07, 2001-02-04]\n", 1)
    lines = told(scenario, text + RULE.format(name="early", measure=measure, world=OFF))
    found = [line for line in lines if line.startswith("rule.early")]
    of_embers = f"asks of embers on {asked}, before the week of its founding, {BORN}, ends"
    assert found == ([] if asked is None else [f"rule.early: {of_embers}"])


def test_a_world_without_what_is_idle_is_refused(scenario: Scenario) -> None:
    off = 'without = { "rules.predation.on" = false }'
    text = SOUND + RULE.format(name="loot", measure='"strength"', world=off)
    with pytest.raises(Faults, match="what moves nothing: no group abducts or loots"):
        told(scenario, text)
    off = 'without = { "rules.predation.on" = false, "rules.founding.on" = false }'
    text = SOUND + RULE.format(name="loot", measure='"strength"', world=off)
    said = "rules.predation.on moves nothing: no group abducts or loots"
    assert f"rule.loot: `without`: {said}" in told(scenario, text)


SELF = '{ kind = "at", outcome = "fighters", date = 2003-03-02 }'


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("interval = [100, 99000]", None),
        ("interval = [0, 1e9]", "interval is 0 to 1e+09: hardly a run lies outside"),
        ("interval = [100, 300]\nfactor = 3", None),
        (
            "interval = [100, 300]\nfactor = 1e6",
            "factor is 1e+06: a median that far off is met too",
        ),
    ],
)
def test_a_figure_that_no_run_can_miss_is_told(
    scenario: Scenario, stated: str, said: str | None
) -> None:
    text = f'\n[figure.wide]\nclaim = "rise"\nwords = "so"\nmeasure = {SELF}\nnull = "silent"\n{stated}\n'
    assert told(scenario, SOUND + text) == ([f"figure.wide: {said}"] if said else [])


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        (f'{{ kind = "at_least", of = [{SELF}, 100] }}', None),
        (f'{{ kind = "at_least", of = [{SELF}, 0] }}', "always at least 0"),
        (f'{{ kind = "below", of = [{SELF}, 0] }}', "never below 0"),
        (f'{{ kind = "below", of = [{SELF}, {SELF}] }}', "the same in every run"),
    ],
)
def test_what_holds_in_every_run_is_told(scenario: Scenario, holds: str, said: str | None) -> None:
    text = f'\n[forecast.sure]\nclaim = "rise"\nwords = "so"\nholds = {holds}\n'
    found = [
        line for line in told(scenario, SOUND + text) if line.startswith("forecast.sure: holds")
    ]
    assert len(found) == (said is not None)
    assert all(str(said) in line for line in found)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ('outcome = "fighters"', None),
        ('outcome = "affiliates"', "asks of affiliates, and strength.csv counts fighters"),
    ],
)
def test_a_figure_of_another_thing_than_its_row_counts_is_told(
    scenario: Scenario, asked: str, said: str | None
) -> None:
    text = SOUND.replace('outcome = "fighters"', asked)
    found = [line for line in told(scenario, text) if "counts fighters" in line]
    assert found == ([f"figure.size: {said}"] if said else [])


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [
        ('kind = "sum", outcome = "forces_losses"', False),
        ('kind = "sum", outcome = "losses"', False),
        ('kind = "sum", outcome = "attacks_state"', True),
    ],
)
def test_the_dead_of_state_forces_are_held_against_what_counts_them(
    scenario: Scenario, asked: str, is_told: bool
) -> None:
    forces = ', forces = "garrison"' if '"losses"' in asked else ""
    row = (
        "first,last,low,high,counts,publisher\n2001-01-07,2003-03-02,5,9,state_killed,The Gazette\n"
    )
    (scenario.path.parent / "dead.csv").write_text(row, encoding="utf-8")
    text = (
        f'\n[figure.dead]\nclaim = "rise"\nwords = "so"\nmeasure = {{ {asked}{forces}, period = "all" }}\n'
        'evidence = { file = "dead.csv", where = { counts = "state_killed" } }\nnull = "silent"\n'
    )
    said = "figure.dead: asks of attacks_state, and dead.csv counts state_killed"
    sound = SOUND.replace("[periods]\n", "[periods]\nall = [2001-01-07, 2003-03-02]\n", 1)
    found = [line for line in told(scenario, sound + text) if "dead.csv counts" in line]
    assert found == ([said] if is_told else [])


def test_an_interval_the_wrong_way_round_is_refused(scenario: Scenario) -> None:
    text = f'\n[figure.wide]\nclaim = "rise"\nwords = "so"\nmeasure = {SELF}\nnull = "silent"\ninterval = '
    with pytest.raises(Faults, match="found 200 to 60; allowed: the lower end first"):
        told(scenario, f"{SOUND}{text}[200, 60]\n")


@pytest.mark.parametrize(
    ("table", "kind", "called"),
    [
        ("figure.size", "C", "figure"),
        ("sign.some", "Q", "sign"),
        ("forecast.ended", "F", "forecast"),
    ],
)
def test_a_claim_of_a_kind_that_no_test_is_of_is_told(
    scenario: Scenario, table: str, kind: str, called: str
) -> None:
    before, _, after = SOUND.partition(f"[{table}]")
    _, *rest = after.partition("\n[")
    lines = told(scenario, before + "".join(rest).removeprefix("\n"))
    assert f"claims.rise is of kind {kind} ({called}), and no such test holds it" in lines


def test_a_period_that_no_measure_is_of_is_told(scenario: Scenario) -> None:
    text = SOUND.replace("[periods]\n", "[periods]\nlater = [2002-01-07, 2002-02-04]\n", 1)
    assert told(scenario, text) == ["periods.later: no measure is of it"]
    used = '{ kind = "sum", outcome = "attacks_state", period = "later" }'
    assert told(scenario, text + RULE.format(name="later", measure=used, world=OFF)) == []


PAID = '{ kind = "at", outcome = "pay_share", date = 2003-03-02 }'


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        ('{ kind = "below", of = ["strength", 1e9] }', "what counts is always below 1e+09"),
        ('{ kind = "at_least", of = ["strength", 1e9] }', "what counts is never at least 1e+09"),
        ('{ kind = "below", of = ["strength", 5000] }', None),
        (f'{{ kind = "at_least", of = [{PAID}, 50] }}', "a share is never at least 50"),
        (f'{{ kind = "below", of = [{PAID}, 0.5] }}', None),
    ],
)
def test_a_bound_that_no_run_comes_near_is_told(
    scenario: Scenario, holds: str, said: str | None
) -> None:
    text = f'\n[sign.far]\nclaim = "rise"\nkind = "Q"\nwords = "so"\nholds = {holds}\n'
    text += 'note = "so"\nnull = "meets"\n'
    assert told(scenario, SOUND + text) == ([f"sign.far: holds: {said}"] if said else [])
