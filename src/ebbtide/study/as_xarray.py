"""Results as one dataset of the library xarray, which says of each number its unit and meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.study.focus import outcomes_of_own
from ebbtide.world.outcomes import OUTCOMES
from ebbtide.world.tables import OF_RUN

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


def as_xarray(
    runs: pd.DataFrame, series: pd.DataFrame | None, manifest: Mapping[str, Any]
) -> xr.Dataset:
    """Runs along `run`; series, where there are any, along `run`, `date` and `group`."""
    import xarray as xr

    found = xr.Dataset.from_dataframe(runs.set_index("run").astype({"seed": str}))
    if series is not None:
        weekly = series.drop(columns=[key for key in OF_RUN if key != "run"])
        by_group = xr.Dataset.from_dataframe(weekly.set_index(["run", "date", "group"]))
        found = found.merge(by_group, join="left")
    for name, unit, meaning in _told(manifest):
        if name in found:
            is_date = found[name].dtype.kind == "M"  # in which NetCDF has a unit of its own
            said = {"units": None if is_date else unit, "long_name": meaning}
            found[name].attrs |= {key: value for key, value in said.items() if value}
    return found


def _told(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str | None, str | None]]:
    """Name, unit and meaning of what a results folder may hold."""
    for name, outcome in (OUTCOMES | outcomes_of_own(manifest)).items():
        yield name, outcome.unit, outcome.meaning
    for name, metric in manifest["metrics"].items():
        yield name, metric["unit"], metric["meaning"]
    for path, unit in manifest["varied"].items():
        yield path, unit, None
