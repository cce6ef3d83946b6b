"""What is measured of one run, as plain numbers by name."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ebbtide.model import Insurgency
from ebbtide.rules.attacks import harmed
from ebbtide.scenario import Scenario
from ebbtide.study.design import Run
from ledger.criteria import log_uniform, pace, reported_provinces

GROUP = "iskp"
CENTRE_FALLEN = 0.2  # health under which the centre counts as fallen
FATAL = 209 / 899  # killed of those killed or injured: UNAMA's figure for 2016
MIXED = dt.date(2016, 7, 31)  # the week of the US statement on former TTP men
KINDS = ("local_poor", "like_minded", "foreign", "allies", "switched")
ACTED_ON_BY_PAKISTAN = "pakistan_army"
OTHERS_SEED = ("afghan_taliban", "al_qaeda")


def live(scenario: Scenario, run: Run) -> tuple[Insurgency, dict[str, float]]:
    """A run to its end, and the shares of former groups among the fighters at `MIXED`."""
    model = Insurgency(scenario, rng=run.seed, policy=scenario.policy, **dict(run.values))
    shares: dict[str, float] = {}
    while model.week < scenario.weeks:
        model.step()
        if model.date == MIXED:
            shares = _former(model)
    return model, shares


def _former(model: Insurgency) -> dict[str, float]:
    state = model.state
    own = [i for i, name in enumerate(model.faction_names) if name.split(".")[0] == GROUP]
    there = (state.fighter_id > 0) & np.isin(state.fighter_faction, own)
    came_from = state.fighter_came_from[there]
    if came_from.size == 0:
        return {}
    return {name: float(np.mean(came_from == row)) for row, name in enumerate(model.group_names)}


class Lived:
    """A run that has been lived, read by group, date and place."""

    def __init__(self, model: Insurgency) -> None:
        self.model = model
        self.groups = {
            str(name): rows.set_index("date")
            for name, rows in model.series().groupby("group", sort=False)
        }

    def total(self, outcome: str, start: str, stop: str, group: str = GROUP) -> float:
        return float(self.groups[group].loc[start:stop, outcome].sum())

    def mean(self, outcome: str, start: str, stop: str, group: str = GROUP) -> float:
        return float(self.groups[group].loc[start:stop, outcome].mean())

    def at(self, outcome: str, date: str, group: str = GROUP) -> float:
        """In the last week up to the date."""
        return float(self.groups[group].loc[:date, outcome].iloc[-1])

    @cached_property
    def places(self) -> pd.DataFrame:
        places = self.model.places()
        places = places[places["group"] == GROUP]
        file = self.model.scenario.file.places
        countries = {place: file[place].country for place in file}
        return places.assign(country=places["place"].map(countries)).set_index("date")

    def there(self, date: str | pd.Timestamp) -> pd.DataFrame:
        """The places in the last week up to the date."""
        upto = self.places.index[self.places.index <= pd.Timestamp(date)]
        return self.places.loc[upto.max()]

    def fighters_in(self, country: str, weeks: pd.Series) -> np.ndarray:
        """Its fighters in a country, by week."""
        inside = self.places[self.places["country"] == country]
        by_week = inside.groupby(level="date")["fighters"].sum()
        return by_week.reindex(weeks, fill_value=0).to_numpy(float)

    def share_of_attacks(self, country: str, start: str, stop: str) -> float:
        """The share of its attacks in a country; none at all counts as none there."""
        made = self.places.loc[start:stop]
        every = float(made["attacks"].sum())
        return float(made.loc[made["country"] == country, "attacks"].sum()) / every if every else 0

    def came_over(self, start: str, stop: str) -> Mapping[str, float]:
        """Men who came over, by the group they left; after `start`."""
        found = self.model.defections()
        inside = (found["date"] > pd.Timestamp(start)) & (found["date"] <= pd.Timestamp(stop))
        return found[inside & (found["group"] == GROUP)].groupby("came_from")["men"].sum()

    def killed_by_forces(self, start: str, stop: str) -> tuple[float, float]:
        """Its men killed by all forces but Pakistan's, and by Pakistan's."""
        forces = self.model.force_series()
        inside = forces["date"].between(pd.Timestamp(start), pd.Timestamp(stop))
        rows = forces[inside & (forces["group"] == GROUP)]
        pakistan = rows["force"] == ACTED_ON_BY_PAKISTAN
        return (
            float(rows.loc[~pakistan, "men_killed"].sum()),
            float(rows.loc[pakistan, "men_killed"].sum()),
        )

    def best(self, weekly: pd.Series, stop: str, weeks: int = 13) -> float:
        """The highest mean over so many weeks on end, up to a date."""
        return float(weekly.loc["2015-01-27":stop].rolling(weeks).mean().max())


YEARS = {"2015": ("2015-01-01", "2015-12-31"), "2016": ("2016-01-01", "2016-12-31")}
SPANS = {**YEARS, "2016h1": ("2016-01-01", "2016-06-30"), "2016h2": ("2016-07-01", "2016-12-31")}
LAST_QUARTER = ("2016-09-01", "2016-11-30")
HALF_YEARS = {
    "2015h1": ("2015-01-27", "2015-06-30"),
    "2015h2": ("2015-07-01", "2015-12-31"),
    "2016h1": ("2016-01-01", "2016-06-30"),
    "2016h2": ("2016-07-01", "2016-11-30"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A run's numbers by name (NaN: no answer), its single attacks, its places' pace."""

    numbers: dict[str, float]
    attacks: np.ndarray  # people killed or injured, an attack
    paces: list[tuple[float, float]]  # b and ln τ1, a place of the group


