"""What policies are compared by: numbers of a run, each with unit, meaning and which way is better.

Each is declared once, as a weekly outcome taken over the weeks that are counted; what a run is summed up
by too (`study.metrics.SUMS`) is declared there. Its unit and meaning follow from that outcome's own.
Beside these stands every metric of a run (`ebbtide.study.metrics`), of the whole run as it is there, and
each weekly outcome in the week of a day, as `fighters@2017-12-31`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from ebbtide.comparison.effort_of import EFFORT_OF_OWN_ACTS, EFFORT_PRICED
from ebbtide.scenario import Fault, Faults
from ebbtide.scenario.faults import listed, nearest, shown
from ebbtide.study.harm import HARM
from ebbtide.study.metrics import SUMS
from ebbtide.study.simulate import column_of_force
from ebbtide.world.outcomes import FORCE_OUTCOMES, OUTCOMES
from ebbtide.world.recorded import Outcome
from ebbtide.world.sign import Sign
from ebbtide.world.units import DATE, over_weeks


class Reduction(Enum):
    """How one number comes of a weekly outcome."""

    MEAN = "mean of the weeks"
    TOTAL = "all weeks together"
    PRICED = "all weeks together, in effort-weeks"
    OWN_PRICED = "all weeks together, in effort-weeks beyond the reference"
    AT = "in the week of one day"
    GAIN = "in the last week, less those before the first that is counted"


@dataclass(frozen=True, slots=True)
class OfWeeks:
    """Weekly outcomes, together, taken over the weeks counted, and which way is better, if either is.

    A `side_effect` falls on others than the group, or has to be spent.
    """

    of: tuple[str, ...]
    over: Reduction
    better: Sign | None
    side_effect: bool = False


@dataclass(frozen=True, slots=True)
class ComparedOutcome:
    """A number of a run by which policies are compared.

    `of` are the columns whose sum it is: of the weekly series, `over` the weeks counted, or, where `over`
    is None, of the table of runs. `day` is the one of whose week it is, if it is of one,
    and `group` another group than the focus, if it is of that. A `side_effect` falls on others than the
    group, or has to be spent.
    """

    name: str
    unit: str
    meaning: str
    better: Sign | None
    of: tuple[str, ...]
    over: Reduction | None = None
    day: dt.date | None = None
    group: str | None = None
    side_effect: bool = False

    @property
    def loss(self) -> float:
        """What turns it into a loss, of which less is better: 1 or -1. Raises Faults for neither."""
        if self.better is None:
            allowed = f"one of which less or more is better, such as {HEADLINE}"
            raise Faults([Fault("outcome", None, shown(self.name), allowed)])
        return 1.0 if self.better == "less" else -1.0


HEADLINE = "mean_strength"  # strength at one date is noisy once a large command has changed sides
AREA = "area_under_strength"  # in proportion to the headline
DISPLACED = "civilians_displaced"
STRENGTH = "fighters"  # what is told at the ends of years, and of other groups
AT = "@"  # parts the name of an outcome from its day
OF_FOCUS = {
    HEADLINE: OfWeeks(("fighters",), Reduction.MEAN, "less"),
    AREA: OfWeeks(("fighters",), Reduction.TOTAL, "less"),
    "mean_districts_held": OfWeeks(("districts_held",), Reduction.MEAN, "less"),
    HARM: OfWeeks(
        ("civilians_harmed", "civilians_harmed_by_forces"),
        Reduction.TOTAL,
        "less",
        side_effect=True,
    ),
    **{
        name: OfWeeks(said.of, Reduction.TOTAL, said.better, side_effect=True)
        for name, said in SUMS.items()
        if said.side_effect
    },
}
OF_A_FORCE = {  # each begins a name that ends in a force's
    "civilians_harmed_by": OfWeeks(
        ("civilians_harmed",), Reduction.TOTAL, "less", side_effect=True
    ),
    "effort_of": OfWeeks(("effort",), Reduction.TOTAL, "less", side_effect=True),
}
GAINED_BY = "gained_by"  # begins a name that ends in that of a group beside the focus
# What a comparison keeps of every week.
SERIES = tuple(dict.fromkeys(name for each in OF_FOCUS.values() for name in each.of))
BY_FORCE = tuple(dict.fromkeys(name for each in OF_A_FORCE.values() for name in each.of))


def outcomes_of(manifest: Mapping[str, Any]) -> dict[str, ComparedOutcome]:
    """All by which the policies of a results folder may be compared, the usual ones first.

    A folder from before an outcome was declared has no weeks of it, and is read without.
    """
    forces, kept = manifest["comparison"]["forces"], _kept(manifest)
    found = [
        _over_weeks(name, each, OUTCOMES)
        for name, each in OF_FOCUS.items()
        if kept.issuperset(each.of)
    ]
    found += [
        _over_weeks(f"{stem}_{force}", each, FORCE_OUTCOMES, force, words)
        for stem, each in OF_A_FORCE.items()
        for force, words in forces.items()
    ]
    found += [
        ComparedOutcome(
            f"{GAINED_BY}_{group}", OUTCOMES[STRENGTH].unit, f"{words}: fighters {Reduction.GAIN.value}",
            "less", (STRENGTH,), Reduction.GAIN, group=group, side_effect=True,
        )
        for group, words in other_groups(manifest).items()
    ]  # fmt: skip
    if (prices := manifest["comparison"].get("prices", {})).get("acts") and not prices["without"]:
        found += _priced(prices, forces)
    metrics = manifest["metrics"]
    found += [
        ComparedOutcome(
            name,
            said["unit"],
            said["meaning"],
            said.get("better"),
            (name,),
            side_effect=said.get("side_effect", False),
        )
        for name, said in sorted(metrics.items(), key=lambda each: each[1].get("better") is None)
        if said["unit"] != DATE and name != AREA  # that of the weeks counted goes by its name
    ]
    return {each.name: each for each in found}


def _kept(manifest: Mapping[str, Any]) -> set[str]:
    """The weekly series that a results folder has."""
    return set(manifest["study"]["series"]["outcomes"])


def _priced(prices: Mapping[str, Any], forces: Iterable[str]) -> list[ComparedOutcome]:
    unit = f"in effort-weeks, {prices['unit']} at all that it can do"
    together = f"prices are guesses ({prices['file']}); all weeks together"
    booked = tuple(column_of_force("effort", force) for force in forces)
    said = {
        EFFORT_PRICED: (
            f"what forces spend against the focus and what levers cost beside, {unit}; {together}",
            Reduction.PRICED,
        ),
        EFFORT_OF_OWN_ACTS: (
            "what a policy's own acts cost beyond the reference: the price of its levers, and what the "
            f"forces that they send spend more, {unit}; {together}",
            Reduction.OWN_PRICED,
        ),
    }
    return [
        ComparedOutcome(name, "effort-weeks", meaning, "less", booked, over, side_effect=True)
        for name, (meaning, over) in said.items()
    ]


def usual(known: Mapping[str, ComparedOutcome]) -> list[str]:
    """The outcomes that are compared unless others are asked for."""
    return [
        name for name, each in known.items() if each.over is not None or each.better is not None
    ]


def chosen_outcomes(
    names: Iterable[str] | None, manifest: Mapping[str, Any], of: str
) -> dict[str, ComparedOutcome]:
    """The outcomes of these names, in their order; the usual ones for None. Raises Faults."""
    known = outcomes_of(manifest)
    asked = (
        [*usual(known), *at_ends_of_years(manifest)] if names is None else [*dict.fromkeys(names)]
    )
    found, faults = {}, []
    for name in asked:
        try:
            found[name] = _on_a_day(name, manifest) if AT in name else known[name]
        except KeyError:
            faults.append(Fault(of, None, shown(name), listed(known, 20), nearest(name, known)))
        except Faults as wrong:
            faults += [replace(each, file=of) for each in wrong.faults]
    if faults:
        raise Faults(faults)
    return found


def at_ends_of_years(manifest: Mapping[str, Any]) -> list[str]:
    """Strength on the last day of each year that is counted."""
    first = dt.date.fromisoformat(manifest["comparison"]["start"])
    days = (dt.date(year, 12, 31) for year in range(first.year, last_day(manifest).year + 1))
    return [f"{STRENGTH}{AT}{day}" for day in days if first < day <= last_day(manifest)]


def other_groups(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The groups beside the focus, with their names."""
    scenario = manifest["scenario"]
    focus = scenario.get("focus_groups", [scenario["focus"]])
    return {group: name for group, name in scenario["groups"].items() if group not in focus}


