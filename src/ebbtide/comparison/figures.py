"""The figures of a comparison: what each is drawn from, one by one and all into a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.comparison.outcomes import (
    AREA,
    GAINED_BY,
    HEADLINE,
    OF_A_FORCE,
    other_groups,
)
from ebbtide.scenario.faults import counted
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.focus import Focus
from ebbtide.study.harm import HARM

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.comparison.comparison import Comparison
    from ebbtide.show.compared import ComparedPolicies

WEEKLY = "fighters"


def shown(comparison: Comparison) -> ComparedPolicies:
    """What figures take their headings and colours from."""
    from ebbtide.show import palette
    from ebbtide.show.compared import ComparedPolicies

    manifest = comparison.results.manifest
    names = list(manifest["policies"])
    runs = counted(len(comparison.lived.replications), "replication")
    drawn = DrawnFrom(manifest["study"]["others"]).told
    return ComparedPolicies(
        name=Focus.kept(manifest).name,
        subtitle=f"{manifest['scenario']['title']} · from {comparison.start:%d %b %Y} · {runs}, {drawn}",
        policies=comparison.policies,
        looks={name: palette.line_of(name, names) for name in comparison.policies},
    )


def differences(comparison: Comparison) -> Figure | None:
    """A forest plot of differences, without single forces and groups and what follows another."""
    from ebbtide.show.compared_differences import draw_differences

    table = comparison.differences()
    manifest = comparison.results.manifest
    forces = manifest["comparison"]["forces"]
    left_out = [AREA, *(f"{stem}_{force}" for stem in OF_A_FORCE for force in forces)]
    left_out += [f"{GAINED_BY}_{group}" for group in other_groups(manifest)]
    asked = table[~table["outcome"].isin(left_out)]
    return draw_differences(shown(comparison), table if asked.empty else asked)


def tradeoff(comparison: Comparison) -> Figure | None:
    """Strength against harm to civilians."""
    from ebbtide.show.compared_tradeoff import draw_tradeoff

    names = [HEADLINE, HARM]
    if not {*names} <= {*comparison.ranked}:
        return None
    units = [comparison.outcomes[name].unit for name in names]
    table = comparison.tradeoff(names)
    return draw_tradeoff(shown(comparison), table, comparison.differences(), units)


def acceptability(comparison: Comparison) -> Figure | None:
    """Which policy is best as harm weighs more."""
    from ebbtide.show.compared_acceptability import draw_acceptability

    if not {HEADLINE, HARM} <= {*comparison.ranked}:
        return None
    weight = "what one civilian harmed counts for (men of mean strength)"
    return draw_acceptability(shown(comparison), comparison.acceptability(), weight)


def information(comparison: Comparison) -> Figure | None:
    """Which fact would most change the choice."""
    from ebbtide.show.compared_information import draw_information

    if not comparison.ranked:
        return None
    return draw_information(shown(comparison), comparison.information())


def fans(comparison: Comparison) -> Figure | None:
    """Strength by week, the fans of the policies over each other."""
    import pandas as pd

    from ebbtide.show.compared_fans import draw_fans

    lived, cut = comparison.lived, comparison.results.manifest["scenario"].get("cut")
    weeks = Focus.kept(comparison.results.manifest).weekly(comparison.results, [WEEKLY])
    weeks = weeks[weeks["run"].isin(lived.runs["run"])]
    start = pd.Timestamp(comparison.start)
    return draw_fans(shown(comparison), weeks, start, None if cut is None else pd.Timestamp(cut))


FIGURES: dict[str, Callable[[Comparison], Figure | None]] = {
    "differences": differences,
    "fans": fans,
    "tradeoff": tradeoff,
    "acceptability": acceptability,
    "information": information,
}


def draw_comparison(comparison: Comparison, folder: Path) -> list[Path]:
    """Draw all into PNG files and return those written. Raises OSError where that cannot be.

    What has nothing to show now leaves no file from before.
    """
    from ebbtide.show.figures import write_figures

    written = write_figures(FIGURES, comparison, folder)
    for name in {*FIGURES} - {file.stem for file in written}:
        (folder / f"{name}.png").unlink(missing_ok=True)
    return written


def one(comparison: Comparison, name: str, style: str) -> Figure | None:
    """One figure, in a style."""
    import matplotlib as mpl

    from ebbtide.show.palette import in_style
    from ebbtide.show.style import PRINT

    with mpl.rc_context(PRINT), in_style(style):
        return FIGURES[name](comparison)
