"""What a comparison says in words and numbers, ready for JSON and for the command's table."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.effort_of import EffortOf
from ebbtide.comparison.outdone import share_outdone
from ebbtide.comparison.report.doubts import doubts
from ebbtide.comparison.report.effort import sentences
from ebbtide.comparison.report.money import in_money
from ebbtide.comparison.report.numbers import day, share
from ebbtide.comparison.report.record import verdict
from ebbtide.comparison.report.spent import NEAR, spent
from ebbtide.scenario.faults import counted, listed
from ebbtide.study.focus import Focus
from ebbtide.study.spread import INTERVAL

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison


def told(comparison: Comparison) -> dict[str, Any]:
    """Of what scenario and draws, the reference, and tables of outcomes and of differences."""
    manifest = comparison.results.manifest
    return {
        "scenario": manifest["scenario"]["id"],
        "title": manifest["scenario"]["title"],
        "name": Focus.kept(manifest).name,
        "drawn_from": manifest["study"]["others"],
        "reference": comparison.reference,
        "policies": {name: manifest["policies"][name]["title"] for name in comparison.policies},
        "from": comparison.start.isoformat(),
        "until": manifest["until"] or manifest["scenario"]["end"],
        "replications": len(comparison.lived.replications),
        "left_out": comparison.lived.left_out,
        "failed": comparison.lived.failed,
        "interval": list(INTERVAL),
        "equal_effort": manifest["comparison"].get("equal_effort"),
        "record": _of_record(comparison),
        "notes": [
            *doubts(comparison),
            *spent(comparison),
            *less_than_ended(comparison),
            *outdone(comparison),
        ],
        "effort": _of_effort(comparison),
        "outcomes": {
            name: {"unit": each.unit, "meaning": each.meaning, "better": each.better}
            for name, each in comparison.outcomes.items()
        },
        "table": _records(comparison.table()),
        "differences": _records(comparison.differences()),
        "at_most": dict(comparison.limits),
        "limits": _records(comparison.limits_kept()),
    }


def at_equal_effort(said: Mapping[str, Any], replications: int) -> str:
    """How policies were brought to one budget, and what that does not scale, of what a manifest says.

    `replications` are those that are told of, of which the pilots are the first.
    """
    budget, of = said["budget"], EffortOf(said.get("effort_of", EffortOf.OWN))
    policies = said["policies"]
    scaled = [
        f"{policy} by {found['factor']:.3g} ("
        + ", ".join(f"{act} {strength:.3g}" for act, strength in found["strengths"].items())
        + ")"
        for policy, found in policies.items()
        if not found.get("left")
    ]
    off = [
        f"{policy} comes no nearer than {found['beyond']:.3g}"
        for policy, found in policies.items()
        if abs(found["beyond"] - budget) > NEAR * budget and not found.get("left")
    ]
    pilots = f"these same {counted(replications, 'replication')}"
    if said["pilots"] != replications:
        pilots = f"the first {said['pilots']} of these replications"
    also = [
        f" “{policy}” also ends or changes acts of {said['reference']} ({', '.join(acts)}), which are not "
        "scaled: its row is no comparison at like effort."
        for policy, found in policies.items()
        if (acts := found.get("not_kept"))
    ]
    return (
        f"At equal effort, of {of.words}: what each policy adds is scaled, {'; '.join(scaled)}, so that "
        f"this costs {budget:.3g} effort-weeks beyond {said['reference']} in the mean of "
        f"{'; '.join([pilots, *off])}.{''.join(map(_left, policies, policies.values()))}{''.join(also)}"
    )


def _left(policy: str, found: Mapping[str, Any]) -> str:
    """That a policy cannot be brought to the budget and is compared as stated, if so."""
    if not (end := found.get("left")):
        return ""
    spent = [found["beyond"], end["beyond"]]
    if not end["short"]:
        how = f"with all that it adds at strength 0 it costs {spent[1]:.3g} already"
    elif max(spent) <= 0:
        how = (
            f"it saves effort at every size that was tried, {-spent[0]:.3g} as stated and {-spent[1]:.3g} "
            "at full strength"
        )
    else:
        how = f"it costs {spent[0]:.3g} as stated, and {spent[1]:.3g} at full strength"
    return f" “{policy}” cannot be brought to it and is left as stated: {how}."


def _of_record(comparison: Comparison) -> str | None:
    """Whether the record ranks the policies, where that is told and it does not."""
    return verdict(comparison, comparison.variance_parts()) if comparison.ranked else None


def _of_effort(comparison: Comparison) -> list[str]:
    """At which ratio of prices the order of any two policies turns, where prices are told."""
    if not comparison.ranked or comparison.effort is None:
        return []
    table = comparison.break_even()
    return [*(sentences(comparison, table) if len(table) else []), *in_money(comparison)]


def less_than_ended(comparison: Comparison) -> list[str]:
    """Of policies that end more of a lever than they add: a sentence each."""
    said = comparison.results.manifest["comparison"].get("less_than_ended", {})
    told = []
    for policy in comparison.policies[1:]:
        acts = said.get(policy, [])
        if acts:
            ended = ", ".join(f"{each['ended']} at {each['strength']:.3g}" for each in acts)
            own = ", ".join(f"{each['own']:.3g}" for each in acts)
            told.append(
                f"“{policy}” ends acts of the reference ({ended}) for weaker ones of its own of the same "
                f"lever ({own}): it is less of the lever than there was, and says nothing of more."
            )
    return told


def outdone(comparison: Comparison) -> list[str]:
    """Of policies scaled to equal effort that add nothing somewhere: a sentence an act and part of it."""
    said = comparison.results.manifest["comparison"].get("outdone", {})
    told = []
    for place, policy in enumerate(comparison.policies):
        for row in said.get(policy, []):
            part = share_outdone(row, comparison.lived, place)
            if part == 0:
                continue
            runs = counted(len(comparison.lived.replications), "replication")
            often = "" if part in (None, 1) else f", in {share(part)} of {runs}"
            since = row.get("from")
            weeks = f"from {day(dt.date.fromisoformat(since))} on" if since else "in all its weeks"
            told.append(
                f"“{policy}” adds nothing {_where(row)} by its act {row['act']} ({row['strength']:.3g})"
                f"{often}: what it builds on is as strong {weeks}, or stronger ({_strengths(row['by'])}; "
                "of a range the middle), and of one lever the strongest counts."
            )
    return told


def _where(row: Mapping[str, Any]) -> str:
    """The places of a row of `outdone`, and the groups or forces of which it speaks."""
    where = [f"for {listed(row['of'])}"] if row["of"] else []
    where += [f"in {listed(row['places'])}"] if row["places"] and not row["wholly"] else []
    return " ".join(where) or "anywhere"


def _strengths(acts: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {strength:.3g}" for name, strength in acts.items())


def _records(table: Any) -> list[dict[str, Any]]:
    """Rows of plain values; what is no finite number is None."""
    return [{key: _plain(value) for key, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.item() if hasattr(value, "item") else value
