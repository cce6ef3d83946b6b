"""The answer in three sentences, by rules: the verdict, the difference, the doubt; and the price beside.

What is doubtful comes first. A difference is clear where its 95% interval leaves zero out. The order of
the two best is doubtful where their true means would turn with a chance above DOUBTFUL, or where single
replications, draws and random numbers, rank them the other way more often than OFTEN.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ebbtide.comparison.report.doubts import doubts
from ebbtide.comparison.report.numbers import (
    INTERVAL_NAMED,
    Change,
    day,
    joined,
    mean,
    share,
    size,
)
from ebbtide.comparison.report.parts import last_day, side_effects
from ebbtide.comparison.report.spent import spent
from ebbtide.comparison.told import at_equal_effort, less_than_ended, outdone
from ebbtide.scenario.faults import counted
from ebbtide.show.compared import words
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.harm import HARM
from ebbtide.world.units import YES_NO

if TYPE_CHECKING:
    from ebbtide.comparison.comparison import Comparison

DOUBTFUL = 0.05
OFTEN = 1 / 3
OTHERS = "other_groups_gain"
MOST_PRICES = 3  # side effects that the answer names of a policy
LEAST = 0.01  # of the reference, or a point: what changes by less is no price

BASIS: Mapping[DrawnFrom, str] = {
    DrawnFrom.MEDIANS: "Every uncertain quantity stands at its median: replications differ in random "
    "numbers alone, so that the intervals leave out everything that is not known.",
    DrawnFrom.PRIORS: "The draws are of the priors: no datum has updated any of them.",
    DrawnFrom.POSTERIOR: "The draws are of the scenario's posterior: evidence inside its cut has weighed "
    "them, as far as it speaks of them at all. They approximate it, mostly by how near what would be said "
    "of a run comes to what was said (docs/posterior.md); no interval here holds the error of that.",
}
PAIRED = (
    "Replication by replication all of them meet the same draws of what nobody knows and the same random "
    "numbers, so that what differs is the policies'."
)
GUESSES = (
    "Most sizes of effect, of what a policy achieves above all, are guesses with stated ranges, and are "
    "called so in the scenario."
)
DOUBT = (
    "An interval says nothing of whether the model is right, and most sizes of effect in it are "
    "guesses: what stands here is what these guesses come to."
)
OF_INTERVALS = (
    "An interval says how well so many replications know a mean in this model under these draws; it says "
    "nothing of whether the model is right."
)


class Answer:
    """What a comparison says of its first outcome of which one way is better.

    `best` is the policy whose mean is best, `asked` the best beside the reference: of that the sentences
    speak.
    """

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.headline = comparison.ranked[0]
        table = comparison.differences().to_dict("records")
        self.rows = {(row["outcome"], row["policy"]): row for row in table}
        self.changes = {key: Change(row) for key, row in self.rows.items()}
        losses = comparison.losses(self.headline).mean(axis=0)
        order = sorted(range(len(losses)), key=lambda place: losses[place])
        self.means = dict(
            zip(comparison.policies, comparison.told(self.headline).mean(0), strict=True)
        )
        self.best = comparison.policies[order[0]]
        self.asked = next(comparison.policies[place] for place in order if place != 0)

    @property
    def change(self) -> Change:
        """That of the policy that the sentences speak of, in the headline."""
        return self.changes[self.headline, self.asked]

    @property
    def identical(self) -> bool:
        """Whether no policy differs in the headline in any replication."""
        return all(
            self.changes[self.headline, policy].none for policy in self.comparison.policies[1:]
        )

    @property
    def doubtful(self) -> bool:
        """Whether the order of the two best is not settled."""
        pair = self._pair
        turned = pair["reversed_in_means"] > DOUBTFUL or pair["reversed_in_runs"] > OFTEN
        return bool(turned or pair["apart"] == 0 or not self.change.known)

    def sentences(self, verdict: str | None = None) -> list[str]:
        """Three of them; what is doubtful comes first: before all whether the record ranks policies."""
        if self.identical:
            return [self._nothing(), self._elsewhere()]
        told = [self._difference(), self._order()]
        if verdict is not None:
            return [verdict, *told]
        if self.change.clear and self.doubtful:
            told.reverse()
        return [*told, DOUBT]

    def beside(self) -> str:
        """What gets worse under the policy, and what other groups gain."""
        return "" if self.identical else self._price()

    @property
    def _pair(self) -> Mapping[Any, Any]:
        """The two best, and how often their order turns."""
        return self.comparison.pairs(self.headline).to_dict("records")[0]

    def _nothing(self) -> str:
        others = joined(f"“{policy}”" for policy in self.comparison.policies[1:])
        many = len(self.comparison.policies) > 2
        return (
            f"{others} {'do' if many else 'does'} not differ from “{self.comparison.reference}” in "
            f"{self._name} in any of {self._runs}."
        )

    def _elsewhere(self) -> str:
        apart = [key for key, change in self.changes.items() if not change.none]
        if not apart:
            return (
                "Nor does anything else that is compared: what was asked makes no difference here."
            )
        names = dict.fromkeys(words(name) for name, _ in apart)
        return f"What differs is {joined(names)}."

    def _difference(self) -> str:
        """How the policy differs in the headline, and from what to what."""
        reference, change = self.comparison.reference, self.change
        unit = self.comparison.outcomes[self.headline].unit
        name = self._name
        means = f"{mean(self.means[self.asked], unit)} against {mean(self.means[reference], unit)}"
        counted_from = f"from {day(self.comparison.start)} to {day(last_day(self.comparison))}"
        if not change.clear:
            if self.best == reference:
                lead = f"It is not clear that any policy differs from “{reference}” in {name}"
                which = f"the nearest, “{self.asked}”"
            else:
                lead = f"It is not clear that any policy is better than “{reference}” in {name}"
                which = f"the best mean, under “{self.asked}”"
            return f"{lead}: {which}, is {change.words}, {means}, {counted_from}."
        if self.best == reference:
            return (
                f"No policy is better than “{reference}” in {name}: under the nearest, “{self.asked}”, it "
                f"is {change.words}, {means}, {counted_from}."
            )
        return (
            f"Under “{self.asked}” {name} is {change.words} than under “{reference}”: {means}, "
            f"{counted_from}."
        )

    def _order(self) -> str:
        """How often the policy is better and best, and whether the order of the two best stands."""
        policies, pair = self.comparison.policies, self._pair
        row = self.rows[self.headline, self.asked]
        better = (
            f"better than “{self.comparison.reference}” in "
            f"{share(row['better'])} of {self._runs}"
            f"{f', the same in {share(row["same"])}' if row['same'] else ''}"
        )
        if len(policies) == 2:
            return f"“{self.asked}” is {better}{self._turning()}."
        table = self.comparison.table()
        best = table[table["outcome"] == self.headline].set_index("policy")["best"]
        better += "," if row["same"] else ""
        better += f" and best of all {len(policies)} in {share(best[self.asked])}"
        reversing = f"{share(pair['reversed_in_runs'])} of them"
        if self.best == self.comparison.reference:
            own = f"“{self.best}” has the best mean and is best of all in {share(best[self.best])}"
            return f"{own}; “{self.asked}”, next by mean, is {better}{self._turning()}."
        if not self.doubtful:
            return (
                f"“{self.asked}” is {better}; “{pair['behind']}”, next by mean, is ahead of it in "
                f"{reversing}."
            )
        return (
            f"Which policy is best is not settled: “{self.asked}” has the best mean ({better}), but "
            f"“{pair['behind']}”, next by mean, is ahead of it in {reversing}{self._turning()}."
        )

    def _turning(self) -> str:
        """The chance that the order of the two best means is the other way, where it is no small one."""
        chance = float(self._pair["reversed_in_means"])
        if not self.change.known or chance <= DOUBTFUL:
            return ""
        return (
            f", and with ever more of them the order of the two best means would turn with a chance of "
            f"{share(chance)}"
        )

    def _price(self) -> str:
        """What gets worse under the policy, the greatest first; what under the next best, if in doubt."""
        if not side_effects(self.comparison):
            return "No side effect was compared, so that what it costs is not said."
        told = self._costs(self.asked)
        rival = self._pair["behind"] if self._pair["ahead"] == self.asked else self._pair["ahead"]
        if self.doubtful and rival != self.comparison.reference:
            told += f"; {self._costs(rival)}"
        return (
            f"In side effects (against “{self.comparison.reference}”, with 95% intervals), {told}."
            f"{self._others(self.asked)}"
        )

    def _others(self, policy: str) -> str:
        """How many more men other groups end with, whose harm is not counted; nothing if not clear."""
        change = self.changes.get((OTHERS, policy))
        if change is None or not change.clear:
            return ""
        row = change.row
        low, high = sorted((abs(row["low"]), abs(row["high"])))
        losing = row["reference"] < 0
        verb = "lose" if losing else "end with"
        more = (row["difference"] > 0) != losing
        return (
            f" Under “{policy}” other groups {verb} {size(abs(row['difference']))} men "
            f"{'more' if more else 'fewer'} ({INTERVAL_NAMED} {size(low)} to "
            f"{size(high)}) than under “{self.comparison.reference}”; harm that they do is not counted."
        )

    def _costs(self, policy: str) -> str:
        known = side_effects(self.comparison)
        changes = {
            name: self.changes[name, policy] for name in known if (name, policy) in self.changes
        }
        worse = [name for name, each in changes.items() if self._worsens(name, each)]
        worse = [name for name in worse if name != OTHERS]  # it has a sentence of its own
        worse.sort(
            key=lambda name: (
                name != HARM,
                not (changes[name].of_reference or changes[name].in_points),
                -abs(changes[name].value),
            )
        )
        costs = [f"{words(name)} {changes[name].cell}" for name in worse[:MOST_PRICES]]
        if len(worse) > MOST_PRICES:
            costs.append(f"{len(worse) - MOST_PRICES} more")
        if costs:
            said = f"“{policy}” costs {joined(costs)}"
        else:
            said = f"“{policy}” makes nothing clearly worse by {LEAST:.0%} or more"
        if HARM not in changes or HARM in worse:
            return said
        harm = changes[HARM]
        if harm.none:
            return f"{said}, and {words(HARM)} is the same"
        clearly = "" if harm.clear else "not clearly changed, "
        return f"{said}, and {words(HARM)} is {clearly}{harm.cell}"

    def _worsens(self, name: str, change: Change) -> bool:
        better = self.comparison.outcomes[name].better
        if better is None or not change.clear or abs(change.value) < LEAST:
            return False
        return (change.value > 0) == (better == "less")

    @property
    def _name(self) -> str:
        """The headline's, of what is or is not as a chance."""
        name = words(self.headline)
        of_chance = self.comparison.outcomes[self.headline].unit == YES_NO
        return f"the chance of “{name}”" if of_chance else name

    @property
    def _runs(self) -> str:
        return counted(len(self.comparison.told(self.headline)), "replication")


