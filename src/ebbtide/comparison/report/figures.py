"""The figures of the report: drawn once, for the page and for the files beside it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from ebbtide.comparison import figures
from ebbtide.comparison.outcomes import HEADLINE
from ebbtide.comparison.report.parts import drawn, effects, side_effects
from ebbtide.comparison.report.svg import TIGHT, as_svg, inlined
from ebbtide.show.compared import words
from ebbtide.study.focus import Focus
from ebbtide.study.harm import HARM

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ebbtide.comparison.comparison import Comparison


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
    policies = ", ".join(comparison.policies)
    said = {"reference": comparison.reference, "policies": policies}
    with mpl.rc_context(PRINT):
        for name, kind in FIGURES.items():
            figure = kind.draw(comparison)
            if figure is None:
                continue
            png = io.BytesIO()
            figure.savefig(png, format="png", **TIGHT)
            title, description = (text.format_map(said) for text in (kind.title, kind.description))
            found[name] = ReportFigure(
                name, title, description, as_svg(figure, name), png.getvalue()
            )
    return found


def _forest(comparison: Comparison, outcomes: Sequence[str], of: str) -> Figure | None:
    from ebbtide.show.compared_differences import draw_differences

    table = comparison.differences()
    shown = replace(figures.shown(comparison), name=of)
    return draw_differences(shown, table[table["outcome"].isin(drawn([*outcomes]))])


class _Kind(NamedTuple):
    """What draws a figure, what it shows in a line, and how to read it: of {reference} and {policies}."""

    draw: Callable[[Comparison], Figure | None]
    title: str
    description: str


_FOREST = (
    "One row an outcome, in it one mark a policy: the mean of paired differences, the line through it "
    "its 95% interval. Left of zero is less than under “{reference}”, right of it more. The numbers "
    "stand in the table below."
)
FIGURES = {
    "fans": _Kind(
        figures.fans,
        "Strength by week under each policy",
        "One line a policy, the median of its replications; the figure says which runs lie in the "
        "shaded bands. Until the policies part their lines are one. Policies: {policies}.",
    ),
    "differences": _Kind(
        lambda comparison: _forest(
            comparison, effects(comparison), Focus.kept(comparison.results.manifest).name
        ),
        "What becomes of the group: differences from “{reference}”",
        _FOREST,
    ),
    "side-effects": _Kind(
        lambda comparison: _forest(comparison, side_effects(comparison), "Side effects"),
        "Side effects: differences from “{reference}”",
        _FOREST,
    ),
    "tradeoff": _Kind(
        figures.tradeoff,
        f"{words(HEADLINE).capitalize()} against {words(HARM)}",
        "One mark a policy at its two means, with 95% intervals of its differences; lower and further "
        "left is better. Filled marks are those that no other policy beats in both.",
    ),
    "acceptability": _Kind(
        figures.acceptability,
        "How often each policy is best, as harm to civilians weighs more",
        "One line a policy: the share of replications in which it is best of all, from harm that "
        "counts for little (left) to harm that counts for much (right); thick where its mean is best.",
    ),
    "information": _Kind(
        figures.information,
        "What knowing one quantity before choosing would be worth",
        "One bar a quantity, the greatest on top; those that would end left of the dashed line are no "
        "more than noise, and are left out. The numbers stand in the table below.",
    ),
}
