"""The steps from a document to a checked scenario file, all faults collected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from ebbtide.scenario.checks import check_all_names, check_claims, check_scenario
from ebbtide.scenario.content import quantities_of
from ebbtide.scenario.document import Document, Keys, read_document
from ebbtide.scenario.dotted import restate_dotted
from ebbtide.scenario.evidence_files import EvidenceFile, read_evidence
from ebbtide.scenario.faults import MISSING, Fault, Faults
from ebbtide.scenario.fixed_table import FixedTable, fixed
from ebbtide.scenario.geography import add_geography
from ebbtide.scenario.measuring import complete
from ebbtide.scenario.names import Names
from ebbtide.scenario.outlines import Outlines, read_outlines
from ebbtide.scenario.policy import Policy
from ebbtide.scenario.posterior import PosteriorDraws, read_draws
from ebbtide.scenario.project import label, policy_folders
from ebbtide.scenario.schema.evidence import EVIDENCE_COLUMNS, Ledger
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.places import CODE
from ebbtide.scenario.structure_checks import check_structures
from ebbtide.scenario.validation import rules_model, validate, validate_mended

MANY = 8  # faults of a file that is extended, from which on they are told as one


@dataclass(frozen=True, slots=True)
class Parts:
    """What belongs to a scenario beside its tables."""

    names: Names
    outlines: Outlines | None
    measured: list[str]  # paths of what was left out and follows from the outlines
    evidence: dict[str, EvidenceFile]  # by kind
    ledger: Ledger | None  # of claims
    claim_tests: Path | None
    odd: Path | None  # what the ODD document says of this case alone
    posterior: PosteriorDraws | None


def read_parts(
    document: Document, policy: Policy | None, tried: Collection[Keys] = ()
) -> tuple[ScenarioFile, Policy, Parts]:
    """Check a document and all that it names; `policy` stands in for the one it names.

    The document is completed by its geography; `tried` was set beside the file. Raises Faults.
    """
    faults: list[Fault] = []
    if not add_geography(document, faults):
        raise Faults(faults)
    outlines = _outlines(document, faults)
    measured = complete(document, outlines)
    restate_dotted(document, faults)
    mended: set[Keys] = set()
    file = validate_mended(ScenarioFile, document, faults, mended)
    if document.get(("geography", "places")) is not None and len(faults) > 1:
        faults[:] = [each for each in faults if (each.key, each.found) != ("places", MISSING)]
    file = _with_rules(file, document, faults)
    names = Names.of(document.data)
    policy = policy or _default_policy(document, faults)
    if file is not None:
        check_all_names(file, names, document, faults, mended)
        deploying = None if policy is None else policy.file
        check_scenario(file, names, document, faults, mended, tried, deploying)
        if policy is not None:
            policy.check(file, names, faults, mended, tried)
    evidence = FixedTable(
        {
            kind: read_evidence(kind, path, names, faults)
            for kind in EVIDENCE_COLUMNS
            if (path := _file_at(("evidence", kind), document, faults)) is not None
        }
    )
    ledger = _ledger(document, faults)
    if file is not None and (ledger is not None or document.get(("evidence", "claims")) is None):
        check_claims(file, ledger, document, faults)
        if policy is not None and ledger is not None:
            check_claims(policy.file, ledger, policy.document, faults)
    claim_tests = _file_at(("evidence", "claim_tests"), document, faults)
    odd = _file_at(("odd",), document, faults)
    if file is not None and file.structures:
        check_structures(file.structures, quantities_of(file), document, faults, tried)
    posterior = None
    if file is not None and states_posterior(document):
        drawn = _file_at(("posterior",), document, faults)
        if drawn is not None:
            known = quantities_of(file) | ({} if policy is None else policy.uncertainties)
            posterior = read_draws(drawn, known, faults, tried)
    if faults or file is None or policy is None:
        raise Faults(faults, _of_other_places(document, faults))
    return (
        file,
        policy,
        Parts(names, outlines, measured, evidence, ledger, claim_tests, odd, posterior),
    )


def _of_other_places(document: Document, faults: list[Fault]) -> str | None:
    """What many faults of a file that is extended have in common, where this one has places of its own."""
    own, stated = label(document.path), document.get(("geography", "places"))
    below = {name for name in document.files if name != own}
    of_below = [each for each in faults if each.file in below]
    if document.origin(("geography", "places")) != own or len(of_below) < MANY or stated is None:
        return None
    [file, *_] = sorted({each.file for each in of_below})
    return (
        f"{own}: found places of its own ({stated}) under {file}, which it extends and whose groups "
        f'and forces are of others; allowed: {file}\'s places, or `extends = "ebbtide:parameters"`:'
    )


def states_posterior(document: Document) -> bool:
    """Whether the file itself names draws: those of a file that it extends are of that file's numbers."""
    named = document.get(("posterior",)) is not None
    return named and document.file(("posterior",)) == document.path.resolve()


