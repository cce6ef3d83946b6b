"""From a set of figures to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def write_figures[Subject](
    figures: Mapping[str, Callable[[Subject], Figure | None]], subject: Subject, folder: Path
) -> list[Path]:
    """Draw figures by name and return the PNG files written, without those that have nothing to show.

    Files are written whole and renamed into place. Raises OSError where `folder` cannot be written.
    """
    import matplotlib as mpl

    from ebbtide.show import style

    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(style.PRINT):
        drawn = ((name, draw(subject)) for name, draw in figures.items())
        return [
            style.save(figure, folder / f"{name}.png")
            for name, figure in drawn
            if figure is not None
        ]
