"""A figure that a notebook shows as a picture, whether or not pyplot was ever asked for."""

from __future__ import annotations

from io import BytesIO

from matplotlib.figure import Figure


class NotebookFigure(Figure):
    """A figure of Matplotlib's, drawn where a cell ends in it."""

    def _repr_png_(self) -> bytes:
        """The figure as PNG: IPython asks for it."""
        drawn = BytesIO()
        self.savefig(drawn, format="png")
        return drawn.getvalue()
