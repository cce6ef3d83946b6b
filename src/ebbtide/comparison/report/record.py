"""What the report says of whether the record ranks the policies, or what was assumed does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.report.numbers import INTERVAL_NAMED, share
from ebbtide.scenario.faults import counted
from ebbtide.study.drawn_from import DrawnFrom

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.comparison.comparison import Comparison

ONE_HALF = 0.5  # above it quantities that no datum updates make more of the difference than others
UNRANKED = "The record does not rank these policies"
UNTOLD = "Whether the record ranks these policies these replications cannot tell"


def verdict(comparison: Comparison, parts: pd.DataFrame) -> str | None:
    """That the record does not rank the policies, with the share, or that so few runs cannot tell.

    Of draws of priors no quantity is updated, however few replications there are. None where the record
    ranks them, or nothing is ranked.
    """
    row = parts.iloc[0]
    losses = comparison.losses(row["outcome"])
    if (losses == losses[:, :1]).all():
        return None
    if comparison.results.manifest["study"]["others"] == DrawnFrom.PRIORS:
        return f"{UNRANKED}: no datum updates a quantity, so that their order restates what was assumed."
    if comparison.results.manifest["study"]["others"] == DrawnFrom.MEDIANS:
        return None
    if math.isnan(row["share"]):
        return f"{UNTOLD}."
    if row["share"] <= ONE_HALF:
        return None
    return (
        f"{UNRANKED}: of what quantities add to the variance of the difference between {_two(row)}, "
        f"{_with_interval(row, 'share')} comes from those that no datum updates."
    )


def said(comparison: Comparison, parts: pd.DataFrame) -> str:
    """By what the two best differ, part by part; else why this is not said."""
    row = parts.iloc[0]
    if comparison.results.manifest["study"]["others"] == DrawnFrom.MEDIANS:
        return "It was not asked: every uncertain quantity stood at its median."
    table = comparison.updated()
    if table["updated"].isna().any():
        return "It was not asked: the folder does not say which quantities the record updates."
    if math.isnan(row["rest"]):
        return (
            "It cannot be told: replications are too few, the two best are the same in all, or no "
            "quantity varies."
        )
    every = comparison.varying(row["outcome"])
    moved = int(table.loc[table["quantity"].isin(every), "updated"].eq(True).sum())
    lead = (
        f"The record updates {moved} of {counted(len(every), 'uncertain quantity')} "
        f"by more than chance. The difference between {_two(row)} varies"
    )
    told = (
        f"{lead} by {_with_interval(row, 'not_updated')} with those that it does not update, by "
        f"{_with_interval(row, 'updated')} with those that it does, and by {_with_interval(row, 'rest')} "
        "with random numbers and what is no sum of single quantities."
    )
    told += " Each is estimated by itself: they need not add up to 100%."
    if math.isnan(row["share"]):
        told += " Which of both is more, so many replications cannot tell."
    return told


def _two(row: Any) -> str:
    return f"“{row['policy']}” and “{row['against']}”"


def _with_interval(row: Any, part: str) -> str:
    low, high = share(row[f"{part}_low"]), share(row[f"{part}_high"])
    return f"{share(row[part])} ({INTERVAL_NAMED} {low.removesuffix('%')} to {high})"
