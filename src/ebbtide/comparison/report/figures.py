"""The figures of the report: drawn once, for the page and for the files beside it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ebbtide.comparison import figures
from ebbtide.comparison.outcomes import HARM, HEADLINE
from ebbtide.comparison.report.parts import drawn, effects, side_effects
from ebbtide.comparison.report.svg import TIGHT, as_svg, inlined
from ebbtide.show.compared import words
from ebbtide.study.focus import Focus

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.comparison.comparison import Comparison

NAMES = ("fans", "differences", "side-effects", "tradeoff", "acceptability", "information")


@dataclass(frozen=True)
class ReportFigure:
    """One of them: its files' name, what it shows in a line and in full, and what is in the files."""

    name: str
    title: str
    description: str
    svg: bytes
    png: bytes

    @property
    def inline(self) -> str:
        """As an element of the page."""
        return inlined(self.svg, self.name, self.title, self.description)


def drawn_figures(comparison: Comparison) -> dict[str, ReportFigure]:
    """All that this comparison has something to show in, by name; in the style that is set."""
    import matplotlib as mpl

    from ebbtide.show.style import PRINT

    found = {}
    with mpl.rc_context(PRINT):
        for name, (draw, title, description) in _figures(comparison).items():
            figure = draw()
            if figure is None:
                continue
            png = io.BytesIO()
            figure.savefig(png, format="png", **TIGHT)
            found[name] = ReportFigure(
                name, title, description, as_svg(figure, name), png.getvalue()
            )
    return found


def _figures(
    comparison: Comparison,
) -> dict[str, tuple[Callable[[], Figure | None], str, str]]:
    """By name what draws it, what it shows in a line, and how to read it."""
    manifest = comparison.results.manifest
    reference, policies = comparison.reference, ", ".join(comparison.policies)
    forest = (
        "One row an outcome, in it one mark a policy: the mean of paired differences, the line through it "
        f"its 95% interval. Left of zero is less than under “{reference}”, right of it more. The numbers "
        "stand in the table below."
    )
    return {
        "fans": (
            lambda: figures.fans(comparison),
            "Strength by week under each policy",
            "One line a policy, the median of its replications; the figure says which runs lie in the "
            f"shaded bands. Until the policies part their lines are one. Policies: {policies}.",
        ),
        "differences": (
            lambda: _forest(comparison, effects(comparison), Focus.kept(manifest).name),
            f"What becomes of the group: differences from “{reference}”",
            forest,
        ),
        "side-effects": (
            lambda: _forest(comparison, side_effects(comparison), "Side effects"),
            f"Side effects: differences from “{reference}”",
            forest,
        ),
        "tradeoff": (
            lambda: figures.tradeoff(comparison),
            f"{words(HEADLINE).capitalize()} against {words(HARM)}",
            "One mark a policy at its two means, with 95% intervals of its differences; lower and further "
            "left is better. Filled marks are those that no other policy beats in both.",
        ),
        "acceptability": (
            lambda: figures.acceptability(comparison),
            "How often each policy is best, as harm to civilians weighs more",
            "One line a policy: the share of replications in which it is best of all, from harm that "
            "counts for little (left) to harm that counts for much (right); thick where its mean is best.",
        ),
        "information": (
            lambda: figures.information(comparison),
            "What knowing one quantity before choosing would be worth",
            "One bar a quantity, the greatest on top; bars that end left of the dashed line are no more "
            "than noise. The numbers stand in the table below.",
        ),
    }


def _forest(comparison: Comparison, outcomes: Sequence[str], of: str) -> Figure | None:
    from ebbtide.show.compared_differences import draw_differences

    table = comparison.differences()
    shown = replace(figures.shown(comparison), name=of)
    return draw_differences(shown, table[table["outcome"].isin(drawn([*outcomes]))])
