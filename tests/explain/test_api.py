"""The page of the public names says what the code says."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import ebbtide
from ebbtide.explain.api import page

KEPT = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def test_the_page_is_as_the_docstrings_are() -> None:
    """If not: `uv run ebbtide api --out docs/api.md`."""
    assert KEPT.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", ebbtide.__all__)
def test_every_public_name_is_told_with_what_it_takes(name: str) -> None:
    section = page().partition(f"## `{name}`\n")[2].partition("\n## ")[0]
    of = getattr(ebbtide, name)
    assert (inspect.getdoc(of) or "").splitlines()[0] in section
    if isinstance(of, type) and "Args:" not in (of.__doc__ or ""):
        return  # one does not make it by hand
    arguments = [each for each in inspect.signature(of).parameters if each not in ("self", "args")]
    assert all(argument in section for argument in arguments)
