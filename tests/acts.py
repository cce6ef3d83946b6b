"""An act of any lever, made from the lever's declaration for any scenario that has its like."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from ebbtide.scenario import Policy, Scenario, load_policy
from ebbtide.scenario.levers import LEVERS

AIMED = 0.2  # the share of each aim


def act_of(scenario: Scenario, lever: str, start: dt.date) -> dict[str, Any]:
    """A whole act of a lever: at full strength, against the focus, wherever its force operates.

    The force is the one with most of what the lever spends, the rival the focus's worst enemy.
    """
    declared = LEVERS[lever]
    forces, groups = scenario.file.forces, scenario.file.groups
    focus = scenario.focus
    stated: dict[str, Any] = {"kind": lever, "start": start, "strength": 1.0}
    values = {
        "force": max(
            forces, key=lambda name: getattr(forces[name], declared.spends or "capacity").median
        ),
        "against": [focus],
        "post": 1,
        "rival": max(
            groups[focus].hostility, key=lambda name: groups[focus].hostility[name].median
        ),
    }
    return (
        stated | {key: values[key] for key in declared.needs} | dict.fromkeys(declared.aims, AIMED)
    )


def as_table(name: str, act: dict[str, Any]) -> str:
    """An act as its policy writes it."""
    lines = [f"[acts.{name}]"]
    for key, value in act.items():
        text = value.isoformat() if isinstance(value, dt.date) else _as_toml(value)
        lines.append(f"{key} = {text}")
    return "\n".join(lines)


def _as_toml(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value)


def policy_of(scenario: Scenario, lever: str, start: dt.date, folder: Path) -> Policy:
    """A policy of one act of a lever."""
    path = folder / f"{lever}.toml"
    text = f'title = "One act"\n{as_table("tried", act_of(scenario, lever, start))}\n'
    path.write_text(text, encoding="utf-8")
    return load_policy(path, scenario)
