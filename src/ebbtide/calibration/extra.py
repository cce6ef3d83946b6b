"""What weighing and scoring need beside the core."""

from __future__ import annotations

from importlib.util import find_spec

MODULES = ("arviz_stats", "scoringrules", "sklearn", "SALib")


NEEDS_EXTRA = "needs the extra `calibrate`: pip install 'ebbtide[calibrate]'"


def must_be_there() -> None:
    """Raise Refused where the extra `calibrate` is not installed."""
    from ebbtide.study.store import Refused  # help is written without it

    if any(find_spec(module) is None for module in MODULES):
        raise Refused(f"this {NEEDS_EXTRA}")
