"""The set of figures that `ebbtide run` leaves in its results folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.show.figures import write_figures

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.scenario import Scenario
    from ebbtide.show.subject import Subject
    from ebbtide.study.results import Results


def draw_run(results: Results, folder: Path, scenario: Scenario) -> list[Path]:
    """Draw the focus of a run and return the PNG files written, in reading order.

    `results` offers `series()` and `places()` as DataFrames; of several policies the first is
    drawn. `folder` takes the files themselves and is made if absent. A figure whose outcomes
    or outlines are absent is left out; without any finished run the list is empty. Files are
    written whole and renamed into place. Raises OSError where `folder` cannot be written.
    """
    from ebbtide.show.attacks import draw_attacks
    from ebbtide.show.command import draw_command
    from ebbtide.show.flows import draw_flows
    from ebbtide.show.money import draw_money
    from ebbtide.show.own import draw_own
    from ebbtide.show.presence import draw_presence
    from ebbtide.show.strength import draw_strength
    from ebbtide.show.subject import subject_of
    from ebbtide.show.surroundings import draw_surroundings
    from ebbtide.show.territory import draw_territory

    subject = subject_of(results, scenario)
    if subject is None:
        return []
    figures: dict[str, Callable[[Subject], Figure | None]] = {
        "strength": draw_strength,
        "presence": draw_presence,
        "territory": draw_territory,
        "joins-and-leaves": draw_flows,
        "money": draw_money,
        "command": draw_command,
        "surroundings": draw_surroundings,
        "attacks": draw_attacks,
        "own": lambda of: draw_own(of, results.manifest.get("extensions", {}).get("outcomes", {})),
    }
    return write_figures(figures, subject, folder)