def _of_luck(comparison: Comparison) -> list[str]:
    """That draws of a posterior keep their random numbers, which were selected with them."""
    manifest = comparison.results.manifest
    cut = manifest["scenario"].get("cut")
    if manifest["study"]["others"] != DrawnFrom.POSTERIOR or cut is None:
        return []
    selected = dt.date.fromisoformat(cut)
    said = (
        "A draw keeps the random numbers of its run, which the posterior selected with it, under the "
        f"scenario's own policy, up to the cut of {day(selected)}. Until they part policies share that "
        "luck, and every interval is conditional on it."
    )
    if comparison.start <= selected:
        said += (
            " A policy that parts before the cut meets luck there that was selected under another policy, "
            "not its own."
        )
    return [said]


def _of_many(comparison: Comparison) -> list[str]:
    """That intervals are many, and what shares of runs are of; 0% of them by the rule of three."""
    intervals, runs = len(comparison.differences()), len(comparison.lived.replications)
    return [
        f"Each of the {counted(intervals, 'interval')} of differences is by itself: nothing is adjusted "
        "for their number.",
        "Shares of replications, as of being better, best or reversed, and regret are of runs, luck "
        "included, and hang on how policies share random numbers. Of none in "
        f"{counted(runs, 'replication')} the chance may be up to {share(min(1.0, 3 / runs))} (rule of "
        "three; Hanley and Lippman-Hand 1983).",
    ]


def basis(comparison: Comparison) -> list[str]:
    """Of what the draws are, that sizes are guesses, and what an interval is not."""
    manifest = comparison.results.manifest
    runs = counted(len(comparison.lived.replications), "time")
    said = [f"Each policy was run {runs}. {PAIRED}"]
    said += [BASIS[manifest["study"]["others"]], *_of_luck(comparison), GUESSES, OF_INTERVALS]
    said += _of_many(comparison)
    if equal := manifest["comparison"].get("equal_effort"):
        told = at_equal_effort(equal, len(comparison.lived.replications))
        said += [told, *spent(comparison)]
    said += less_than_ended(comparison) + outdone(comparison) + doubts(comparison)
    if comparison.lived.left_out:
        left = counted(comparison.lived.left_out, "replication")
        said.append(f"Left out: {left} not done under every policy.")
    return said
