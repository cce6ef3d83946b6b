"""The documents that files and messages point to can be read where Ebbtide is installed."""

import re
from pathlib import Path

from ebbtide.cli.documents import documents

ROOT = Path(__file__).parents[2]
POINTER = re.compile(r"(?<!--out )docs/[\w-]+\.md")


def test_a_document_is_printed_whole_and_a_slip_is_told(ebbtide):
    answer = ebbtide("explain", "docs/scenarios.md")
    assert answer.out.strip() == (ROOT / "docs" / "scenarios.md").read_text().strip()
    answer = ebbtide("explain", "docs/scenaros.md")
    assert answer.code == 2
    assert "did you mean docs/scenarios.md?" in answer.err
    assert "docs/api.md" in ebbtide("explain").out


def test_whoever_points_to_a_document_points_to_one_that_is_there():
    pointing = [*ROOT.glob("scenarios/*.toml"), *ROOT.glob("src/ebbtide/**/*.py")]
    pointing += ROOT.glob("src/ebbtide/template/*")
    found = {
        name for file in pointing if file.is_file() for name in POINTER.findall(file.read_text())
    }
    assert "docs/scenarios.md" in found
    assert found <= documents().keys()
