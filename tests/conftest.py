"""Shipped scenarios, read once, and folders in which tests write scenarios of their own."""

from __future__ import annotations

import gc
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ebbtide.compilation import machine_code, sources
from ebbtide.scenario import Scenario, load
from shipped import copy_small


def pytest_sessionstart() -> None:
    """Tests interrupt what they start, also where a shell in the background has made it deaf."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and is much: garbage is collected around it, and seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000)  # not more: whole models lie in cycles


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The package in a folder of its own, where a test may edit it."""
    ignored = shutil.ignore_patterns("__pycache__")
    return shutil.copytree(sources.PACKAGE, tmp_path / "copied" / "ebbtide", ignore=ignored)


@pytest.fixture
def compiled_already(minimal: Scenario, tmp_path: Path) -> Path:
    """A cache of the test's own, in which all that a week takes is compiled already."""
    from ebbtide.model import Insurgency  # here: most tests need no model

    Insurgency(minimal, rng=1).run_until(1)
    cache = tmp_path / "cache"
    ignored = shutil.ignore_patterns("*.tmp")  # half written by another process
    shutil.copytree(machine_code.folder(), cache / "compiled", ignore=ignored)
    return cache


@pytest.fixture(scope="session")
def minimal() -> Scenario:
    return load("minimal")


@pytest.fixture(scope="session")
def khorasan() -> Scenario:
    return load("khorasan")


@pytest.fixture(scope="session")
def thinned(khorasan: Scenario) -> Scenario:
    """The large scenario with one man in fifty."""
    return khorasan.with_overrides(
        {
            f"groups.{name}.fighters": round(group.fighters.median / 50)
            for name, group in khorasan.file.groups.items()
            if group.fighters.median > 0
        }
    )


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Scenario]:
    """Write a scenario, which may extend the small shipped one, and its policies; read it."""

    def write(scenario: str, **policies: str) -> Scenario:
        folder = tmp_path_factory.mktemp("project")
        copy_small(folder)
        for name, text in policies.items():
            (folder / "policies" / f"{name}.toml").write_text(text, encoding="utf-8")
        (folder / "own.toml").write_text(scenario, encoding="utf-8")
        return load(folder / "own.toml")

    return write


@pytest.fixture(scope="session")
def busy(written: Callable[..., Scenario]) -> Scenario:
    """The small scenario with everything that a scenario can hold, early and in few men."""
    return written(BUSY)


BUSY = """
extends = "minimal.toml"
title = "Everything happens early"
policy = "policies/nothing.toml"
[centres.capital]
name = "The capital"
brand = 0.8
health = { "2001-01-07" = 0.9, "2001-03-04" = 0.2 }
[groups.league]
fighters = 400
abduction = 0.01
loot = 2
civilian_targeting = 1
attack_severity = 1.5
attack_price = 0.5
[groups.embers]
centre = "capital"
centre_money = 10
[groups.embers.allies.league]
men = 2
money = -3
[groups.smugglers]
name = "The Smugglers"
dynamics = "simple"
fighters = 60
places = { lowland = 1 }
supporters = 1
belief = 0.4
outsider = 0.3
pay = 180
money = 50
crime = 300
brand = 0.3
media = 0.1
cohesion = 0.5
standing = 0.5
posts = 2
recruitment = 0.5
foreign = 1
attacks = 0
hostility = { embers = 0.2 }
allies = { embers = { men = 1, money = 4, lifeline = false } }
[forces.wardens]
name = "The wardens"
local = true
places = ["highland"]
capacity = 15
arrests = 8
routine = 0.2
attention = 0.5
attention_new = 0.1
intelligence = 0.8
harm = 0.2
taken = -0.2
[events.embers-founded]
date = 2001-01-21
[events.smugglers-pledge]
kind = "pledge"
date = 2001-02-04
group = "smugglers"
to = "embers"
share = 0.5
brand = 0.1
[events.feud]
kind = "hostility"
date = 2001-02-18
group = "smugglers"
towards = "embers"
hostility = 0.6
[events.tie-loosens]
kind = "alliance"
date = 2001-02-25
group = "embers"
ally = "league"
holds = 0.5
[events.capital-turns-away]
kind = "centre"
date = 2001-03-04
group = "embers"
behind = 0.4
[events.wardens-grow]
kind = "deployment"
date = 2001-03-11
force = "wardens"
scale = 1.5
[events.league-head-dies]
kind = "leader_loss"
date = 2001-02-11
group = "league"
shock = 0.4
"""
