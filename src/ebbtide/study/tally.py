"""What a sweep comes to, by policy: each metric's median and central interval over its runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.study.metrics import METRICS
from ebbtide.study.spread import INTERVAL, spread

if TYPE_CHECKING:
    from ebbtide.study.store import Results


def tally(results: Results) -> dict[str, Any]:
    """Runs done and failed, and metrics by policy; dates are left out, ready for JSON."""
    runs = results.runs()
    done = runs[runs["status"] == "done"]
    failed = runs[runs["status"] == "failed"]
    study = results.manifest["study"] or {}
    varied = list(study.get("vary", {}))
    return {
        "title": study.get("title"),
        "scenario": results.manifest["scenario"]["id"],
        "varied": varied,
        "runs": len(runs),
        "interval": list(INTERVAL),
        "failed": [
            {
                "run": int(row["run"]),
                "policy": row["policy"],
                "seed": int(row["seed"]),
                "error": row["error"],
                "values": {path: _plain(row[path]) for path in varied},
            }
            for row in failed.to_dict("records")
        ],
        "policies": {
            policy: _metrics(done[done["policy"] == policy])
            for policy in results.manifest["policies"]
        },
    }


def _metrics(runs: Any) -> dict[str, Any]:
    found = {}
    for name, metric in METRICS.items():
        if metric.unit == "date" or name not in runs:
            continue
        values = runs[name].dropna().to_numpy(float)
        if len(values):
            centre = {"mean": float(np.mean(values))} | spread(values)
            found[name] = {"unit": metric.unit, "runs": len(values), **centre}
    return found


def _plain(value: Any) -> Any:
    return value.date().isoformat() if hasattr(value, "date") else value
