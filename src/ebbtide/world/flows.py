"""Flows: what is added up over a while and then begins anew, as against levels, which carry over."""

from __future__ import annotations

from enum import Enum


class Since(Enum):
    """When a flow begins anew: all of its column is at its start again."""

    WEEK = "each week"
    ATTACKS = "each time the group attacks"  # until when it is last week's
    STOCK = "each time the group has taken stock"
