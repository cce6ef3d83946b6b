"""What a scenario says of one number, in words."""

from __future__ import annotations

from typing import Any

from ebbtide.explain import place
from ebbtide.scenario import Quantity, Scenario
from ebbtide.scenario.content import walk
from ebbtide.scenario.quantity import PRIORS, Fixed, within


def value(quantity: Quantity) -> str:
    """The value, or the prior with its median."""
    stated = quantity.stated
    if isinstance(stated, Fixed):
        large = abs(stated.value) >= 1e5
        return f"{stated.value:,.0f}" if large else f"{stated.value:.6g}"
    shape = PRIORS[stated.prior].says.format(low=stated.low, high=stated.high)
    return f"prior: {shape}; median {quantity.median:.3g}"


def allowed(quantity: Quantity) -> str:
    """The allowed range, with its unit."""
    return within(quantity.measure)


def source(scenario: Scenario, path: str) -> str | None:
    """The source of a quantity, or that of the number that stood there before a file changed it."""
    found = scenario.sources.of(path)
    return None if found is None else str(found)


def stated_by(scenario: Scenario, path: str) -> str:
    """Whether the scenario itself states a quantity, or it has the default of what that extends."""
    if any(f"{key}.".startswith(f"{path}.") for key in scenario.overrides):
        return "set beside the scenario"
    file = scenario.origin(path)
    if file == scenario.path.resolve():
        return f"{scenario.id}, which states it"
    return f"a default of {place.shown(file)}: {scenario.id} does not state it"


def stated_at(scenario: Scenario, path: str) -> str:
    """File and line, in a table of the scenario or a row of its geography."""
    file = scenario.origin(path)
    found = place.of_key(file, path)
    table, identifier, *_ = path.split(".")
    rows = getattr(scenario.file.geography, table, None)
    if found != place.shown(file) or not rows:
        return found
    cells = rf"^{identifier}," if table == "places" else rf"^{identifier.replace('_', ',')},"
    return place.of_text((scenario.path.parent / rows).resolve(), cells)


def of_table(scenario: Scenario, path: str, key: str) -> Any:
    """The remark (`source`, `claims`) of the nearest table that a quantity is in, if any has one."""
    keys = path.split(".")
    remarks = {".".join(found[:-1]): said for found, said in walk(scenario.file)
               if found[-1] == key and said}  # fmt: skip
    column = remarks.get(f"geography.columns.{keys[-1]}") if keys[0] == "places" else None
    tables = [".".join(keys[:length]) for length in range(len(keys) - 1, 0, -1)]
    return column or next((remarks[table] for table in tables if table in remarks), None)
