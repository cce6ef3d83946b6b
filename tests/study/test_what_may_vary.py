"""What a study may vary its runs honour as a scenario of its own would; the rest is refused."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ebbtide.scenario import Faults, Scenario, load, load_policy
from ebbtide.scenario.content import walk
from ebbtide.scenario.quantity import Quantity
from ebbtide.study.design import Run
from ebbtide.study.simulate import Simulator
from ebbtide.study.study import Study

SCENARIO = load("minimal")
POLICY = load_policy("minimal", SCENARIO)
OF_SCENARIO = {".".join(keys): value for keys, value in walk(SCENARIO.file)}
OF_POLICY = {f"policy.{'.'.join(keys)}": value for keys, value in walk(POLICY.file)}
WEEKS = 40


def another(path: str, value: Any) -> Any:
    """Another value that may stand there; None where this file knows of none."""
    match value:
        case Quantity():
            return value.quantile(0.8) if value.uncertain else None
        case bool():
            return not value
        case dt.date():
            return value + dt.timedelta(weeks=3)
        case tuple() if path == "focus":
            return "league"
        case str() if path == "groups.league.name":
            return "league"
        case str() if path == "policy":
            return "nothing"
        case str() if path.endswith(("title", "source", "note", "name")):
            return "another"
    return None


VARIED = {
    path: new
    for path, value in (OF_SCENARIO | OF_POLICY).items()
    if (new := another(path, value)) is not None and new != value
}


def studied(folder: Path, path: str, value: Any) -> Study:
    written = value.isoformat() if isinstance(value, dt.date) else json.dumps(value)
    file = folder / "study.toml"
    file.write_text(
        f'title = "One path"\nscenario = "minimal"\npolicies = ["minimal"]\nreplications = 1\n'
        f'[vary."{path}"]\nvalues = [{written}]\n'
    )
    return Study.read(file)


def by_hand(path: str, value: Any) -> tuple[Scenario, Any]:
    """Scenario and policy with the value written into their files."""
    if path.startswith("policy."):
        return SCENARIO, POLICY.with_overrides({path.removeprefix("policy."): value})
    return SCENARIO.with_overrides({path: value}), POLICY


def test_what_all_runs_share_and_what_none_feels_is_refused(tmp_path):
    refused = [path for path in VARIED if "." not in path]
    assert {"start", "end", "focus", "policy", "title"} <= set(refused)
    for path in (*refused, "policy.title", *(each for each in VARIED if each.endswith("source"))):
        with pytest.raises(Faults, match=r"the same for all runs|no run can feel"):
            studied(tmp_path, path, VARIED[path])


def of_runs() -> Iterator[Any]:
    """Every path that may differ between runs; of a mechanism's parameters all but one are slow."""
    tried = set[str]()
    for path in VARIED:
        first, _, rest = path.partition(".")
        mechanism = rest.partition(".")[0]
        if first == "rules" and mechanism in tried:
            yield pytest.param(path, marks=pytest.mark.slow)
        elif "." in path.removeprefix("policy."):
            tried |= {mechanism} if first == "rules" else set()
            yield path


@pytest.mark.parametrize("path", [*of_runs()])
def test_what_is_accepted_is_honoured(tmp_path, path):
    try:
        study = studied(tmp_path, path, VARIED[path])
    except Faults:
        return  # said, and not silent
    run = next(iter(study.design()))
    assert run.values[path] == VARIED[path]
    scenario, policy = by_hand(path, VARIED[path])
    alone = Simulator(scenario, {"minimal": policy}, WEEKS, None)
    varied = Simulator(study.scenario, dict(study.policies), WEEKS, None)
    plain = Run(run.run, run.policy, run.replication, run.seed, {})
    assert varied(run).metrics == alone(plain).metrics
