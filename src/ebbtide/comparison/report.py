"""The answer of a comparison in words: a short text in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.focus import Focus

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison

SURE = 0.05  # a chance of reversal below which a ranking is told as one
CAUTION = (
    "The intervals say how well so many replications know the mean in this model, under these draws. "
    "They say nothing of whether the model is right: most of its numbers are guesses, how policies rank "
    "restates the assumptions, and it is not for action against anyone (README, What it is not for)."
)


def report(comparison: Comparison) -> str:
    """The question, the answer in the first outcome, side effects, regret, and what is not known."""
    manifest = comparison.results.manifest
    lines = [
        f"# {manifest['scenario']['title']}: policies compared",
        f"{Focus.kept(manifest).name}, from {comparison.start:%d %B %Y} on, "
        f"{len(comparison.lived.replications)} replications of each policy "
        f"({DrawnFrom(manifest['study']['others']).told}), compared with the policy "
        f"“{comparison.reference}”.",
    ]
    if comparison.ranked:
        lines += ["## The answer", *_answer(comparison, comparison.ranked[0])]
    lines += ["## Differences", _differences(comparison), "## How sure", CAUTION]
    return "\n\n".join(lines) + "\n"


def _answer(comparison: Comparison, name: str) -> list[str]:
    """Of each policy the difference in a sentence; then whether the ranking stands."""
    apart = comparison.differences()
    words, unit = name.replace("_", " "), comparison.outcomes[name].unit
    said = [
        f"- **{row['policy']}**: {words} differs by {_told(row)} ({unit}: {row['difference']:+,.3g} from "
        f"{row['reference']:,.3g}), and is better in {row['better']:.0%} of replications."
        for row in apart[apart["outcome"] == name].to_dict("records")
    ]
    pairs = comparison.pairs(name)
    first = pairs.iloc[0]
    sure = first["reversed_in_means"] < SURE
    stands = "no other has so good a mean" if sure else "whose mean is not surely apart from"
    ranked = (
        f"**{first['ahead']}** comes first: {stands}"
        + ("" if sure else f" that of {first['behind']}")
        + f" (chance of a reversed order of means {first['reversed_in_means']:.2g}; single replications "
        f"reverse it in {first['reversed_in_runs']:.0%})."
    )
    worth = comparison.information(name)
    known = worth[worth["value"] > worth["noise"]]["quantity"].tolist()
    perfect = float(worth["perfect"].iloc[0]) if len(worth) else 0.0
    fact = "no single fact stands out of the noise"
    if known:
        fact = f"of single facts {known[0]} is worth most"
    return [
        "\n".join(said),
        ranked,
        f"To know all before choosing, random numbers too, would be worth {perfect:,.3g} {unit}; {fact}.",
    ]


def _told(row: Mapping[Any, Any]) -> str:
    if row["unit"] == "yes/no":
        points, low, high = (f"{100 * row[key]:+.0f}" for key in ("difference", "low", "high"))
        return f"{points} points (95%: {low} to {high})"
    if row["relative"] != row["relative"]:  # no share of a mean of zero
        return f"{row['difference']:+,.3g} (95%: {row['low']:+,.3g} to {row['high']:+,.3g})"
    low, high = row["relative_low"], row["relative_high"]
    return f"{row['relative']:+.1%} (95%: {low:+.1%} to {high:+.1%})"


def _differences(comparison: Comparison) -> str:
    apart = comparison.differences()
    others = comparison.policies[1:]
    heads = ["outcome", "unit", comparison.reference, *others]
    lines = [f"| {' | '.join(heads)} |", "| --- | --- |" + " ---: |" * (len(heads) - 2)]
    for name, rows in apart.groupby("outcome", sort=False):
        found = {row["policy"]: row for row in rows.to_dict("records")}
        base = f"{rows['reference'].iloc[0]:,.4g}"
        cells = [_told(found[policy]) for policy in others]
        lines.append(f"| {name} | {rows['unit'].iloc[0]} | {base} | {' | '.join(cells)} |")
    return "\n".join(lines)
