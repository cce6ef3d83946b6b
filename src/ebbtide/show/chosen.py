"""What a figure of one outcome shows: of which groups or their sum, under which policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import pandas as pd

from ebbtide.show import palette
from ebbtide.show.words import failed_in, runs_told, worded, written
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.focus import Focus

if TYPE_CHECKING:
    from ebbtide.study.results import Results

TOGETHER = "together"  # the group of rows that are a sum


@dataclass(frozen=True)
class Chosen:
    """An outcome of groups (ids, in the scenario's order) under policies (in the study's).

    `summed`: of these groups together. `over`: the path of a varied quantity whose values are told apart.
    """

    results: Results
    outcome: str
    groups: tuple[str, ...]
    policies: tuple[str, ...]
    summed: bool = False
    over: str | None = None

    @property
    def group_names(self) -> dict[str, str]:
        """All groups of the scenario by id, in its order."""
        return dict(self.results.manifest["scenario"]["groups"])

    @property
    def cut(self) -> pd.Timestamp | None:
        """From when on all is projected."""
        cut = self.results.manifest["scenario"].get("cut")
        return pd.Timestamp(cut) if cut else None

    @property
    def name(self) -> str:
        """Whom the figure shows."""
        focus = Focus.kept(self.results.manifest)
        if self.summed and {*focus.groups} == {*self.groups}:
            return focus.name
        names = [self.group_names[group] for group in self.groups]
        if len(names) == len(self.group_names) > 1 and self.summed:
            return "All groups together"
        if len(names) > 2:
            return f"{len(names)} groups" + " together" * self.summed
        return " and ".join(names) + " together" * (self.summed and len(names) > 1)

    @property
    def told_apart(self) -> list[str]:
        """What the name of its file has beside the outcome: whatever is not as it is unasked."""
        focus, policies = Focus.kept(self.results.manifest), self.results.manifest["policies"]
        unasked = {*focus.groups} == {*self.groups} and (focus.several or not self.summed)
        said = [] if self.summed or unasked else [*self.groups]
        if self.summed and not unasked:
            said += ["sum"] if len(self.groups) == len(self.group_names) else [*self.groups, "sum"]
        if len(self.policies) < len(policies):
            said += self.policies
        return [*said, *([self.over] if self.over else [])]

    def subtitle(self, runs: int) -> str:
        """Of what scenario, study and policy, in how many runs."""
        manifest = self.results.manifest
        study = (manifest.get("study") or {}).get("title")
        said = [study] if study else []
        said.append(manifest["scenario"]["title"])
        if len(self.policies) == 1:
            said.append(f"policy “{self.policies[0]}”")
        every = self.results.runs()
        failed = failed_in(every[every["policy"].isin(self.policies)])
        return " · ".join([*dict.fromkeys(said), runs_told(runs, failed, DrawnFrom.kept(manifest))])

    @property
    def pooled(self) -> str:
        """Which varied quantities the runs of a fan differ in."""
        varied = [path for path in self._varied() if path != self.over]
        return f"each fan over all values of {' and '.join(map(worded, varied))}" if varied else ""

    def weeks(self) -> pd.DataFrame:
        """A row a run and week of what is drawn: run, policy, date, group, outcome, and `over`."""
        focus, results = Focus.kept(self.results.manifest), self.results
        if not (self.summed and {*focus.groups} == {*self.groups}):
            return self.prepared(results.series([self.outcome]), ["run", "policy", "date"])
        columns = focus.needed([self.outcome], results.outcomes("series"))
        weeks = results.series(columns)
        if len(columns) > 1:  # who goes from one of them to another neither joins nor leaves
            weeks = weeks.assign(**{self.outcome: weeks[columns[0]] - weeks[columns[1]]})
        return self.prepared(weeks, ["run", "policy", "date"])

    def prepared(self, rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
        """Those rows of a table that are asked for, summed over groups if asked, with `over`.

        What stands in the columns of a group before its founding is nobody's, and left out.
        """
        kept = rows["group"].isin(self.groups) & rows["policy"].isin(self.policies)
        rows = rows[kept]
        for group in self.groups:
            founded = self._founded(group, rows["run"])
            if founded is not None:
                rows = rows[(rows["group"] != group) | (rows["date"] >= founded)]
        if self.summed:
            summed = rows.groupby(by, sort=True)[self.outcome].sum().reset_index()
            rows = summed.assign(group=TOGETHER)
        if self.over is not None:
            rows = rows.merge(self.results.runs()[["run", self.over]], on="run")
        return rows

    def lines(self, weeks: pd.DataFrame) -> Iterator[dict[str, Any]]:
        """What each fan is of, in order: group, policy, and the value of what is told apart."""
        values = [None] if self.over is None else sorted(weeks[self.over].unique())
        groups = (TOGETHER,) if self.summed else self.groups
        for group, policy, value in product(groups, self.policies, values):
            yield {"group": group, "policy": policy} | ({self.over: value} if self.over else {})

    def label(self, at: dict[str, Any]) -> str:
        """What tells a fan from the others."""
        said = []
        if len(self.groups) > 1 and not self.summed:
            said.append(self.group_names[at["group"]])
        if len(self.policies) > 1:
            said.append(f"policy “{at['policy']}”")
        if self.over is not None:
            said.append(f"{worded(self.over)} {written(at[self.over])}")
        return ", ".join(said)

    def look(self, at: dict[str, Any]) -> palette.Line:
        """The look of a fan: its group's, or its policy's or value's where groups do not differ.

        Of several groups under several policies the group gives the colour, the policy dashes. Values
        give the colour, and the dashes where they are all that differs.
        """
        several = len(self.policies) > 1
        if self.over is not None:
            return self._look_of_value(at, self.over)
        of_policy = palette.line_of(at["policy"], list(self.results.manifest["policies"]))
        if at["group"] == TOGETHER:
            return of_policy if several else palette.SUM_LINE
        of_group = palette.line_of(at["group"], list(self.group_names))
        if len(self.groups) == 1:
            return of_policy if several else of_group
        if several:
            return palette.Line(of_group.colour, of_policy.dashes, of_policy.marker)
        return of_group

    def _founded(self, group: str, runs: pd.Series) -> pd.Timestamp | pd.Series | None:
        """The day of a group's founding, of each of these runs where a study varies it."""
        founding = self.results.manifest["scenario"].get("foundings", {}).get(group)
        if founding is None:
            return None
        varied = f"events.{founding['event']}.date"
        if varied not in self._varied():
            return pd.Timestamp(founding["date"])
        return runs.map(self.results.runs().set_index("run")[varied])

    def _look_of_value(self, at: dict[str, Any], over: str) -> palette.Line:
        from matplotlib.colors import to_hex

        values = sorted(self.results.runs()[over].unique())
        place = values.index(at[over])
        shade = palette.sequential(palette.OF_LINES)(place / max(len(values) - 1, 1))
        groups = (TOGETHER,) if self.summed else self.groups
        within = [*product(groups, self.policies)]
        which = within.index((at["group"], at["policy"])) if len(within) > 1 else place
        return palette.Line(to_hex(shade), palette.line(which).dashes, palette.line(which).marker)

    def _varied(self) -> list[str]:
        study = self.results.manifest.get("study") or {}
        return list(study.get("vary", {}))
