"""Parts that all figures share."""

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ebbtide.show import style


def test_a_legend_stays_on_the_paper_in_as_few_rows_as_fit() -> None:
    short, long = "men", "a label that takes two fifths of it"
    for labels, rows in (((short, short), 1), ((long, long, long), 2)):
        figure = Figure(figsize=(style.WIDTH, 3.0))
        style.bottom_legend(figure, [(Line2D([], []), label) for label in labels])
        legend = figure.legends[-1]
        assert legend.get_window_extent().x1 <= figure.bbox.width
        figure.draw_without_rendering()
        heights = {round(text.get_window_extent().y0) for text in legend.get_texts()}
        assert len(heights) == rows
