"""What a file rests on follows from its imports, one by the other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ebbtide.compilation.imports import Imports, imported_names

FILES = {
    "__init__.py": "",
    "part/__init__.py": "from ebbtide.part.inner import handed\nfrom ebbtide.part.other import more",
    "part/inner.py": "from ebbtide.base import one\nhanded = one",
    "part/other.py": "more = 1",
    "part/said.py": "from ebbtide.words import word",
    "base.py": "one = 1",
    "words.py": "word = 1",
    "listing/__init__.py": "from pkgutil import iter_modules",
    "listing/found.py": "",
}


@pytest.fixture
def imports(tmp_path: Path) -> Imports:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Imports(tmp_path, lambda file: imported_names(ast.parse(file.read_bytes())))


@pytest.mark.parametrize(
    ("line", "rests_on"),
    [
        ("from ebbtide.part.inner import handed", {"part/inner.py", "base.py"}),
        ("from ebbtide.part import handed", {"part/inner.py", "base.py"}),  # not of all it hands on
        ("from ebbtide.part import other", {"part/other.py"}),
        ("from ebbtide import base", {"base.py"}),
        ("import ebbtide.base", {"base.py"}),
        ("def f():\n    from ebbtide.base import one", {"base.py"}),
        ("if x:\n    try:\n        import ebbtide.base\n    except: pass", {"base.py"}),
        ("if TYPE_CHECKING:\n    from ebbtide.base import one", set()),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    from ebbtide.base import one", {"base.py"}),
        ("from ebbtide.part.said import word", {"part/said.py", "words.py"}),
        ("from ebbtide.listing import found", {"listing/found.py"}),
        ("import ebbtide.listing", {"listing/__init__.py", "listing/found.py"}),
        ("import os\nfrom json import loads", set()),
    ],
)
def test_a_file_rests_on_what_it_imports(imports: Imports, line: str, rests_on: set[str]) -> None:
    (imports.package / "root.py").write_text(line, encoding="utf-8")
    assert imports.closure(["root.py"]) == {"root.py", *rests_on}


def test_what_is_set_aside_is_not_followed(imports: Imports) -> None:
    (imports.package / "root.py").write_text("import ebbtide.part.said", encoding="utf-8")
    assert imports.closure(["root.py"], ["part/s*.py"]) == {"root.py"}
