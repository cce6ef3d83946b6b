"""`ebbtide run --from DIR --run N`: one run of a results folder again, beside what is kept."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.cli.conducting import say
from ebbtide.cli.loading import groups_of

if TYPE_CHECKING:
    import pyarrow as pa

    from ebbtide.study.results import Results


def rerun(
    folder: Path,
    number: int,
    scenario: str | None,
    policy: str | None,
    with_: Sequence[str],
    log: str | None,
    group: str | None,
) -> int:
    """Do the run again and print its metrics; returns 1 if it fails, or differs from the kept."""
    from ebbtide.extensions import Extensions
    from ebbtide.study.chunk import work
    from ebbtide.study.reopen import check_extensions, policy_of, run_of, scenario_of
    from ebbtide.study.results import Results
    from ebbtide.study.simulate import Kept, Simulator, last_week

    results = Results.open(folder)
    extensions = Extensions(with_)
    check_extensions(results, extensions)
    run = run_of(results, number)
    loaded = scenario_of(results, scenario)
    of = groups_of(loaded, group)
    acts = policy_of(results, loaded, run.policy, policy)
    _warn_of_other_code(results)
    simulator = Simulator(
        loaded,
        {run.policy: acts},
        last_week(loaded, results.manifest["until"]),
        Kept.stated(results.manifest),
        extensions,
    )
    chunk = work(simulator, [run])
    now, kept = _decoded(chunk.files["runs"]), _kept(results, "runs", number)
    _print(kept.to_pylist()[0], now.to_pylist()[0])
    equal = now.equals(kept)
    if "series" in chunk.files:
        equal &= _decoded(chunk.files["series"]).equals(_kept(results, "series", number))
    print("the same as what is kept" if equal else "not the same as what is kept")
    if chunk.failures:
        import traceback

        try:
            simulator(run)
        except Exception:  # noqa: BLE001 - what any rule raises is what was asked for
            traceback.print_exc(file=sys.stderr)
    elif log is not None:
        from ebbtide.show.told import told

        print("\n".join(told(log, simulator.live(run), of)))
    return 0 if equal and not chunk.failures else 1


def _decoded(content: bytes) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    return pq.read_table(pa.BufferReader(content)).replace_schema_metadata(None)


def _kept(results: Results, table: str, number: int) -> pa.Table:
    import pyarrow.compute as pc

    kept = results.table(table)
    assert kept is not None
    return kept.filter(pc.equal(kept["run"], number)).combine_chunks().replace_schema_metadata(None)


def _print(kept: dict[str, Any], now: dict[str, Any]) -> None:
    width = max(map(len, now))
    for name, value in now.items():
        beside = "" if value == kept.get(name) else f"   kept: {_shown(kept.get(name))}"
        print(f"{name:<{width}}  {_shown(value)}{beside}")


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def _warn_of_other_code(results: Results) -> None:
    from ebbtide.compilation.sources import runs_digest

    if results.manifest["code"] != runs_digest():
        say("note: what the sources of ebbtide compute has changed since; the run may differ")
