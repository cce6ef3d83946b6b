"""The phases of the week: listed, and told one by one with what each reads.

The prose on a phase is by hand, in `week.md` under the name of its function; number, heading, order
and what is read follow from the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from ebbtide.explain.odd import tables
from ebbtide.explain.odd.sections import by_heading
from ebbtide.explain.week import ToldPhase, week
from ebbtide.world.codes import Hazard

PROSE = Path(__file__).with_name("week.md")
TOLD = "{{the week}}"  # the template's mark for what `told` draws, in which other marks stand


def prose() -> dict[str, str]:
    """What is said by hand of each phase, by the name of its function."""
    return by_heading(PROSE.read_text(encoding="utf-8"))[1]


def told() -> str:
    """Every phase under what it says, with its prose and what it reads."""
    said = prose()
    return "\n\n".join(
        block
        for name in (phase.name for phase in week())
        for block in (
            f"**Phase {{{{phase {name}}}}}. {{{{says {name}}}}}**",
            said.get(name, ""),
            f"*Read here:* {{{{read {name}}}}}.",
        )
        if block
    )


def marks() -> dict[str, Callable[[], str]]:
    """What fills the marks that speak of one phase."""
    return {
        f"{word} {phase.name}": partial(fill, phase)
        for word, fill in _OF_A_PHASE.items()
        for phase in week()
    }


def _read(phase: ToldPhase) -> str:
    """The rules that a phase reads, in that order, its levers and its draws."""
    rules = ", ".join(f"[`{rule}`](#{rule.partition('.')[0]})" for rule in phase.rules)
    levers = ", ".join(f"`{lever}`" for lever in phase.levers)
    draws = ", ".join(f"`{draw}`" for draw in phase.draws)
    parts = [rules, levers and f"levers: {levers}", draws and f"draws: {draws}"]
    return "; ".join(filter(None, parts)) or "no rule"


_OF_A_PHASE: dict[str, Callable[[ToldPhase], str]] = {
    "phase": lambda phase: str(phase.number),
    "says": lambda phase: phase.says.removesuffix(".") + ".",
    "read": _read,
}


def listed() -> str:
    """The phases, numbered."""
    return "\n".join(f"{phase.number}. {phase.says}" for phase in week())


def table() -> str:
    """What each actor does in a phase."""
    rows = [(str(said.number), said.of, said.name.replace("_", " "), said.does) for said in week()]
    return tables.table(["phase", "of", "name", "what it does"], rows)


def slices() -> str:
    """The slices of a fighter's draw, in their order, each with the parameter that is its width."""
    rows = [
        (f"`{hazard.called}`", hazard.fate.words, f"`{hazard.fate.bound}`",
         " or ".join(f"[`{name}`](#{name})" for name in hazard.fate.needs))
        for hazard in Hazard if hazard.owner is hazard
    ]  # fmt: skip
    return tables.table(["slice, in order", "what comes", "width", "not without"], rows)
