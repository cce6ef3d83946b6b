"""What `--log` tells of a run: by name, the lines that tell it of a group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ebbtide.show.chronicle import chronicle
from ebbtide.show.lives import told_lives

if TYPE_CHECKING:
    from ebbtide.model import Insurgency


def told(log: str, model: Insurgency, groups: Sequence[str]) -> Iterator[str]:
    """The lines of a log (`events` or `fates`) of groups, one after the other."""
    tell = {"events": chronicle, "fates": told_lives}[log]
    for group in groups:
        yield from tell(model, group)
