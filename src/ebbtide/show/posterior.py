"""Figures of a posterior: what is said beside what would be, what is unknown of publishers, what moved."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ebbtide.calibration.report import of_quantities, of_statements, of_unknowns
from ebbtide.show import palette, style
from ebbtide.show.figures import write_figures

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ebbtide.calibration.posterior import Posterior

LEFT, ROW, WORDS = (
    3.0,
    0.42,
    42,
)  # inches for names, inches a row takes, letters in a line of a name
MOVED = 20  # quantities that the record moved most
LEAST, MOST = 0.02, 12  # of what was said: how far to the left zero stands, and the right edge
FACTORS = 0.05, 20.0  # the edges of the figure of factors
BEYOND = "An arrow says that it goes on beyond the edge."


@dataclass(frozen=True)
class PosteriorTold:
    """A posterior's tables, and what its figures are headed."""

    posterior: Posterior
    statements: pd.DataFrame
    unknowns: pd.DataFrame
    quantities: pd.DataFrame

    @property
    def name(self) -> str:
        """Whom it shows."""
        return self.posterior.bank.scenario.focus_name

    @property
    def subtitle(self) -> str:
        """Of how many runs, worth how many draws."""
        weighed = self.posterior.weighed
        worth = f"worth {weighed.effective:,.0f} draws by "
        if weighed.pareto_k is None:
            worth += "how near what would be published of them lies to what was"
        else:
            worth += f"likelihood ({weighed.pareto_told})"
        return f"{self.posterior.bank.scenario.title}; {len(self.posterior.runs):,} runs, {worth}"


def draw_posterior(posterior: Posterior, folder: Path) -> list[Path]:
    """Draw all figures of a posterior into PNG files."""
    told = PosteriorTold(
        posterior, of_statements(posterior), of_unknowns(posterior), of_quantities(posterior)
    )
    figures = {"said": draw_said, "publishers": draw_unknowns, "quantities": draw_quantities}
    return write_figures(figures, told, folder)


def draw_said(told: PosteriorTold) -> Figure:
    """What publishers would say of prior and posterior runs, in parts of what they said."""
    rows = told.statements
    note = (
        "All in parts of the middle of what was said, on a scale of magnitudes; zero at the left edge. "
        f"{BEYOND} Marked names are held back: the posterior was not fitted to them."
    )
    figure, ax = _rows(told, "what is said, and what would be", len(rows), note)
    for place, row in zip(range(len(rows), 0, -1), rows.to_dict("records"), strict=True):
        middle = max((row["low"] + row["high"]) / 2, 1e-9)
        _bars(ax, place, row, lambda value, middle=middle: max(value / middle, LEAST), (0.0, MOST))
        ends = [row["low"] / middle, row["high"] / middle]
        ax.plot(ends, [place, place], color="black", linewidth=1.4, zorder=5)
        ax.plot([1.0], [place], "D", color="black", markersize=3.8, zorder=6)
    ax.set_xscale("log")
    ax.set_xlim(LEAST, MOST)
    _parts_as_numbers(ax)
    held = {True: " *", False: ""}
    names = [
        f"{row['publisher']}: {row['statement']}{held[row['held_back']]}"
        for row in rows.to_dict("records")
    ]
    _name(ax, names)
    ax.set_xlabel("of what was said")
    _legend(figure, said=True)
    return figure


def draw_unknowns(told: PosteriorTold) -> Figure | None:
    """By what factor publishers count too high or low, as far as the runs tell."""
    rows = told.unknowns
    if rows.empty:
        return None
    note = (
        "Bias: what is said for each who is there; over-claim: dead reported for each who died. "
        + BEYOND
    )
    figure, ax = _rows(told, "what is unknown of publishers", len(rows), note)
    for place, row in zip(range(len(rows), 0, -1), rows.to_dict("records"), strict=True):
        _bars(ax, place, row, float, FACTORS)
    ax.axvline(1.0, color="black", linewidth=0.8)
    ax.set_xscale("log")
    ax.set_xlim(*FACTORS)
    _parts_as_numbers(ax)
    _name(ax, [str(name) for name in rows["unknown"]])
    ax.set_xlabel("factor")
    _legend(figure, said=False)
    return figure


