"""The page of what a scenario's priors say of the record, in Markdown, and whether the goal is met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ebbtide.calibration.elsewhere import Elsewhere, changes_elsewhere
from ebbtide.calibration.freshness import digests
from ebbtide.calibration.jointly import CONFLICT, FACTORS, Jointly, Pair
from ebbtide.calibration.prior_draws import HEAVY_TAILED, PUBLICATIONS, PriorDraws, names
from ebbtide.evidence.killed_part import KilledPart
from ebbtide.scenario.faults import counted
from ebbtide.study.spread import CENTRAL, LOW_MEDIAN_HIGH

if TYPE_CHECKING:
    from ebbtide.evidence.statement import Statement

# The goal that the project set itself before it looked, at the wider factor.
EACH, JOINTLY = 0.10, 0.01
MOST = 10  # rows of a table of which only the worst are told
HALF_WAY = 0.5  # of a change that was told, in logs
OTHER_WAY = 0.5  # of draws: where fewer go the way that was told, the model goes the other


def prior_page(draws: PriorDraws, made_by: str) -> str:
    """The page; `made_by` says by which command, and of which bank."""
    posterior = draws.posterior
    return "\n".join(
        [
            f"# Do the priors let the record come out? {posterior.bank.scenario.title}",
            "",
            made_by,
            "",
            digests(posterior.bank.scenario, "prior_page"),
            "",
            *_goal(draws),
            "",
            *_how_read(draws),
            "",
            *_alone(draws),
            "",
            *_together(draws),
            "",
            *_without(draws),
            "",
            *_pairs(draws),
            *(
                line
                for change in changes_elsewhere(draws.fitted)
                for line in _fallen(draws, change)
            ),
            "",
        ]
    )


def _goal(draws: PriorDraws) -> Iterator[str]:
    """What the project set itself, whether it is met, and what keeps it from it."""
    wide, runs, label = FACTORS[-1], len(draws.posterior.runs), draws.labels
    near, counts = draws.near(draws.said, wide), names(draws.counts)
    every, some = names(draws.posterior.statements), names(draws.counts_and_civilians)
    thin = [name for name in every if near.mass(name) <= EACH]
    joint, of_some = near.joint(counts), near.joint(some)
    met = not thin and joint >= JOINTLY * runs and of_some > 0
    yield (
        f"The goal that the project set itself, for what would be said within a factor of {wide:g}: each "
        f"figure in more than {EACH:.0%} of the draws; the {len(counts)} counts that do not hang on a few "
        f"attacks all at once in {JOINTLY:.0%} of them; with those of civilians harmed all {len(some)} in "
        "some draw."
    )
    yield ""
    named = "; ".join(f"{label[name]} ({near.mass(name):.1%})" for name in thin)
    error = near.joint_error(counts)
    narrow = draws.near(draws.said, FACTORS[0])
    out_narrow = sum(narrow.mass(name) > EACH for name in every)
    yield (
        f"**It is {'' if met else 'not '}met.** {len(every) - len(thin)} of {len(every)} figures come out "
        f"so, and {out_narrow} within {FACTORS[0]:g}{f'; not so: {named}' if thin else ''}. The "
        f"{len(counts)} counts come out together in {joint:.1f} (± {error:.1f}) of {runs:,} draws, "
        f"{joint / runs:.2%}, where {JOINTLY * runs:,.0f} were asked. All {len(some)} are near in "
        f"{of_some * near.each:,.0f} of {runs * near.each:,} publications, {near.each} a draw."
    )
    if len(counts) > 2:
        yield from ("", _meant(draws, near, counts))


def _meant(draws: PriorDraws, near: Jointly, counts: list[str]) -> str:
    """What keeps draws from the counts of the goal: figures at odds, or single ones that are thin."""
    runs, label = len(draws.posterior.runs), draws.labels
    (one, without_one), *_ = near.without(counts, 1)
    (two, without_two), *_ = near.without(counts, 2)
    asked = JOINTLY * runs
    short = "even so the goal is missed" if without_two < asked else "so much hangs on these"
    return (
        f"What it means: {_reason(near.joint(counts), near.expected(counts))}. What is thin is single "
        f"figures: without *{label[one[0]]}* {without_one / runs:.2%} of draws have all others, without "
        f"*{label[two[0]]}* and *{label[two[1]]}* {without_two / runs:.2%}; {short}. A posterior "
        "from these priors rests on few draws that come near most of it, and what the priors hardly reach "
        "is not reached by weighing them."
    )


def _reason(joint: float, expected: float) -> str:
    told = (
        f"had the counts nothing to do with each other, {expected:.1f} draws would have all of them"
    )
    if joint >= expected:
        return f"{told}, so that on the whole they help each other and do not fight"
    return f"{told}, so that on the whole they fight each other"


def _how_read(draws: PriorDraws) -> Iterator[str]:
    runs = len(draws.posterior.runs)
    yield (
        f"{runs:,} draws of the priors are the runs of a bank: nothing is weighed or fitted, and no run "
        "was lived for this page. A draw is near a figure if it lies within the factor of the publisher's "
        "interval. *Own* is the run's number (of men killed in a part of the area, its share of the whole "
        "that was told). *Said* is what would be said of it, with publishers' errors and biases, drawn "
        f"{PUBLICATIONS} times a run. Figures *held back* are shown and counted with no others. *Few "
        "attacks* marks counts of people in few of them: who fell is luck. Figures of claim tests that no "
        "statement tells, such as deaths in fights between groups, are told by `ebbtide prior` without a "
        "bank, which lives runs for them."
    )


def _alone(draws: PriorDraws) -> Iterator[str]:
    own, said = (
        {factor: draws.near(numbers, factor) for factor in FACTORS}
        for numbers in (draws.own, draws.said)
    )
    heads = " | ".join(f"within {factor:g}" for factor in FACTORS)
    yield from ("## Each figure alone", "")
    yield (
        f"| figure | publisher | was said | own: median ({CENTRAL}) | {heads} "
        f"| would be said: median ({CENTRAL}) | {heads} | |"
    )
    yield "|---|---|---:" + ("|---:" * (1 + len(FACTORS))) * 2 + "|---|"
    for each in draws.posterior.statements:
        was = f"{each.low:,.0f}" + (f"-{each.high:,.0f}" if each.high > each.low else "")
        cells = [each.words, each.publisher, was]
        for numbers, near in ((draws.own, own), (draws.said, said)):
            cells.append(_range(numbers[each.name]))
            cells += [f"{near[factor].mass(each.name):.1%}" for factor in FACTORS]
        yield f"| {' | '.join(cells)} | {_mark(each)} |"


def _mark(statement: Statement) -> str:
    marks = {
        "held back": statement.held_back,
        "few attacks": isinstance(statement, HEAVY_TAILED),
        "part": isinstance(statement, KilledPart),
    }
    return ", ".join(mark for mark, holds in marks.items() if holds)


def _together(draws: PriorDraws) -> Iterator[str]:
    runs = len(draws.posterior.runs)
    sets = {
        "neither held back nor of few attacks": draws.steady,
        "the counts of the goal": draws.counts,
        "these and the civilians harmed": draws.counts_and_civilians,
        "all that is not held back": draws.fitted,
    }
    yield from ("## All at once", "")
    yield (
        f"How many of {runs:,} draws come near all figures of a set (of what would be said: in the mean "
        "of publications). *If apart* is how many would, had the figures nothing to do with each other. "
        "The goal did not name its counts: they are the first and the last of each thing that is counted, "
        "without parts of another count. What a publisher says again in between is left out."
    )
    yield ""
    yield (
        "| figures | how many | factor | own: draws | if apart | most at once "
        "| said: draws | if apart | most at once |"
    )
    yield "|---|---:|---:" + "|---:" * 6 + "|"
    for words, statements in sets.items():
        for factor in FACTORS:
            cells = [words, f"{len(statements)}", f"{factor:g}"]
            for numbers in (draws.own, draws.said):
                near, of = draws.near(numbers, factor), names(statements)
                cells += [
                    _draws(near.joint(of)), f"{near.expected(of):.2g}", f"{near.at_once(of).max()}"
                ]  # fmt: skip
            yield f"| {' | '.join(cells)} |"


def _without(draws: PriorDraws) -> Iterator[str]:
    """Without which of the goal's counts most draws come near the rest."""
    wide, runs, counts = FACTORS[-1], len(draws.posterior.runs), names(draws.counts)
    own, said = (draws.near(numbers, wide) for numbers in (draws.own, draws.said))
    yield from ("## What keeps the counts from it", "")
    yield f"Draws within a factor of {wide:g} of all counts of the goal, and of all but one or two:"
    yield ""
    yield from ("| left out | own | said | of the draws |", "|---|---:|---:|---:|")
    for left_out in (0, 1, 2):
        for left, joint in said.without(counts, left_out)[:MOST]:
            rest = [name for name in counts if name not in left]
            words = "; ".join(draws.labels[name] for name in left) or "(none)"
            yield f"| {words} | {_draws(own.joint(rest))} | {_draws(joint)} | {joint / runs:.2%} |"


