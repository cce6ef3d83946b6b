"""The tables of the report: cells as they are read, with the numbers that they are sorted by."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.effort_of import EffortOf
from ebbtide.comparison.information import above_noise
from ebbtide.comparison.limits import EVERY_LIMIT
from ebbtide.comparison.outcomes import HEADLINE
from ebbtide.comparison.report.numbers import TIED, Change, joined, mean, share, size
from ebbtide.comparison.report.parts import named
from ebbtide.show.compared import words
from ebbtide.study.harm import HARM
from ebbtide.study.spread import CENTRAL
from ebbtide.world.units import YES_NO

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.comparison.comparison import Comparison

MOST_FACTS = 15
MOST_BOXES = 3  # of a policy
WAY = {"less": "less", "more": "more", None: "neither"}


@dataclass(frozen=True)
class TableCell:
    """What stands in a cell, and by what it is sorted, None for its words."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class DataTable:
    """A table of the page: `name` is its anchor, `numbers` are the columns that hold numbers."""

    name: str
    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[TableCell]]
    numbers: frozenset[int]


def headline(comparison: Comparison, name: str) -> DataTable:
    """A row a policy in one outcome, the reference on top."""
    table = comparison.table()
    apart = comparison.differences()
    changes = {row["policy"]: row for row in apart[apart["outcome"] == name].to_dict("records")}
    unit = comparison.outcomes[name].unit
    rows = []
    for row in table[table["outcome"] == name].to_dict("records"):
        own = changes.get(row["policy"])
        band = f"{size(row['median'])} ({size(row['low'])} to {size(row['high'])})"
        rows.append(
            [
                TableCell(row["policy"]),
                TableCell(share(row["mean"]) if unit == YES_NO else size(row["mean"]), row["mean"]),
                TableCell(band, row["median"]),
                _change(own),
                _better(own),
                _share(row["best"]),
            ]
        )
    heads = [
        "policy", f"mean ({unit})", f"median ({CENTRAL} of runs)",
        f"difference from {comparison.reference} (95%)", "better in", "best in",
    ]  # fmt: skip
    caption = (
        f"{words(name).capitalize()} under each policy. Better in, best in: shares of replications."
    )
    return DataTable("headline", caption, heads, rows, frozenset(range(1, 6)))


def differences(comparison: Comparison, outcomes: Sequence[str], name: str, of: str) -> DataTable:
    """A row an outcome, a column a policy."""
    others = comparison.policies[1:]
    found = {
        (row["outcome"], row["policy"]): row for row in comparison.differences().to_dict("records")
    }
    rows = []
    for outcome in outcomes:
        if (outcome, others[0]) not in found:
            continue
        base, said = found[outcome, others[0]]["reference"], comparison.outcomes[outcome]
        rows.append(
            [
                TableCell(named(comparison, outcome)),
                TableCell(WAY[said.better]),
                TableCell(mean(base, said.unit).replace(" ", TIED), base),
                *(_change(found[outcome, policy]) for policy in others),
            ]
        )
    caption = (
        f"{of}: mean under {comparison.reference}, and paired differences from it with 95% intervals; in "
        "% of that mean where it is clearly above zero, else in its unit; of a probability in points (pt)."
    )
    heads = ["outcome", "better is", f"{comparison.reference} (mean)", *others]
    return DataTable(name, caption, heads, rows, frozenset(range(2, len(heads))))


def regret(comparison: Comparison) -> DataTable:
    """A row a policy: what is lost beyond the best of each replication, in strength and in harm."""
    asked = dict.fromkeys(
        [comparison.ranked[0], *(each for each in (HARM,) if each in comparison.ranked)]
    )
    tables = {name: comparison.regret(name).set_index("policy") for name in asked}
    heads, rows = ["policy"], [[TableCell(policy)] for policy in comparison.policies]
    for name, table in tables.items():
        unit = comparison.outcomes[name].unit
        for column in ("expected", "largest"):
            heads.append(f"{words(name)}, {column} ({unit})")
            values = table[column].to_dict()
            for row, policy in zip(rows, comparison.policies, strict=True):
                row.append(TableCell(size(values[policy]), values[policy]))
    caption = (
        "Regret: what a policy loses beyond the best policy of each replication, in the mean (expected) "
        "and at most (largest)."
    )
    return DataTable("regret", caption, heads, rows, frozenset(range(1, len(heads))))


