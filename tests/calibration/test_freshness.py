"""The pages about a bank say what they were made of, and a test says when one is stale."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ebbtide.calibration.freshness import digests, writing_digest
from ebbtide.compilation import sources
from ebbtide.scenario import load

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"posterior.md": "posterior_page", "prior.md": "prior_page", "scores.md": "scores_page",
         "sensitivity.md": "sensitivity_page"}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_kept_page_is_not_stale(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    command = text.split("`")[1]
    assert digests(load("khorasan"), PAGES[page]) in text, (
        "the scenario, what was published of it, the model or what weighs and writes have changed: make a "
        f"bank anew (the page's third line has the command), and run `{command} --out=docs/{page}`"
    )


@pytest.mark.parametrize(
    ("file", "stale"),
    [
        ("calibration/posterior_page.py", True),
        ("calibration/nearest.py", True),  # by way of posterior.py
        ("evidence/likelihood.py", True),  # by which a bank is weighed
        ("study/spread.py", True),
        ("rules/finance.py", False),  # the model has a digest of its own
        ("calibration/rolling.py", False),
        ("cli/posterior.py", False),
        ("show/posterior.py", False),
    ],
)
def test_what_a_page_does_not_import_makes_it_no_staler(tmp_path, monkeypatch, file, stale) -> None:
    copied = tmp_path / "ebbtide"
    shutil.copytree(sources.PACKAGE, copied, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(sources, "PACKAGE", copied)
    before = writing_digest("posterior_page")
    text = (copied / file).read_text(encoding="utf-8")
    (copied / file).write_text(f"# a remark\n{text}", encoding="utf-8")
    assert writing_digest("posterior_page") == before
    (copied / file).write_text(f"{text}\nMORE = 1\n", encoding="utf-8")
    assert (writing_digest("posterior_page") != before) == stale


def test_another_policy_or_figure_makes_a_page_stale(tmp_path) -> None:
    from .spoken import spoken_of

    file = spoken_of(tmp_path)
    before = digests(load(file), "scores_page")
    strength = tmp_path / "strength.csv"
    strength.write_text(strength.read_text().replace("180,220", "190,220"), encoding="utf-8")
    changed = digests(load(file), "scores_page")
    assert changed != before
    assert "`ebbtide" not in changed
    own = file.read_text(encoding="utf-8")
    file.write_text(own.replace("cut = 2002-12-29", "cut = 2002-06-29"), encoding="utf-8")
    assert digests(load(file), "scores_page") != changed