def _draws(number: float) -> str:
    if number == round(number):
        return f"{number:,.0f}"
    return f"{number:,.1f}" if number >= 1 else f"{number:.2f}"


def _pairs(draws: PriorDraws) -> Iterator[str]:
    """Figures that come out together less often than chance would have it."""
    wide, fitted = FACTORS[-1], names(draws.fitted)
    own, said = (
        {pair.names: pair for pair in draws.near(numbers, wide).pairs(fitted)}
        for numbers in (draws.own, draws.said_once)
    )
    looked_at = list(dict.fromkeys((*said, *own)))
    below = {
        pair: min(_ratio(each) for each in (own.get(pair), said.get(pair)) if each)
        for pair in looked_at
        if any(each.together < each.floor for each in (own.get(pair), said.get(pair)) if each)
    }
    yield from ("## Pairs that conflict", "")
    yield (
        f"Of two figures, draws within a factor of {wide:g} of both, and as many as would be if they had "
        "nothing to do with each other (said: of one publication). Fewer than the *floor* are no chance, "
        f"though {len(looked_at)} pairs were looked at (hypergeometric); such ratios are bold. "
        f"{counted(len(below), 'pair')} {'has' if len(below) == 1 else 'have'} one; "
        f"{sum(ratio < CONFLICT for ratio in below.values())} under {CONFLICT:g}."
        + (f" The {MOST} worst:" if len(below) > MOST else "")
    )
    if below:
        yield ""
        yield (
            "| figures | own: draws | if apart | floor | ratio | said: draws | if apart | floor | ratio |"
        )
        yield "|---" + "|---:" * 8 + "|"
    for names_of in sorted(below, key=lambda pair: below[pair])[:MOST]:
        words = "; ".join(draws.labels[name] for name in names_of)
        cells = [words, *_cells(own.get(names_of)), *_cells(said.get(names_of))]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _ratio(pair: Pair) -> float:
    return pair.together / pair.expected


