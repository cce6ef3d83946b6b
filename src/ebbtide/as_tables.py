"""What a model has recorded so far, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ebbtide.scenario import Fault, Faults
from ebbtide.scenario.faults import shown
from ebbtide.scenario.python_values import whole
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES, PLACE_OUTCOMES

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.model import Insurgency


def of_groups(model: Insurgency, own_outcomes: dict[str, np.ndarray]) -> pd.DataFrame:
    """A row a week and group; `own_outcomes` are those of the user's own, by week and group."""
    import pandas as pd

    weeks, n_groups = model.week + 1, len(model.group_names)
    found = model.state.series.table[:, :weeks].reshape(len(OUTCOMES), weeks * n_groups)
    frame = pd.DataFrame(found.T.copy(order="F"), columns=list(OUTCOMES))
    for name, noted in own_outcomes.items():
        frame[name] = noted[:weeks].reshape(-1)
    frame.insert(0, "group", model.group_names * weeks)
    frame.insert(0, "date", _dates(model, weeks, n_groups))
    return frame


def of_places(model: Insurgency, weeks: Sequence[int] | None) -> pd.DataFrame:
    """A row a week, group and place: of all weeks so far, or of those asked for. Raises Faults."""
    import pandas as pd

    asked = np.arange(model.week + 1) if weeks is None else _lived(model, weeks)
    n_groups, n_places = len(model.group_names), len(model.place_names)
    shape = (len(PLACE_OUTCOMES), len(asked) * n_groups * n_places)
    found = model.state.place_series.table[:, asked].reshape(shape)
    frame = pd.DataFrame(found.T, columns=list(PLACE_OUTCOMES))
    frame.insert(0, "place", model.place_names * (len(asked) * n_groups))
    frame.insert(0, "group", np.tile(np.repeat(model.group_names, n_places), len(asked)))
    dates = np.array(model.scenario.dates, "datetime64[s]")[asked]
    frame.insert(0, "date", np.repeat(dates, n_groups * n_places))
    return frame


def of_defections(model: Insurgency) -> pd.DataFrame:
    """A row a week and two groups between which men changed sides."""
    import pandas as pd

    found = model.state.defections[: model.week + 1]
    weeks, groups, others = np.nonzero(found)
    names = np.array(model.group_names)
    return pd.DataFrame(
        {
            "date": np.array(model.scenario.dates, "datetime64[s]")[weeks],
            "group": names[groups],
            "came_from": names[others],
            "men": found[weeks, groups, others],
        }
    )


def of_forces(model: Insurgency) -> pd.DataFrame:
    """A row a week, force and group."""
    import pandas as pd

    weeks, n_forces, n_groups = model.week + 1, len(model.forces), len(model.group_names)
    shape = (len(FORCE_OUTCOMES), weeks * n_forces * n_groups)
    found = model.state.force_series.table[:, :weeks].reshape(shape)
    frame = pd.DataFrame(found.T.copy(order="F"), columns=list(FORCE_OUTCOMES))
    names = [force.name for force in model.forces]
    frame.insert(0, "group", model.group_names * (weeks * n_forces))
    frame.insert(0, "force", np.tile(np.repeat(names, n_groups), weeks))
    frame.insert(0, "date", _dates(model, weeks, n_forces * n_groups))
    return frame


def _dates(model: Insurgency, weeks: int, times: int) -> np.ndarray:
    """The last days of the first weeks, each so many times."""
    return np.repeat(np.array(model.scenario.dates[:weeks], "datetime64[s]"), times)


def _lived(model: Insurgency, weeks: Any) -> np.ndarray:
    """Weeks that have been lived, as whole numbers. Raises Faults."""
    try:
        found = np.asarray(weeks)
    except ValueError:  # lists of several lengths
        found = np.array(None)
    lived = [whole(week) for week in found.tolist()] if found.ndim == 1 else [None]
    if not all(week is not None and 0 <= week <= model.week for week in lived):
        allowed = f"a list of weeks that have been lived, 0 to {model.week}"
        raise Faults([Fault("places", "weeks", shown(weeks), allowed)])
    return np.array(lived, np.int64)
