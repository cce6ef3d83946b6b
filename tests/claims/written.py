"""A small scenario with a ledger of two claims and a file of tests, written for a test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ebbtide.scenario import load
from ebbtide.study.posterior import stamp
from shipped import copy_small

LEDGER = """
source = "An invented text"
[claims.rise]
paragraphs = [1]
kinds = ["R", "C", "Q", "F"]
says = "The Embers rose."
shows = "They rise."
null = "Met."
[claims.fall]
paragraphs = []
kinds = ["P"]
says = "They fell."
shows = "They fall."
"""
TESTS = """
source = "invented"
[null_model]
publisher = "The Gazette"
[periods]
all = [2001-01-07, 2003-03-02]
[measure.strength]
kind = "at"
outcome = "fighters"
date = 2003-03-02
[attribution]
words = "what is left of its fighters in the end"
since = 2002-01-06
measure = { kind = "named", name = "strength" }
until = 2003-03-02
[attribution.cause.police]
words = "sweeps of the police"
claims = "fall"
acts = "offensive"
[attribution.cause.rivals]
words = "rivals"
without = { "rules.rivalry.on" = false }
[rule.rise-founding]
claim = "rise"
words = "without the founding there is none"
measure = "strength"
sign = "more"
without = { "rules.founding.on" = false }
[figure.size]
claim = "rise"
words = "fighters at the end ({strength})"
measure = "strength"
evidence = { file = "strength.csv", where = { publisher = "The Gazette" } }
null = "fitted"
[breakdown.left]
claim = "rise"
words = "what is left of them"
digits = 1
[[breakdown.left.part]]
words = "all"
measure = "strength"
[[breakdown.left.part]]
words = "half"
measure = { kind = "times", of = [0.5, "strength"] }
[sign.some]
claim = "rise"
kind = "Q"
words = "some are left"
holds = { kind = "below", of = [0, "strength"] }
note = "{strength} of them, in {strength:%}"
null = "meets"
[sign.rivals]
claim = "fall"
kind = "P"
words = "more without rivalry"
measure = "strength"
sign = "less"
without = { "rules.rivalry.on" = false }
note = "{difference} more"
null = "fails"
[forecast.ended]
claim = "rise"
words = "none is left"
holds = { kind = "below", of = ["strength", 1] }
"""
PAY = "groups.embers.pay"
STRENGTH = """\
date,date_precision,low,high,counts,area,publisher,dependence,check,note
2002-06-30,day,100,400,fighters,all,The Gazette,,invented,
2003-02-28,day,90,110,fighters,all,The Gazette,,invented,
"""


def drawn_case(folder: Path, pays: Sequence[float]) -> Path:
    """The case with a posterior: what the Embers pay, draw by draw."""
    path = case(folder)
    text = path.read_text(encoding="utf-8")
    path.write_text(f'posterior = "draws.csv"\n{text}', encoding="utf-8")
    rows = [f"7,{run},unknown,{pay}" for run, pay in enumerate(pays)]
    draws = folder / "draws.csv"
    draws.write_text("\n".join([f"base_seed,run,made_with,{PAY}", *rows]) + "\n", encoding="utf-8")
    drawn = load(path)
    assert drawn.posterior is not None
    said = draws.read_text(encoding="utf-8").replace("unknown", stamp(drawn, drawn.posterior))
    draws.write_text(said, encoding="utf-8")
    return path


def case(folder: Path, tests: str = TESTS) -> Path:
    """Write the case into a folder; returns the scenario's file."""
    (folder / "pyproject.toml").touch()
    copy_small(folder)
    (folder / "claims.toml").write_text(LEDGER, encoding="utf-8")
    (folder / "tests.toml").write_text(tests, encoding="utf-8")
    (folder / "strength.csv").write_text(STRENGTH, encoding="utf-8")
    path = folder / "case.toml"
    path.write_text(
        'extends = "minimal.toml"\n[evidence]\nclaims = "claims.toml"\n'
        'claim_tests = "tests.toml"\nstrength = "strength.csv"\n',
        encoding="utf-8",
    )
    return path
