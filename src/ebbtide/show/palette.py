"""What has which colour: said once, the same in every figure, safe for the colour-blind, apart in grey.

The colours are six of Paul Tol's ("medium-contrast", Colour Schemes, SRON/EPS/TN/09-002, 2021), which
are evenly apart in lightness and told apart with any colour vision. Lines have dashes and markers
beside, stacked surfaces hatches in grey, so that nothing hangs on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ebbtide.world.codes import Code, End, Kind, Source
from ebbtide.world.outcomes import Series
from ebbtide.world.recorded import members

if TYPE_CHECKING:
    from matplotlib.colors import Colormap
    from matplotlib.typing import LineStyleType

_style: ContextVar[str] = ContextVar("style", default="colour")

DARK_BLUE, LIGHT_BLUE = "#004488", "#6699CC"
DARK_RED, LIGHT_RED = "#994455", "#EE99AA"
DARK_YELLOW, LIGHT_YELLOW = "#997700", "#EECC66"
NEUTRAL, BLACK = "#555555", "#000000"


@dataclass(frozen=True)
class Line:
    """How a group, a policy or a value of a study is drawn: a line, its markers, the bands around it."""

    colour: str
    dashes: LineStyleType
    marker: str


@dataclass(frozen=True)
class Surface:
    """How a kind is drawn where kinds are stacked."""

    face: str
    hatch: str = ""


_SHORT: LineStyleType = (0, (1, 1.2))
_MIXED: LineStyleType = (0, (6, 1.5, 1, 1.5, 1, 1.5))
LINES: Mapping[str, Sequence[Line]] = {
    "colour": (
        Line(DARK_BLUE, "-", "o"),
        Line(DARK_YELLOW, (0, (5, 1.5)), "s"),
        Line(DARK_RED, (0, (5, 1.5, 1, 1.5)), "^"),
        Line(LIGHT_BLUE, _SHORT, "D"),
        Line("#000000", _MIXED, "v"),
        Line(LIGHT_RED, "-", "P"),
    ),
    "grey": (
        Line("#000000", "-", "o"),
        Line("#808080", (0, (5, 1.5)), "s"),
        Line("#4d4d4d", (0, (5, 1.5, 1, 1.5)), "^"),
        Line("#999999", _SHORT, "D"),
        Line("#262626", _MIXED, "v"),
        Line("#a6a6a6", "-", "P"),
    ),
}

KIND_COLOURS: Mapping[Code, str] = {
    Kind.FOUNDING: NEUTRAL,
    Kind.LOCAL_POOR: LIGHT_YELLOW,
    Kind.LIKE_MINDED: DARK_BLUE,
    Kind.FOREIGN: LIGHT_BLUE,
    Kind.ALLIES: LIGHT_RED,
    Kind.SWITCHED: DARK_YELLOW,
    Kind.FORCED: BLACK,
}
END_COLOURS: Mapping[Code, str] = {
    End.KILLED: DARK_RED,
    End.KILLED_BY_RIVALS: LIGHT_RED,
    End.CAPTURED: DARK_BLUE,
    End.DESERTED: LIGHT_YELLOW,
    End.SURRENDERED: LIGHT_BLUE,
    End.SWITCHED: DARK_YELLOW,
    End.KILLED_ATTACKING: BLACK,
}
SOURCE_COLOURS: Mapping[Code, str] = {
    Source.CENTRE: DARK_BLUE,
    Source.TAXES: LIGHT_YELLOW,
    Source.CRIME: DARK_RED,
    Source.ALLIES: LIGHT_RED,
    Source.LOOT: DARK_YELLOW,
}
COLOURS = {"entries": KIND_COLOURS, "exits": END_COLOURS, "income": SOURCE_COLOURS}
_IN_GREY: Mapping[str, Surface] = {  # neighbours in a stack well apart in lightness
    DARK_RED: Surface("0.25"),
    LIGHT_RED: Surface("0.80"),
    DARK_BLUE: Surface("1.0", "/////"),
    LIGHT_YELLOW: Surface("0.55"),
    LIGHT_BLUE: Surface("0.93", "...."),
    DARK_YELLOW: Surface("1.0", "xxxxx"),
    NEUTRAL: Surface("0.40", "\\\\\\\\\\"),
    BLACK: Surface("0.0"),
}
OF_LINES = 0.45  # share of the shades too light for a line on white paper
SEQUENTIAL: Mapping[str, str] = {"colour": "YlOrBr", "grey": "Greys"}  # darker is more, in both


@contextmanager
def in_style(style: str) -> Iterator[None]:
    """Draw in a style of LINES: `colour`, or `grey` for print. Raises ValueError for another."""
    if style not in LINES:
        raise ValueError(f'style: found "{style}"; allowed: {" or ".join(LINES)}')
    token = _style.set(style)
    try:
        yield
    finally:
        _style.reset(token)


SUM_LINE = Line("#000000", "-", "o")  # a sum of groups


def line(number: int) -> Line:
    """The look of a group or policy by its place in its scenario or study; after six, anew."""
    lines = LINES[_style.get()]
    return lines[number % len(lines)]


def line_of(name: str, names: Sequence[str]) -> Line:
    """The look of the one of `names`, all in their order, that is called so."""
    return line(list(names).index(name))


def surfaces(family: str) -> dict[str, Surface]:
    """The look of each outcome that a column of `Series` (`entries`, `exits`, `income`) is spread over."""
    of = members(family, Series.declared[family])
    colours = {outcome: COLOURS[family][member] for outcome, member in of.items()}
    if _style.get() == "grey":
        return {outcome: _IN_GREY[colour] for outcome, colour in colours.items()}
    return {outcome: Surface(colour) for outcome, colour in colours.items()}


def tint(colour: str, strength: float) -> str:
    """A colour on white paper, at a strength from 0 (white) to 1."""
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return to_hex((red, green, blue))


def sequential(lightest: float = 0.0) -> Colormap:
    """Shades for what is more or less, darker for more; `lightest` leaves out so much of the light end."""
    import matplotlib as mpl
    import numpy as np
    from matplotlib.colors import ListedColormap

    shades = mpl.colormaps[SEQUENTIAL[_style.get()]]
    return ListedColormap(shades(np.linspace(lightest, 1, 256)))


def ink(background: object) -> str:
    """Black or white, whichever is read better on a colour."""
    return "black" if luminance(background) > 0.179 else "white"


def luminance(colour: object) -> float:
    """Relative luminance (WCAG 2): what is left of a colour in greys, from 0 to 1."""
    import numpy as np
    from matplotlib.colors import to_rgb

    parts = np.asarray(to_rgb(colour))  # type: ignore[arg-type]
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
