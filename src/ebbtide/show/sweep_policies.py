"""How a metric is spread over the runs of each policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.scenario.faults import counted
from ebbtide.show import style
from ebbtide.show.sweep_subject import Sweep, label_metric
from ebbtide.study.spread import band_of, ends
from ebbtide.study.tally import in_some
from ebbtide.world.units import DATE, YES_NO

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BOXES = "Each dot a run; box: middle half and median; whiskers: {} of each policy."
BARS = "Of each policy's runs, the share in which it is so."


def draw_policies(sweep: Sweep) -> Figure | None:
    """The spread by policy; None for a single one."""
    return draw_spread(sweep) if len(sweep.policies) > 1 else None


def draw_spread(sweep: Sweep) -> Figure | None:
    """A box a policy over its runs as dots, a bar for what is yes or no; None where no run has it."""
    if not sweep.runs[sweep.metric].notna().any():
        return None
    share = sweep.unit == YES_NO
    figure, axes = style.new_figure(
        sweep,
        sweep.meaning.rstrip(".").lower()
        + (", by policy" if len(sweep.policies) > 1 else ", run by run"),
        1,
        height=0.6 + 0.5 * len(sweep.policies),
        note=BARS if share else BOXES.format(band_of(sweep.runs.groupby("policy").size().min())),
        bottom=0.6,
        dates=False,
    )
    ax = axes[0, 0]
    figure.subplots_adjust(left=1.8 / style.WIDTH)
    places = list(range(len(sweep.policies), 0, -1))
    found = [
        sweep.runs.loc[sweep.runs["policy"] == policy, sweep.metric].dropna().to_numpy(float)
        for policy in sweep.policies
    ]
    if share:
        _bars(ax, places, found, sweep)
    else:
        _boxes(ax, places, found, sweep)
    runs = sweep.runs.groupby("policy").size()
    names = [
        policy
        if len(numbers) == runs[policy]
        else f"{policy}\n{in_some(len(numbers), runs[policy])}"
        for policy, numbers in zip(sweep.policies, found, strict=True)
    ]
    ax.set_yticks(places, names)
    ax.set_ylim(0.4, len(sweep.policies) + 0.6)
    ax.set_xlabel("share of runs" if share else sweep.label)
    return figure


def _bars(ax: Axes, places: list[int], found: list[np.ndarray], sweep: Sweep) -> None:
    for place, answers, policy in zip(places, found, sweep.policies, strict=True):
        if len(answers):
            ax.barh(place, answers.mean(), height=0.5, color=sweep.looks[policy].colour)
            said = f"{answers.mean():.0%} of {counted(len(answers), 'run')}"
            ax.text(answers.mean() + 0.01, place, said, va="center", fontsize=8)
    ax.set_xlim(0, 1.2)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])


def _box(numbers: np.ndarray) -> dict[str, float]:
    """Ends of whiskers are those of the interval that tables tell, not runs inside it."""
    import numpy as np

    low, high = ends(len(numbers))
    names = ("whislo", "q1", "med", "q3", "whishi")
    return dict(
        zip(names, np.quantile(numbers, (low, 0.25, 0.5, 0.75, high)).tolist(), strict=True)
    )


def _boxes(ax: Axes, places: list[int], found: list[np.ndarray], sweep: Sweep) -> None:
    import numpy as np

    shift = np.random.default_rng(0)
    for place, numbers, policy in zip(places, found, sweep.policies, strict=True):
        ax.plot(
            numbers,
            place + shift.uniform(-0.28, 0.28, len(numbers)),
            ".",
            color=sweep.looks[policy].colour,
            markersize=4,
            alpha=0.6,
            zorder=1,
        )
    ax.bxp(
        [_box(numbers) for numbers in found if len(numbers)],
        positions=[place for place, numbers in zip(places, found, strict=True) if len(numbers)],
        orientation="horizontal",
        showfliers=False,
        widths=0.4,
        medianprops={"color": "black", "linewidth": 2},
        manage_ticks=False,
        zorder=3,
    )
    every = np.concatenate(found)
    label_metric(ax.xaxis, sweep, every.min(), every.max())
    if sweep.unit != DATE and every.min() >= 0:
        ax.set_xlim(left=0)
