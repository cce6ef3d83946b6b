"""Write `docs/odd.md`, the ODD description, from docstrings, declarations and the scenario.

    uv run python experiments/odd.py

The prose, with places for what is drawn from the code, is `odd_template.md` beside this file.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Callable
from functools import partial
from pathlib import Path

from protocol import code, conditions, mechanisms

from ebbtide.scenario import Scenario, load
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "odd.md"
TEMPLATE = Path(__file__).with_name("odd_template.md")
SCENARIO = "khorasan"
_PLACE = re.compile(r"\{\{(\w+)((?: \w+)*)\}\}")


def document() -> str:
    """The whole document."""
    scenario = load(SCENARIO)
    parts = _parts(scenario)

    def filled(found: re.Match[str]) -> str:
        name, of = found.groups()
        return parts[name](*of.split())

    blocks = TEMPLATE.read_text(encoding="utf-8").strip().split("\n\n")
    return "\n\n".join(_filled(block, partial(_PLACE.sub, filled)) for block in blocks) + "\n"


def _filled(block: str, fill: Callable[[str], str]) -> str:
    """A block of the template; prose with something drawn into it is wrapped again."""
    is_prose = _PLACE.search(block) and not _PLACE.fullmatch(block)
    return textwrap.fill(fill(block), 100, break_on_hyphens=False) if is_prose else fill(block)


def _parts(scenario: Scenario) -> dict[str, Callable[..., str]]:
    file = scenario.file
    return {
        "title": lambda: scenario.title,
        "scenario": lambda: f"scenarios/{scenario.id}.toml",
        "article": lambda: conditions.source_of_ledger(scenario),
        "cut": lambda: _day(file.cut) if file.cut else "none",
        "start": lambda: _day(file.start),
        "end": lambda: _day(file.end),
        "weeks": lambda: str(scenario.weeks),
        "policy": lambda: scenario.policy.title,
        "patterns": partial(conditions.claims, scenario, "P"),
        "figures": partial(conditions.claims, scenario, "C"),
        "rule_claims": lambda: str(sum("R" in claim.kinds for claim in scenario.claims.values())),
        "counts": partial(conditions.counts, scenario),
        "uncertain": partial(conditions.uncertain, scenario),
        "phases": code.phases,
        "week": code.week,
        "fields": code.fields,
        "outcomes": partial(code.outcomes, scenario, OUTCOMES),
        "place_outcomes": partial(code.outcomes, scenario, PLACE_OUTCOMES, "places."),
        "force_outcomes": partial(code.outcomes, scenario, FORCE_OUTCOMES, "forces."),
        "groups": partial(conditions.groups, scenario),
        "kinds": partial(conditions.kinds, scenario),
        "factions": partial(conditions.factions, scenario),
        "hostility": partial(conditions.hostility, scenario),
        "allies": partial(conditions.allies, scenario),
        "forces": partial(conditions.forces, scenario),
        "events": partial(conditions.events, scenario),
        "health": partial(conditions.health, scenario),
        "acts": partial(conditions.acts, scenario),
        "regions": partial(conditions.regions, scenario),
        "levers": code.levers,
        "mechanism": partial(mechanisms.mechanism, scenario),
    }


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


def main() -> None:
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
