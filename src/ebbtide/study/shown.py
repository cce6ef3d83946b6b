"""How results show themselves: in a line, and as a table in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.scenario.notebook import titled_table
from ebbtide.study.focus import Focus
from ebbtide.study.spread import CENTRAL
from ebbtide.study.tally import counts_of, tallied, tally

if TYPE_CHECKING:
    from ebbtide.study.results import Results


def in_a_line(results: Results) -> str:
    """The folder, and how many runs of what it holds."""
    status = results.table("runs", ["status"])
    kept = [] if status is None else status["status"].to_pylist()
    failed = f", {kept.count('failed')} failed" if "failed" in kept else ""
    runs = "1 run" if len(kept) == 1 else f"{len(kept):,} runs"
    policies = ", ".join(map(repr, results.manifest["policies"]))
    scenario = results.manifest["scenario"]["id"]
    return f"Results({str(results.folder)!r}: {runs} of {scenario!r} under {policies}{failed})"


def as_table(results: Results) -> str:
    """HTML of the metrics of the focus by policy, as a median and central interval.

    Where no run is done it says why, and what goes on.
    """
    headings = ("metric", "unit", *results.manifest["policies"])
    if why := results.why_nothing:
        return titled_table(in_a_line(results), headings, (), why)
    found = tally(results)["policies"]
    counts = counts_of(found.values())
    names = [name for name, runs in counts.items() if runs]
    rows = [
        (
            name,
            next(metrics[name]["unit"] for metrics in found.values() if name in metrics),
            *(tallied(metrics.get(name)) for metrics in found.values()),
        )
        for name in names
    ]
    name = Focus.kept(results.manifest).name
    below = f"Of {name}: median and {CENTRAL} interval of runs. `.runs()` has every run as a row"
    below += ", `.series()` every week." if results.table("series", ["run"]) is not None else "."
    if nowhere := [name for name in counts if name not in names]:
        below += f" In no run: {', '.join(nowhere)}."
    return titled_table(in_a_line(results), headings, rows, below)
