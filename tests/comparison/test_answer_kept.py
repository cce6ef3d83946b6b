"""The shipped answers are of the scenario and of the draws that ship."""

from __future__ import annotations

import re

import pytest

from ebbtide.installed import CHECKOUT
from ebbtide.scenario import Scenario

ANSWERS = CHECKOUT / "docs" / "answers"
ASKED = ("december-2016", "july-2015")


@pytest.mark.parametrize("name", ASKED)
def test_a_kept_report_is_of_the_draws_that_ship(name: str, khorasan: Scenario) -> None:
    page = (ANSWERS / f"{name}.html").read_text(encoding="utf-8")
    hashes = dict(re.findall(r"<dt>Hash of ([^<]+)</dt><dd><code>(\w+)</code>", page))
    assert khorasan.posterior is not None
    assert hashes["posterior"] == khorasan.posterior.digest
    assert hashes["scenario khorasan"] == khorasan.digest


@pytest.mark.parametrize("name", ASKED)
def test_the_page_that_tells_of_it_names_the_command_that_made_it(name: str) -> None:
    page = (ANSWERS / f"{name}.html").read_text(encoding="utf-8")
    (command,) = re.findall(r"<pre[^>]*><code>(ebbtide compare [^<]+)</code>", page)
    told = (CHECKOUT / "docs" / "answers.md").read_text(encoding="utf-8")
    asked = re.findall(r"--policy[ =](\S+)", command)
    block = next(each for each in told.split("```") if f"results/{name}" in each)
    assert re.findall(r"--policy[ =](\S+)", block) == asked
    assert "--equal-effort" in block
