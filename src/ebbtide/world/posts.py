"""Codes of posts: how their holders are lost, and what stands for an empty one."""

from __future__ import annotations

from enum import IntEnum, unique
from typing import Self


@unique
class Loss(IntEnum):
    """Leaders lost: heads and others who were decapitated (`End`), and heads who went by themselves."""

    HEAD = 0
    OTHER = 1
    HEAD_WENT = 2


@unique
class Hunted(IntEnum):
    """Whether the holder of a post fell as any man may, or was hunted down: each as it is told."""

    told: str

    def __new__(cls, number: int, told: str) -> Self:
        """A member, declared as its number and words, in which {end} is the end of his service."""
        member = int.__new__(cls, number)
        member._value_, member.told = number, told
        return member

    NOT = 0, "lost: {end}"
    BY_FIRE = 1, "killed, by fire aimed at leaders"
    BY_DATED_ACT = 2, "killed, by a dated act of policy"


NO_POST = -1  # in `fighter_post`
STAYS, GOES_WITHOUT_POST = -1, -2  # in `post_joins`
NEVER_FILLED = -(1 << 40)  # in `post_vacant_since`
