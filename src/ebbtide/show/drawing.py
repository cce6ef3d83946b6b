"""One outcome or one number of a run, drawn as asked: for `plot --outcome` and for Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.scenario import Fault, Scenario
    from ebbtide.study.results import Results


def plot(
    results: Results,
    outcome: str,
    *,
    group: str | Sequence[str] = (),
    policy: str | Sequence[str] = (),
    over: str | None = None,
    summed: bool = False,
    style: str = "colour",
) -> Figure:
    """Draw one weekly outcome, or one number of a run, of a results folder as a Matplotlib figure.

    Args:
        results: What `ebbtide.open` gives.
        outcome: A weekly outcome that the folder holds, or a metric.
        group: Id of a group, or several, a fan each; the focus if none is named.
        policy: Name of a policy, or several, over each other; all that were run if none is named.
        over: A varied quantity of a study, whose values are told apart.
        summed: Draw the sum of the groups (of all of them, if none is named).
        style: "colour", or "grey" for print.

    Raises:
        Faults: A name that the folder does not hold, with the nearest that it does.
        Refused: No run is done, or none under these policies, or none has what is asked.
    """
    from ebbtide.scenario import Faults
    from ebbtide.scenario.arguments import known, must, texts
    from ebbtide.show.asked import why_nothing
    from ebbtide.show.palette import LINES
    from ebbtide.study.store import Refused

    held = "a results folder, opened: what `ebbtide.open` gives"
    must(hasattr(results, "must_have_runs"), "plot", "results", results, held)
    must(isinstance(outcome, str), "plot", "outcome", outcome, "the name of an outcome or metric")
    must(over is None or isinstance(over, str), "plot", "over", over, "the path of what is varied")
    must(isinstance(summed, bool), "plot", "summed", summed, "True or False")
    groups = texts(group, "plot", "group", "ids of groups")
    policies = texts(policy, "plot", "policy", "names of policies")
    known(style, LINES, "plot", "style")
    results.must_have_runs()
    overs = [over] if over else []
    try:
        _, draw = asked_for(results, outcome, groups, policies, over=overs, summed=summed)
    except Faults as wrong:
        raise Faults(map(_of_argument, wrong.faults), wrong.lead) from None
    figure = _in(style, draw)
    if figure is None:
        raise Refused(f"{results.folder}: {why_nothing(results, outcome, policies)}")
    return figure


def asked_for(
    results: Results,
    outcome: str,
    groups: Sequence[str] = (),
    policies: Sequence[str] = (),
    *,
    over: Sequence[str] = (),
    summed: bool = False,
) -> tuple[str, Callable[[], Figure | None]]:
    """The name of a figure's file and what draws it. Raises Faults."""
    from ebbtide.show.asked import check_number, chosen, is_number
    from ebbtide.show.outcome import draw_outcome
    from ebbtide.show.sweep_policies import draw_spread
    from ebbtide.show.sweep_subject import sweep_of

    if is_number(results, outcome):
        check_number(results, outcome, groups, policies, over, summed=summed)

        def spread() -> Figure | None:
            sweep = sweep_of(results, outcome, ())
            return None if sweep is None else draw_spread(sweep.under(policies))

        return "-".join([f"spread-{outcome}", *policies]), spread
    weekly = chosen(results, outcome, groups, policies, over=over, summed=summed)
    return "-".join([outcome, *weekly.told_apart]), lambda: draw_outcome(weekly)


def draw_asked(
    results: Results,
    folder: Path,
    outcomes: Sequence[str],
    groups: Sequence[str] = (),
    policies: Sequence[str] = (),
    *,
    over: Sequence[str] = (),
    summed: bool = False,
) -> list[Path]:
    """Draw outcomes into PNG files, a file each, and return those written.

    Raises Faults for what `results` does not hold, OSError where `folder` cannot be written.
    """
    from ebbtide.show.figures import write_figures

    figures = dict(
        asked_for(results, outcome, groups, policies, over=over, summed=summed)
        for outcome in outcomes
    )
    return write_figures({name: _as_of(draw) for name, draw in figures.items()}, None, folder)


def draw_asked_by_place(
    results: Results,
    folder: Path,
    scenario: Scenario,
    outcomes: Sequence[str],
    groups: Sequence[str] = (),
    policies: Sequence[str] = (),
    *,
    summed: bool = False,
) -> list[Path]:
    """Draw outcomes by place into PNG files, as fans and, where there are outlines, as maps.

    Raises Faults for what `results` does not hold, OSError where `folder` cannot be written.
    """
    from ebbtide.show.asked import one_fan
    from ebbtide.show.by_place import PlaceOutcome, draw_places
    from ebbtide.show.figures import write_figures
    from ebbtide.show.place_maps import draw_maps

    asked = [one_fan(results, outcome, groups, policies, summed=summed) for outcome in outcomes]
    written = []
    for each in asked:
        name = "-".join([each.outcome, *each.told_apart])
        figures = {f"{name}-by-place": draw_places, f"{name}-map": draw_maps}
        written += write_figures(figures, PlaceOutcome(each, scenario), folder)
    return written


def _of_argument(fault: Fault) -> Fault:
    """A fault of an option as one of the argument of the same meaning in Python."""
    from dataclasses import replace

    names = {"--sum": "summed"}
    name = names.get(fault.file, fault.file.removeprefix("--"))
    return replace(fault, file=name)


def _as_of(draw: Callable[[], Figure | None]) -> Callable[[None], Figure | None]:
    return lambda _: draw()


def _in(style: str, draw: Callable[[], Figure | None]) -> Figure | None:
    import matplotlib as mpl

    from ebbtide.show import palette
    from ebbtide.show.style import PRINT

    with mpl.rc_context(PRINT), palette.in_style(style):
        return draw()
