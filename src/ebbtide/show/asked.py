"""What is asked of a results folder by name, checked against what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ebbtide.scenario.faults import Fault, Faults, listed, nearest
from ebbtide.show.chosen import Chosen
from ebbtide.show.words import told
from ebbtide.study.focus import Focus

if TYPE_CHECKING:
    from ebbtide.study.results import Results

MOST_VALUES = 6  # of a varied quantity that are told apart
ONE_GROUP = "one, or --sum: places have a panel each"


def chosen(
    results: Results,
    outcome: str,
    groups: Sequence[str] = (),
    policies: Sequence[str] = (),
    *,
    summed: bool = False,
    over: Sequence[str] = (),
    places: bool = False,
) -> Chosen:
    """An outcome that a results folder holds, and of what; the focus, all policies if none is named.

    Of several groups in focus it is their sum, and where they do not add up each of them. With
    `summed` and no group named: all groups together. Raises Faults for what the folder does not
    hold, all at once, each with the nearest right name.
    """
    manifest = results.manifest
    every, ran = manifest["scenario"]["groups"], manifest["policies"]
    kept_groups = _kept_groups(manifest)
    varied = (manifest.get("study") or {}).get("vary", {})
    kept = results.outcomes("places" if places else "series")
    asked = [
        *(("--group", group, kept_groups) for group in groups),
        *(("--policy", policy, ran) for policy in policies),
        *(("--over", path, varied) for path in over),
    ]
    faults = [
        Fault(option, None, f'"{name}"', listed(known, 20), nearest(name, known))
        for option, name, known in asked
        if name not in known
    ]
    if outcome not in kept:
        faults.append(_no_outcome(results, outcome, kept, places=places))
    elif summed and not told(results, outcome, places=places).adds_up:
        adding = [name for name in kept if told(results, name, places=places).adds_up]
        found = f'"{outcome}", in {told(results, outcome, places=places).unit}'
        faults.append(Fault("--sum", None, found, f"what adds up, as {listed(adding, 6)}"))
    if len(over) > 1:
        faults.append(Fault("--over", None, f"{len(over)} quantities", "one, with --outcome"))
    if not faults:
        faults += _too_many(results, over)
    if faults:
        raise Faults(faults)
    focus = Focus.kept(manifest)
    usual = {*focus.groups} if {*focus.groups} <= {*kept_groups} else {*kept_groups[:1]}
    adds_up = told(results, outcome, places=places).adds_up
    if not groups and not summed and len(usual) > 1 and adds_up:
        groups, summed = focus.groups, True
    of = set(groups) or (set(kept_groups) if summed else usual)
    under = set(policies) or set(ran)
    return Chosen(
        results,
        outcome,
        tuple(group for group in every if group in of),
        tuple(policy for policy in ran if policy in under),
        summed,
        over[0] if over else None,
    )


def _kept_groups(manifest: Mapping[str, Any]) -> list[str]:
    """The groups whose series are kept, in the scenario's order."""
    stated = ((manifest.get("study") or {}).get("series") or {}).get("groups")
    return [group for group in manifest["scenario"]["groups"] if not stated or group in stated]


def one_fan(
    results: Results,
    outcome: str,
    groups: Sequence[str] = (),
    policies: Sequence[str] = (),
    *,
    summed: bool = False,
) -> Chosen:
    """An outcome by place, of one group (or a sum) under one policy. Raises Faults."""
    found = chosen(results, outcome, groups, policies, summed=summed, places=True)
    faults = []
    if len(found.groups) > 1 and not summed:
        several = f"{len(found.groups)} groups"
        faults.append(
            Fault("--group", None, several if groups else f"none, and {several}", ONE_GROUP)
        )
    if len(found.policies) > 1:
        several = f"{len(found.policies)} policies"
        ran = f"one of {listed(found.policies, 12)}"
        faults.append(Fault("--policy", None, several if policies else f"none, and {several}", ran))
    if faults:
        raise Faults(faults)
    return found


def is_number(results: Results, outcome: str) -> bool:
    """Whether a name is that of a number of a run."""
    return outcome in results.manifest["metrics"]


def check_number(
    results: Results,
    outcome: str,
    groups: Sequence[str],
    policies: Sequence[str],
    over: Sequence[str],
    *,
    summed: bool,
) -> None:
    """Raise Faults for what is asked of a number of a run and means nothing for it."""
    focus, ran = Focus.kept(results.manifest), results.manifest["policies"]
    allowed = f"{' and '.join(focus.groups)}: {outcome} is a number of the focus group"
    if focus.several:
        allowed = f"none: {outcome} is a number of the focus, {focus.name}"
    faults = [
        Fault("--group", None, f'"{group}"', allowed)
        for group in groups
        if {*groups} != {*focus.groups} and (focus.several or group != focus.id)
    ]
    faults += [
        Fault("--policy", None, f'"{policy}"', listed(ran, 20), nearest(policy, ran))
        for policy in policies
        if policy not in ran
    ]
    if summed:
        faults.append(Fault("--sum", None, f'"{outcome}"', "a weekly outcome"))
    if over:
        allowed = "a weekly outcome; of a number: --metric with --over"
        faults.append(Fault("--over", None, f'"{outcome}"', allowed))
    if faults:
        raise Faults(faults)


def why_nothing(results: Results, outcome: str, policies: Sequence[str] = ()) -> str:
    """Why nothing of what a folder holds is there to draw, though some run is done."""
    runs = results.runs()
    under = runs.loc[runs["status"] == "done", "policy"]
    if policies and not under.isin(policies).any():
        why = f"no run under {' or '.join(f'“{policy}”' for policy in policies)} is done"
    elif is_number(results, outcome):
        meaning = results.manifest["metrics"][outcome]["meaning"].rstrip(".")
        why = f"no run has one ({meaning[:1].lower()}{meaning[1:]})"
    else:
        why = "the runs end before its group is founded"
    return f"nothing of {outcome} to draw: {why}"


def _no_outcome(results: Results, outcome: str, kept: list[str], *, places: bool) -> Fault:
    numbers = [] if places else list(results.manifest["metrics"])
    if not kept and outcome not in numbers:
        if places:
            return Fault(
                str(results.folder), None, "no outcomes by place", "what `ebbtide run` made"
            )
        found = "no weekly series (its study has no [series])"
        return Fault(str(results.folder), None, found, f"a number: {listed(numbers, 12)}")
    known = [*kept, *numbers]
    allowed = listed(kept, 12) + (f"; of a run: {listed(numbers, 6)}" if numbers else "")
    return Fault("--outcome", None, f'"{outcome}"', allowed, nearest(outcome, known))


def _too_many(results: Results, over: Sequence[str]) -> list[Fault]:
    if not over:
        return []
    values = results.runs()[over[0]].nunique()
    if values <= MOST_VALUES:
        return []
    return [Fault("--over", None, f"{values} values", f"at most {MOST_VALUES}, with --outcome")]
