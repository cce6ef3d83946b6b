"""Quantities that a scenario frees for a posterior, and that no evidence up to its cut can move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ebbtide.scenario.check_note import CheckNote
from ebbtide.scenario.policy import OF_POLICY
from ebbtide.scenario.scenario import Scenario


def notes_on_calibration(scenario: Scenario) -> Iterator[CheckNote]:
    """Quantities that are freed and bear on days after the cut alone, and a cut after which nothing is."""
    file, cut = scenario.file, scenario.file.cut
    if cut is None:
        return
    if scenario.week_of(cut) >= scenario.weeks:
        said = f"{{}} is {cut}, in the last week: nothing comes after it, and nothing is projected"
        yield CheckNote(said, ("cut",), idle=False)
    for path in dict.fromkeys(file.calibration.free if file.calibration else ()):
        since = _bears_from(path, scenario)
        if since is not None and since > cut:
            said = (
                f"[calibration] frees {{}}, which bears on {since} and later: no evidence up to the cut, "
                f"{cut}, moves it"
            )
            yield CheckNote(said, (path,), idle=False)


def _bears_from(path: str, scenario: Scenario) -> dt.date | None:
    """The day from which a run feels a quantity; None where it does from the start."""
    table, _, rest = path.removeprefix(OF_POLICY).partition(".")
    name = rest.partition(".")[0]
    file, policy = scenario.file, scenario.policy.file
    if table == "acts" and name in policy.acts:
        return policy.acts[name].start
    if table == "deployments" and name in policy.deployments:
        return policy.deployments[name].date
    if table == "events" and name in file.events:
        return file.events[name].date
    if table == "groups" and name in file.foundings:
        return scenario.there_from(name)
    return None
