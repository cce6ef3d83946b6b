"""The shipped answer: leaders, money, tribes or ground, at equal effort, taken up on two days.

    uv run python experiments/answers.py [--replications 100] [--results results] [--out docs/answers]

Each comparison rests on the posterior and asks all views of structure that the scenario states. It goes on
where it stopped; its page is copied to docs/answers, and docs/answers.md says what it comes to. Minutes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

POLICIES = ("leadership-targeting", "finance-interdiction", "tribal-engagement", "offensive")
TAKEN_UP = {
    "december-2016": "",
    "july-2015": "@2015-07-01",
}  # as stated, after the cut; and from a day
BANK = "scenarios/khorasan/bank"


def command(name: str, replications: int, results: Path) -> list[str]:
    """The command of the comparison of this name."""
    policies = [f"--policy={policy}{TAKEN_UP[name]}" for policy in POLICIES]
    return [
        "ebbtide", "compare", "khorasan", f"--replications={replications}", "--equal-effort", *policies,
        f"--bank={BANK}", "--report", f"--out={results / name}",
    ]  # fmt: skip


def main() -> None:
    """Compare, and copy the pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--replications", type=int, default=100)
    parser.add_argument("--results", type=Path, default=Path("results"))
    parser.add_argument("--out", type=Path, default=Path("docs/answers"))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in TAKEN_UP:
        done = subprocess.run(command(name, asked.replications, asked.results), check=False)
        if done.returncode:
            sys.exit(done.returncode)
        page = asked.results / name / "report" / "report.html"
        shutil.copy(page, asked.out / f"{name}.html")


if __name__ == "__main__":
    main()
