"""The state of a run: its variables, what policy holds, and what is recorded week by week."""

from __future__ import annotations

from ebbtide.world.columns import Integers, column, part
from ebbtide.world.levers import Levers
from ebbtide.world.outcomes import ForceSeries, PlaceSeries, Series
from ebbtide.world.variables import Variables


class State(Variables):
    """The state variables, the levers, and the record of the weeks so far."""

    defections: Integers = column(
        "week", "group", "group", unit="men/week", meaning="came from whom, by week", of_rows=True
    )
    chronicle: Integers = column(
        "note", "entry", unit="integer", meaning="what happened", of_rows=True
    )

    levers: Levers = part()
    series: Series = part()
    place_series: PlaceSeries = part()
    force_series: ForceSeries = part()
