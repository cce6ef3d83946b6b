"""The dated figures that claims are held against, read from the scenario's evidence."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ebbtide.scenario import Scenario

AFGHANISTAN = "ucdp_afghanistan_yearly_2013_2016.csv"
PAKISTAN = "ucdp_pakistan_monthly_2013_2016.csv"
STATE_AND_GROUP = "Government of Afghanistan - IS"
GROUP_AND_RIVAL = "IS - Taleban"
IN_PAKISTAN = ("Government of Pakistan - IS", "IS - Civilians")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a publisher: an interval (low = high for one number), its date, its source."""

    low: float
    high: float
    date: str
    source: str

    def __str__(self) -> str:
        low, high = f"{self.low:,.0f}", f"{self.high:,.0f}"
        return low if low == high else f"{low}-{high}"


class Figures:
    """The evidence beside a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self._folder = scenario.path.parent / scenario.id
        self.tables = scenario.evidence_tables()

    def strength(self, publisher: str, counts: str = "fighters") -> list[Figure]:
        """A publisher's figures of one kind, by date."""
        rows = self.tables["strength"]
        rows = rows[rows["publisher"].eq(publisher) & rows["counts"].eq(counts)]
        return [self._figure(row, "strength.csv") for row in rows.to_dict("records")]

    def presence(self, date: str) -> Figure:
        """The figure of ground or presence of a date."""
        rows = self.tables["presence"]
        (row,) = rows[rows["date"].eq(pd.Timestamp(date))].to_dict("records")
        return self._figure(row, "presence.csv")

    def casualties(self) -> dict[str, Figure]:
        """Civilian casualties by its attacks in Afghanistan, 2015 and the halves of 2016."""
        rows = pd.read_csv(self._folder / "violence.csv")
        rows = rows[rows["publisher"].eq("UNAMA")]
        named = rows["measure"].eq("civilian casualties attributed to ISKP")
        year = rows[named].set_index("year")["best"]
        first = float(rows[rows["measure"].str.endswith("first half")]["best"].iloc[0])
        halves = {"2015": year[2015], "2016h1": first, "2016h2": year[2016] - first}
        return {
            name: Figure(float(number), float(number), name, "UNAMA, violence.csv")
            for name, number in halves.items()
        }

    def men_killed(self, year: int) -> Figure:
        """Its men reported killed in clashes with the Afghan state."""
        return self._afghan(year, STATE_AND_GROUP, "deaths_b")

    def rivals(self, year: int) -> Figure:
        """Deaths of all sides in its fights with the Taliban."""
        return self._afghan(year, GROUP_AND_RIVAL, "best")

    def in_pakistan(self, year: int) -> Figure:
        """Deaths in its clashes and attacks in Pakistan."""
        rows = pd.read_csv(self._folder / PAKISTAN)
        rows = rows[rows["dyad"].isin(IN_PAKISTAN) & rows["month"].str.startswith(str(year))]
        rows = rows[rows["month"] <= "2016-11"]
        number = float(rows["best"].sum())
        return Figure(number, number, str(year), f"UCDP GED, {PAKISTAN}")

    def _afghan(self, year: int, dyad: str, column: str) -> Figure:
        rows = pd.read_csv(self._folder / AFGHANISTAN)
        number = float(rows[rows["dyad"].eq(dyad) & rows["year"].eq(year)][column].sum())
        return Figure(number, number, str(year), f"UCDP GED, {AFGHANISTAN}")

    @staticmethod
    def _figure(row: dict[str, object], file: str) -> Figure:
        date = pd.Timestamp(row["date"])  # type: ignore[arg-type]
        said = f"{row['publisher']}, {file}"
        return Figure(float(row["low"]), float(row["high"]), f"{date:%Y-%m-%d}", said)  # type: ignore[arg-type]
