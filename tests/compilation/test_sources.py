"""A digest of the sources feels what they compute, and neither remarks nor layout."""

from __future__ import annotations

from collections.abc import Iterator
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


# What rules, engine and world import beside the model: how code is compiled and kept, the shape of files
# (of whose numbers a digest of its own is taken), and what is said of faults.
BESIDE_THE_MODEL = {
    *(f"compilation/{name}.py" for name in ("closure", "generated", "machine_code", "sources")),
    *(f"scenario/{name}.py" for name in ("__init__", "faults", "project")),
    *(
        f"scenario/schema/{name}.py"
        for name in ("events", "file", "forces", "groups", "places", "policy", "table")
    ),
}


def imported(file: Path) -> set[str]:
    """Files of the package that one imports when it runs, not for types alone."""
    tree = sources.ast.parse(file.read_bytes())
    lines = [node for node in tree.body if isinstance(node, sources.ast.ImportFrom)]
    found = set()
    for node in lines:
        module = (node.module or "").partition("ebbtide.")[2].replace(".", "/")
        for alias in node.names if module else ():
            tried = (f"{module}/{alias.name}.py", f"{module}.py", f"{module}/__init__.py")
            found |= {next(name for name in tried if (sources.PACKAGE / name).exists())}
    return found


def test_all_that_a_life_rests_on_is_in_the_digest_of_the_model() -> None:
    """A module that the engine comes to import is one of the model's, or is told here to be none."""
    inner = [
        f for part in ("rules", "engine", "world") for f in (sources.PACKAGE / part).rglob("*.py")
    ]
    beside = set().union(*map(imported, inner))
    assert {name for name in beside if not name.startswith(sources.LIVING)} == BESIDE_THE_MODEL


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
