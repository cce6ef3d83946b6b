"""What kept numbers and pages take from files that no digest counts: names that compute none of them."""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase

from ebbtide.calibration.calibrate import SEEN_BY
from ebbtide.compilation import sources

MAKERS = (
    *sources.LIVED_BY, *SEEN_BY, "calibration/calibrate.py", "calibration/freshness.py",
    "calibration/posterior_page.py", "calibration/scores_page.py", "calibration/sensitivity_page.py",
    "cli/claims.py", "cli/attribute.py", "show/__init__.py",
)  # fmt: skip
# A name that comes new belongs here if what it gives is content, which has digests, or words for people;
# if what is kept rests on how it computes, it belongs in a file that counts.
TAKEN = {
    "agents.py": "Fighter InsurgentGroup StateForce view",
    "collector.py": "StrengthCollector",
    "compilation/machine_code.py": "MachineCode are_kept",
    "compilation/sources.py": "digest_beyond digest_of judging_digest lives_digest",
    "installed.py": "shipped_folders",
    "lives.py": "lives_of",
    "mesa_model.py": "MesaModel",
    "mesa_scenario.py": "ScenarioInMesa in_mesa",
    "scenario/checks.py": "check_scenario",
    "scenario/document.py": "Document Keys read_document read_toml read_value",
    "scenario/evidence_files.py": "EvidenceFile",
    "scenario/file_kind.py": "FileKind kind_of_file",
    "scenario/geography.py": "read_rows",
    "scenario/notebook.py": "titled_table",
    "scenario/outlines.py": "Outlines",
    "scenario/parts.py": "Parts read_parts",
    "scenario/policy_checks.py": "check_policy check_what_is_done",
    "scenario/project.py": "Project label near_file policy_folders",
    "scenario/sources.py": "Sources",
    "scenario/usual.py": "Usual",
    "scenario/validation.py": "NO_QUANTITY faults_of_quantity validate validate_mended",
    "stated_elsewhere.py": "of_run",
    "study/asked.py": "Asked Planned SaidBy options options_of",
    "study/conduct.py": "Progress conduct",
    "study/executor.py": "WorkersLost workers_here",
    "study/manifest.py": "manifest_of without_root",
    "study/manifest_file.py": "KeptCalibration KeptDesign KeptMetric KeptStudy",
    "study/results.py": "Results",
    "study/results_folder.py": "results_folder",
    "study/store.py": "DiskFull MANIFEST Refused Store read_manifest write_whole",
}


def test_what_is_kept_takes_from_files_set_aside_only_what_is_told() -> None:
    imports = sources._imports()
    kept = imports.closure({each for of in MAKERS for each in made_by(of)}, sources.ASIDE)
    taken: dict[str, set[str]] = defaultdict(set)
    for file in kept:
        for each in imports.names_of(sources.PACKAGE / file):
            module, _, name = each.partition(":")
            stands = None if module == "*" else imports._file(module, name)
            if stands is not None and is_aside(stands) and not says_words(stands):
                taken[stands].add(name)
    told = {file: set(names.split()) for file, names in TAKEN.items()}
    new = {
        f"{file}: {name}" for file, names in taken.items() for name in names - told.get(file, set())
    }
    gone = {f"{file}: {name}" for file, names in told.items() for name in names - taken[file]}
    assert (new, gone) == (set(), set())


def made_by(file: str) -> set[str]:
    """A maker of what is kept; of a command, which asks, what it imports."""
    return set(sources._imports().of(file)) if file.startswith("cli/") else {file}


def says_words(file: str) -> bool:
    """Whether a file of those only gives words for people, or notes: it hands out no number."""
    return file == "scenario/faults.py" or "_note" in file or file == "scenario/new_names.py"


def is_aside(file: str) -> bool:
    return any(fnmatchcase(file, pattern) for pattern in sources.ASIDE)
