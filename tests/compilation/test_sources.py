"""A digest of the sources feels what they compute, and neither remarks nor layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from ebbtide.compilation import sources


@pytest.fixture
def package(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, which is what is asked about; of the own one the answers are kept."""
    sources.model_digest(), sources.runs_digest()
    monkeypatch.setattr(sources, "PACKAGE", copied)
    return copied


def digests() -> tuple[str, str]:
    """Of the model and of all that a run depends on, read anew."""
    return sources.model_digest.__wrapped__(), sources.runs_digest.__wrapped__()


def edit(package: Path, file: str, before: str, after: str) -> None:
    text = (package / file).read_text(encoding="utf-8")
    assert before in text
    (package / file).write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_copy_elsewhere_says_the_same(package: Path) -> None:
    assert digests() == (sources.model_digest(), sources.runs_digest())


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("rules/finance.py", '"""Money: ', '"""Of money: '),
        ("rules/finance.py", "def crime", "# a remark\n\n\ndef crime"),
        ("rules/finance.py", "taxes(people_held: float,", "taxes(\n    people_held: float,"),
        ("engine/week.py", '"""The week on one page', '"""The whole week on one page'),
        ("scenario/quantity.py", "from __future__", "# a remark\nfrom __future__"),
    ],
)
def test_remarks_and_layout_change_nothing(
    package: Path, file: str, before: str, after: str
) -> None:
    edit(package, file, before, after)
    assert digests() == (sources.model_digest(), sources.runs_digest())


@pytest.mark.parametrize(
    ("file", "before", "after", "felt_by_model", "felt_by_runs"),
    [
        ("rules/finance.py", "return people_held * tax", "return people_held + tax", True, True),
        ("rules/finance.py", "365.25", "365.0", True, True),
        ("engine/random_numbers.py", "FATE = 1", "FATE = 20", True, True),
        ("scenario/quantity.py", "import math", "import cmath as math", False, True),
        ("study/design.py", 'f"seed/', 'f"seeds/', False, True),
        ("explain/rules.py", "import", "import os\nimport", False, False),
    ],
)
def test_what_is_computed_is_felt(
    package: Path, file: str, before: str, after: str, felt_by_model: bool, felt_by_runs: bool
) -> None:
    edit(package, file, before, after)
    model, runs = digests()
    assert (model != sources.model_digest()) == felt_by_model
    assert (runs != sources.runs_digest()) == felt_by_runs


def test_a_constant_is_not_its_text() -> None:
    spelled = {sources.spelled(sources.ast.parse(f"x = {value}")) for value in ("1", "1.0", "'1'")}
    assert len(spelled) == 3
