"""What `ebbtide least-effort` prints: the answer, what was lived again, and the frontier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ebbtide.cli.output import CAUTION, plain_console, plain_table

if TYPE_CHECKING:
    from rich.table import Table

    from ebbtide.comparison.least_effort.found import Found
    from ebbtide.comparison.least_effort.sought import Sought
    from ebbtide.comparison.paired import WithInterval


def print_found(found: Found) -> None:
    """Print the answer, what was confirmed, and the frontier."""
    sought, console = found.sought, plain_console()
    question = sought.question
    console.print(question.scenario.file.title, style="bold")
    console.print(f"Goal: {sought.goal}{_ceilings(sought)}")
    console.print(
        f"{len(found.tried)} tried in {question.replications} replications, {question.drawn_from.told}; "
        f"effort is what their own acts cost beyond {question.reference}, from {question.start} to the "
        "goal's date\n"
    )
    console.print(_answer(found), style="bold")
    table = plain_table(
        "Lived again, in replications that the search has not seen (95% intervals)",
        ("what", "left"), ("effort-weeks", "right"), ("probability", "right"),
        ("in the search", "right"), *((f"{name}, mean", "right") for name in sought.ceilings),
    )  # fmt: skip
    for each in found.again:
        table.add_row(
            sought.words(each.tried.plan), _within(each.effort), _shares(each.probability),
            f"{each.tried.probability:.0%} at {each.tried.effort:.3g}",
            *(f"{value.value:,.0f}" for value in each.most.values()),
        )  # fmt: skip
    console.print(table)
    console.print(_frontier(found))
    console.print(CAUTION)


def _answer(found: Found) -> str:
    """In a sentence what is enough, or that nothing stood."""
    sought = found.sought
    if (answer := found.answer) is None:
        return (
            "Not confirmed: what reached the goal in the search does not in "
            f"{found.again[0].replications} fresh replications ({len(found.again)} tried again); "
            "more --replications make a search that is less lucky\n"
        )
    failed = len(found.again) - 1
    more = f"; {failed} cheaper did not stand" if failed else ""
    return (
        f"Least effort found: {sought.words(answer.tried.plan)}, {_within(answer.effort)} effort-weeks, "
        f"reaches the goal in {_shares(answer.probability)} of {answer.replications} fresh replications"
        f"{more}\n"
    )


def _frontier(found: Found) -> Table:
    """What effort buys, in the replications of the search."""
    table = plain_table(
        "Frontier of the search: no other is as likely at as little effort",
        ("effort-weeks", "right"),
        ("probability", "right"),
        *((f"{each.name}: size", "right") for each in found.sought.choices),
        *((f"{each.name}: from", "right") for each in found.sought.choices),
    )
    rows = found.table()
    for row in rows[rows["frontier"]].to_dict("records"):
        sizes = [f"{row[f'{each.name}.size']:.2f}" for each in found.sought.choices]
        starts = [row[f"{each.name}.start"] for each in found.sought.choices]
        table.add_row(
            f"{row['effort']:.3g}", f"{row['probability']:.0%}", *sizes,
            *starts,
        )  # fmt: skip
    return table


def _ceilings(sought: Sought) -> str:
    said = [f"{name} at most {most:,g}" for name, most in sought.ceilings.items()]
    return f"; in the mean {', '.join(said)}" if said else ""


def _within(found: WithInterval) -> str:
    return f"{found.value:.3g} ({found.low:.3g} to {found.high:.3g})"


def _shares(found: WithInterval) -> str:
    return f"{found.value:.0%} ({found.low:.0%} to {found.high:.0%})"
