"""How many claims are met, and how many tests beside the null model's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ebbtide.claims.criteria import Effect, Null, Verdict, overall
from ebbtide.claims.judging import Finding
from ebbtide.claims.reading import CaseTests
from ebbtide.scenario.schema.evidence import CLAIM_KINDS

JUDGED = (
    Verdict.MET, Verdict.IMPOSED, Verdict.CLOSE, Verdict.IDLE, Verdict.NOT_YET, Verdict.OPEN,
)  # fmt: skip

Verdicts = Mapping[tuple[str, str], Verdict]  # by claim and kind


def verdicts_of(
    tests: CaseTests, findings: Sequence[Finding], effects: Mapping[str, Effect]
) -> Verdicts:
    """By claim and kind: the worst of its tests; none at all cannot be judged."""
    verdicts: dict[tuple[str, str], Verdict] = {}
    for name, claim in tests.scenario.claims.items():
        for kind in claim.kinds:
            if kind == "R":
                rows = tests.file.rule.items()
                found = [effects[key].verdict(row.sign) for key, row in rows if row.claim == name]
            else:
                found = [f.verdict for f in findings if (f.claim, f.kind) == (name, kind)]
            verdicts[name, kind] = overall(found) if found else Verdict.OPEN
    return verdicts


def summary(verdicts: Verdicts, findings: Sequence[Finding]) -> list[str]:
    """Paragraphs: claims by kind, tests beside the null model, and the names behind the numbers."""
    tests = [f for f in findings if f.kind != "F" and f.claim is not None]
    given = dict.fromkeys(f"{f.claim} ({f.kind})" for f in tests if f.imposed)
    stated = sum(kind == "F" for _, kind in verdicts)
    paragraphs = [
        "Claims by kind; a claim with several tests counts by the worst.",
        _table(verdicts),
        f"F, forecasts: {stated} claims, stated and not judged.",
        beside_null(tests),
        f"With a test that lies in inputs: {', '.join(given) or 'none'}.",
    ]
    for verdict in JUDGED[1:]:
        names = [f"{name} ({kind})" for (name, kind), found in verdicts.items() if found == verdict]
        paragraphs.append(f"{str(verdict).capitalize()}: {', '.join(names) or 'none'}.")
    return paragraphs


def _table(verdicts: Verdicts) -> str:
    lines = ["| kind | " + " | ".join(JUDGED) + " |", "|---" + "|---:" * len(JUDGED) + "|"]
    for kind, meaning in CLAIM_KINDS.items():
        if kind != "F":
            counts = Counter(verdict for (_, k), verdict in verdicts.items() if k == kind)
            numbers = " | ".join(str(counts[verdict]) for verdict in JUDGED)
            lines.append(f"| {kind}, {meaning} | {numbers} |")
    return "\n".join(lines)


def beside_null(tests: Sequence[Finding]) -> str:
    """What the model meets, and what the null model meets too; imposed tests stay out of that."""
    met = sum(f.verdict in (Verdict.MET, Verdict.IMPOSED) for f in tests)
    imposed = sum(f.verdict == Verdict.IMPOSED for f in tests)
    built_in = sum(bool(f.imposed) and f.verdict == Verdict.OPEN for f in tests)
    fitted = sum(f.null == Null.FITTED for f in tests)
    given = sum(bool(f.imposed) for f in tests)
    free = [f for f in tests if f.null != Null.FITTED and not f.imposed]
    free_met = sum(f.verdict == Verdict.MET for f in free)
    null = sum(f.null == Null.MEETS for f in free)
    both = sum(f.null == Null.MEETS and f.verdict == Verdict.MET for f in free)
    return (
        f"Test by test (C, Q and P): the model meets {met} of {len(tests)}, of which imposed by "
        f"inputs: {imposed}; {built_in} more are built in and count for nothing. The null model, one "
        "curve for the group's fighters with everything else in proportion to it, is fitted to "
        f"{fitted} of these figures. Of the {len(free)} that are neither fitted to by it nor imposed "
        f"or built in here ({given}) it meets {null}, the model {free_met}, both {both}. What the "
        "null model meets too says little for the model."
    )
