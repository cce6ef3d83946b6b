"""A digest of the sources feels what they compute, and neither remarks nor layout."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from ebbtide.calibration.calibrate import SEEN_BY
from ebbtide.calibration.freshness import writing_digest
from ebbtide.comparison.equal_effort import PRICED_BY
from ebbtide.compilation import sources
from ebbtide.scenario.content import NotFelt
from ebbtide.scenario.schema.file import ScenarioFile


@pytest.fixture(scope="module")
def copied_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, in which every test puts back what it edits."""
    ignored = shutil.ignore_patterns("__pycache__")
    folder = tmp_path_factory.mktemp("copied") / "ebbtide"
    return shutil.copytree(sources.PACKAGE, folder, ignore=ignored)


@pytest.fixture
def package(copied_once: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the package, which is what is asked about; of the own one the answers are kept."""
    before_edits()
    sources.runs_digest()
    monkeypatch.setattr(sources, "PACKAGE", copied_once)
    EDITED.clear()
    yield copied_once
    for file, text in EDITED.items():
        if text is None:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8")


EDITED: dict[Path, str | None] = {}  # what files said before the test, None where there were none


def digest() -> str:
    """Of all that a run depends on, read anew."""
    return sources.runs_digest.__wrapped__()


def edit(package: Path, file: str, before: str, after: str) -> None:
    text = (package / file).read_text(encoding="utf-8")
    assert before in text
    write(package / file, text.replace(before, after, 1))


def write(file: Path, text: str) -> None:
    EDITED.setdefault(file, file.read_text(encoding="utf-8") if file.exists() else None)
    file.write_text(text, encoding="utf-8")


def test_a_copy_elsewhere_remarks_layout_and_what_no_run_calls_change_nothing(
    package: Path,
) -> None:
    for file, before, after in (
        ("rules/finance.py", '"""Money: ', '"""Of money: '),
        ("rules/finance.py", "def crime", "# a remark\n\n\ndef crime"),
        ("rules/finance.py", "taxes(people_held: float,", "taxes(\n    people_held: float,"),
        ("engine/week.py", '"""The week on one page', '"""The whole week on one page'),
        ("scenario/quantity.py", "from __future__", "# a remark\nfrom __future__"),
        ("explain/rules.py", "import", "import os\nimport"),
    ):
        edit(package, file, before, after)
    assert digest() == sources.runs_digest()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("rules/finance.py", "return people_held * tax", "return people_held + tax"),
        ("rules/finance.py", "365.25", "365.0"),
        ("engine/random_numbers.py", "FATE = 1", "FATE = 20"),
        ("scenario/quantity.py", "import math", "import cmath as math"),
        ("study/design.py", 'f"seed/', 'f"seeds/'),
    ],
)
def test_what_is_computed_is_felt(package: Path, file: str, before: str, after: str) -> None:
    edit(package, file, before, after)
    assert digest() != sources.runs_digest()


def test_a_constant_is_not_its_text() -> None:
    spelled = {sources.spelled(sources.ast.parse(f"x = {value}")) for value in ("1", "1.0", "'1'")}
    assert len(spelled) == 3


LIVES, CLAIMS, ATTRIBUTION, DRAWING = "lives", "claims", "attribute", "drawing"
SEEING, WRITING = "seeing", "writing"
BY_EVIDENCE = {CLAIMS, ATTRIBUTION, DRAWING, SEEING, WRITING}
CAME_OVER = ('float(found["men"].sum())', '2 * float(found["men"].sum())')

TRIED = "TRIED = 1\nfrom __future__"


def anew(of: str) -> str:
    """One of the digests of what is kept, read anew."""
    if of == LIVES:
        return sources.lives_digest.__wrapped__()
    if of == DRAWING:
        return sources.drawing_digest.__wrapped__()
    if of == SEEING:
        return sources.digest_beyond(*SEEN_BY)
    if of == WRITING:
        return writing_digest("posterior_page")
    return sources.judging_digest.__wrapped__(of)


@functools.cache
def before_edits() -> dict[str, str]:
    """All of them, of the package as it is: a copy elsewhere has the same."""
    return {of: anew(of) for of in (LIVES, CLAIMS, ATTRIBUTION, DRAWING, SEEING, WRITING)}


@pytest.mark.parametrize(
    ("file", "before", "after", "felt"),
    [
        # which places an act or a force reaches
        ("scenario/names.py", "code in named or place.country in named", "code in named", {LIVES}),
        ("scenario/scenario.py", "timedelta(weeks=week)", "timedelta(weeks=week + 1)", {LIVES}),
        ("scenario/library.py", "from __future__", TRIED, {LIVES}),
        ("extensions/answers.py", "from __future__", TRIED, {LIVES}),
        # a number that is drawn, on its way into the world
        (
            "scenario/overriding.py",
            "return _as_kind(value, kind)",
            "return _as_kind(value, int)",
            {LIVES},
        ),
        ("scenario/quantity.py", "from __future__", TRIED, {LIVES}),
        # the measures of claims, and what pages and figures print of them
        ("evidence/lived.py", *CAME_OVER, {CLAIMS, ATTRIBUTION, SEEING, WRITING}),
        (
            "study/spread.py",
            "CENTRAL = ",
            "MIDDLE = CENTRAL = ",
            {CLAIMS, ATTRIBUTION, DRAWING, WRITING},
        ),
        ("study/precision.py", "import math", "import cmath as math", {CLAIMS, ATTRIBUTION}),
        ("claims/shapley.py", "from __future__", TRIED, {ATTRIBUTION}),
        ("show/strength.py", "from __future__", TRIED, {DRAWING}),
        # what a row of evidence means: its days, its words, its places
        (
            "scenario/evidence_rows.py",
            'row.get("date_precision"), 0)',
            'row.get("date_precision"), 1)',
            BY_EVIDENCE,
        ),
        (
            "scenario/evidence_rows.py",
            "for word in MEASURED if",
            "for word in [*MEASURED][::-1] if",
            BY_EVIDENCE,
        ),
        ("scenario/evidence_rows.py", "== [ALL]", "!= []", BY_EVIDENCE),
        ("scenario/schema/evidence.py", "from __future__", TRIED, BY_EVIDENCE),
        (
            "scenario/published.py",
            "return self.since, self.scenario.cut",
            "return self.since, None",
            BY_EVIDENCE,
        ),
        ("scenario/schema/structures.py", "from __future__", TRIED, BY_EVIDENCE),
        ("scenario/published_notes.py", "from __future__", TRIED, set()),
        # what is only read or said, and what asks
        ("scenario/policy_notes.py", "from __future__", TRIED, set()),
        ("scenario/faults.py", "from __future__", TRIED, set()),
        ("cli/claims.py", "Draws = 100", "Draws = 90", set()),
        ("evidence/likelihood.py", "from __future__", TRIED, {WRITING}),
        ("study/store.py", "from __future__", TRIED, set()),
    ],
)
def test_a_digest_is_of_what_its_number_rests_on(
    package: Path, file: str, before: str, after: str, felt: set[str]
) -> None:
    """And of nothing else: neither of what is said on the way, nor of what asks for the number."""
    edit(package, file, before, after)
    assert {of for of, digest in before_edits().items() if anew(of) != digest} == felt


def test_factors_of_equal_effort_rest_on_how_acts_are_priced() -> None:
    """Kept ones would outlive another way to price what is done."""
    reached = sources._imports().closure(PRICED_BY)
    assert {"comparison/priced_acts.py", "comparison/scalable.py"} <= reached
    assert not any(name.startswith("comparison/report/") for name in reached)


def test_what_the_simulator_comes_to_import_counts_without_being_listed(package: Path) -> None:
    edit(package, "engine/week.py", "from __future__ import annotations\n",
         "from __future__ import annotations\nfrom ebbtide.scenario.come_new import X\n")  # fmt: skip
    new = package / "scenario" / "come_new.py"
    found = []
    for text in ("X = 1\n", "X = 2\n", "X = 2  # a remark\n"):
        write(new, text)
        found.append(anew(LIVES))
    assert found[0] != found[1] == found[2]
    write(package / "rules" / "of_a_new_mechanism.py", "X = 1\n")
    assert anew(LIVES) != found[2]


def test_what_is_told_to_be_only_read_or_said_would_count_if_it_were_not_told() -> None:
    """An excuse that excuses nothing goes: each is of a file that a kept number's makers import."""
    reached = sources._imports().closure(
        {*sources.LIVED_BY, "cli/claims.py", "calibration/calibrate.py", "show/__init__.py"}
    )
    idle = [each for each in sources.ASIDE if not any(fnmatchcase(f, each) for f in reached)]
    assert idle == []


def test_of_what_no_run_feels_the_form_is_felt_by_none() -> None:
    """A field of a scenario's file that rests on one of those modules declares that it is not felt."""
    for name in sources.FORMS_NOT_FELT:
        module = f"ebbtide.{name.removesuffix('.py').replace('/', '.')}."
        of_it = [f for f in ScenarioFile.model_fields.values() if module in repr(f.annotation)]
        assert of_it, name
        assert all(NotFelt() in field.metadata for field in of_it), name


def test_no_rule_phase_or_column_is_told_to_be_only_said() -> None:
    lived = sources.lives_files()
    for part in ("rules", "engine", "world"):
        of_part = {f for f in sources._imports().files if f.startswith(f"{part}/")}
        assert {f for f in of_part - lived if not f.endswith("__init__.py")} == set()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of the test's own, and a process that has read no source yet."""
    monkeypatch.setenv("EBBTIDE_CACHE_DIR", str(tmp_path / "cache"))
    sources._known.cache_clear()
    yield tmp_path / "cache" / "compiled"
    sources._known.cache_clear()


def a_new_process() -> None:
    sources._known.cache_clear()


def test_what_has_been_read_once_is_not_parsed_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = digest()
    a_new_process()

    def parse(_: bytes) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(sources.ast, "parse", parse)
    assert digest() == told == sources.runs_digest()


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"{}", bytes(32) + b'{"a": "b"}'])
def test_a_damaged_file_of_digests_is_made_anew(cache: Path, content: bytes) -> None:
    told = digest()
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(content)
    a_new_process()
    assert digest() == told
    assert file.read_bytes() == whole
