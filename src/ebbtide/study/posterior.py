"""Whether draws of a posterior are of model, numbers and evidence as they are, and as written."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ebbtide.compilation.sources import lives_digest
from ebbtide.scenario import Fault, Faults, load
from ebbtide.scenario.content import digest_of
from ebbtide.scenario.faults import counted
from ebbtide.scenario.schema.evidence import EVIDENCE_COLUMNS

if TYPE_CHECKING:
    from ebbtide.scenario import Scenario
    from ebbtide.scenario.posterior import PosteriorDraws

SHORT = 16  # hexadecimal digits of a digest that are kept


def made_with(scenario: Scenario) -> str:
    """The digest of what a life rests on: the scenario as its file has it, its policy, and the model."""
    return _short(_as_written(scenario).digest, lives_digest())


def stamp(scenario: Scenario, drawn: PosteriorDraws) -> str:
    """What draws are of, for every row of their file.

    Digests of rules and numbers and of the evidence, the number of the draws, and their own digest.
    """
    return "-".join(
        (made_with(scenario), weighed_by(scenario), str(len(drawn)), rows_digest(drawn))
    )


def weighed_by(scenario: Scenario) -> str:
    """The digest of what draws are weighed by: rows of evidence up to the cut, and how publishers err.

    Not of remarks, of the order of rows, and of the code that reads them.
    """
    as_written = _as_written(scenario)
    published, observation = as_written.published, as_written.file.observation
    rows = (
        f"{kind} {[(key, row[key]) for key, column in columns.items() if not column.remark]}"
        for kind, columns in EVIDENCE_COLUMNS.items()
        if kind in published.files
        for row in published.used(kind)
    )
    errs = "" if observation is None else digest_of(observation)
    return _short(f"{[*published.of]}", errs, *sorted(rows))


def rows_digest(drawn: PosteriorDraws) -> str:
    """The digest of draws by what is read of them, their doubt among it, in their order."""
    return _short(
        drawn.doubt,
        *(
            f"{draw.base_seed} {draw.run} {draw.fighters_at_cut} {sorted(draw.values.items())}"
            for draw in drawn.draws
        ),
    )


def refuse_stale(scenario: Scenario) -> None:
    """Raise Faults for draws of other rules, numbers or evidence, and for a file that was edited."""
    if scenario.posterior is None:
        return
    as_written = _as_written(scenario)
    drawn = as_written.posterior
    assert drawn is not None  # what is set beside a file names no draws
    if (found := _amiss(as_written, drawn)) is not None:
        allowed = f"new ones, by `ebbtide calibrate {scenario.id} --to FILE`; or --priors"
        raise Faults([Fault(scenario.path.name, "posterior", found, allowed)])


def _amiss(scenario: Scenario, drawn: PosteriorDraws) -> str | None:
    """What is wrong with draws; None where nothing is."""
    lives, *further = drawn.made_with.split("-")
    if lives != made_with(scenario):
        return "draws that were made with other rules or numbers"
    if len(further) != 3:
        return "draws whose file does not say what evidence weighed them and which rows it had"
    evidence, number, rows = further
    if evidence != weighed_by(scenario):
        return "draws that were weighed by other evidence than its files now hold up to the cut"
    if number != str(len(drawn)):
        return f"{counted(len(drawn), 'draw')}, and not the {number} that were written"
    if rows != rows_digest(drawn):
        return "draws that were edited, rounded or put in another order after they were written"
    return None


def _as_written(scenario: Scenario) -> Scenario:
    return load(scenario.path) if scenario.overrides else scenario


def _short(*said: str) -> str:
    return sha256(" ".join(said).encode()).hexdigest()[:SHORT]
