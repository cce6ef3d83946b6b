"""Making a bank: rounds of runs, each drawn where the ones before it agree with the record."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from ebbtide.calibration.bank import Bank, Observer, free_paths
from ebbtide.calibration.by import By
from ebbtide.calibration.extra import must_be_there
from ebbtide.calibration.posterior import Posterior
from ebbtide.calibration.proposal import Proposal, fitted
from ebbtide.compilation.sources import digest_beyond, lives_digest
from ebbtide.evidence.likelihood import Likelihood
from ebbtide.evidence.reading import read_statements
from ebbtide.scenario import Fault, Faults, Scenario, content
from ebbtide.study.asked import SaidBy, options_of
from ebbtide.study.conduct import Progress, conduct
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.executor import workers_here
from ebbtide.study.manifest import manifest_of
from ebbtide.study.manifest_file import KeptCalibration, KeptDesign, KeptMetric, KeptStudy
from ebbtide.study.results import Results
from ebbtide.study.store import Refused, Store, read_manifest

FIT_TO = 150  # effective draws to which weights are tempered before a proposal is fitted to them


@dataclass(frozen=True)
class CalibrationAsked:
    """What a calibration is asked: how many runs a round, in how many rounds at most, until when."""

    scenario: Scenario
    named: str
    runs: Annotated[int, SaidBy("--runs")]
    rounds: Annotated[int, SaidBy("--rounds")]
    effective: Annotated[float, SaidBy("--effective")]
    seed: Annotated[int, SaidBy("--seed")]

    def manifest(self, bank: Bank) -> dict[str, Any]:
        """Enough to make the bank again exactly."""
        scenario = self.scenario
        seen = {
            name: KeptMetric(unit="", meaning=f"what bears on: {statement.words}").told()
            for statement in read_statements(scenario)
            for name in statement.kept
        }
        made = manifest_of(
            scenario, [scenario.policy], seed=self.seed, replications=len(bank), until=None,
            fixed=False, overrides={}, named=self.named, command=self.command,
            study=KeptStudy(
                title=f"{scenario.title}: a bank of runs", vary={},
                design=KeptDesign(kind="random", points=1), others=DrawnFrom.PRIORS.value, series=None,
                calibration=KeptCalibration(
                    free=bank.free, runs=self.runs, evidence=seeing_digest(scenario),
                    lives=lives_digest(),
                ),
            ),
        )  # fmt: skip
        return made | {"metrics": made["metrics"] | seen}

    def check(self) -> None:
        """Raise Faults or Refused for what cannot be calibrated, before anything is written."""
        must_be_there()
        free_paths(self.scenario)
        file, evidence = self.scenario.path.name, self.scenario.published
        if not evidence.of_focus:
            found = " and ".join(self.scenario.file.evidence.of or ())
            allowed = f"the focus, whose men runs are weighed by: {evidence.focus}"
            raise Faults([Fault(file, "evidence.of", found, allowed)])
        if not Likelihood.of(read_statements(self.scenario)).statements:
            allowed = "files of evidence with rows up to the cut that are not held back"
            raise Faults([Fault(file, "evidence", "nothing to weigh by", allowed)])

    @property
    def command(self) -> str:
        """The command that asks for the same."""
        return shlex.join(["ebbtide", "calibrate", self.named, *options_of(self)])


SEEN_BY = ("calibration/bank.py", "evidence/reading.py")  # what a run of a bank is


def seeing_digest(scenario: Scenario) -> str:
    """Of what is seen of a run and how it was drawn: statements, observation model, proposals."""
    from hashlib import sha256

    code = digest_beyond(*SEEN_BY)
    observation = scenario.file.observation  # whose remarks count nothing
    seen = "" if observation is None else content.digest_of(observation)
    said = [repr(scenario.published.files), seen, code]
    return sha256("\0".join(said).encode()).hexdigest()


def calibrate(
    asked: CalibrationAsked,
    folder: Path,
    workers: int | None,
    report: Callable[[Progress], None] = lambda _: None,
    told: Callable[[int, Posterior], None] = lambda _, __: None,
) -> Posterior:
    """Make a bank, or go on with one, until it is worth so many draws or all rounds are done.

    `told` hears of every round that is finished. Raises Faults for a scenario that cannot be
    calibrated, Refused for a folder of something else, KeyboardInterrupt and DiskFull with all runs
    kept that were finished.
    """
    scenario = asked.scenario
    statements = tuple(read_statements(scenario))
    bank = Bank.kept(scenario, asked.seed, folder)
    task = Observer(scenario, scenario.policy, asked.seed, statements)
    if not bank.rounds:
        bank = replace(bank, rounds=((asked.runs, Proposal(len(bank.free))),))
    while True:
        with Store(folder, asked.manifest(bank)) as store:
            bank.keep(folder)
            conduct(bank, store, workers_here(task, workers, len(bank)), report)
        posterior = read_posterior(bank, statements, folder)
        told(len(bank.rounds), posterior)
        if posterior.weighed.effective >= asked.effective or len(bank.rounds) >= asked.rounds:
            return posterior
        follows = fitted(posterior.scores, posterior.weighed.log_weights, FIT_TO)
        bank = replace(bank, rounds=(*bank.rounds, (asked.runs, follows)))


def open_bank(scenario: Scenario, folder: Path, by: By = By.LIKELIHOOD) -> Posterior:
    """The bank of a folder, weighed. Raises Faults for one of another scenario, evidence or code."""
    must_be_there()
    manifest = read_manifest(folder)
    kept = (manifest["study"] or {}).get("calibration")
    if not kept:
        raise Faults([Fault(str(folder), None, "no bank", "the folder of a bank of runs")])
    of = {
        "scenario": (manifest["scenario"]["digest"], scenario.digest),
        "evidence": (kept["evidence"], seeing_digest(scenario)),
        "code": (kept["lives"], lives_digest()),
    }
    allowed = f"a new bank: `ebbtide calibrate {scenario.id}`"
    faults = [
        Fault(str(folder), name, "another than that of the bank", allowed)
        for name, (was, now) in of.items()
        if was != now
    ]
    if faults:
        raise Faults(faults)
    statements = tuple(read_statements(scenario))
    bank = Bank.kept(scenario, manifest["seed"], folder)
    return replace(read_posterior(bank, statements, folder), by=by)


def read_posterior(bank: Bank, statements: tuple[Any, ...], folder: Path) -> Posterior:
    """The runs of a folder's bank, weighed. Raises Refused where some are still to be done.

    Rounds are weighed as one mixture by how many runs each has: with a part of one missing that is wrong.
    """
    runs = Results.open(folder).runs()
    if len(runs) < len(bank):
        missing = f"{len(bank) - len(runs):,} of {len(bank):,} runs are still to be done"
        raise Refused(f"{folder}: {missing}; the same `ebbtide calibrate` goes on")
    done = runs[runs["status"] == "done"].reset_index(drop=True)
    return Posterior(bank, statements, done)
