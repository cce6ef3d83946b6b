"""Runs that failed, as they are told: which, with what seed and values, and by what error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def failures_of(
    runs: pd.DataFrame, varied: Sequence[str] = (), *, one_policy: bool = False
) -> list[dict[str, Any]]:
    """The failed ones of a table of runs, ready for JSON; with their policy, unless all have one.

    `varied` are the columns that differ between runs beside seed and policy.
    """
    return [
        {"run": int(row["run"])}
        | ({} if one_policy else {"policy": row["policy"]})
        | {"seed": int(row["seed"]), "error": row["error"]}
        | ({"values": {path: _plain(row[path]) for path in varied}} if varied else {})
        for row in runs[runs["status"] == "failed"].to_dict("records")
    ]


def _plain(value: Any) -> Any:
    return value.date().isoformat() if hasattr(value, "date") else value
