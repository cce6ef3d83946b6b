"""One place, a few groups, and only the rules that are asked for: worlds with a known answer."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from ebbtide.rules import MECHANISMS

START = dt.date(2001, 1, 7)
IMPROBABLE = 1e-4  # of a p-value; seeds are fixed, so that a test passes always or never
ERRORS = 4.0  # standard errors by which a mean may miss

PLACE = {
    "name": "Valley", "country": "XB", "lon": 0, "lat": 0, "population": 100_000, "districts": 1,
    "poverty": 1, "cover": 0, "local_institutions": 0, "sympathy": 1, "city": 0,
}  # fmt: skip
GROUP = {
    "dynamics": "full", "fighters": 1000, "places": {"valley": 1}, "supporters": 0, "belief": 0,
    "outsider": 0, "pay": 0, "money": 0, "crime": 0, "brand": 0.5, "media": 0, "cohesion": 0.5,
    "standing": 0.5, "posts": 1, "recruitment": 1, "foreign": 0, "attacks": 0,
}  # fmt: skip
FORCE = {
    "name": "Garrison", "places": ["XB"], "capacity": 0, "arrests": 0,
    "routine": 1, "attention": 1, "attention_new": 1, "intelligence": 1, "harm": 0, "taken": 0,
}  # fmt: skip


def world(
    weeks: int,
    groups: Mapping[str, Mapping[str, object]],
    place: Mapping[str, object] | None = None,
    force: Mapping[str, object] | None = None,
) -> str:
    """The text of a scenario of `weeks` weeks; what a table leaves out is middling or nothing."""
    lines = ['extends = "parameters.toml"', 'title = "Alone"', f"start = {START}"]
    lines += [f"end = {START + dt.timedelta(weeks=weeks)}", 'policy = "policies/nothing.toml"']
    lines += table("places.valley", {**PLACE, **(place or {})})
    for name, group in groups.items():
        lines += table(f"groups.{name}", {**GROUP, "name": name, **group})
    if force is not None:
        lines += table("forces.garrison", {**FORCE, **force})
    return "\n".join(lines)


def table(name: str, keys: Mapping[str, object]) -> list[str]:
    return [f"[{name}]", *(f"{key} = {written_as_toml(value)}" for key, value in keys.items())]


def written_as_toml(value: object) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {written_as_toml(item)}" for key, item in value.items())
        return f"{{ {inner} }}"
    return json.dumps(value)


def only(*rules: str, **numbers: float) -> dict[str, object]:
    """Overrides that leave these rules on, all others off; `targeting__highest` sets a number."""
    off = {f"rules.{rule}.on": False for rule in MECHANISMS if rule not in rules}
    return off | {f"rules.{key.replace('__', '.')}": value for key, value in numbers.items()}
