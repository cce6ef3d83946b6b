"""The changes of docs/everyday-changes.md, made on a copy of the package, do what the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "everyday-changes.md").read_text(encoding="utf-8")
MOST_FILES = 4

BEGIN = """
from ebbtide.model import Insurgency
from ebbtide.scenario import load, load_policy

def lived(weeks=12, **stated):
    model = Insurgency(load("scenarios/minimal.toml"), rng=3, agents_way=True, **stated)
    model.run_until(weeks)
    return model
"""
TRIED = {
    "A rule": (
        "leaving.fear_weight",
        """
bold = lived(**{"rules.leaving.fear_weight": 0})
afraid = lived(**{"rules.leaving.fear_weight": 500})
assert afraid.series().exits_deserted.sum() > bold.series().exits_deserted.sum()
""",
    ),
    "A lever": (
        "curfew",
        """
from pathlib import Path
policy = Path("scenarios/policies/curfew.toml")
policy.write_text('title = "Nobody is out"\\n[acts.curfew]\\nkind = "curfew"\\n'
                  'start = 2001-01-28\\nstrength = 1\\n')
usual, quiet = lived(), lived(policy=policy)
attacks = [m.series().groupby("date")[["attacks_state", "attacks_civilians"]].sum().sum(axis=1)
           for m in (usual, quiet)]
assert (attacks[0]["2001-01-28":] > 0).any()
assert (attacks[1]["2001-01-28":] == 0).all()
assert (attacks[0][:"2001-01-27"] == attacks[1][:"2001-01-27"]).all()
""",
    ),
    "An outcome": (
        "supporters",
        """
series = lived(4).series()
assert (series.supporters == series.affiliates - series.fighters).all()
assert (series.supporters > 0).any()
""",
    ),
    "A field of a place": (
        "places.highland.roads",
        """
near, far = (lived(**{"places.highland.roads": share}).places() for share in (1, 0))
held = [frame.query("place == 'highland'").held.sum() for frame in (near, far)]
assert held[1] > held[0]
elsewhere = [frame.query("place == 'lowland' and date < '2001-01-15'") for frame in (near, far)]
assert elsewhere[0].equals(elsewhere[1])
""",
    ),
}


def changes() -> dict[str, str]:
    """The change that each section of the page shows."""
    found = re.findall(r"^## (.+?)$.*?^```diff\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return dict(found)


def test_the_page_shows_every_change_that_is_tried() -> None:
    assert changes().keys() == TRIED.keys()


@pytest.mark.parametrize("change", TRIED)
def test_a_change_takes_few_files_and_does_what_it_says(change: str, tmp_path: Path) -> None:
    for folder in ("src", "scenarios"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)  # by which a checkout is known
    diff = changes()[change]
    subprocess.run(["git", "apply", "-"], input=diff, cwd=tmp_path, text=True, check=True)
    touched = re.findall(r"^\+\+\+ b/(src/\S+)", diff, re.MULTILINE)
    assert 1 <= len(touched) <= MOST_FILES
    name, trial = TRIED[change]
    environment = {"PYTHONPATH": str(tmp_path / "src"), "NUMBA_DISABLE_JIT": "1"}
    for code in (
        BEGIN + trial,
        cli("check", "scenarios/minimal.toml"),
        cli("explain", name, "--scenario=scenarios/minimal.toml"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]


def cli(*arguments: str) -> str:
    return f"from ebbtide.cli.main import main; import sys; sys.argv[1:] = {arguments!r}; main()"
