"""Which way a number goes: what a claim says of it, or which way is better."""

from __future__ import annotations

from typing import Literal

Sign = Literal["more", "less"]
