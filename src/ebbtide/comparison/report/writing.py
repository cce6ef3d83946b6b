"""The report as files: the page, and its figures beside it as SVG and PNG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.comparison.report.figures import FIGURES, drawn_figures
from ebbtide.comparison.report.page import rendered
from ebbtide.study.store import write_whole

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison

FOLDER, PAGE = "report", "report.html"


def write_report(comparison: Comparison, folder: Path | None = None) -> Path:
    """Write them and return the page; `report/` in the results folder unless another is named.

    All is drawn before anything is written, and each file is written whole, the page last; figures from
    before that have nothing to show now are gone. Raises OSError where the folder cannot be written.
    """
    figures = drawn_figures(comparison)
    page = rendered(comparison, figures)
    folder = comparison.results.folder / FOLDER if folder is None else folder
    folder.mkdir(parents=True, exist_ok=True)
    for name in {*FIGURES} - {*figures}:
        for kind in ("svg", "png"):
            (folder / f"{name}.{kind}").unlink(missing_ok=True)
    for each in figures.values():
        write_whole(folder / f"{each.name}.svg", each.svg)
        write_whole(folder / f"{each.name}.png", each.png)
    write_whole(folder / PAGE, page.encode())
    return folder / PAGE