def measure(scenario: Scenario, run: Run) -> Measured:
    """What is measured of a run under the record."""
    model, shares = live(scenario, run)
    lived = Lived(model)
    luck = np.random.default_rng([run.seed, 1])
    found: dict[str, float] = {}
    _numbers(lived, scenario, luck, found)
    found["former_ttp"] = 100 * shares.get("ttp", math.nan)
    _origins(lived, found)
    _signs(lived, found)
    _patterns(lived, found)
    _horizons(lived, scenario, found)
    return Measured(found, _attacks(lived, luck), _paces(lived))


def measure_alone(scenario: Scenario, run: Run) -> dict[str, float]:
    """With no act of any state and no fights with rivals: who came over up to the cut."""
    model, _ = live(scenario, run)
    return {"joined": float(Lived(model).came_over("2015-02-01", "2016-11-30").sum())}


def _numbers(
    lived: Lived, scenario: Scenario, luck: np.random.Generator, found: dict[str, float]
) -> None:
    strength = scenario.evidence_tables()["strength"]
    for date in strength["date"]:
        there = lived.there(date)
        inside = there[there["country"] == "AF"]
        found[f"fighters_{date:%Y-%m-%d}"] = float(inside["fighters"].sum())
        found[f"affiliates_{date:%Y-%m-%d}"] = float(inside["affiliates"].sum())
    there = lived.there("2015-09-30")
    affiliates = there.loc[there["country"] == "AF", "affiliates"].to_numpy(float)
    n0 = log_uniform(3, 100, luck.random())
    found["provinces"] = reported_provinces(affiliates, n0, luck.random(len(affiliates)))
    districts = scenario.file.places["AF-NAN"].districts.median
    for date in ("2016-01-31", "2016-07-31", "2016-11-30"):
        there = lived.there(date).set_index("place")
        found[f"ground_{date}"] = float(there.loc["AF-NAN", "held"]) * districts
    there = lived.there("2016-01-26").set_index("place")
    people = there["affiliates"]
    found["in_agencies"] = float(people[people.index.str.startswith("PK-TA-")].sum())
    found["in_balochistan"] = float(people["PK-BA"])
    found["in_punjab"] = float(people["PK-PB"])
    over_claim = log_uniform(1, 4, luck.random())
    for year, span in YEARS.items():
        afghan, pakistani = lived.killed_by_forces(*span)
        found[f"killed_{year}"] = afghan
        found[f"killed_reported_{year}"] = afghan * over_claim
        harm = lived.total("civilians_harmed", *span) + lived.total("state_harmed", *span)
        share = lived.share_of_attacks("PK", *span)
        found[f"deaths_pakistan_{year}"] = pakistani + harm * share * FATAL
        before = lived.total("exits_killed_by_rivals", "2014-01-01", "2014-12-31", "afghan_taliban")
        taliban = lived.total("exits_killed_by_rivals", *span, "afghan_taliban") - before
        found[f"rivals_{year}"] = lived.total("exits_killed_by_rivals", *span) + max(0, taliban)
    for name, span in SPANS.items():
        share = lived.share_of_attacks("AF", *span)
        found[f"casualties_{name}"] = lived.total("civilians_harmed", *span) * share


