"""What kind of file a document is, wherever that is asked."""

from pathlib import Path

import pytest

from ebbtide.claims.claim_tests import ClaimTests
from ebbtide.scenario import Faults, Policy, check, load
from ebbtide.scenario.document import read_document
from ebbtide.scenario.file_kind import (
    CLAIM_TESTS_KEYS,
    PRICES_KEYS,
    STUDY_KEYS,
    FileKind,
    kind_of_file,
)
from ebbtide.scenario.schema.file import ScenarioFile
from ebbtide.scenario.schema.policy import PolicyFile
from ebbtide.scenario.schema.prices import PricesFile
from ebbtide.study.study import Study
from ebbtide.study.study_file import StudyFile

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "scenarios"
OF_KINDS = {
    FileKind.SCENARIO: [SHIPPED / "minimal.toml", SHIPPED / "khorasan.toml"],
    FileKind.BASE: [SHIPPED / "parameters.toml"],
    FileKind.POLICY: sorted(SHIPPED.glob("**/policies/*.toml")),
    FileKind.STUDY: sorted((ROOT / "experiments").glob("*.toml")),
    FileKind.PRICES: sorted(SHIPPED.rglob("prices.toml")),
    FileKind.CLAIMS: sorted(SHIPPED.rglob("claims.toml")),
    FileKind.CLAIM_TESTS: sorted(SHIPPED.rglob("claim_tests.toml")),
}
READERS = {FileKind.SCENARIO: load, FileKind.POLICY: Policy.read, FileKind.STUDY: Study.read}


@pytest.mark.parametrize("kind", FileKind)
def test_shipped_files_are_of_their_kinds(kind):
    assert OF_KINDS[kind]
    for path in OF_KINDS[kind]:
        document = read_document(path)
        told = kind_of_file(document)
        assert told is kind or (told is None and document.data.keys() == {"title"}), path


@pytest.mark.parametrize(
    ("reader", "kind"),
    [(reader, kind) for reader in READERS for kind in FileKind if reader != kind],
)
def test_another_kind_is_refused_by_its_name(reader, kind):
    """A policy may be for a scenario that is not named: of a study it is told the unknown keys."""
    path = OF_KINDS[kind][0]
    with pytest.raises(Faults) as caught:
        READERS[reader](path)
    if (reader, kind) == (FileKind.POLICY, FileKind.STUDY):
        assert {fault.key for fault in caught.value.faults} > {"scenario"}
    else:
        assert [fault.found for fault in caught.value.faults] == [kind.value]


@pytest.mark.parametrize("key", ["borders", "centres", "events", "evidence"])
def test_any_table_of_a_scenario_makes_a_base(tmp_path, key):
    file = tmp_path / "base.toml"
    file.write_text(f"[{key}]\n")
    assert check(file) == [f"{file}: a base for other files: nothing to run"]
    with pytest.raises(Faults, match="a base for other files"):
        load(file)


ALL = (ScenarioFile, PolicyFile, StudyFile, PricesFile, ClaimTests)


@pytest.mark.parametrize(
    ("keys", "model"),
    [(STUDY_KEYS, StudyFile), (PRICES_KEYS, PricesFile), (CLAIM_TESTS_KEYS, ClaimTests)],
)
def test_a_kind_is_told_by_keys_that_no_other_file_has(keys, model):
    others = {key for other in ALL if other is not model for key in other.model_fields}
    assert model.model_fields.keys() >= keys
    assert not keys & others


@pytest.mark.parametrize(
    "table",
    [key for key in ClaimTests.model_fields if key not in ("source", "note", "text", "null_model")],
)
def test_any_table_of_tests_makes_a_file_of_them(table, tmp_path):
    file = tmp_path / "tests.toml"
    file.write_text(f'source = "ours"\n[{table}]\n')
    assert kind_of_file(read_document(file)) is FileKind.CLAIM_TESTS