def _cells(pair: Pair | None) -> list[str]:
    if pair is None:
        return [""] * 4
    ratio = f"{_ratio(pair):.2f}"
    marked = f"**{ratio}**" if pair.together < pair.floor else ratio
    return [f"{pair.together:,}", f"{pair.expected:,.0f}", f"{pair.floor:,}", marked]


def _fallen(draws: PriorDraws, change: Elsewhere) -> Iterator[str]:
    """Whether the share outside goes the way that was told from one period to the next."""
    wide, runs = FACTORS[-1], len(draws.posterior.runs)
    before, after = change.told
    first, then = (f"{each.first} to {each.last}" for each in (change.before, change.after))
    what = change.before.words.removesuffix(f", {first}")
    way, factor = ("falls", before / after) if after < before else ("rises", after / before)
    gone = {
        of: change.way_gone(numbers) for of, numbers in (("own", draws.own), ("said", draws.said))
    }
    own_way, half = (gone["own"] > 0.0).mean(), gone["own"] >= HALF_WAY
    other_way = own_way < OTHER_WAY
    yield from (f"## A share that goes {'the other' if other_way else 'the same'} way", "")
    yield (
        f"*{what[:1].upper()}{what[1:]}*: as it was told, {before:.0%} fell outside in {first} and "
        f"{after:.0%} in {then}: the share outside {way} by a factor of {factor:.1f}. In runs it {way} at "
        f"all in {own_way:.1%} of draws, half as far (in logs: by a factor of {factor**HALF_WAY:.1f}) in "
        f"{half.mean():.2%}, {half.sum():,} of {runs:,}. Of what would be said it {way} in "
        f"{(gone['said'] > 0.0).mean():.0%}, half as far in {(gone['said'] >= HALF_WAY).mean():.0%}, "
        "since the few reports that so many dead are taken for may all be of one place."
    )
    if (1.0 - max(before, after)) * wide >= 1.0:
        yield (
            "By the numbers inside, in the first table, hardly a draw can miss either figure from above: "
            f"{wide:g} times a share of most is more than all of it."
        )
    yield ""
    yield f"| | {first}: outside | within {wide:g} | {then}: outside | within {wide:g} | both | if apart |"
    yield "|---" + "|---:" * 6 + "|"
    yield f"| was said | {before:.0%} | | {after:.0%} | | | |"
    for of, numbers in (("own", draws.own), ("would be said", draws.said)):
        nears = dict(zip((first, then), change.near(numbers, wide), strict=True))
        both = Jointly(nears, each=len(nears[first]) // runs)
        cells = [of]
        for share, near in zip(change.of_runs(numbers), nears.values(), strict=True):
            cells += [_range(100 * share, "%"), f"{near.mean():.1%}"]
        cells += [_draws(both.joint([first, then])), f"{both.expected([first, then]):,.0f}"]
        yield f"| {' | '.join(cells)} |"


def _range(numbers: np.ndarray, unit: str = "") -> str:
    low, median, high = np.nanquantile(numbers, LOW_MEDIAN_HIGH)
    return f"{median:,.0f}{unit} ({low:,.0f} to {high:,.0f})"