def _origins(lived: Lived, found: dict[str, float]) -> None:
    everyone = lived.came_over("2015-01-01", "2016-11-30")
    for group in ("ttp", *OTHERS_SEED):
        found[f"from_{group}"] = float(everyone.get(group, 0))
    first = float(lived.came_over("2015-01-01", "2015-12-31").get("ttp", 0))
    found["ttp_in_2015"] = 100 * first / found["from_ttp"] if found["from_ttp"] else math.nan
    for name, span in HALF_YEARS.items():
        start = "2015-02-01" if name == "2015h1" else span[0]  # not the founders
        found[f"joined_{name}"] = float(lived.came_over(start, span[1]).sum())
    found["joined"] = sum(found[f"joined_{name}"] for name in HALF_YEARS)
    found["joined_share"] = _share_of_others(lived)


def _share_of_others(lived: Lived) -> float:
    """Men who came over up to the cut, founders too, of all other groups' men before."""
    men = sum(
        float(rows.loc[:"2015-01-25", "fighters"].iloc[-1])
        for name, rows in lived.groups.items()
        if name != GROUP
    )
    return float(lived.came_over("2015-01-01", "2016-11-30").sum()) / men


def _signs(lived: Lived, found: dict[str, float]) -> None:
    own = lived.groups[GROUP]
    cut = "2016-11-30"
    command = own["command"]
    found["command"] = lived.mean("command", *LAST_QUARTER) / lived.best(command, cut)
    # New men of all kinds but founders, a week, so that a half-year cut short counts alike.
    intake = own[[f"entries_{kind}" for kind in KINDS]].sum(axis=1)
    rates = {name: float(intake.loc[slice(*span)].mean()) for name, span in HALF_YEARS.items()}
    best = max(rates.values())
    found["intake"] = rates["2016h2"] / best if best else math.nan
    found["morale"] = lived.mean("morale", "2016-11-01", cut) / lived.mean(
        "morale", "2015-02-01", "2015-12-31"
    )
    income = own[["income_centre", "income_taxes", "income_crime", "income_allies"]].sum(axis=1)
    each = (income / own["fighters"]).replace([np.inf, -np.inf], np.nan)
    found["income_each"] = float(each.loc[slice(*LAST_QUARTER)].mean()) / lived.best(each, cut)
    for name, span in {"2015": YEARS["2015"], "late": HALF_YEARS["2016h2"]}.items():
        civilians = lived.total("attacks_civilians", *span)
        every = civilians + lived.total("attacks_state", *span)
        found[f"soft_{name}"] = civilians / every if every else math.nan
    found["capability"] = lived.mean("capability", *HALF_YEARS["2016h2"]) / lived.mean(
        "capability", "2015-02-01", "2015-12-31"
    )


