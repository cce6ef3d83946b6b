"""What the report says of rival views of structure: whether the choice hangs on one, and of what worth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.report.numbers import INTERVAL_NAMED, joined, share, size
from ebbtide.scenario.faults import counted
from ebbtide.show.compared import words

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.comparison.comparison import Comparison


def structures(comparison: Comparison, table: pd.DataFrame) -> str:
    """Whether the choice hangs on a view of structure, clearly or by means alone, and each one's worth."""
    told = table[table["chosen"].eq(True)].drop_duplicates(["structure", "view"])
    turning = [
        rows for _, rows in told.groupby("structure", sort=False) if rows["policy"].nunique() > 1
    ]
    hanging = [rows for rows in turning if _clearly(rows)]
    by_means = [rows for rows in turning if not _clearly(rows)]
    few = sorted({*table.loc[table["chosen"].isna(), "structure"]})
    asked = len(comparison.structural)
    lead = (
        f"Of {counted(asked, 'question')} of structure that the literature leaves open and the priors "
        "span, "
    )
    if not told.empty and not turning:
        lead += "the best mean hangs on none: the same policy has it under each view taken alone"
        unclear = int((told["lead_low"] <= 0).sum())
        lead += f", in {unclear} of {len(told)} by an interval that holds zero." if unclear else "."
    elif hanging:
        lead += (
            f"the best mean hangs on {len(hanging)}, with different policies ahead by intervals that "
            "leave zero out"
        )
        lead += f", and turns with {len(by_means)} by means, not clearly." if by_means else "."
    else:
        lead += (
            f"the best mean hangs clearly on none; it turns with {len(by_means)} by means alone."
        )
    sentences = [lead, *(_of_question(rows) for rows in (*hanging, *by_means))]
    if asked > 1 and not told.empty:
        many = table.drop_duplicates(["structure", "view"])
        sentences.append(
            f"Asked were {len(many)} views one by one: nothing is adjusted for their number."
        )
    if few:
        sentences.append(f"Too few replications tell of {joined(few)}.")
    return " ".join([*sentences, *_worth(table)])


def stands_out(table: pd.DataFrame | None) -> str:
    """That knowing a view is worth more than noise, where single quantities are not; empty if none is."""
    if table is None or not (table["worth"] > table["worth_noise"]).any():
        return ""
    return " A view of structure does, which is of one or more of them as high or low: it stands below."


def _clearly(rows: pd.DataFrame) -> bool:
    """Whether different policies lead in different views by more than chance."""
    return bool(rows.loc[rows["lead_low"] > 0, "policy"].nunique() > 1)


def _of_question(rows: pd.DataFrame) -> str:
    unit = rows["unit"].iloc[0]
    views = [
        f"“{row['policy']}” if {row['view']}, ahead of “{row['next']}” by {size(row['lead'])} {unit} "
        f"({INTERVAL_NAMED} {size(row['lead_low'])} to {size(row['lead_high'])})"
        for row in rows.to_dict("records")
    ]
    return f"{rows['says'].iloc[0]} {joined(views)}."


def _worth(table: pd.DataFrame) -> Iterable[str]:
    """What knowing each view before the choice would be worth, of those that stand out of the noise."""
    known = table.drop_duplicates("structure").dropna(subset="worth")
    if known.empty:
        return
    unit, name = known["unit"].iloc[0], words(str(known["outcome"].iloc[0]))
    above = known[known["worth"] > known["worth_noise"]].sort_values("worth", ascending=False)
    noise = (
        f"of {counted(len(known), 'shuffled question')} the greatest stays below "
        f"{size(known['worth_noise'].iloc[0])} {unit} in 95% of tries"
    )
    if not known["worth"].any():
        yield (
            "Knowing which view holds would be worth nothing here: no view by itself turns the choice."
        )
        return
    if above.empty:
        most = size(known["worth"].max())
        yield (
            f"Knowing which view holds, before the choice, would be worth {most} {unit} of {name} at "
            f"most: no more than noise ({noise})."
        )
        return
    others = ", which no other exceeds" if len(above) < len(known) else ""
    yield (
        "Knowing which view holds, before the choice, would be worth, in "
        f"{unit} of {name}: {joined(_named(row) for row in above.to_dict('records'))}. It is biased "
        f"upward, as is its noise: {noise}{others}."
    )


def _named(row: Any) -> str:
    return (
        f"“{row['says']}” {size(row['worth'])}, {share(row['worth_of_perfect'])} of knowing everything "
        f"(p {row['worth_p']:.2g})"
    )
