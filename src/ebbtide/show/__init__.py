"""What people look at: `draw_run` draws the figures of a run, `draw_sweep` those of a sweep."""

from ebbtide.show.run import draw_run
from ebbtide.show.sweep import draw_sweep
from ebbtide.show.sweep_table import tell_sweep

__all__ = ["draw_run", "draw_sweep", "tell_sweep"]