def _patterns(lived: Lived, found: dict[str, float]) -> None:
    inflow = {
        name: float(rows.loc["2015-01-01":"2015-12-31", "entries_foreign"].sum())
        for name, rows in lived.groups.items()
    }
    found["foreign"] = inflow.pop(GROUP)
    found["foreign_next"] = max(inflow.values())
    for date in ("2015-02-01", "2015-12-31"):
        found[f"brand_{date}"] = lived.at("brand", date)
        found[f"brand_rival_{date}"] = lived.at("brand", date, "al_qaeda")


def _attacks(lived: Lived, luck: np.random.Generator) -> np.ndarray:
    """People harmed, attack by attack, of all groups up to the cut.

    Runs keep sums a week, so as many attacks as the run had (at most 2,000) are drawn again
    from the model's own rule at the run's own numbers.
    """
    upto = (rows.loc[:"2016-11-30"] for rows in lived.groups.values())
    number = sum(float(rows[["attacks_state", "attacks_civilians"]].sum().sum()) for rows in upto)
    medians = lived.model.scenario.medians()
    least, exponent = (medians[f"rules.attacks.severity_{name}"] for name in ("least", "exponent"))
    return np.array([harmed(u, least, exponent) for u in luck.random(min(int(number), 2000))])


def _paces(lived: Lived) -> list[tuple[float, float]]:
    upto = lived.places.loc[:"2016-11-30"]
    fits = (pace(rows["attacks"].to_numpy()) for _, rows in upto.groupby("place"))
    return [fit for fit in fits if fit]


def _horizons(lived: Lived, scenario: Scenario, found: dict[str, float]) -> None:
    own = lived.groups[GROUP].reset_index()
    cut = scenario.week_of(scenario.file.cut)
    fighters = own["fighters"].to_numpy()
    attacks = (own["attacks_state"] + own["attacks_civilians"]).to_numpy()
    for name, weeks in (("6", 26), ("12", 52), ("24", 104)):
        found[f"halved_{name}"] = float(fighters[cut + weeks] < fighters[cut] / 2)
        if name != "24":
            poor = own["entries_local_poor"].to_numpy()[cut + weeks - 3 : cut + weeks + 1]
            found[f"poor_{name}"] = float(poor.mean() >= 1)
    found["ended"] = float(fighters[-1] == 0)
    inside = lived.fighters_in("AF", own["date"])
    for name, weeks in (("6", 26), ("12", 52), ("24", 104)):
        found[f"halved_afghan_{name}"] = float(inside[cut + weeks] < inside[cut] / 2)
    found["ended_afghan"] = float(inside[-1] == 0)
    for year in ("2017", "2018"):
        found[f"no_ground_{year}"] = float(lived.at("districts_held", f"{year}-12-31") < 1)
    harm = {
        year: lived.total("civilians_harmed", *span) + lived.total("state_harmed", *span)
        for year, span in (("2016", YEARS["2016"]), ("2017", ("2017-01-01", "2017-12-31")))
    }
    found["no_operations"] = float(harm["2017"] < harm["2016"] / 2)
    health = lived.model.scenario.file.centres["is"].health
    days = [dt.date.fromisoformat(date).toordinal() for date in health]
    levels = np.interp(
        [date.toordinal() for date in scenario.dates], days, [q.median for q in health.values()]
    )
    fallen = np.flatnonzero((levels < CENTRE_FALLEN) & (np.arange(len(levels)) > cut))
    found["centre_fell"] = float(fallen.size > 0 and fallen[0] + 52 < len(attacks))
    found["daily_work_lost"] = math.nan
    if found["centre_fell"]:
        monthly = np.convolve(attacks, np.ones(4), "valid")  # [i]: weeks i to i + 3
        in_2016 = own.set_index("date")[["attacks_state", "attacks_civilians"]]
        usual = 4 * float(in_2016.loc["2016-01-01":"2016-12-31"].sum(axis=1).mean())
        after = monthly[fallen[0] : fallen[0] + 49]
        found["daily_work_lost"] = float(after.min() < usual / 10)