def limits(comparison: Comparison) -> DataTable:
    """A row a policy: how often it keeps every limit that was stated, and each."""
    table = comparison.limits_kept()
    heads = ["policy", EVERY_LIMIT] + [
        f"{words(name)} at most {size(most)} ({comparison.outcomes[name].unit})"
        for name, most in comparison.limits.items()
    ]
    rows = [
        [TableCell(str(policy)), *(_part(row, "kept") for row in own.to_dict("records"))]
        for policy, own in table.groupby("policy", sort=False)
    ]
    caption = (
        "Limits: shares of replications in which a policy keeps every one that was stated, and each, with "
        "95% intervals (Wilson 1927); the first is its satisficing share (Starr 1963; Herman, Reed, Zeff "
        "and Characklis 2015)."
    )
    return DataTable("limits", caption, heads, rows, frozenset(range(1, len(heads))))


def pairs(comparison: Comparison) -> DataTable:
    """A row a pair of policies: how sure it is which is ahead."""
    name = comparison.ranked[0]
    rows = [
        [
            TableCell(row["ahead"]), TableCell(row["behind"]), TableCell(size(row["apart"]), row["apart"]),
            _share(row["reversed_in_runs"]), _share(row["reversed_in_means"]),
        ]
        for row in comparison.pairs(name).to_dict("records")
    ]  # fmt: skip
    unit = comparison.outcomes[name].unit
    heads = [
        "ahead",
        "behind",
        f"apart ({unit})",
        "replications that reverse it",
        "chance that means would",
    ]
    caption = f"Any two policies by their means of {words(name)}, and how sure their order is."
    return DataTable("pairs", caption, heads, rows, frozenset((2, 3, 4)))


def efforts(comparison: Comparison) -> DataTable:
    """A row a policy: what it costs beyond the reference by both accounts of effort."""
    table = comparison.efforts()
    accounts = [EffortOf(each) for each in dict.fromkeys(table["effort_of"])]
    equal = comparison.results.manifest["comparison"].get("equal_effort")
    scaled = equal and EffortOf(equal.get("effort_of", EffortOf.OWN))
    rows = []
    for policy, own in table.groupby("policy", sort=False):
        cells = [TableCell(str(policy))]
        for row in own.to_dict("records"):
            cells += [
                _interval(row, "beyond", "low", "high"),
                TableCell(size(row["median"]), row["median"]),
            ]
        rows.append(cells)
    heads = ["policy"]
    for of in accounts:
        heads += [f"{of.words}{', scaled on' if of == scaled else ''} (95%)", "in the middle run"]
    by = joined(of.words for of in accounts)
    caption = (
        f"Effort beyond {comparison.reference}, in effort-weeks, of {by}: "
        "means with 95% intervals, and medians of replications."
    )
    return DataTable("efforts", caption, heads, rows, frozenset(range(1, len(heads))))


def break_even(table: pd.DataFrame) -> DataTable | None:
    """A row two policies: what each does for its effort, and at which ratio of prices that turns."""
    rows = [
        [
            TableCell(row["policy"]), _interval(row, "gain", "gain_low", "gain_high"),
            TableCell(row["against"]),
            _interval(row, "gain_against", "gain_against_low", "gain_against_high"),
            _interval(row, "ratio", "low", "high"), _share(row["reversed_in_runs"]),
        ]
        for row in table.to_dict("records")
    ]  # fmt: skip
    if not rows:
        return None
    heads = [
        "policy", "for an effort-week", "against", "for an effort-week of it", "turns at",
        "turned in",
    ]  # fmt: skip
    caption = (
        f"How much {words(str(table['outcome'].iloc[0]))} is better than under the reference for an "
        f"effort-week of own acts ({table['unit'].iloc[0]}), with 95% intervals, at this size of each "
        "policy; by how many times the first's effort may be dearer beside the second's before their "
        "order turns; and the share of replications in which it is the other way."
    )
    return DataTable("break-even", caption, heads, rows, frozenset((1, 3, 4, 5)))


