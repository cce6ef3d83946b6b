"""What people look at: the figures of a run and of a sweep, and any outcome as asked."""

from ebbtide.show.drawing import draw_asked, draw_asked_by_place, plot
from ebbtide.show.run import draw_run
from ebbtide.show.sweep import draw_sweep
from ebbtide.show.sweep_table import tell_sweep

__all__ = ["draw_asked", "draw_asked_by_place", "draw_run", "draw_sweep", "plot", "tell_sweep"]