def draw_quantities(told: PosteriorTold) -> Figure:
    """The quantities that the record moved most, on their priors' scale."""
    from scipy.special import ndtri

    rows = told.quantities.head(MOVED)
    known = told.posterior.bank.scenario.uncertain_under()
    note = (
        "Each on the scale of its own prior, 5% to 95%: a dark bar as long as the light one, and not "
        "shifted, says that the record tells nothing of it."
    )
    figure, ax = _rows(told, "what the record moved most", len(rows), note)
    for place, row in zip(range(len(rows), 0, -1), rows.to_dict("records"), strict=True):

        def score(value: float, path: str = str(row["quantity"])) -> float:
            low, high = 0.0, 1.0
            for _ in range(40):  # the prior's share below the value, by its quantiles
                middle = (low + high) / 2
                low, high = (
                    (middle, high) if known[path].quantile(middle) < value else (low, middle)
                )
            return float(ndtri(min(max(low, 1e-4), 1 - 1e-4)))

        _bars(ax, place, row, score)
    ax.axvline(0.0, color="black", linewidth=0.8)
    _name(ax, [str(name) for name in rows["quantity"]])
    ax.set_xticks([ndtri(0.05), 0.0, ndtri(0.95)], ["prior's 5%", "median", "95%"])
    _legend(figure, said=False)
    return figure


def _rows(told: PosteriorTold, shows: str, rows: int, note: str) -> tuple[Figure, Axes]:
    figure, axes = style.new_figure(told, shows, 1, height=0.4 + ROW * rows, note=note, dates=False)
    figure.subplots_adjust(left=LEFT / style.WIDTH)
    ax: Axes = axes[0, 0]
    ax.set_ylim(0.4, rows + 0.6)
    return figure, ax


def _bars(
    ax: Axes, place: int, row: Any, to_scale: Any, edges: tuple[float, float] | None = None
) -> None:
    """The 5% to 95% of prior and posterior, and their medians; an arrow where one goes beyond an edge."""
    for of, colour, width, shift in (
        ("prior", palette.LIGHT_BLUE, 2.6, 0.17),
        ("posterior", palette.DARK_BLUE, 4.2, -0.1),
    ):
        low, median, high = (to_scale(row[f"{of}_{at}"]) for at in ("5%", "50%", "95%"))
        at = place + shift
        ax.plot([low, high], [at, at], color=colour, linewidth=width, zorder=3)
        ax.plot([median], [at], "|", color="white", markersize=6, markeredgewidth=1.4, zorder=4)
        for mark, edge, beyond in zip("<>", edges or (), _beyond(low, high, edges), strict=False):
            if beyond:
                ax.plot([edge], [at], mark, color=colour, markersize=6, zorder=5, clip_on=False)


def _beyond(low: float, high: float, edges: tuple[float, float] | None) -> tuple[bool, bool]:
    """Whether an interval goes beyond the left edge, and beyond the right one."""
    return (False, False) if edges is None else (low < edges[0], high > edges[1])


def _name(ax: Axes, names: list[str]) -> None:
    labels = [textwrap.fill(name, WORDS, max_lines=2, placeholder=" …") for name in names]
    ax.set_yticks(list(range(len(names), 0, -1)), labels, fontsize=7.2)


def _parts_as_numbers(ax: Axes) -> None:
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter

    ax.xaxis.set_major_locator(FixedLocator([0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10, 20]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.xaxis.set_minor_formatter(NullFormatter())


def _legend(figure: Figure, *, said: bool) -> None:
    from matplotlib.lines import Line2D

    entries: list[Any] = [
        (Line2D([], [], color=palette.LIGHT_BLUE, linewidth=2.6), "prior, 5% to 95% and median"),
        (Line2D([], [], color=palette.DARK_BLUE, linewidth=4.2), "posterior"),
    ]
    if said:
        mark = Line2D([], [], color="black", marker="D", markersize=3.8, linewidth=1.4)
        entries.append((mark, "what was said"))
    style.bottom_legend(figure, entries)
