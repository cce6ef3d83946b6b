"""A notebook shows a figure that a cell ends in as a picture."""

from __future__ import annotations

from types import SimpleNamespace

from IPython.core.formatters import DisplayFormatter

from ebbtide.show.style import new_figure

PNG = b"\x89PNG"


def test_a_cell_that_ends_in_a_figure_shows_it_without_pyplot() -> None:
    embers = SimpleNamespace(name="Embers", subtitle="invented")
    figure, _ = new_figure(embers, "fighters", 1, height=2.0)
    told, _ = DisplayFormatter().format(figure)
    assert told["image/png"].startswith(PNG)
