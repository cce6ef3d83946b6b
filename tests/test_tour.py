"""The tour in Python runs from top to bottom, and says what is kept in it.

To make it anew after a change of results: `EBBTIDE_WRITE_TOUR=1 uv run pytest -m slow tests/test_tour.py`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

TOUR = Path(__file__).resolve().parents[1] / "docs" / "tour.ipynb"
LARGEST = 100_000  # bytes; outputs stay small enough to be read as they are
BY_CHANCE = r"0x[0-9a-f]+"  # an address in memory


def outputs(notebook: nbformat.NotebookNode) -> list[list[object]]:
    """What each cell of code says, by kind."""
    return [
        [_told(output) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def _told(output: nbformat.NotebookNode) -> object:
    said = output.get("data") or output.get("text") or output
    in_order = sorted(said.items()) if isinstance(said, dict) else said
    return re.sub(BY_CHANCE, "", str(in_order))


def kept() -> nbformat.NotebookNode:
    return nbformat.read(TOUR, as_version=4)


def test_the_tour_is_kept_with_small_outputs_and_without_faults() -> None:
    assert TOUR.stat().st_size < LARGEST
    cells = [cell for cell in kept().cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    assert not [out for cell in cells for out in cell.outputs if out.output_type == "error"]
    assert "/home/" not in TOUR.read_text("utf-8")


@pytest.mark.slow
def test_the_tour_says_what_it_says_there(tmp_path: Path) -> None:
    notebook = kept()
    before = outputs(notebook)
    client = NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    )
    client.execute()
    if os.environ.get("EBBTIDE_WRITE_TOUR"):
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)  # when it ran
        notebook.metadata = {
            "kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}
        }  # fmt: skip
        TOUR.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        return
    assert outputs(notebook) == before
