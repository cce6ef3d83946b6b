"""The shipped answer is of the question that its script asks."""

from __future__ import annotations

import html
import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "experiments" / "answers.py"
PAGES = ROOT / "docs" / "answers"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("answers", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asked(words: list[str]) -> set[str]:
    """What a command asks, without where its results and its bank lie."""
    return {word for word in words if not word.startswith(("--bank=", "--out="))}


def test_there_is_a_page_for_every_day_and_no_other(script) -> None:
    assert {page.stem for page in PAGES.iterdir()} == {*script.TAKEN_UP}


@pytest.mark.parametrize("name", [page.stem for page in PAGES.glob("*.html")])
def test_a_page_kept_is_of_what_the_script_asks(script, name) -> None:
    page = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    (told,) = re.findall(r"ebbtide compare[^<]*", page)
    beside = {"--seed=1", "--reference=record"}  # what is asked where nothing is said
    kept = {word for word in asked(shlex.split(html.unescape(told))) if "--from=" not in word}
    assert kept == asked(script.command(name, 100, Path("results"))) | beside


@pytest.mark.release
def test_the_script_writes_the_pages(tmp_path) -> None:
    out = [f"--results={tmp_path / 'results'}", f"--out={tmp_path / 'answers'}"]
    subprocess.run([sys.executable, SCRIPT, "--replications=2", *out], cwd=ROOT, check=True)
    written = {page.name for page in (tmp_path / "answers").iterdir()}
    assert written == {page.name for page in PAGES.iterdir()}
