"""What weighing and scoring need beside the core."""

from __future__ import annotations

from importlib.util import find_spec

from ebbtide.study.store import Refused

MODULES = ("arviz_stats", "scoringrules", "sklearn", "SALib")


def must_be_there() -> None:
    """Raise Refused where the extra `calibrate` is not installed."""
    if any(find_spec(module) is None for module in MODULES):
        raise Refused("this needs the extra `calibrate`: pip install 'ebbtide[calibrate]'")
