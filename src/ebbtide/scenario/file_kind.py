"""What kind of file a document is, told by the keys that no other kind has."""

from __future__ import annotations

from enum import Enum

from ebbtide.scenario.document import Document
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import POLICY_TABLES, PolicyFile

# Any of these keys makes a file of its kind; parts that stand after this one say what the files hold.
STUDY_KEYS = frozenset({"scenario", "vary", "replications"})
PRICES_KEYS = frozenset({"prices", "standard"})
CLAIM_TESTS_KEYS = frozenset(
    {
        "rule",
        "figure",
        "sign",
        "forecast",
        "pattern",
        "periods",
        "measure",
        "breakdown",
        "attribution",
    }
)
_SCENARIO_KEYS = ScenarioFile.model_fields.keys() - PolicyFile.model_fields.keys()
_POLICY_KEYS = PolicyFile.model_fields.keys() - ScenarioFile.model_fields.keys()
NO_BASE = ("title", "start", "end")  # what only a file that is to be run says


class FileKind(Enum):
    """The kinds of files, as messages call them."""

    SCENARIO = "a scenario file"
    BASE = "a base for other files (no title): nothing to run"
    POLICY = "a policy file"
    STUDY = "a study"
    PRICES = "a file of prices"
    CLAIMS = "a ledger of claims"
    CLAIM_TESTS = "a file of claim tests"


def kind_of_file(document: Document) -> FileKind | None:
    """The kind of a document; None where its keys are of no kind, or of a scenario and a policy."""
    keys = document.data.keys()
    if keys & STUDY_KEYS:
        return FileKind.STUDY
    if keys & PRICES_KEYS:
        return FileKind.PRICES
    if not keys & {"title", *POLICY_TABLES, "rules"}:
        if "claims" in keys:
            return FileKind.CLAIMS
        if keys & CLAIM_TESTS_KEYS:
            return FileKind.CLAIM_TESTS
    if keys & _POLICY_KEYS:
        return None if keys & _SCENARIO_KEYS else FileKind.POLICY
    if not keys & _SCENARIO_KEYS:
        return None
    return FileKind.SCENARIO if keys & {*NO_BASE} else FileKind.BASE
