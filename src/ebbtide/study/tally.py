"""What a sweep comes to, by policy: each metric's median and central interval over its runs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.scenario.faults import counted
from ebbtide.study.failures import failures_of
from ebbtide.study.focus import Focus
from ebbtide.study.spread import ends, spread
from ebbtide.world.units import DATE, YES_NO, meant_by

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.study.results import Results


def tally(results: Results) -> dict[str, Any]:
    """Runs done and failed, metrics by policy, and varied values that moved none; ready for JSON.

    Of a metric how many of the policy's runs have it, and what over these; dates are left out.
    """
    runs = results.runs()
    done = runs[runs["status"] == "done"]
    study = results.manifest["study"] or {}
    varied = [path for path in study.get("vary", {}) if path in runs]
    return {
        "title": study.get("title"),
        "scenario": results.manifest["scenario"]["id"],
        "name": Focus.kept(results.manifest).name,
        "varied": varied,
        "idle": [path for path in varied if _is_idle(done, path, varied, results)],
        "runs": len(runs),
        "interval": list(ends(min(done.groupby("policy").size(), default=0))),
        "failed": failures_of(runs, varied),
        "policies": {
            policy: _metrics(done[done["policy"] == policy], results.manifest["metrics"])
            for policy in results.manifest["policies"]
        },
    }


def _is_idle(done: pd.DataFrame, path: str, varied: Sequence[str], results: Results) -> bool:
    """Whether no metric of any run moved with a varied value, all else being the same."""
    alike = ["policy", "replication", *(other for other in varied if other != path)]
    metrics = [name for name in results.manifest["metrics"] if name in done]
    groups = done.groupby(alike, dropna=False)
    compared = groups[path].nunique(dropna=False) > 1
    if not compared.any():
        return False
    moved = (groups[metrics].nunique(dropna=False) > 1).any(axis=1)
    return not moved[compared].any()


def _metrics(runs: Any, known: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, metric in known.items():
        if metric["unit"] == DATE or name not in runs:
            continue
        values = runs[name].dropna().to_numpy(float)
        centre = {"mean": float(np.mean(values))} | spread(values) if len(values) else {}
        said = {key: metric[key] for key in ("unit", "digits") if key in metric}
        found[name] = {**said, "runs": len(values), "of": len(runs), **centre}
    return found


def tallied(metric: Mapping[str, Any] | None) -> str:
    """A metric of a tally in words: the median and the interval, of a yes or no the share of yes.

    Where some runs have none it says how many have one.
    """
    if metric is None:
        return "-"
    if not metric["runs"]:
        return in_some(0, metric["of"])
    levels = [metric[key] for key in ("median", "low", "high")]
    digits = metric.get("digits", meant_by(metric["unit"]).digits)
    if digits is None:  # of a unit that nothing is said of: three that tell its greatest level
        greatest = max(map(abs, levels))
        digits = max(0, 2 - math.floor(math.log10(greatest))) if greatest else 0
    median, low, high = (f"{level:,.{digits}f}" for level in levels)
    said = f"{median} ({low} to {high})"
    if metric["unit"] == YES_NO:
        said = f"yes in {100 * metric['mean']:.0f}%"
    some = in_some(metric["runs"], metric["of"])
    return f"{said}, {some}" if some else said


def counts_of(policies: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many runs have each metric, of tallies by policy together."""
    counts: dict[str, int] = {}
    for metrics in policies:
        for name, metric in metrics.items():
            counts[name] = counts.get(name, 0) + metric["runs"]
    return counts


def in_some(runs: int, of: int) -> str:
    """In how many runs something is, in words; empty where it is in all."""
    if runs == of:
        return ""
    return f"in {runs or 'none'} of {counted(of, 'run')}"
