"""What is recorded of a week as the state has it: made from the outcomes' declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ebbtide.compilation.generated import ROWS, compiled_from
from ebbtide.world.dimensions import FAMILIES
from ebbtide.world.recorded import How, OutcomeColumn, Recorded, Taken
from ebbtide.world.state import State
from ebbtide.world.variables import Variables

_TOLD = {
    "week": "week",
    "group": ROWS["group"],
}  # rows that the function is told; along others it loops


def _taking() -> Any:
    """A compiled function (state, week, g, men, fighters) that writes every outcome that is taken.

    `men` are the group's by place, `fighters` all of them.
    """
    lines: list[str] = []
    for part, series in State.parts.items():
        if issubclass(series, Recorded):
            for name, outcome in series.declared.items():
                if isinstance(outcome, OutcomeColumn) and outcome.taken is not None:
                    written = f"state.{part}.{name}"
                    lines += _lines(written, outcome, outcome.taken)
    takes = ["state", *_TOLD.values(), "men", "fighters"]
    return compiled_from(__name__, "take", takes, lines)


def _lines(written: str, outcome: OutcomeColumn, taken: Taken) -> Iterator[str]:
    """The lines that write one outcome in all its rows; loops are called as their dimensions are."""
    variable = Variables.declared[taken.variable]
    family = [each for each in outcome.dimensions if each in FAMILIES]
    of = [each for each in outcome.dimensions if each not in FAMILIES]
    left = taken.left(tuple(of))
    rows = {name: name for name in (*of, *left)} | _TOLD
    rows |= {name: f"{row:d}" for name, row in taken.at.items()}

    def read(**at: str) -> str:
        return _cell(f"state.{taken.variable}", variable.dimensions, rows | at)

    def looped(along: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
        indent = ""
        for name in along:
            axis = variable.dimensions.index(name)
            yield f"{indent}for {name} in range(state.{taken.variable}.shape[{axis}]):"
            indent += "    "
        yield from (f"{indent}{line}" for line in lines)

    def inner() -> Iterator[str]:
        if family:
            for number, member in enumerate(FAMILIES[family[0]]):
                to = _cell(written, ["", *of], rows | {"": f"{number}"})
                yield f"{to} = {read(**{left[0]: f'{member:d}'})}"
            return
        to = _cell(written, of, rows)
        if taken.how is How.AS_IT_STANDS:
            yield f"{to} = {read()}"
            return
        added = f"added_{written.replace('.', '_')}"  # each its own: whole numbers stay whole
        yield f"{added} = {'0.0' if variable.dtype == 'float64' else '0'}"
        if taken.how is How.TOTAL:
            yield from looped(left, [f"{added} += {read()}"])
            yield f"{to} = {added}"
        else:
            yield from looped(left, [f"{added} += men[{left[0]}] * {read()}"])
            yield "if fighters > 0:"
            yield f"    {to} = {added} / fighters"

    yield from looped((name for name in of if name not in _TOLD), inner())


def _cell(array: str, dimensions: Sequence[str], rows: dict[str, str]) -> str:
    return f"{array}[{', '.join(rows[name] for name in dimensions)}]"


take = _taking()
