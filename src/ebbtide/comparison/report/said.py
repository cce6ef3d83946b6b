"""What the sections of the report say beside their figures and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.comparison.information import above_noise
from ebbtide.comparison.limits import EVERY_LIMIT
from ebbtide.comparison.lived import EFFORT_BY
from ebbtide.comparison.outcomes import HEADLINE
from ebbtide.comparison.report import quantities
from ebbtide.comparison.report.numbers import INTERVAL_NAMED, day, joined, share, size
from ebbtide.comparison.report.parts import FEW, last_day
from ebbtide.scenario.faults import counted
from ebbtide.show.compared import words
from ebbtide.study.drawn_from import DrawnFrom
from ebbtide.study.focus import Focus
from ebbtide.study.harm import HARM

if TYPE_CHECKING:
    import pandas as pd

    from ebbtide.comparison.comparison import Comparison


def question(comparison: Comparison) -> str:
    """What was asked, in a sentence."""
    manifest = comparison.results.manifest
    others = counted(len(comparison.policies) - 1, "policy", "policies")
    return (
        f"What would become of {Focus.kept(manifest).name}, and at what price, under {others} instead of "
        f"“{comparison.reference}”, counted from {day(comparison.start)} to {day(last_day(comparison))}?"
    )


def regrets(comparison: Comparison) -> str:
    """Whose regret is least, in the mean and at most."""
    name = comparison.ranked[0]
    table = comparison.regret(name).set_index("policy")
    mean, most = str(table["expected"].idxmin()), str(table["largest"].idxmin())
    unit = comparison.outcomes[name].unit
    worst = "it" if most == mean else f"“{most}”"
    return (
        f"In {words(name)}, “{mean}” has the least expected regret ({size(table['expected'].min())} "
        f"{unit}); the most that was regretted in any replication is least under {worst} "
        f"({size(table['largest'].min())} {unit})."
    )


def limits(comparison: Comparison) -> str:
    """Which policies keep every limit that was stated most often."""
    table = comparison.limits_kept()
    every = table[table["limit"] == EVERY_LIMIT]
    most = every[every["kept"] == every["kept"].max()]
    stated = joined(
        f"{words(name)} at most {size(limit)} {comparison.outcomes[name].unit}"
        for name, limit in comparison.limits.items()
    )
    lead = f"Stated for each replication: {stated}."
    if most.empty:
        return f"{lead} No replication has all of these under every policy."
    best, names = most.iloc[0], [f"“{policy}”" for policy in most["policy"]]
    runs, low, high = counted(best["runs"], "replication"), best["kept_low"], best["kept_high"]
    interval = f"{INTERVAL_NAMED} {share(low)} to {share(high)}"
    if not best["kept"]:
        return f"{lead} No policy keeps all of it in any of {runs} (of each the {interval})."
    often = f"under {joined(names)}, in {share(best['kept'])} of {runs} ({interval})"
    return f"{lead} All of it is kept most often {often}."


def pareto(comparison: Comparison) -> str:
    """Which policies no other beats in both strength and harm."""
    table = comparison.tradeoff()
    kept = [f"“{policy}”" for policy in table.loc[table["pareto"], "policy"]]
    return f"By means no other policy beats {joined(kept)} in both {words(HEADLINE)} and {words(HARM)}."


def acceptability(comparison: Comparison) -> str:
    """Which policy has the best mean, by how much harm weighs."""
    table = comparison.acceptability()
    chosen = table[table["chosen"]].drop_duplicates("weight")
    first = chosen[chosen["policy"] != chosen["policy"].shift()]
    policies, weights = first["policy"].tolist(), first["weight"].tolist()
    unit = f"{comparison.outcomes[HEADLINE].unit} of {words(HEADLINE)}"
    if len(policies) == 1:
        said = f"“{policies[0]}” has the best mean however much harm to civilians weighs"
    else:
        steps = [f"“{policies[0]}” has the best mean while one civilian harmed counts for little"]
        steps += [
            f"“{policy}” from {size(float(f'{weight:.2g}'))} {unit} on"
            for policy, weight in zip(policies[1:], weights[1:], strict=True)
        ]
        said = joined(steps)
    last = table[table["weight"] == table["weight"].max()]
    most = last.loc[last["best"].idxmax()]
    return (
        f"{said}. Where harm alone would decide, “{most['policy']}” is best in {share(most['best'])} of "
        "replications."
    )


def information(comparison: Comparison, table: pd.DataFrame | None) -> str:
    """Which fact, if it were known, would most change the choice; else why this is not said."""
    runs = len(comparison.lived.replications)
    if comparison.results.manifest["study"]["others"] == DrawnFrom.MEDIANS:
        return "It was not asked: every uncertain quantity stood at its median."
    if not comparison.ranked:
        return "It was not asked: of nothing that is compared one way is better."
    if runs < FEW:
        return f"It was not asked: it takes at least {FEW} replications, and there are {runs}."
    if table is None or table.empty:
        return "It was not asked: no quantity varies between replications."
    unit, name = table["unit"].iloc[0], words(table["outcome"].iloc[0])
    known = above_noise(table)
    low, high = (size(table[each].iloc[0]) for each in ("perfect", "perfect_at_most"))
    perfect = (
        f"Knowing everything before choosing, random numbers too, would be worth {low} {unit} of {name} "
        "in the mean: a bound that nobody can reach. The replications that choose the policy also price "
        "it, which biases this low; with each one's policy chosen by all others, which biases it high, it "
        f"is {f'{low} as well' if high == low else high} (Mak, Morton and Wood 1999)."
    )
    every = quantities.of_all(comparison)
    if known.empty:
        return (
            f"{perfect} None of {every} stands out of the noise of so many replications, so that neither "
            "a table nor a figure is made of them."
        )
    first = known.iloc[0]
    more = (
        counted(len(known) - 1, "more stands", "more stand")
        if len(known) > 1
        else "no other stands"
    )
    return (
        f"{perfect} Of {every} {first['quantity']} would be worth most ({size(first['value'])} {unit}, "
        f"biased upward by selection; p {first['p']:.2g}); {more} out of the noise. Below it lie "
        f"{len(table) - len(known)} of {len(table)}, which are not shown."
    )


def publishers(comparison: Comparison) -> str:
    """Whose statements, made anew before choosing, would be worth most."""
    table = comparison.publishers()
    unit, name = table["unit"].iloc[0], words(table["outcome"].iloc[0])
    known = above_noise(table).to_dict("records")
    lead = (
        "If a publisher said anew, before the choice, all that he said up to the cut, with errors of his "
        "own but of the same weeks, "
    )
    if not known:
        return f"{lead}no one's word would stand out of the noise of so many replications."
    worth = joined(f"{each['publisher']} {size(each['value'])}" for each in known)
    return f"{lead}the choice would be better in the mean by, in {unit} of {name}: {worth}."


def left_out(comparison: Comparison) -> str:
    """What no table of quantities can name, however much hangs on it."""
    name = comparison.ranked[0]
    if comparison.outcomes[name].over in EFFORT_BY:
        return f"{SETTINGS} Prices stand among the quantities, as such that no datum updates."
    return f"{SETTINGS} Nor do prices of levers: in a run {words(name)} hangs on none."


def not_asked(comparison: Comparison) -> list[str]:
    """What the comparison leaves open: other structures, and equal effort unless that was asked."""
    structure = STRUCTURE if comparison.structural else NO_STRUCTURE
    equal = comparison.results.manifest["comparison"].get("equal_effort")
    return [structure] if equal else [structure, AS_THEY_STAND]


SETTINGS = (
    "Strengths that policies state as single numbers are settings, and stand in no table above, however "
    "much hangs on them."
)
STRUCTURE = (
    "Rivals that no prior spans (other rules for the same mechanism) were not asked: the comparison is of "
    "one set of rules."
)
NO_STRUCTURE = (
    "Structural rivals of the model were not asked: the scenario states none, and the comparison is of "
    "one set of rules."
)
AS_THEY_STAND = (
    "Policies are compared as their files state them, not at equal effort: what they spend stands among "
    "the side effects."
)
NOT_RANKED = (
    "Nothing is ranked: of no outcome that is compared one way is better, or no replication has one under "
    "every policy."
)
