"""`ebbtide check SCENARIO --audit`: what the start-up audit found, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ebbtide.audit.away import ActOnNobody
    from ebbtide.audit.first_year import FirstYear
    from ebbtide.audit.ground import GroundHeld
    from ebbtide.audit.turning import Turned
    from ebbtide.claims.unpressed import Year
    from ebbtide.scenario import Scenario

SEED = 1
TOLD = 10  # acts, and numbers with a prior


def audit(scenario: Scenario, workers: int | None) -> None:
    """Live the scenario at its medians and say what a modeller would ask of it."""
    from ebbtide.audit.away import acts_on_nobody
    from ebbtide.audit.elsewhere import of_another_case
    from ebbtide.audit.first_year import first_years, quiet_years
    from ebbtide.audit.ground import ground_at_start
    from ebbtide.audit.turning import Turning, turned
    from ebbtide.cli.conducting import live_all
    from ebbtide.cli.output import plain_console
    from ebbtide.model import Insurgency
    from ebbtide.study.design import seed_of

    task = Turning(scenario, SEED)
    drawn = live_all(task, workers, len(list(task.runs())))
    model = Insurgency(scenario, rng=seed_of(SEED, 0))
    model.run_until_end()
    years = list(first_years(model))
    console = plain_console()
    console.print(f"\nAudit of {scenario.title}", style="bold")
    console.print(
        f"All at the medians of its priors, under policy {scenario.policy.id}; tables are of one run."
    )
    console.print(_quiet(quiet_years(scenario, seed_of(SEED, 0))))
    console.print(_money(years))
    console.print(_men(years))
    console.print(_places(years))
    if ground := list(ground_at_start(model)):
        console.print(_ground(ground))
    found = turned(task, drawn)
    for away in acts_on_nobody(model):
        console.print(_away(away))
    for line in _turning(found, scenario):
        console.print(line)
    console.print(*_elsewhere(of_another_case(scenario)), sep="\n")


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    from rich.table import Table

    table = Table(title=f"\n{title}", title_justify="left", box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _quiet(years: Sequence[Year]) -> Table:
    from ebbtide.audit.first_year import FAST, SLOW

    def says(growth: float) -> str:
        return "grows fast" if growth >= FAST else "withers" if growth <= SLOW else ""

    rows = [
        (year.group, f"{year.first}", f"{year.growth.median:.2f}", says(year.growth.median))
        for year in years
    ]
    title = "A quiet first year: no act, no fire, no arrests, no fights with rivals"
    return _table(title, ("group", "from", "men, of those at first", ""), rows)


def _money(years: Sequence[FirstYear]) -> Table:
    sources = list(years[0].income) if years else []
    rows = [
        (
            year.group,
            *(f"{income:,.1f}" for income in year.income.values()),
            f"{year.wages_paid:,.1f}",
            f"{year.pay_share:.0%}",
        )
        for year in years
    ]
    title = "Money in the first year, thousand USD a week"
    return _table(title, ("group", *sources, "wages paid", "of what is due"), rows)


def _men(years: Sequence[FirstYear]) -> Table:
    rows = [
        (
            year.group,
            f"{year.first}",
            f"{year.men[0]:,} → {year.men[1]:,}",
            f"{year.dead_a_week:,.1f}",
            f"{year.dead_share:.0%}",
            f"{year.leaders[0]} → {year.leaders[1]} of {year.posts}",
        )
        for year in years
    ]
    title = "Men and leaders in the first year"
    columns = ("group", "from", "men", "killed a week", "of its men in a year", "leaders in post")
    return _table(title, columns, rows)


def _places(years: Sequence[FirstYear]) -> Table:
    rows = [
        (year.group, "; ".join(f"{p} {a:.0%} → {b:.0%}" for p, (a, b) in year.men_at.items()))
        for year in years
    ]
    return _table("Where its men are, at first and after the year", ("group", "places"), rows)


def _ground(ground: Sequence[GroundHeld]) -> Table:
    rows = [
        (
            each.group,
            each.place,
            f"{each.held:.0%}",
            f"{each.could:.0%}",
            f"{each.after:.0%}",
            "more than its men can hold" if each.beyond_its_men else "",
        )
        for each in ground
    ]
    title = "Ground held on the first day, as a share of the place's districts"
    columns = ("group", "place", "held", "its men could hold, unopposed", "held after the year", "")
    return _table(title, columns, rows)


def _away(found: ActOnNobody) -> str:
    return (
        f"acts.{found.act}: {' and '.join(found.groups)} have no man in its places while it is in force; "
        f"most are in {', '.join(found.elsewhere)}"
    )


def _turning(found: Turned, scenario: Scenario) -> Iterable[str]:
    """What the run at the medians hangs on; of a group that is gone there no ratios."""
    yield from _medians(found, scenario)
    yield from _idle(found)
    yield from _gone(found) if found.is_gone else (*_acts(found), *_numbers(found, scenario))


def _medians(found: Turned, scenario: Scenario) -> Iterable[str]:
    """How far the run at the medians is from the median of runs."""
    from ebbtide.audit.turning import DRAWS
    from ebbtide.study.spread import CENTRAL

    low, high = found.as_it_is
    middle, least, most = found.all_drawn
    yield f"\n{scenario.focus_name} in the last week: {low:,} to {high:,} men, by random numbers alone"
    yield (
        f"Of {DRAWS} runs that draw all priors: median {middle:,} men, {CENTRAL} from {least:,} to "
        f"{most:,}"
    )
    if found.is_far_from_median and not found.is_gone:
        yield (
            f"The run at the medians has {found.from_median:.2g} times as many as the median of runs: "
            "what one run shows here, `--fixed` and eb.Insurgency too, is not what most runs do."
        )


def _idle(found: Turned) -> Iterable[str]:
    if found.idle_acts:
        yield f"Acts that moved nothing: {', '.join(found.idle_acts)}"


def _gone(found: Turned) -> Iterable[str]:
    """That ratios of a man or two are left out, and what else the group would live by."""
    from ebbtide.audit.turning import FEWEST

    yield (
        f"It is gone at the medians, with under {FEWEST} men in the last week: ratios of so few say "
        "nothing, and neither acts nor knife edges are told by them."
    )
    if found.revived_by:
        yield "It lives on without one of these acts, or at an end of the prior of one of these numbers:"
        yield from (f"  {name}" for name in found.revived_by[:TOLD])
        if len(found.revived_by) > TOLD:
            yield f"  and {len(found.revived_by) - TOLD} more"
    else:
        yield "Neither without any one act nor at the ends of any one prior does it live on."


def _acts(found: Turned) -> Iterable[str]:
    if found.acts:
        yield "Acts that moved it most, by its men there would be without each, of those there are:"
        for act, ratio in list(found.acts.items())[:TOLD]:
            yield f"  {act}: {ratio:.2f}"


def _numbers(found: Turned, scenario: Scenario) -> Iterable[str]:
    from ebbtide.audit.turning import PRIOR_ENDS, TURNS

    edges, tried = found.edges, len(found.numbers)
    low, high = f"{PRIOR_ENDS['low']:.0%}", f"{PRIOR_ENDS['high']:.0%}"
    yield (
        f"\nKnife edges: {len(edges)} of {tried} numbers with a prior change it by a factor of {TURNS:g} "
        "or more."
    )
    yield (
        f"Those that move it most, by its men at the high end of the prior ({high}), of those at the "
        f"low end ({low}):"
    )
    for draw, ratio in list(found.numbers.items())[: max(TOLD, len(edges))]:
        known = scenario.quantities.get(draw)
        unit = f" ({known.unit})" if known is not None else ""
        yield f"  {draw}{unit}: {ratio:.2f}{' knife edge' if draw in edges else ''}"


def _elsewhere(cases: dict[str, dict[str, int]]) -> Iterable[str]:
    from ebbtide.scenario.faults import counted

    if not cases:
        yield "\nNo number was chosen for another case."
    for case, tables in cases.items():
        yield f"\n{counted(sum(tables.values()), 'number')} were chosen for another case, {case}:"
        yield f"  {', '.join(f'{table} ({number})' for table, number in tables.items())}"
