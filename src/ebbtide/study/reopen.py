"""From a results folder back to its scenario, its policies, and any of its runs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ebbtide.study.results import Results
from ebbtide.study.store import Refused
from ebbtide.world.tables import ENDED, OF_RUN

if TYPE_CHECKING:
    from ebbtide.extensions import Extensions
    from ebbtide.scenario import Policy, Scenario
    from ebbtide.study.design import Run

OTHER_SCENARIO = "plot: --scenario, run --from: SCENARIO, in Python `named`"
OTHER_POLICY = "run --from: --policy, in Python `named`"


def scenario_of(results: Results, named: str | None = None) -> Scenario:
    """The scenario of a results folder, with its overrides.

    It is looked up as it was named then, or as `named` now. Raises Refused if it is not
    found or has changed since.
    """
    from ebbtide.scenario import Faults, load

    kept = results.manifest
    name = named or kept["scenario"]["named"]
    overrides, _ = _overrides_of(results)
    try:
        scenario = load(name, overrides)
    except Faults as faults:
        if named is not None:
            raise
        raise Refused(
            f"{results.folder}: its scenario cannot be read; say which file it is ({OTHER_SCENARIO})\n"
            f"{faults}"
        ) from None
    if scenario.digest != kept["scenario"]["digest"]:
        raise Refused(
            f"{results.folder}: the scenario {name} is not as it was when these runs were made"
        )
    return scenario


def _overrides_of(results: Results) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was set beside the files: of the scenario, and of the policy."""
    from ebbtide.scenario.document import read_value
    from ebbtide.scenario.policy import parted

    kept = results.manifest["overrides"]
    return parted({path: read_value(text) for path, text in kept.items()})


def policy_of(
    results: Results, scenario: Scenario, policy: str, named: str | None = None
) -> Policy:
    """A policy of a results folder by its id, looked up as it was named then, or as `named` now.

    Raises Refused if it is not found or has changed since.
    """
    from ebbtide.scenario import Faults
    from ebbtide.scenario.library import chosen_policy

    kept = results.manifest["policies"][policy]
    name = named or kept.get("named")
    try:
        found = chosen_policy(name, scenario, _overrides_of(results)[1])
    except Faults as faults:
        if named is not None:
            raise
        raise Refused(
            f"{results.folder}: its policy cannot be read; say which file it is ({OTHER_POLICY})\n{faults}"
        ) from None
    if found.digest != kept["digest"]:
        raise Refused(
            f"{results.folder}: the policy {policy} is not as it was when these runs were made"
        )
    return found


def run_of(results: Results, number: int) -> Run:
    """A run as its row tells it: seed, policy and every value that was set. Raises Refused."""
    from ebbtide.study.design import Run

    rows = results.table("runs")
    numbers = [] if rows is None else rows["run"].to_pylist()
    if rows is None or number not in numbers:
        raise Refused(f"{results.folder}: holds no run {number}; runs kept: {len(numbers)}")
    row = rows.slice(numbers.index(number), 1).to_pylist()[0]
    results.must_know(row, [row["policy"]])
    told = {*OF_RUN, *ENDED, *results.manifest["metrics"]}
    return Run(
        **{key: row[key] for key in OF_RUN},
        values={
            path: _value(value)
            for path, value in row.items()
            if path not in told and value is not None  # of another policy's act
        },
    )


def _value(kept: Any) -> Any:
    """A value as it was set: a day is kept as a moment."""
    return kept.date() if isinstance(kept, dt.datetime) else kept


def check_extensions(results: Results, extensions: Extensions) -> None:
    """Raise Refused unless the extensions are those that made the folder."""
    from ebbtide.study.extended import differing, digests_of, told_extensions

    kept, given = results.manifest.get("extensions", {}), told_extensions(extensions).told()
    if digests_of(kept) != digests_of(given):
        raise Refused(f"{results.folder}: {differing(kept, given)}")
