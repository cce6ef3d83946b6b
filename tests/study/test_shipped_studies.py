"""The studies that are shipped are those that the page on sweeps names, each with its scenario."""

from __future__ import annotations

import re
from pathlib import Path

from ebbtide.study.study import Study

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")


def test_the_page_says_of_which_scenario_each_is() -> None:
    found = re.search(
        r"Studies of the shipped scenarios lie in `experiments/`.*?\n\n", PAGE, re.DOTALL
    )
    assert found is not None
    told = " ".join(found[0].partition("its `scenario`: ")[2].split())
    of = {}
    for names, scenario in re.findall(r"((?:`[\w-]+`(?:, | and )?)+) (?:are )?of `(\w+)`", told):
        of |= dict.fromkeys(re.findall(r"`([\w-]+)`", names), scenario)
    files = (ROOT / "experiments").glob("*.toml")
    assert of == {file.stem: Study.read(file, most_runs=None).scenario.id for file in files}
