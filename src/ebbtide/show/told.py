"""What `--log` tells of a run: by name, the lines that tell it of a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ebbtide.show.chronicle import chronicle
from ebbtide.show.lives import told_lives

if TYPE_CHECKING:
    from ebbtide.model import Insurgency


def told(log: str, model: Insurgency, group: str) -> Iterator[str]:
    """The lines of a log (`events` or `fates`) of a group."""
    return {"events": chronicle, "fates": told_lives}[log](model, group)
