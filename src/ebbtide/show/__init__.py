"""What people look at. `draw_run` draws the figures of a finished run."""

from ebbtide.show.run import draw_run

__all__ = ["draw_run"]
