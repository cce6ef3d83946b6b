"""A tiny sound project (two places, two groups, one force, one rule) to be spoilt by tests."""

import copy
import datetime as dt
import json
from pathlib import Path

import pytest

import ebbtide.rules
from ebbtide.rules.declaration import Mechanism, Parameter

RULE = Mechanism(
    name="drift",
    file="drift.py",
    meaning="Men drift.",
    remarks="",
    when_off="nobody drifts",
    parameters={
        "rate": Parameter("1/week", 0.0, 1.0, "a rate"),
        "reach": Parameter("km", 1.0, 900.0, "a reach"),
    },
    rules={},
)


def place(name, lon):
    shares = dict.fromkeys(("poverty", "cover", "local_institutions", "sympathy", "city"), 0.25)
    place = {"name": name, "country": "XX", "lon": lon, "lat": 1.5}
    return place | {"population": 9000, "districts": 3} | shares


def group(name, fighters):
    shares = dict.fromkeys(("belief", "outsider", "brand", "media", "cohesion", "standing"), 0.5)
    numbers = dict.fromkeys(("supporters", "money", "recruitment", "foreign"), 2)
    numbers |= {"pay": 100, "crime": 50}
    return {
        "name": name,
        "dynamics": "full",
        "fighters": fighters,
        "posts": 3,
        "attacks": 1.5,
        **shares,
        **numbers,
    }


SCENARIO = {
    "title": "Two valleys",
    "start": dt.date(2001, 1, 7),
    "end": dt.date(2001, 12, 30),
    "cut": dt.date(2001, 6, 3),
    "policy": "policies/usual.toml",
    "focus": "young",
    "places": {"upper": place("Upper", 3), "lower": place("Lower", 4)},
    "borders": {"pass": {"between": ["upper", "lower"], "length": 12.5}},
    "groups": {
        "old": group("Old", {"prior": "lognormal", "low": 100, "high": 400, "unit": "men"})
        | {
            "places": {"upper": 1},
            "factions": {
                "loyal": {"name": "Loyal", "share": 0.75, "discontent": 0.1},
                "wild": {"name": "Wild", "share": 0.25, "discontent": 0.9},
            },
            "hostility": {"young": 0.4},
            "allies": {"young": {"men": 1, "money": -0.5}},
        },
        "young": group("Young", 0) | {"centre": "patron"},
    },
    "centres": {"patron": {"name": "Patron", "brand": 0.5, "health": {"2001-01-07": 0.9}}},
    "forces": {
        "guard": {
            "name": "Guard",
            "places": ["XX"],
            **dict.fromkeys(("capacity", "arrests", "harm", "taken"), 0.5),
            **dict.fromkeys(("routine", "attention", "attention_new", "intelligence"), 0.5),
        }
    },
    "events": {
        "birth": {
            "kind": "founding",
            "date": dt.date(2001, 3, 4),
            "group": "young",
            "places": {"lower": 1},
            "seed": {"old.wild": 0.5},
            "men": 10,
            "money": 5,
        }
    },
    "rules": {"drift": {"rate": 0.1, "reach": {"value": 30, "unit": "km", "source": "a guess"}}},
}
for kind in ("groups", "centres", "forces", "events"):
    for table in SCENARIO[kind].values():
        table["source"] = "a guess"
POLICY = {
    "title": "As usual",
    "acts": {
        "watch": {
            "kind": "strikes",
            "force": "guard",
            "against": ["old"],
            "start": dt.date(2001, 2, 4),
            "stop": dt.date(2001, 5, 6),
            "strength": 0.5,
            "leaders": 0.25,
        }
    },
}


def as_toml(value):
    """A value as inline TOML."""
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(key)} = {as_toml(v)}" for key, v in value.items())
        return "{" + inner + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, str | bool) else repr(value)


class TinyProject:
    """A folder with a scenario and its policy, as tables that a test may change."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.scenario = copy.deepcopy(SCENARIO)
        self.policy = copy.deepcopy(POLICY)

    def write(self, name, tables) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{json.dumps(key)} = {as_toml(value)}\n" for key, value in tables.items()]
        path.write_text("".join(lines), encoding="utf-8")
        return path

    def write_all(self) -> Path:
        self.write("policies/usual.toml", self.policy)
        return self.write("valleys.toml", self.scenario)


@pytest.fixture(scope="module", autouse=True)
def one_rule():
    """The rules' declarations are replaced by a single small one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ebbtide.rules, "MECHANISMS", {"drift": RULE})
        yield


@pytest.fixture
def project(tmp_path) -> TinyProject:
    return TinyProject(tmp_path)