def last_day(manifest: Mapping[str, Any]) -> dt.date:
    """The last day that was run."""
    return dt.date.fromisoformat(manifest["until"] or manifest["scenario"]["end"])


def _on_a_day(name: str, manifest: Mapping[str, Any]) -> ComparedOutcome:
    """A weekly outcome in the week of a day. Raises Faults."""
    weekly, _, written = name.partition(AT)
    first, last = dt.date.fromisoformat(manifest["scenario"]["start"]), last_day(manifest)
    known = [each for each in SERIES if each in _kept(manifest)]
    if weekly not in known:
        allowed = f"one of every week: {listed(known, 20)}"
        raise Faults([Fault("outcome", None, shown(name), allowed, nearest(weekly, known))])
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        day = first
    if not first < day <= last:
        allowed = f"a day after {first} and not after {last}, as {STRENGTH}{AT}{last}"
        raise Faults([Fault("outcome", None, shown(name), allowed)])
    of_weeks = next(each for each in OF_FOCUS.values() if weekly in each.of)
    said = OUTCOMES[weekly]
    meaning = f"{said.meaning}; in the week of {day}"
    return ComparedOutcome(
        name, said.unit, meaning, of_weeks.better, (weekly,), Reduction.AT, day,
        side_effect=of_weeks.side_effect,
    )  # fmt: skip


def _over_weeks(
    name: str,
    said: OfWeeks,
    declared: Mapping[str, Outcome],
    force: str | None = None,
    words: str = "",
) -> ComparedOutcome:
    weekly = [declared[each] for each in said.of]
    unit = weekly[0].unit
    if said.over is Reduction.TOTAL:
        unit = over_weeks(unit)
    columns = said.of if force is None else tuple(column_of_force(each, force) for each in said.of)
    meaning = ", and ".join(each.meaning for each in weekly)
    meaning = f"{words}: {meaning}" if force is not None else meaning
    return ComparedOutcome(
        name,
        unit,
        f"{meaning}; {said.over.value}",
        said.better,
        columns,
        said.over,
        side_effect=said.side_effect,
    )
