"""A comparison of values made up by hand, without a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ebbtide.comparison.comparison import Comparison
from ebbtide.comparison.lived import LivedRuns
from ebbtide.comparison.outcomes import SERIES, ComparedOutcome

HASH = "0123456789abcdef" * 4
UNITS = {
    "mean_strength": "men", "ended": "yes/no", "fighters_displaced": "men",
    "effort_of_own_acts": "effort-weeks",
}  # fmt: skip
OF_THE_GROUP = ("mean_strength", "ended", "fighters_peak")
WAYS: Mapping[str, Any] = {"ended": "more", "fighters_displaced": None, "fighters_peak": None}
WEEKS = pd.date_range("2001-01-07", periods=60, freq="7D")


@dataclass
class MadeUpResults:
    """What a report asks of a results folder."""

    manifest: dict[str, Any]
    folder: Path

    def series(self, outcomes: Sequence[str], group: str) -> pd.DataFrame:
        policies, runs = self.manifest["comparison"]["policies"], self.manifest["replications"]
        return pd.DataFrame(
            [
                (place * runs + replication, policy, replication, date, 100.0 + place + replication)
                for place, policy in enumerate(policies)
                for replication in range(runs)
                for date in WEEKS
            ],
            columns=["run", "policy", "replication", "date", "fighters"],
        )


def made_up(
    values: Mapping[str, Mapping[str, Sequence[float]]],
    *,
    drawn_from: str = "priors",
    title: str = "A case",
    quantities: Mapping[str, Sequence[float]] | None = None,
    folder: Path = Path("results"),
) -> Comparison:
    """Of values by outcome, policy (the reference first) and replication."""
    policies = [*next(iter(values.values()))]
    arrays = {
        name: np.column_stack([np.asarray(each[policy], float) for policy in policies])
        for name, each in values.items()
    }
    replications = len(next(iter(arrays.values())))
    manifest = {
        "scenario": {
            "id": "case", "title": title, "named": "case.toml", "digest": HASH, "start": "2001-01-07",
            "end": "2003-01-05", "cut": None, "focus": "embers", "focus_groups": ["embers"],
            "focus_name": "Embers", "groups": {"embers": "Embers"},
        },
        "policies": {name: {"title": f"What {name} is", "digest": HASH} for name in policies},
        "study": {"others": drawn_from, "series": {"outcomes": SERIES}},
        "comparison": {
            "policies": policies, "reference": policies[0], "start": "2001-06-03",
            "forces": {"army": "The army"},
        },
        "replications": replications, "until": None, "seed": 1, "code": HASH, "posterior": None,
        "versions": {"python": "3.12", "ebbtide": "0"}, "overrides": {}, "extensions": {},
        "uncertainties": [*(quantities or {})], "metrics": {},
        "command": "ebbtide compare case.toml --policy=other",
    }  # fmt: skip
    runs = pd.DataFrame(
        [
            {
                "run": place * replications + replication,
                "policy": policy,
                "replication": replication,
            }
            | {path: each[replication] for path, each in (quantities or {}).items()}
            for replication in range(replications)
            for place, policy in enumerate(policies)
        ]
    )
    outcomes = {
        name: ComparedOutcome(
            name,
            UNITS.get(name, "people"),
            f"what {name} is",
            WAYS.get(name, "less"),
            (name,),
            side_effect=name not in OF_THE_GROUP,
        )
        for name in values
    }
    results: Any = MadeUpResults(manifest, folder)
    lived = LivedRuns(tuple(policies), np.arange(replications), 0, 0, runs, results)
    return Comparison(lived, dt.date(2001, 6, 3), outcomes, arrays)