def _outlines(document: Document, faults: list[Fault]) -> Outlines | None:
    """The outlines of places, by the property that the file states, else `code`."""
    path = _file_at(("geography", "outlines"), document, faults)
    code = document.get(("geography", "code"))
    if path is None:
        return None
    return read_outlines(path, code if isinstance(code, str) else CODE, faults)


def _with_rules(
    file: ScenarioFile | None, document: Document, faults: list[Fault]
) -> ScenarioFile | None:
    """The file with its rules read against what the mechanisms declare."""
    rules = check_rules(document, faults)
    if file is None or rules is None:
        return file
    read = {name: dict(getattr(rules, name)) for name in type(rules).model_fields}
    return file.model_copy(update={"rules": fixed(read)})


def check_rules(document: Document, faults: list[Fault]) -> BaseModel | None:
    """The rules' tables read against the mechanisms; None if they have faults, or are no table."""
    import ebbtide.rules as declared

    tables = document.data.get("rules")
    if not isinstance(tables, dict):
        return None
    return validate(rules_model(declared.MECHANISMS), tables, document, faults, ("rules",))


def _path_of_policy(name: str, scenario: Path) -> str:
    """The path, from the scenario's file, of a policy that it names: a path, or a name in its folders."""
    if name.endswith(".toml") or "/" in name:
        return name
    paths = [folder / f"{name}.toml" for folder in policy_folders(scenario)]
    try:
        found = next((path for path in paths if path.is_file()), paths[-1])
    except OSError:  # too long for a file's name, which reading it says
        return name
    return found.relative_to(scenario.parent).as_posix()


def _default_policy(document: Document, faults: list[Fault]) -> Policy | None:
    written = document.data.get("policy")
    if not isinstance(written, str):
        return None
    try:
        path = document.project.path(
            _path_of_policy(written, document.file(("policy",))),
            document.folder(("policy",)),
            document.origin(("policy",)),
            "policy",
        )
        return Policy.attempt(path, document.project, faults)
    except Faults as found:
        faults.extend(found.faults)
        return None


def _file_at(keys: Keys, document: Document, faults: list[Fault]) -> Path | None:
    """The file that the text at `keys` names, if there is one."""
    written = document.get(keys)
    if not isinstance(written, str):
        return None
    try:
        folder, origin = document.folder(keys), document.origin(keys)
        return document.project.path(written, folder, origin, ".".join(keys))
    except Faults as found:
        faults.extend(found.faults)
        return None


def _ledger(document: Document, faults: list[Fault]) -> Ledger | None:
    """The ledger of claims that the scenario names, if it names one."""
    path = _file_at(("evidence", "claims"), document, faults)
    if path is None:
        return None
    try:
        written = read_document(path, document.project)
    except Faults as found:
        faults.extend(found.faults)
        return None
    return validate(Ledger, written.data, written, faults)
