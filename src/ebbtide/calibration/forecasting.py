"""From where a forecast takes its draws: a bank as of a day, or the scenario's own posterior."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.calibration.bank import PROPOSALS
from ebbtide.calibration.by import By
from ebbtide.calibration.calibrate import open_bank
from ebbtide.scenario import Fault, Faults
from ebbtide.scenario.faults import MISSING, counted
from ebbtide.scenario.posterior import CAME_OF_IT, PosteriorDraw, PosteriorDraws
from ebbtide.study.posterior import made_with, refuse_stale
from ebbtide.study.store import read_manifest

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario

DRAWS = 1000  # of a bank, unless more or fewer are asked


@dataclass(frozen=True)
class Drawn:
    """Draws as of a day; `words` and `made_of` say where they are from."""

    reference_date: dt.date
    draws: PosteriorDraws
    words: str
    made_of: Mapping[str, Any] = field(default_factory=dict)


def drawn_from_bank(
    scenario: Scenario, folder: Path, by: By, as_of: dt.date | None, number: int | None
) -> Drawn:
    """Draws of a bank's runs, by what was known on a day: each a run, as often as its weight has it.

    Raises Faults for a bank of something else, and for a day after the cut.
    """
    day = _day(scenario, as_of)
    posterior = open_bank(scenario, folder, by)
    weighed = posterior.weigh(as_of=day)
    bank = posterior.bank
    rows = posterior.resampled(number or DRAWS, 0, weighed.weights)
    runs = posterior.runs.iloc[rows]
    numbers = [int(run) for run in runs["run"]]
    came = [int(fighters) for fighters in runs[CAME_OF_IT]]
    values = {run: _numbers(bank[run].values) for run in set(numbers)}
    draws = PosteriorDraws(
        tuple(
            PosteriorDraw(bank.base_seed, run, values[run], fighters)
            for run, fighters in zip(numbers, came, strict=True)
        ),
        made_with(scenario), "",
    )  # fmt: skip
    made = read_manifest(folder)["command"]
    doubt = "" if weighed.trusted else "; such weights are not to be trusted"
    words = (
        f"{len(posterior.runs):,} runs of a bank (`{made}`), weighed by {by} as of {day}: "
        f"they are worth {counted(weighed.effective, 'draw')}{doubt}"
    )
    of_bank = {
        "command": made, "by": str(by), "runs": len(posterior.runs),
        "proposals": sha256((folder / PROPOSALS).read_bytes()).hexdigest(),
    }  # fmt: skip
    return Drawn(day, draws, words, {"bank": of_bank})


def drawn_from_posterior(scenario: Scenario, as_of: dt.date | None) -> Drawn:
    """The draws of the posterior that the scenario names, which is as of its cut.

    Raises Faults where it names none, or one of other rules or numbers, and for another day.
    """
    if scenario.posterior is None:
        allowed = "a scenario that names a posterior, or the folder of a bank: --bank"
        raise Faults([Fault(scenario.path.name, "posterior", "none", allowed)])
    refuse_stale(scenario)
    day = _day(scenario, as_of)
    if day != _day(scenario, None):
        allowed = f"{_day(scenario, None)}, the posterior's day; of another day --bank answers"
        raise Faults([Fault("--as-of", None, f"{day}", allowed)])
    digest = scenario.posterior.digest
    words = f"the posterior that the scenario names (sha256 {digest[:12]}), as of {day}"
    if scenario.posterior.doubt:
        words += f"; its draws are not to be trusted: {scenario.posterior.doubt}"
    return Drawn(day, scenario.posterior, words, {"posterior": digest})


def lengthened(scenario: Scenario, until: dt.date) -> Scenario:
    """The scenario with a later end, all else as it is; its runs are the same up to its own end.

    What it states by date is then as it stands last: acts without an end go on, and a centre keeps the
    health of its last day. Raises Faults for a day before its own end.
    """
    end = scenario.file.end
    if until < end:
        allowed = f"a day from {end} on, to which the scenario goes itself"
        raise Faults([Fault("--until", None, f"{until}", allowed)])
    return scenario.with_overrides({"end": until}) if until > end else scenario


def _day(scenario: Scenario, as_of: dt.date | None) -> dt.date:
    """The day as of which a forecast is made. Raises Faults for one that is not up to the cut."""
    cut, first = scenario.file.cut, scenario.dates[0]
    last = cut or scenario.dates[-1]
    day = as_of or cut
    if day is None:
        needed = "the day up to which evidence is used; or --as-of DATE"
        raise Faults([Fault(scenario.path.name, "cut", MISSING, needed)])
    if not first < day <= last:
        allowed = f"a day after {first} and not after {last}"
        file, key = (scenario.path.name, "cut") if as_of is None else ("--as-of", None)
        raise Faults([Fault(file, key, f"{day}", allowed)])
    return day


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    return {path: float(value) for path, value in values.items()}
