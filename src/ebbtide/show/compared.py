"""What figures of a comparison of policies have in common: whose it is, colours, words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.show import style
from ebbtide.study.harm import HARM, HARM_IN_WORDS

if TYPE_CHECKING:
    from matplotlib.artist import Artist

    from ebbtide.show.palette import Line

LEFT = 2.55  # inches for the names of outcomes and quantities


@dataclass(frozen=True)
class ComparedPolicies:
    """Whose comparison it is: `policies` the reference first, `looks` by policy."""

    name: str
    subtitle: str
    policies: Sequence[str]
    looks: Mapping[str, Line]

    @property
    def reference(self) -> str:
        """The policy that all others are compared with."""
        return self.policies[0]

    def legend(self, policies: Sequence[str] | None = None) -> list[tuple[Artist, str]]:
        """Entries that name policies, all unless some are named."""
        from matplotlib.lines import Line2D

        return [
            (
                Line2D(
                    [], [], color=look.colour, linestyle=look.dashes, marker=look.marker,
                    markersize=4.5, linewidth=1.4,
                ),
                policy,
            )
            for policy in policies or self.policies
            for look in [self.looks[policy]]
        ]  # fmt: skip

    def foot(self, policies: Sequence[str] | None = None) -> float:
        """Room below the axes for an axis' label and these entries, in inches."""
        return 0.85 + style.LEGEND_LINE * -(-len(policies or self.policies) // 2)


SAID = {HARM: HARM_IN_WORDS}


def words(name: object) -> str:
    """A name as people read it."""
    weekly, on, day = str(name).partition("@")
    written = f" on {dt.date.fromisoformat(day):%d %b %Y}" if on else ""
    return SAID.get(weekly, weekly.replace("_", " ")) + written
