"""A file of claim tests is read strictly, and held against its scenario."""

from dataclasses import replace
from pathlib import Path

import pytest

from ebbtide.claims.reading import read_tests
from ebbtide.scenario import Faults, Scenario, load
from ebbtide.scenario.content import replaced, walk

from .written import TESTS, case


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """A case, beside whose file tests of claims are written."""
    return load(case(tmp_path_factory.mktemp("case")))


def faults_of(scenario: Scenario, old: str, new: str) -> Faults:
    assert old in TESTS
    (scenario.path.parent / "tests.toml").write_text(TESTS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Faults) as caught:
        read_tests(scenario)
    return caught.value


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    tests = read_tests(load(case(tmp_path)))
    assert [name for _, name, _ in tests.file.rows()] == [
        "rise-founding", "size", "some", "rivals", "ended",
    ]  # fmt: skip
    assert str(tests.figures["size"]) == "190-510"
    assert tests.figures["size"].source == "The Gazette, strength.csv"


@pytest.mark.parametrize(
    ("old", "new", "key", "told"),
    [
        ('outcome = "fighters"', 'outcome = "figthers"', "measure.strength.outcome",
         "did you mean fighters?"),
        ('outcome = "fighters"', 'outcome = "held"\ngroup = "embesr"', "measure.strength.group",
         "did you mean embers?"),
        ('outcome = "fighters"', 'outcome = "held"\nplaces = "higland"', "measure.strength.places",
         "did you mean highland?"),
        ('outcome = "fighters"', 'outcome = "effort"\nforces = "garison"',
         "measure.strength.forces", "did you mean garrison?"),
        ('outcome = "fighters"', 'outcome = "held"', "measure.strength.outcome", "by group"),
        ("date = 2003-03-02", "date = 2004-03-02", "measure.strength.date", "to 2003-03-02"),
        ('kind = "at"', 'kind = "att"', "measure.strength.kind", "at"),
        ('kind = "at"\noutcome = "fighters"\ndate = 2003-03-02',
         'kind = "sum"\noutcome = "fighters"\nperiod = "al"', "measure.strength.period",
         "did you mean all?"),
        ("all = [2001-01-07", "all = [2000-01-07", "periods.all", "from 2001-01-07"),
        ('claim = "rise"', 'claim = "rize"', "rule.rise-founding.claim", "did you mean rise?"),
        ('measure = "strength"', 'measure = "strenght"', "rule.rise-founding.measure",
         "did you mean strength?"),
        ('"rules.founding.on" = false', '"rules.fouding.on" = false', "rule.rise-founding.without",
         "did you mean rules.founding.on?"),
        ('"rules.founding.on" = false', '"rules.founding.on" = true', "rule.rise-founding.without",
         "what holds already, by "),
        ('without = { "rules.founding.on" = false }', 'policy = "minimal"',
         "rule.rise-founding.policy", "the scenario's own policy"),
        ('"rules.rivalry.on" = false }\n[rule', '"rules.rivalry.on" = true }\n[rule',
         "attribution.cause.rivals.without", "what holds already, by "),
        ('without = { "rules.founding.on" = false }', "", "rule.rise-founding", "`policy`"),
        ('without = { "rules.founding.on" = false }', 'policy = "nothin"',
         "rule.rise-founding.policy", "did you mean nothing?"),
        ('sign = "more"', 'sign = "more"\nuntil = 2002-06-30', "rule.rise-founding.measure",
         "up to 2002-06-30"),
        ('outcome = "fighters"', 'outcome = "fighters"\nplaces = "highland"', "figure.size.measure",
         "the places that the evidence is of: all"),
        ("({strength})", "({strengt})", "figure.size.words", "did you mean strength?"),
        ('publisher = "The Gazette" } }', 'publisher = "The Gazete" } }',
         "figure.size.evidence.where", "no row"),
        ('publisher = "The Gazette" } }', 'publiser = "The Gazette" } }',
         "figure.size.evidence.where", "did you mean publisher?"),
        ('file = "strength.csv"', 'file = "strenght.csv"', "figure.size.evidence.file",
         "did you mean strength.csv?"),
        ('null = "fitted"', "", "figure.size", "`in_proportion_to`"),
        ('null = "fitted"', 'in_proportion_to = "siz"', "figure.size.in_proportion_to",
         "did you mean size?"),
        ('null = "fitted"', 'null = "fitted"\nheld_back = true',
         "figure.size.held_back", "of the file of evidence"),
        ('evidence = { file = "strength.csv", where = { publisher = "The Gazette" } }',
         'interval = [1, 2]\nheld_back = true\nlooked_at = "a range"',
         "figure.size.looked_at", "held back"),
        ('of = [0.5, "strength"]', 'of = [0.5, "strenght"]', "breakdown.left.part.1.measure",
         "did you mean strength?"),
        ('publisher = "The Gazette"', 'publisher = "The Gazett"', "null_model.publisher",
         "did you mean The Gazette?"),
        ('sign = "less"', "", "sign.rivals", "`sign`"),
        ("{difference}", "{strength}", "sign.rivals.note", "difference"),
        ('acts = "offensive"', 'acts = "offensiv"', "attribution.cause.police.acts",
         "did you mean offensive?"),
        ('acts = "offensive"', "", "attribution.cause.police", "`acts` or `without`"),
        ('claims = "fall"', 'claims = "fal"', "attribution.cause.police.claims",
         "did you mean fall?"),
        ('"rules.rivalry.on"', '"rules.rivalri.on"', "attribution.cause.rivals.without",
         "did you mean rules.rivalry.on?"),
        ('without = { "rules.rivalry.on" = false }', 'acts = "offensive"',
         "attribution.cause.rivals", "no other cause"),
        ("since = 2002-01-06", "since = 2003-03-02", "attribution.since", "before 2003-03-02"),
        ("since = 2002-01-06", "since = 2002-10-06", "attribution.cause.police.acts",
         "after `since`"),
        ("until = 2003-03-02", "until = 2002-06-30", "attribution.measure", "up to 2002-06-30"),
        ('[attribution.cause.rivals]\nwords = "rivals"\nwithout = { "rules.rivalry.on" = false }', "",
         "attribution.cause", "2 to 10 causes"),
        ('note = "{strength} of', 'note = "{strengt} of', "sign.some.note", "mean strength?"),
        ('outcome = "fighters"', 'outcome = ["fighters", "morale"]\ngroup = ["embers", "league"]',
         "measure.strength.outcome", '"morale" (share) of embers, league'),
        ('outcome = "fighters"', 'outcome = "support"\nplaces = "XA"', "measure.strength.outcome",
         '"support" (share) of '),
        ('outcome = "fighters"', 'outcome = "fighters"\nper = "cohesion"\ngroup = ["embers", "league"]',
         "measure.strength.per", '"cohesion" (share) of embers, league'),
        ('kind = "at"\noutcome = "fighters"\ndate = 2003-03-02',
         'kind = "add"\nof = ["strength", 1]', "measure.strength", "itself"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_key_and_the_nearest_name(
    scenario: Scenario, old: str, new: str, key: str, told: str
) -> None:
    faults = faults_of(scenario, old, new)
    (fault,) = [each for each in faults.faults if (each.key or "").startswith(key)]
    assert fault.file.endswith("tests.toml")
    assert told in str(fault)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    spoilt = TESTS.replace('"fighters"', '"figthers"').replace('claim = "fall"', 'claim = "fal"')
    with pytest.raises(Faults) as caught:
        read_tests(load(case(tmp_path, spoilt)))
    assert [fault.key for fault in caught.value.faults] == [
        "measure.strength.outcome", "sign.rivals.claim",
    ]  # fmt: skip


def test_the_digest_hears_the_order_of_every_table(tmp_path: Path) -> None:
    tests = read_tests(load(case(tmp_path)))
    tables = {keys: table for keys, table in walk(tests.file) if isinstance(table, dict)}
    several = {keys: table for keys, table in tables.items() if len(table) > 1}
    assert {("sign",), ("attribution", "cause")} <= several.keys()
    for keys, table in several.items():
        turned = replaced(tests.file, keys, dict(reversed(table.items())))
        assert replace(tests, file=turned).digest != tests.digest, keys


def test_the_digest_hears_no_layout(tmp_path: Path) -> None:
    words = 'words = "without the founding there is none"\n'
    assert f'claim = "rise"\n{words}' in TESTS
    moved = TESTS.replace(f'claim = "rise"\n{words}', f'{words}# a remark\nclaim = "rise"\n')
    found = []
    for text in (TESTS, moved):
        folder = tmp_path / str(len(found))
        folder.mkdir()
        found.append(read_tests(load(case(folder, text))).digest)
    assert found[0] == found[1]


def test_a_scenario_without_tests_says_what_it_lacks() -> None:
    with pytest.raises(Faults, match=r"evidence\.claim_tests is missing"):
        read_tests(load("minimal"))


def test_blanks_around_names_and_cells_of_a_table_count_for_nothing(tmp_path: Path) -> None:
    path = case(tmp_path)
    table = tmp_path / "strength.csv"
    before = read_tests(load(path)).figures
    table.write_text(table.read_text(encoding="utf-8").replace(",", " , "), encoding="utf-8")
    assert read_tests(load(path)).figures == before


def test_rows_of_several_areas_and_a_table_without_rows_are_told_as_such(tmp_path: Path) -> None:
    path = case(tmp_path)
    table = tmp_path / "strength.csv"
    header, *rows = table.read_text(encoding="utf-8").splitlines()
    area = header.split(",").index("area")
    cells = rows[0].split(",")
    cells[area] = "highland"
    table.write_text("\n".join([header, *rows, ",".join(cells), ""]), encoding="utf-8")
    with pytest.raises(Faults, match=r"where: found rows of several areas: .*say `area` too"):
        read_tests(load(path))
    table.write_text(f"{header}\n", encoding="utf-8")
    with pytest.raises(Faults, match=r"no row: strength\.csv has none below its header"):
        read_tests(load(path))
