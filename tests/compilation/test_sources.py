"""A digest of the sources feels what they compute, and neither remarks nor layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from ebbtide.compilation import sources


@pytest.fixture
def package(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, which is what is asked about; of the own one the answers are kept."""
    sources.runs_digest()
    monkeypatch.setattr(sources, "PACKAGE", copied)
    return copied


def digest() -> str:
    """Of all that a run depends on, read anew."""
    return sources.runs_digest.__wrapped__()


def edit(package: Path, file: str, before: str, after: str) -> None:
    text = (package / file).read_text(encoding="utf-8")
    assert before in text
    (package / file).write_text(text.replace(before, after, 1), encoding="utf-8")


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