def tradeoff(comparison: Comparison) -> DataTable | None:
    """A row a policy: strength, harm, and whether no policy beats it in both."""
    if not {HEADLINE, HARM} <= {*comparison.ranked}:
        return None
    rows = [
        [
            TableCell(row["policy"]),
            *(TableCell(size(row[name]), row[name]) for name in (HEADLINE, HARM)),
            TableCell("yes" if row["pareto"] else "no"),
        ]
        for row in comparison.tradeoff().to_dict("records")
    ]  # fmt: skip
    heads = [
        "policy",
        *(f"{words(name)} ({comparison.outcomes[name].unit})" for name in (HEADLINE, HARM)),
        "in the Pareto set",
    ]
    caption = (
        "Means of both; in the Pareto set no other policy is as good in both and better in one."
    )
    return DataTable("pareto", caption, heads, rows, frozenset((1, 2)))


def information(table: pd.DataFrame) -> DataTable | None:
    """A row a quantity whose worth stands out of the noise, those worth most; None where none does."""
    known = above_noise(table)
    rows = [
        [
            TableCell(row["quantity"]), TableCell(size(row["value"]), row["value"]),
            _share(row["of_perfect"]),
            TableCell({True: "yes", False: "no"}.get(row["updated"], "")),
        ]
        for row in known.head(MOST_FACTS).to_dict("records")
    ]  # fmt: skip
    if not rows:
        return None
    heads = [
        "quantity",
        f"worth ({table['unit'].iloc[0]})",
        "of knowing all",
        "updated by the record",
    ]
    most = f", the {MOST_FACTS} worth most of {len(known)}" if len(known) > MOST_FACTS else ""
    caption = (
        f"What knowing one quantity before choosing would be worth, in {words(table['outcome'].iloc[0])}: "
        f"those that stand out of the noise{most}."
    )
    return DataTable("facts", caption, heads, rows, frozenset((1, 2)))


def publishers(comparison: Comparison) -> DataTable:
    """A row a publisher: what his statements, made anew, would be worth before choosing."""
    table = comparison.publishers()
    rows = [
        [
            TableCell(row["publisher"]), TableCell(str(row["statements"]), float(row["statements"])),
            TableCell(size(row["value"]), row["value"]), _share(row["of_perfect"]),
            TableCell("yes" if row["value"] > row["noise"] else "no"),
        ]
        for row in table.to_dict("records")
    ]  # fmt: skip
    heads = [
        "publisher", "statements", f"worth ({table['unit'].iloc[0]})", "of knowing all",
        "out of the noise",
    ]  # fmt: skip
    caption = (
        "What each publisher's statements, made anew of the same weeks, would be worth before choosing, "
        f"in {words(table['outcome'].iloc[0])}."
    )
    return DataTable("publishers", caption, heads, rows, frozenset((1, 2, 3)))


def variance_parts(table: pd.DataFrame) -> DataTable | None:
    """A row a difference between two policies: of which quantities it varies."""
    rows = [
        [
            TableCell(row["policy"]),
            TableCell(row["against"]),
            *(_part(row, part) for part in VARIANCE_HEADINGS),
        ]
        for row in table.to_dict("records")
        if not math.isnan(row["rest"])
    ]
    if not rows:
        return None
    heads = ["policy", "against", *VARIANCE_HEADINGS.values()]
    caption = (
        f"Of what the difference in {words(str(table['outcome'].iloc[0]))} varies between replications: "
        "shares of the variance of its ranks, with 95% intervals; the last column is the first over the "
        "first two."
    )
    return DataTable("record", caption, heads, rows, frozenset(range(2, len(heads))))


VARIANCE_HEADINGS = {
    "not_updated": "by what no datum updates",
    "updated": "by what the record updates",
    "rest": "by random numbers and the rest",
    "share": "share of what no datum updates",
}


def structures(table: pd.DataFrame) -> DataTable:
    """A row a rival view of structure: what the record says of it, and what policies do where it holds."""
    policies = list(dict.fromkeys(table["policy"]))
    rows = []
    for (says, view), own in table.groupby(["says", "view"], sort=False):
        of = own.set_index("policy")
        first = own.iloc[0]
        told = [first[name] for name in ("evidence", "evidence_low", "evidence_high")]
        evidence = ""
        if not any(each is None or math.isnan(each) for each in told):
            evidence = "{:.2g} ({:.2g} to {:.2g})".format(*told)
        best = of.index[of["chosen"].eq(True)]
        ahead = TableCell("")
        if len(best):
            lead = _interval(first.to_dict(), "lead", "lead_low", "lead_high")
            ahead = TableCell(f"{lead.text}, of {first['next']}", lead.value)
        rows.append(
            [
                TableCell(str(says)), TableCell(str(view)), _share(first["prior"]), TableCell(evidence),
                TableCell(str(first["replications"]), float(first["replications"])),
                *(_relative(of.loc[policy, "relative"]) for policy in policies[1:]),
                TableCell(str(best[0]) if len(best) else "too few"), ahead,
            ]
        )  # fmt: skip
    heads = [
        "question",
        "view",
        "prior",
        "evidence ratio (95%)",
        "replications",
        *policies[1:],
        "best mean",
        f"ahead by ({table['unit'].iloc[0]}, 95%)",
    ]
    caption = (
        f"Rival views of structure, each a part of a prior, in {words(str(table['outcome'].iloc[0]))}: "
        "posterior odds over prior odds by the draws of the posterior, which may be inconsistent (Robert, "
        "Cornuet, Marin and Pillai 2011), and each policy's mean beside "
        f"{policies[0]}'s where the view holds, each view taken alone, and by how much the best is ahead "
        "of the next there, with nothing adjusted for the number of views."
    )
    return DataTable("structures", caption, heads, rows, frozenset(range(2, len(heads) - 2)))


def failures(comparison: Comparison) -> DataTable | None:
    """A row a box of quantities in which a policy fails more often than elsewhere."""
    table = comparison.failures().groupby("policy", sort=False).head(MOST_BOXES)
    table = table[table["box"].notna()] if len(table) else table
    rows = [
        [
            TableCell(row["policy"]), _share(row["failing"]), TableCell(row["box"]),
            _share(row["density"]), _share(row["coverage"]),
        ]
        for row in table.to_dict("records")
    ]  # fmt: skip
    if not rows:
        return None
    heads = ["policy", "fails in", "most often where", "fails there in", "of all its failures"]
    caption = (
        f"Where a policy is no better than {comparison.reference} in {words(comparison.ranked[0])}: "
        "shares of replications, by a tree of few levels, found and counted in the same runs: candidates, "
        "not findings."
    )
    return DataTable("failures", caption, heads, rows, frozenset((1, 3, 4)))


def outcomes(comparison: Comparison) -> DataTable:
    """What each outcome means."""
    rows = [
        [
            TableCell(named(comparison, name)),
            TableCell(each.unit),
            TableCell(WAY[each.better]),
            TableCell(each.meaning),
        ]
        for name, each in comparison.outcomes.items()
    ]
    heads = ["outcome", "unit", "better is", "meaning"]
    return DataTable("outcomes", "What the outcomes mean.", heads, rows, frozenset())


def _change(row: Mapping[Any, Any] | None) -> TableCell:
    if row is None:
        return TableCell("")
    change = Change(row)
    return TableCell(change.in_table, change.value)


def _better(row: Mapping[Any, Any] | None) -> TableCell:
    """In what share a policy is better, and in what share it changes nothing, if in any."""
    if row is None:
        return TableCell("")
    cell = _share(row["better"])
    return (
        TableCell(f"{cell.text} (same {share(row['same'])})", cell.value) if row["same"] else cell
    )


def _interval(row: Mapping[Any, Any], value: str, low: str, high: str) -> TableCell:
    return TableCell(f"{size(row[value])} ({size(row[low])} to {size(row[high])})", row[value])


def _part(row: Mapping[Any, Any], part: str) -> TableCell:
    if math.isnan(row[part]):
        return TableCell("cannot be told")
    low, high = share(row[f"{part}_low"]), share(row[f"{part}_high"])
    return TableCell(f"{share(row[part])} ({low.removesuffix('%')} to {high})", row[part])


def _relative(value: Any) -> TableCell:
    if value is None or math.isnan(value):
        return TableCell("")
    return TableCell(("+" if value > 0 else "") + share(value), float(value))


def _share(value: float | None) -> TableCell:
    if value is None or math.isnan(value):
        return TableCell("")
    return TableCell(share(value), value)
